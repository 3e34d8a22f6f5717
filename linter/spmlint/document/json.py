"""JSON documents: a tokenizer of our own, because no package tells where a value stands.

Reads what Python's ``json.loads`` reads (RFC 8259 plus ``NaN`` and ``Infinity``), from a `Text`: JSON inside a notebook
cell inside JSON resolves to its place in the file. Where a part of the Text is a placeholder, it may stand for a value
or be a part of a string.
"""

from __future__ import annotations

import re

from spmlint.document.node import DOUBLE, PLAIN, Mapping, Node, Problem, Scalar, Sequence
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 200
"""Objects and arrays inside each other."""

VALUE, FIRST, NEXT, COLON, AFTER, END = range(6)
"""What comes next: a value (at the top, or after a colon); the first item or key, or the closing bracket; another one,
after a comma; the colon; a comma or the closing bracket; nothing."""

_ITEM = (FIRST, NEXT)

_MASK = "\ue000"
"""Stands for each character of a placeholder while the text is cut into tokens: a private-use character."""

_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
        (?P<string> "(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*+" )
      | (?P<mark> [\[\]{},:] )
      | (?P<plain> -?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+ | true | false | null | NaN | -?Infinity )
      | (?P<other> )
    )""",
    re.VERBOSE,
)
_COLLECTION = re.compile(r"[ \t\n\r]*+[\[{]")
_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+(?:(?P<open>[\[{])|[\]}])', re.DOTALL)
_COMMENT = re.compile(r"(?:#|//)[^\n\r]*|/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r'[^\s,\[\]{}:"]*')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.")
_NAMED = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JsonScalar(Scalar):
    """A string, number or literal; it stands at ``inner_start`` to ``inner_end`` of the Text it was read from."""

    __slots__ = ("_inner_end", "_inner_start", "_parent")

    def __init__(
        self, parent: Text, inner_start: int, inner_end: int, start: int, end: int, value: str, style: str
    ) -> None:
        super().__init__(parent.source, start, end, value, style)
        self._parent = parent
        self._inner_start = inner_start
        self._inner_end = inner_end

    @property
    def is_editable(self) -> bool:
        return super().is_editable and self.style == DOUBLE

    def _decode(self) -> Text:
        quote = 1 if self.style == DOUBLE else 0
        written = self._parent.slice(self._inner_start + quote, self._inner_end - quote)
        if written.value == self.value:
            return written
        return written.decode(string_pieces(written.value, _masked(written)))


def read_json(text: Text, *, forgiven: list[Problem] | None = None, skip: frozenset[str] = frozenset()) -> Node:
    """The value that ``text`` holds.

    With a list for ``forgiven``, comments and trailing commas are put there as Problems, and reading goes on: some
    readers of almost-JSON allow them. Objects and arrays under a key of ``skip`` become a bare Node and are not looked
    into: a notebook's outputs are most of its bytes.

    Raises:
        Problem: ``text`` is not JSON (``"syntax"``) or nested too deep (``"limit"``).
    """
    return _Reader(text, forgiven, skip).read()


class _Reader:
    """What is known between two tokens. A method that takes a token returns False where it cannot stand."""

    __slots__ = (
        "around",
        "at",
        "children",
        "comma",
        "expect",
        "forgiven",
        "in_object",
        "masked",
        "offset",
        "skip",
        "text",
    )

    def __init__(self, text: Text, forgiven: list[Problem] | None, skip: frozenset[str]) -> None:
        self.text = text
        self.forgiven = forgiven
        self.skip = skip
        self.masked = _masked(text)
        self.offset = text.start if text.segments is None else None
        self.at = 0
        self.expect = VALUE
        self.in_object = False
        self.comma = 0
        self.children: list[Node] = []
        self.around: list[tuple[Mapping | Sequence, int, list[Node]]] = []
        """The open collections, where each opened, and the children of what stands round it."""

    def read(self) -> Node:
        has_holes = self.masked is not self.text.value
        while True:
            token = _TOKEN.match(self.masked, self.at)
            assert token
            kind = token.lastgroup or ""
            start, self.at = token.span(kind)
            if has_holes and self.expects_value():
                word = _WORD.match(self.masked, start)
                if word and _MASK in word.group():
                    kind, self.at = "plain", word.end()
            if kind == "string" or kind == "plain":
                fits = self.scalar(kind, start)
            elif kind == "mark":
                fits = self.mark(self.masked[start], start)
            elif self.expect == END and start == len(self.masked):
                return self.children[0]
            else:
                fits = self.comment(start)
            if not fits:
                from spmlint.document.json_trouble import explain

                opened = self.around[-1][1] if self.around else None
                raise self.problem(*explain(self.masked, start, self.expect, self.in_object, opened))

    def expects_value(self) -> bool:
        return self.expect == VALUE or (not self.in_object and self.expect in _ITEM)

    def scalar(self, kind: str, start: int) -> bool:
        """A string, number or literal from ``start`` to here, as a value or a key."""
        if self.expects_value():
            self.expect = AFTER if self.around else END
        elif kind == "string" and self.expect in _ITEM:
            self.expect = COLON
        else:
            return False
        end = self.at
        if kind == "plain":
            style, value = PLAIN, self.text.value[start:end]
        else:
            style, value = DOUBLE, self.text.value[start + 1 : end - 1]
            if "\\" in value:
                value = "".join([piece[0] for piece in string_pieces(value, self.masked[start + 1 : end - 1])])
        self.children.append(JsonScalar(self.text, start, end, *self.place(start, end), value, style))
        return True

    def mark(self, mark: str, start: int) -> bool:
        """A bracket, comma or colon."""
        if mark == ",":
            if self.expect != AFTER:
                return False
            self.expect, self.comma = NEXT, start
            return True
        if mark == ":":
            if self.expect != COLON:
                return False
            self.expect = VALUE
            self.pass_over_skipped()
            return True
        return self.open(mark, start) if mark in "[{" else self.close(mark, start)

    def open(self, mark: str, start: int) -> bool:
        if not self.expects_value():
            return False
        outer_start, outer_end = self.place(start, self.at)
        if len(self.around) == MAX_DEPTH:
            raise Problem("limit", f"nested more than {MAX_DEPTH} levels deep", outer_start, outer_end)
        self.in_object = mark == "{"
        opened = (Mapping if self.in_object else Sequence)(self.text.source, outer_start, outer_end)
        self.children.append(opened)
        self.around.append((opened, start, self.children))
        self.children = []
        self.expect = FIRST
        return True

    def close(self, mark: str, start: int) -> bool:
        if not self.around or mark != ("}" if self.in_object else "]") or self.expect not in (FIRST, NEXT, AFTER):
            return False
        if self.expect == NEXT:
            trailing = self.problem("a comma with nothing after it", self.comma, self.comma + 1, "remove the comma")
            if self.forgiven is None:
                raise trailing
            self.forgiven.append(trailing)
        closed, _, siblings = self.around.pop()
        closed.end = self.place(start, self.at)[1]
        if isinstance(closed, Mapping):
            each = iter(self.children)
            closed.own.extend(zip(each, each, strict=True))
        else:
            closed.nodes = self.children
        self.children = siblings
        self.in_object = bool(self.around) and isinstance(self.around[-1][0], Mapping)
        self.expect = AFTER if self.around else END
        return True

    def comment(self, start: int) -> bool:
        """A comment, where those are forgiven."""
        comment = _COMMENT.match(self.masked, start)
        if self.forgiven is None or comment is None:
            return False
        self.at = comment.end()
        self.forgiven.append(self.problem("JSON has no comments", start, self.at, ""))
        return True

    def pass_over_skipped(self) -> None:
        """Moves behind the collection that follows a key nobody wants."""
        key = self.children[-1]
        if self.skip and isinstance(key, Scalar) and key.value in self.skip:
            opening = _COLLECTION.match(self.masked, self.at)
            if opening:
                self.at = _behind_collection(self.masked, opening.end())
                self.children.append(Node(self.text.source, *self.place(opening.end() - 1, self.at)))
                self.expect = AFTER

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a range of the text stands in the file."""
        if self.offset is not None:
            return self.offset + start, self.offset + end
        span = self.text.span(start, end)
        return span.start, span.end

    def problem(self, message: str, start: int, end: int, hint: str) -> Problem:
        return Problem("syntax", message, *self.place(start, end), hint)


