"""String literals of Python source, with the place of each character: prefixes, escapes, triple quotes, concatenation.

What stands in the braces of an f-string is a placeholder.
"""

from __future__ import annotations

import re

from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*")
_OPENING = re.compile(r"""([rR]?[fF]|[fF]?[rR]|[uU]|)('''|\"""|'|")""")
_CLOSING = {quote: re.compile(rf"(?:[^\\]|\\.)*?(?={quote})", re.DOTALL) for quote in ("'''", '"""', "'", '"')}
_ESCAPE = re.compile(
    r"\\(?:\r\n|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{[^}]+\}|[0-7]{1,3}|.)|\r\n?", re.DOTALL
)
_BRACE = re.compile(r"\{\{|\}\}|\{(?:[^{}]++|\{[^{}]*+\})*+\}")
"""A brace of an f-string that stands for itself, or an expression and its format."""
_NAMED = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip


def decode_strings(text: Text) -> Text | None:
    """The string that ``text``, one literal or several side by side, stands for; None where it is something else.

    Bytes are something else, and so is an f-string with braces inside its expressions.
    """
    pieces: list[Piece] = []
    at = 0
    while at < len(text.value):
        opening = _OPENING.match(text.value, at)
        closing = opening and _CLOSING[opening[2]].match(text.value, opening.end())
        if not opening or not closing:
            return None
        prefix = opening[1].lower()
        read = _formatted if "f" in prefix else _pieces
        pieces.extend(read(text.value, opening.end(), closing.end(), raw="r" in prefix))
        between = _BETWEEN.match(text.value, closing.end() + len(opening[2]))
        at = between.end() if between else len(text.value)
    return text.decode(pieces) if at else None


def _pieces(source: str, at: int, end: int, *, raw: bool) -> Iterator[Piece]:
    for escape in _ESCAPE.finditer(source, at, end):
        start, stop = escape.span()
        if start > at:
            yield source[at:start], at, start, VERBATIM
        decoded = _decoded(escape.group(), raw=raw)
        yield decoded, start, stop, VERBATIM if decoded == escape.group() else ESCAPED
        at = stop
    if at < end:
        yield source[at:end], at, end, VERBATIM


def _formatted(source: str, at: int, end: int, *, raw: bool) -> Iterator[Piece]:
    """The pieces of an f-string: its literal parts, and a placeholder for each expression."""
    for brace in _BRACE.finditer(source, at, end):
        start, stop = brace.span()
        yield from _pieces(source, at, start, raw=raw)
        if brace.group() in ("{{", "}}"):
            yield brace.group()[0], start, stop, ESCAPED
        else:
            yield brace.group(), start, stop, HOLE
        at = stop
    yield from _pieces(source, at, end, raw=raw)


def _decoded(escape: str, *, raw: bool) -> str:
    """What an escape or a line end in the source stands for. Python reads every line end as a line feed."""
    if escape[0] == "\r":
        return "\n"
    if raw:
        return "\\\n" if escape == "\\\r\n" or escape == "\\\r" else escape
    name = escape[1:]
    if name in _NAMED:
        return _NAMED[name]
    if name[0] in "xuU":
        return chr(int(name[1:], 16)) if len(name) > 1 else escape
    if name[0] in "01234567":
        return chr(int(name, 8))
    if name[0] == "N" and len(name) > 1:
        import unicodedata

        return unicodedata.lookup(name[2:-1])
    return escape
