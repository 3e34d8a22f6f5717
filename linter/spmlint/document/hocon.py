"""HOCON documents (https://github.com/lightbend/config/blob/main/HOCON.md), read as Lightbend's library reads them.

Nothing is ever fetched: an ``include`` of any form, like everything else that cannot be seen, becomes an `Opening` of the
object it stands in. Substitutions stay holes here; `spmlint.document.hocon_entries` replaces the ones the file itself
answers. Marks of template engines (``{{ }}``, ``{% %}``, ``<% %>``, ``@NAME@``, ``$NAME``) are no HOCON outside quotes and come
out as holes too. Numbers, sizes and booleans stay the text they are written as.
"""

from __future__ import annotations

import re

from spmlint.document.hocon_tree import Array, Field, Object, Opening
from spmlint.document.json import string_pieces
from spmlint.document.node import Problem
from spmlint.document.text import HOLE, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.hocon_tree import Value

MAX_DEPTH = 200
"""Objects and arrays inside each other; each part of a dotted key is one."""

ITEM, KEY, VALUE, MORE, AFTER = range(5)
"""What comes next: a key, or an item of an array; more of a key; the first of a value; more of a value; a separator."""

_BLANK = r"[^\S\n]"
_STRING = r'"(?!"")(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*+"'
_FILE = rf"(?:{_STRING}|(?:url|file|classpath|package)\(\s*+{_STRING}\s*+\))"
_INCLUDE = re.compile(rf"include\s*+(?:{_FILE}|required\(\s*+{_FILE}\s*+\))")
_TEMPLATE = r"""\{\{\{[^}]{0,999}+\}\}\} | \{\{(?:[^}]|\}(?!\})){0,999}+\}\}
      | \{%(?:[^%]|%(?!\})){0,999}+%\} | <%(?:[^%]|%(?!>)){0,999}+%>"""
"""What a template engine replaces; bounded, because each bracket may seem to begin one."""
_TOKEN = re.compile(
    rf"""(?P<blank>{_BLANK}*+)(?:(?:\#|//)[^\n]*+)?+(?:
        (?P<newline> \n\s*+ )
      | (?P<hole> {_TEMPLATE}
                | \$\{{(?:[^{{}}"\n]++|{_STRING})*+\}} | \$[A-Za-z_]\w*+ | @[A-Za-z_][\w.-]*+@ )
      | (?P<comma> , )
      | (?P<assign> \+?= | : )
      | (?P<open> [\[{{] )
      | (?P<close> [\]}}] )
      | (?P<triple> "{{3}}(?:[^"]++|"(?!""))*+"{{3,}}+ )
      | (?P<string> {_STRING} )
      | (?P<text> -?[0-9][0-9.]*+[eE]\+[0-9]++ | (?:[^\s$"{{}}\[\]:=,+\#`^?!@*&\\/<]++|/(?!/)|<(?!%))++ )
      | (?P<end> \Z )
      | (?P<other> )
    )""",
    re.VERBOSE,
)
_WORDS = frozenset(["hole", "triple", "string", "text"])


def read_hocon(text: Text) -> Object | Array:
    """The object (nearly always) or array that ``text`` holds; braces round the whole may be left out.

    Raises:
        Problem: ``text`` is not HOCON (``"syntax"``) or nested too deep (``"limit"``).
    """
    return _Reader(text).read()


class _Frame:
    """An object or array that is open, and the member of it being read."""

    __slots__ = ("comma_may_come", "container", "depth", "field", "opened", "parts", "state")

    def __init__(self, container: Object | Array, depth: int, opened: int | None) -> None:
        self.container = container
        self.depth = depth
        self.opened = opened
        """Where its bracket stands; None for a root without one."""
        self.state = ITEM
        self.comma_may_come = False
        self.field: Field | None = None
        self.parts: list[Piece | Object | Array] = []
        """What has been read of a value; of a key, see `_Reader.key`."""