def _behind_collection(masked: str, at: int) -> int:
    """The offset behind the bracket that closes the one before ``at``, or the end."""
    depth = 1
    while depth:
        bracket = _BRACKET.match(masked, at)
        if bracket is None:
            return len(masked)
        depth += 1 if bracket["open"] else -1
        at = bracket.end()
    return at


def _masked(text: Text) -> str:
    """The value with every character of a placeholder replaced, so that quotes in one end nothing."""
    if not text.holes:
        return text.value
    masked: list[str] = []
    at = 0
    for start, end in text.holes:
        masked.append(text.value[at:start] + _MASK * (end - start))
        at = end
    return "".join(masked) + text.value[at:]


def string_pieces(raw: str, masked: str) -> Iterator[Piece]:
    """The pieces of a string; escapes are looked for in ``masked`` only."""
    at = 0
    for match in _ESCAPE.finditer(masked):
        start, end = match.span()
        if start > at:
            yield raw[at:start], at, start, VERBATIM
        yield _unescape(match.group()), start, end, ESCAPED
        at = end
    if at < len(raw):
        yield raw[at:], at, len(raw), VERBATIM


def _unescape(escape: str) -> str:
    if escape[1] != "u":
        return _NAMED[escape[1]]
    if len(escape) == 12:
        return chr(0x10000 + ((int(escape[2:6], 16) - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)
    return chr(int(escape[2:], 16))
