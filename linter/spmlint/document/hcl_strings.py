"""Strings of Terraform's language: their escapes, and the templates in them, which are placeholders."""

from __future__ import annotations

import re

from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|\$\$\{|%%\{")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def find_templates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where templates stand in a heredoc, counted from its beginning."""
    for match in re.compile(r"(?<![$%])[$%]\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}?").finditer(text, start, end):
        yield match.start() - start, match.end() - start


def decode(text: Text, holes: list[tuple[int, int]], *, quoted: bool = True) -> Text:
    """A string with its escapes resolved and its templates marked."""
    return text.decode(_pieces(text.value, holes, quoted)) if holes or "\\" in text.value or "{" in text.value else text


def _pieces(value: str, holes: list[tuple[int, int]], quoted: bool) -> Iterator[Piece]:
    at = 0
    for start, end in [*holes, (len(value), len(value))]:
        for escape in _PIECE.finditer(value, at, start):
            decoded = _unescape(escape.group(), quoted=quoted)
            yield value[at : escape.start()], at, escape.start(), VERBATIM
            yield decoded, *escape.span(), VERBATIM if decoded == escape.group() else ESCAPED
            at = escape.end()
        yield value[at:start], at, start, VERBATIM
        yield value[start:end], start, end, HOLE
        at = end


def _unescape(escape: str, *, quoted: bool) -> str:
    if escape[0] in "$%":
        return escape[1:]
    if not quoted:
        return escape
    if escape[1] in "uU" and len(escape) > 2 and int(escape[2:], 16) < 0x110000:
        return chr(int(escape[2:], 16))
    return _NAMED.get(escape[1], escape)
