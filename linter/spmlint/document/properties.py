"""Java properties files, read exactly as ``java.util.Properties.load(Reader)`` reads them (JDK 17).

Lines end at LF, CR or CRLF; a backslash at the end joins the next line without its leading blanks; ``#`` and ``!`` begin
a comment only where a logical line begins. Values keep their trailing blanks: trimming is Spark's affair.
"""

from __future__ import annotations

from spmlint.document.node import Problem
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Span, Text
from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = pattern("(?P<blanks>[ \t\f]*+)(?P<content>[^\n\r]*+)(?:\r\n|[\n\r])?+")
_KEY = pattern(r"(?s)(?:[^\\=: \t\f]++|\\.)*+")
_SEPARATOR = pattern(r"[ \t\f]*+[=:]?+[ \t\f]*+")
_HEX = "[0-9A-Fa-f]"
_ESCAPE = pattern(rf"(?s)\\u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}|\\u{_HEX}{{4}}|\\u(?P<bad>)|\\.")
_NAMED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


class Entry:
    """One key and its value, as Java decodes them. ``line`` is the logical line from the key to the value's end."""

    __slots__ = ("key", "line", "value")

    def __init__(self, key: Text, value: Text, line: Text) -> None:
        self.key = key
        self.value = value
        self.line = line

    def span(self) -> Span:
        """Where the entry stands."""
        return self.line.span()


def read_properties(text: Text) -> list[Entry]:
    r"""Every entry in the order written; where a key occurs twice, Java keeps the last.

    Raises:
        Problem: a ``\u`` without four hexadecimal digits, for which Java refuses the whole file.
    """
    return [_entry(line) for line in _logical_lines(text)]


def _logical_lines(text: Text) -> Iterator[Text]:
    """The lines that are neither blank nor comments: continuations joined, leading blanks and line ends removed."""
    value = text.value
    pieces: list[Piece] = []
    """What the logical line has so far, where it goes on after a backslash."""
    at = 0
    while at < len(value):
        line = _LINE.match(value, at)
        assert line
        start, end, at = line.end("blanks"), line.end("content"), line.end()
        if not pieces and (start == end or value[start] in "#!"):
            continue
        if _continues(value, start, end):
            if start < end - 1:
                pieces.append((value[start : end - 1], start, end - 1, VERBATIM))
            # At the end of the file Java gives an entry even where nothing stands before the backslash, except
            # that it looks for the end before it has passed the LF of a CRLF.
            if at < len(value) or (not pieces and value.endswith("\r\n")):
                continue
        elif not pieces:
            yield text.slice(start, end)
            continue
        else:
            pieces.append((value[start:end], start, end, VERBATIM))
        yield text.decode(pieces) if pieces else text.slice(start, start)
        pieces = []


def _continues(value: str, start: int, end: int) -> bool:
    """Whether an odd number of backslashes ends the line."""
    if end == start or value[end - 1] != "\\":
        return False
    line = value[start:end]
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _entry(line: Text) -> Entry:
    """Cuts a logical line at the first blank, ``=`` or ``:`` that no backslash protects."""
    key = _KEY.match(line.value)
    assert key
    separator = _SEPARATOR.match(line.value, key.end())
    assert separator
    return Entry(_unescaped(line.slice(0, key.end())), _unescaped(line.slice(separator.end(), len(line.value))), line)


def _unescaped(text: Text) -> Text:
    return text.decode(_pieces(text)) if "\\" in text.value else text


def _pieces(text: Text) -> Iterator[Piece]:
    value = text.value
    at = 0
    for match in _ESCAPE.finditer(value):
        start, end = match.span()
        if match["bad"] is not None:
            span = text.span(start, min(start + 6, len(value)))
            raise Problem(
                "syntax",
                f"{value[start : start + 6]} is not a character: \\u needs four hexadecimal digits",
                span.start,
                span.end,
                r"write \\ for a backslash",
            )
        if start > at:
            yield value[at:start], at, start, VERBATIM
        yield _character(match.group()), start, end, ESCAPED
        at = end
    if at < len(value):
        yield value[at:], at, len(value), VERBATIM


def _character(escape: str) -> str:
    """What an escape stands for; two that are one character beyond U+FFFF come together."""
    if len(escape) == 2:
        return _NAMED.get(escape[1], escape[1])
    if len(escape) == 6:
        return chr(int(escape[2:], 16))
    return chr(0x10000 + ((int(escape[2:6], 16) - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)