class _Reader:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.value = text.value
        self.key: list[tuple[str, int, int]] = []
        """The words of the key being read: kind, start and end."""

    def read(self) -> Object | Array:
        value, match = self.value, _TOKEN.match
        at, kind = self._first()
        bare = kind != "open"
        whole = self.text.span(0, len(value))
        # Without brackets round it the file is read like the inside of an object, else like the one item of a list.
        root = _Frame(Object(whole) if bare else Array(whole), 0, None)
        stack = [root]
        while True:
            token = match(value, at)
            assert token
            kind = token.lastgroup or ""
            start, at = token.span(kind)
            frame = stack[-1]
            if kind == "text" and frame.state == ITEM and isinstance(frame.container, Object):
                at = self._include(frame, start, at)
                if frame.state == AFTER:
                    continue
            if kind in _WORDS:
                if frame.state == AFTER or (frame.state == KEY and not self._on_one_line(start)):
                    raise self._trouble(frame, start)
                self._take_word(frame, kind, start, at, token.span("blank"))
            elif kind == "newline":
                self._end_member(frame)
            elif kind == "comma":
                self._end_member(frame)
                if not frame.comma_may_come:
                    raise self._trouble(frame, start)
                frame.comma_may_come = False
            elif kind == "assign" and frame.state == KEY:
                frame.field = self._field(frame)
                frame.field.appended = value[start] == "+"
                frame.state = VALUE
            elif kind == "open" and frame.state != AFTER:
                if isinstance(frame.container, Object) and frame.state == ITEM:
                    raise self._trouble(frame, start)
                if frame.state == KEY:
                    if value[start] == "[":
                        raise self._trouble(frame, start)
                    frame.field = self._field(frame)
                frame.state = MORE
                frame.comma_may_come = False
                stack.append(self._opened(frame, start))
            elif kind == "close" and frame.opened is not None:
                self._end_member(frame)
                if frame.state not in (ITEM, AFTER) or (value[start] == "}") != isinstance(frame.container, Object):
                    raise self._trouble(frame, start)
                stack.pop()
                frame.container.place.end = self.text.span(start, at).end
                stack[-1].parts.append(frame.container)
                if not bare and stack[-1] is root:
                    root.state = AFTER
            elif kind == "end":
                if bare:
                    self._end_member(frame)
                if frame is not root or frame.state not in (ITEM, AFTER):
                    raise self._trouble(frame, start)
                return root.container if bare else root.parts[0]  # type: ignore[return-value]
            else:
                raise self._trouble(frame, start)

    def _first(self) -> tuple[int, str]:
        """Where the first token stands that is more than blank lines and comments, and its kind."""
        at = 0
        while True:
            token = _TOKEN.match(self.value, at)
            assert token
            kind = token.lastgroup or ""
            if kind != "newline":
                return token.start(kind), kind
            at = token.end()

    # ---- members ---------------------------------------------------------------------------------------------

    def _include(self, frame: _Frame, start: int, end: int) -> int:
        """Take an ``include`` if one begins at ``start``; returns where to go on."""
        if self.value[start:end] != "include":
            return end
        include = _INCLUDE.match(self.value, start)
        if include is None:
            raise self._problem(
                "include names no file",
                start,
                end,
                'a file name stands in double quotes; a key of that name too: "include"',
            )
        place = self.text.span(start, include.end())
        assert isinstance(frame.container, Object)
        frame.container.members.append(Opening(f"{place.text} is not read", place))
        frame.state = AFTER
        return include.end()

    def _take_word(self, frame: _Frame, kind: str, start: int, end: int, blank: tuple[int, int]) -> None:
        """Add a word to the key or the value it belongs to."""
        frame.comma_may_come = False
        if isinstance(frame.container, Object) and frame.state in (ITEM, KEY):
            if frame.state == KEY and blank[0] != blank[1]:
                self.key.append(("blank", *blank))
            self.key.append((kind, start, end))
            frame.state = KEY
            return
        if frame.state == MORE and blank[0] != blank[1]:
            frame.parts.append((self.value[blank[0] : blank[1]], *blank, VERBATIM))
        frame.parts.extend(self._pieces(kind, start, end))
        frame.state = MORE

    def _on_one_line(self, start: int) -> bool:
        return "\n" not in self.value[self.key[-1][2] : start]

    def _pieces(self, kind: str, start: int, end: int) -> list[Piece]:
        """What a word says; an empty string is one empty piece."""
        if kind == "hole":
            return [(self.value[start:end], start, end, HOLE)]
        quotes = {"string": 1, "triple": 3}.get(kind, 0)
        start, end = start + quotes, end - quotes
        written = self.value[start:end]
        if kind != "string" or "\\" not in written:
            return [(written, start, end, VERBATIM)]
        return [(piece, start + low, start + high, how) for piece, low, high, how in string_pieces(written, written)]

    def _field(self, frame: _Frame) -> Field:
        """The field whose key has been read: cut at every dot outside quotes."""
        whole: list[Piece] = []
        parts: list[list[Piece]] = [[]]
        for kind, start, end in self.key:
            if kind != "text":
                pieces = self._pieces(kind, start, end)
                parts[-1].extend(pieces)
                whole.extend(pieces)
                continue
            whole.append((self.value[start:end], start, end, VERBATIM))
            for index, part in enumerate(self.value[start:end].split(".")):
                if index:
                    parts.append([])
                    start += 1
                if part:
                    parts[-1].append((part, start, start + len(part), VERBATIM))
                start += len(part)
        start, end = self.key[0][1], self.key[-1][2]
        self.key = []
        if not all(parts):
            raise self._problem(
                "a part of this key is empty", start, end, 'write "" for a part that is meant to be empty'
            )
        if frame.depth + len(parts) > MAX_DEPTH:
            span = self.text.span(start, end)
            raise Problem("limit", f"nested more than {MAX_DEPTH} levels deep", span.start, span.end)
        return Field(self._decoded(whole), tuple([self._decoded(part) for part in parts]))

    def _opened(self, frame: _Frame, start: int) -> _Frame:
        depth = frame.depth + (len(frame.field.parts) if frame.field else 1)
        place = self.text.span(start, start + 1)
        if depth > MAX_DEPTH:
            raise Problem("limit", f"nested more than {MAX_DEPTH} levels deep", place.start, place.end)
        return _Frame(Object(place) if self.value[start] == "{" else Array(place), depth, start)

    def _end_member(self, frame: _Frame) -> None:
        """Close the member being read, if one is and it is whole."""
        container = frame.container
        if frame.state == MORE:
            value = self._finished(frame.parts)
            frame.parts = []
            if isinstance(container, Array):
                container.items.append(value)
            else:
                assert frame.field
                frame.field.value = value
                container.members.append(frame.field)
                frame.field = None
        elif frame.state == KEY and self._is_statement():
            assert isinstance(container, Object)
            place = self.text.span(self.key[0][1], self.key[-1][2])
            container.members.append(Opening(f"template block {place.text}", place))
            self.key = []
        elif frame.state != AFTER:
            return
        elif frame.opened is None and frame.parts:
            return  # behind the braces of the whole file
        frame.state = ITEM
        frame.comma_may_come = True

    def _is_statement(self) -> bool:
        """Whether what stands where a key should is nothing but marks of a template engine."""
        return all(kind == "blank" or (kind == "hole" and self.value[start] in "{<") for kind, start, _ in self.key)

    # ---- values ----------------------------------------------------------------------------------------------

    def _finished(self, parts: list[Piece | Object | Array]) -> Value:
        """The value that ``parts`` are when put together."""
        pieces = [part for part in parts if isinstance(part, tuple)]
        if len(pieces) == len(parts):
            return None if self._is_null(pieces) else self._decoded(pieces)
        words = [piece for piece in pieces if piece[3] != HOLE and not piece[0].isspace()]
        containers = [part for part in parts if not isinstance(part, tuple)]
        first = containers[0]
        if words or any(type(one) is not type(first) for one in containers):
            at = words[0][1:3] if words else None
            span = self.text.span(*at) if at else containers[1].place
            raise Problem("syntax", "text, lists and objects cannot be joined to one value", span.start, span.end)
        if isinstance(first, Object):
            members: list[Field | Opening] = []
            for part in parts:
                if isinstance(part, Object):
                    members.extend(part.members)
                elif isinstance(part, tuple) and part[3] == HOLE:
                    members.append(Opening(f"{part[0]} is not known", self.text.span(part[1], part[2])))
            first.members = members
        else:
            first.items = [item for one in containers if isinstance(one, Array) for item in one.items]
        first.place.end = containers[-1].place.end
        return first

    def _is_null(self, pieces: list[Piece]) -> bool:
        """Whether a value is the one word ``null`` without quotes."""
        word, start, _, _ = pieces[0]
        return len(pieces) == 1 and word == "null" and self.value[start - 1 : start] != '"'

    def _decoded(self, pieces: list[Piece]) -> Text:
        written, start, _, kind = pieces[0]
        if (len(pieces) == 1 and kind == VERBATIM) or not any(piece[0] for piece in pieces):
            return self.text.slice(start, start + len(written))
        return self.text.decode(pieces)

    # ---- troubles --------------------------------------------------------------------------------------------

    def _problem(self, message: str, start: int, end: int, hint: str = "") -> Problem:
        span = self.text.span(start, end)
        return Problem("syntax", message, span.start, span.end, hint)

    def _trouble(self, frame: _Frame, at: int) -> Problem:
        from spmlint.document.hocon_trouble import explain

        key = (self.key[0][1], self.key[-1][2]) if self.key else None
        in_object = isinstance(frame.container, Object)
        return self._problem(*explain(self.value, at, frame.state, in_object, frame.opened, key))
