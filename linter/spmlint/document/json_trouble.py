"""Why a text is not JSON, in words that name the usual cause. Imported only where one is not."""

from __future__ import annotations

import re

from spmlint.document.json import AFTER, COLON, END, FIRST, NEXT

_STRING_SO_FAR = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*+')
_WORD = re.compile(r'[^\s,\[\]{}:"\']+')
_PYTHON = {"True": "true", "False": "false", "None": "null"}

Trouble = tuple[str, int, int, str]
"""message, start and end in the text, hint"""


def explain(text: str, at: int, expect: int, in_object: bool, opened: int | None) -> Trouble:
    """What is wrong at ``at``, where ``expect`` should come; ``opened`` is where the innermost bracket stands."""
    found = text[at : at + 1]
    if not found:
        if opened is None:
            return "there is no JSON value", at, at, ""
        return f"this {text[opened]} is never closed", opened, opened + 1, ""
    if found == "#" or text.startswith(("//", "/*"), at):
        end = text.find("\n", at)
        return "JSON has no comments", at, end if end >= 0 else len(text), "remove the comment"
    if found == "'":
        return "JSON writes text in double quotes", at, at + 1, ""
    if found == '"':
        trouble = string_trouble(text, at)
        if trouble:
            return trouble
    word = _WORD.match(text, at)
    end = word.end() if word else at + 1
    if expect == END:
        return _number_trouble(text, at, end) or ("text after the end of the JSON value", at, end, "")
    if found in "}]" and expect not in (NEXT, COLON) and opened is not None and (expect in (AFTER, FIRST)):
        return f"this {found} does not close the {text[opened]}", at, end, ""
    if expect == COLON:
        return "a colon is missing before this", at, end, ""
    if expect == AFTER:
        return _number_trouble(text, at, end) or ("a comma is missing before this", at, end, "")
    if in_object and expect in (FIRST, NEXT):
        if word:
            return "a key stands in double quotes", at, end, ""
        return "a key is missing before this", at, end, ""
    if word is None:
        return "a value is missing before this", at, end, ""
    if word.group() in _PYTHON:
        return f"JSON writes {_PYTHON[word.group()]}", at, end, ""
    if found in "+.-0123456789":
        return f"{word.group()} is not a number as JSON writes it", at, end, ""
    return "text stands in double quotes", at, end, ""


def string_trouble(text: str, at: int) -> Trouble | None:
    """What is wrong with the string that begins at ``at``; None if nothing is."""
    string = _STRING_SO_FAR.match(text, at)
    assert string
    stop = string.end()
    found = text[stop : stop + 1]
    if found == '"':
        return None
    if found == "\\":
        length = 6 if text[stop + 1 : stop + 2] == "u" else 2
        return "unknown escape", stop, min(stop + length, len(text)), r"write \\ for a backslash"
    if found in ("", "\n", "\r"):
        return "this string is not closed on its line", at, at + 1, ""
    name = f"U+{ord(found):04X}"
    return f"a string cannot hold the character {name} itself", stop, stop + 1, f"write \\u{ord(found):04x}"


def _number_trouble(text: str, at: int, end: int) -> Trouble | None:
    """A number that goes on where JSON's grammar ends it: ``01``, ``1.``, ``4g``."""
    start = at
    while start and _WORD.match(text[start - 1]):
        start -= 1
    if start == at or text[start] not in "-0123456789":
        return None
    return f"{text[start:end]} is not a number as JSON writes it", start, end, "text stands in double quotes"
