"""Where each character of a YAML scalar stands: folded lines, quotes, escapes and block indentation.

The value is libyaml's; this module finds the places of its characters again. Line breaks are libyaml's too: besides LF,
CRLF and CR also NEL, LS and PS (YAML 1.1), the last two kept as they are.
"""

from __future__ import annotations

from spmlint.document.node import DOUBLE, FOLDED, PLAIN, SINGLE, Scalar
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Text
from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK_TEXT = "(?:\r\n|[\n\r\x85\u2028\u2029])"
_BREAK = pattern(_BREAK_TEXT)
_KEPT_BREAKS = "\u2028\u2029"
_FOLD_TEXT = f"(?P<fold>[ \t]*+(?:{_BREAK_TEXT}[ \t]*+)+)|[ \t]++"
_FLOW = {
    PLAIN: pattern(_FOLD_TEXT),
    SINGLE: pattern(f"{_FOLD_TEXT}|(?P<escape>'')"),
    DOUBLE: pattern(
        f"{_FOLD_TEXT}|(?P<joined>\\\\{_BREAK_TEXT}(?:{_BREAK_TEXT}|[ \t])*+)"
        r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))"
    ),
}
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class YamlScalar(Scalar):
    """A scalar of a YAML document."""

    __slots__ = ()

    def _decode(self) -> Text:
        start, end = self.start, self.end
        if self.style == SINGLE or self.style == DOUBLE:
            start, end = start + 1, end - 1
        raw = self.source.text[start:end]
        if raw == self.value:
            return Text(self.source, self.value, start, end)
        written = Text(self.source, raw, start, end)
        if self.style in _FLOW:
            return written.decode(_flow_pieces(raw, self.style))
        return written.decode(_block_pieces(raw, self.value, folded=self.style == FOLDED))


def _flow_pieces(raw: str, style: str) -> Iterator[Piece]:
    """The pieces of a plain or quoted scalar; ``raw`` is what stands between the quotes."""
    at = 0
    for match in _FLOW[style].finditer(raw):
        kind = match.lastgroup
        if kind is None:
            continue
        start, end = match.span()
        if start > at:
            yield raw[at:start], at, start, VERBATIM
        if kind == "escape":
            yield ("'" if style == SINGLE else _unescape(match.group())), start, end, ESCAPED
        else:
            breaks = _BREAK.findall(match.group())
            if kind == "joined":
                folded = _normal(breaks[1:])
            elif breaks[0] in _KEPT_BREAKS:
                folded = _normal(breaks)
            else:
                folded = _normal(breaks[1:]) or " "
            yield folded, start, end, ESCAPED
        at = end
    if at < len(raw):
        yield raw[at:], at, len(raw), VERBATIM


def _unescape(escape: str) -> str:
    digits = escape[2:]
    return chr(int(digits, 16)) if digits else _NAMED[escape[1]]


def _normal(breaks: list[str]) -> str:
    return "".join(each if each in _KEPT_BREAKS else "\n" for each in breaks)


def _block_pieces(raw: str, value: str, *, folded: bool) -> Iterator[Piece]:
    """The pieces of a literal or folded scalar; ``raw`` begins at its ``|`` or ``>``."""
    lines = _lines(raw)
    _, header_end, body = next(lines)
    header = raw[:header_end].partition("#")[0]
    # The header need not say the indentation, and counts from the parent where it does; the value tells it.
    indent = _margin(raw[body:]) - _margin(value)
    pending: list[tuple[int, int]] = []
    """The line breaks since the last line with content."""
    started = after_blank = False
    for start, end, after in lines:
        content = start
        while content < end and content - start < indent and raw[content] == " ":
            content += 1
        if content < end:
            blank = raw[content] in " \t"
            if folded and started and not blank and not after_blank and raw[pending[0][0]] not in _KEPT_BREAKS:
                if len(pending) == 1:
                    yield " ", pending[0][0], content, ESCAPED
                pending = pending[1:]
            yield from _breaks(raw, pending)
            yield raw[content:end], content, end, VERBATIM
            pending = []
            started, after_blank = True, blank
        if after > end:
            pending.append((end, after))
    if "+" in header:
        yield from _breaks(raw, pending)
    elif "-" not in header and started:
        yield from _breaks(raw, pending[:1])


def _lines(raw: str) -> Iterator[tuple[int, int, int]]:
    """Each line's start, its end without the line break, and where the next one starts."""
    at = 0
    for match in _BREAK.finditer(raw):
        yield at, match.start(), match.end()
        at = match.end()
    if at < len(raw):
        yield at, len(raw), len(raw)


def _breaks(raw: str, places: list[tuple[int, int]]) -> Iterator[Piece]:
    for start, end in places:
        written = raw[start:end]
        if written == "\n" or written in _KEPT_BREAKS:
            yield written, start, end, VERBATIM
        else:
            yield "\n", start, end, ESCAPED


_VISIBLE = pattern("[^ \n\r\x85\u2028\u2029]")


def _margin(lines: str) -> int:
    """How many spaces stand before the first visible character; on the widest line where nothing is visible."""
    visible = _VISIBLE.search(lines)
    if visible is None:
        return max(map(len, _BREAK.split(lines)))
    before = lines[: visible.start()]
    return len(before) - len(before.rstrip(" "))
