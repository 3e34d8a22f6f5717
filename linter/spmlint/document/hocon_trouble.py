"""Why a text is not HOCON, in words that name the usual cause. Imported only where one is not."""

from __future__ import annotations

import re

from spmlint.document.hocon import AFTER, ITEM, KEY, MORE, VALUE
from spmlint.document.json_trouble import Trouble, string_trouble

_WORD = re.compile(r'[^\s,\[\]{}:="]+')
_QUOTES = "put the value in double quotes"


def explain(
    text: str, at: int, state: int, in_object: bool, opened: int | None, key: tuple[int, int] | None
) -> Trouble:
    """What is wrong at ``at``, where ``state`` says what should come.

    ``opened`` is where the innermost bracket stands, ``key`` where the key does that waits for its value.
    """
    found = text[at : at + 1]
    if state == KEY and key is not None:
        return "neither = nor : nor { follows this key", *key, ""
    if not found:
        if opened is None:
            return "a value is missing at the end", at, at, ""
        return f"this {text[opened]} is never closed", opened, opened + 1, ""
    if text.startswith('"""', at):
        return "this text in triple quotes is never closed", at, at + 3, ""
    if found == '"':
        trouble = string_trouble(text, at)
        if trouble:
            return trouble
    word = _WORD.match(text, at)
    end = word.end() if word else at + 1
    if found in "]}" and state in (ITEM, MORE, AFTER):
        if opened is None:
            return f"this {found} closes nothing", at, end, ""
        return f"this {found} does not close the {text[opened]}", at, end, ""
    if found == "," and state == ITEM:
        return "a comma with nothing before it", at, end, "remove the comma"
    if state == VALUE and found in ",]}=:":
        return "a value is missing before this", at, end, ""
    if found in "=:" and state == MORE:
        hint = _QUOTES if in_object else ""
        return f"an unquoted value cannot hold {found}", at, at + 1, hint
    if state == AFTER:
        if opened is None and not in_object:
            return "text after the end of the document", at, end, ""
        return "a line end or a comma is missing before this", at, end, ""
    if state == ITEM and in_object:
        return "a key is missing before this" if found in "=:{[" else "a key cannot begin with this", at, at + 1, ""
    return f"{found} cannot stand outside quotes", at, at + 1, _QUOTES
