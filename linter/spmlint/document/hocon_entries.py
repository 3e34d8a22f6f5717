"""What a HOCON object comes to: its leaves in writing order, which of them are lost, and substitutions the file answers.

A later value of a key replaces an earlier one, objects are merged. A key that is a value here and the beginning of a longer
key there can be only one of both: the earlier is lost, without a word from the library.
"""

from __future__ import annotations

import re

from spmlint.document.hocon_tree import Field, Object, Opening
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spmlint.document.hocon_tree import Value

    Tree = dict[str, "Tree | Entry"]

LONGEST_CHAIN = 20
"""How many substitutions one value may lead through before it is left alone."""

MOST_SUBSTITUTED = 1_000_000
"""How many characters substitutions may bring into one file."""

_SUBSTITUTION = re.compile(r"\$\{\??(?P<path>[^{}]*)\}")
_PART = re.compile(r'[^\S\n]*+(?:"(?P<quoted>[^"\\]*+)"|(?P<plain>[^\s."]++))[^\S\n]*+(?P<end>\.|\Z)')


class Entry:
    """A leaf: ``path`` from the root, the fields it is written in (outermost first), and its value.

    The value is a Text, an Array, None for ``null``, or an Object without members.
    """

    __slots__ = ("fields", "path", "value")

    def __init__(self, path: tuple[str, ...], fields: tuple[Field, ...], value: Value) -> None:
        self.path = path
        self.fields = fields
        self.value = value


class Gap:
    """Below ``path``, keys may be set here that nobody sees."""

    __slots__ = ("path", "place", "reason")

    def __init__(self, path: tuple[str, ...], reason: str, place: Span) -> None:
        self.path = path
        self.reason = reason
        self.place = place


class Entries:
    """The leaves and gaps of one object, in writing order; substitutions the file itself answers are replaced.

    ``lost`` holds (loser, winner): what the later entry takes away for being a part of its key, or a longer one, or ``null``.
    """

    __slots__ = ("_budget", "_gaps", "_order", "_tree", "all", "lost")

    def __init__(self, root: Object) -> None:
        self.all: list[Entry | Gap] = list(_walk(root))
        self.lost: list[tuple[Entry, Entry]] = []
        self._tree: Tree = {}
        self._order: dict[int, int] = {}
        """An entry's identity -> its rank among ``all``."""
        self._gaps: dict[tuple[str, ...], int] = {}
        """A path with gaps -> the rank of the last of them."""
        self._budget = MOST_SUBSTITUTED
        for rank, one in enumerate(self.all):
            if isinstance(one, Gap):
                self._gaps[one.path] = rank
            else:
                self._order[id(one)] = rank
                self._grow(one)
        self._substitute()

    def below(self, *path: str) -> list[Entry | Gap]:
        """What concerns the object at ``path``: the leaves in it, and what may bring more of them or replace it."""
        size = len(path)
        return [one for one in self.all if one.path[:size] == path or _may_hold(one, path)]

    def has(self, *path: str) -> bool:
        """Whether something is written at or below ``path``."""
        node: Tree | Entry | None = self._tree
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        return node is not None

    def value(self, *path: str) -> Value:
        """What ``path`` comes to in this file; None where it is not written, ``null``, or an object with members."""
        entry = self._leaf(path)
        return None if entry is None else entry.value

    def names(self, *path: str) -> list[str]:
        """The keys of the object at ``path``."""
        node: Tree | Entry | None = self._tree
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        return list(node) if isinstance(node, dict) else []

    # ---- who wins --------------------------------------------------------------------------------------------

    def _grow(self, entry: Entry) -> None:
        """Put an entry into the tree of values that hold so far."""
        node = self._tree
        for part in entry.path[:-1]:
            inner = node.get(part)
            if not isinstance(inner, dict):
                if inner is not None:
                    self._lose([inner], entry)
                inner = node[part] = {}
            node = inner
        name = entry.path[-1]
        before = node.get(name)
        if isinstance(entry.value, Object):
            if not isinstance(before, dict):
                if before is not None:
                    self._lose([before], entry)
                node[name] = {}
            return
        if isinstance(before, dict):
            self._lose(_leaves(before), entry)
        elif before is not None and entry.value is None:
            self._lose([before], entry)
        node[name] = entry

    def _lose(self, losers: Iterable[Entry], winner: Entry) -> None:
        """Note what ``winner`` takes away, unless one of both is a substitution that may stand for an object."""
        if not _may_be_object(winner):
            self.lost.extend(
                (loser, winner) for loser in losers if loser.value is not None and not _may_be_object(loser)
            )

    # ---- substitutions ---------------------------------------------------------------------------------------

    def _substitute(self) -> None:
        done: set[int] = set()
        for one in self.all:
            if isinstance(one, Entry):
                self._literal(one, done, LONGEST_CHAIN)

    def _literal(self, entry: Entry, done: set[int], chain: int) -> str | None:
        """The text of an entry with its substitutions replaced where possible; None where a part stays unknown."""
        text = entry.value
        if not isinstance(text, Text):
            return None
        if text.holes and id(entry) not in done:
            done.add(id(entry))  # before its parts are looked up: a cycle finds it unfinished
            if chain:
                entry.value = text = self._filled(text, done, chain)
        return None if text.holes else text.value

    def _filled(self, text: Text, done: set[int], chain: int) -> Text:
        pieces: list[Piece] = []
        at = 0
        for start, end in text.holes:
            literal = self._answer(text.value[start:end], done, chain)
            if literal is None:
                continue
            pieces.extend([(text.value[at:start], at, start, VERBATIM), (literal, start, end, ESCAPED)])
            at = end
        if not pieces:
            return text
        pieces.append((text.value[at:], at, len(text.value), VERBATIM))
        if any(piece[0] for piece in pieces):
            return text.decode(pieces)
        return Text(text.source, "", text.start, text.end, ())

    def _answer(self, spelt: str, done: set[int], chain: int) -> str | None:
        """What ``${...}`` stands for, where the file says it as plain text."""
        found = _SUBSTITUTION.fullmatch(spelt)
        path = _path(found["path"]) if found else None
        entry = self._leaf(path) if path else None
        if path is None or entry is None or self._may_change(path, self._order[id(entry)]):
            return None
        literal = self._literal(entry, done, chain - 1)
        if literal is None or len(literal) > self._budget:
            return None
        self._budget -= len(literal)
        return literal

    def _leaf(self, path: tuple[str, ...]) -> Entry | None:
        node: Tree | Entry | None = self._tree
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        return node if isinstance(node, Entry) else None

    def _may_change(self, path: tuple[str, ...], rank: int) -> bool:
        """Whether a gap behind the entry of that rank may hold another value of ``path``."""
        return bool(self._gaps) and any(self._gaps.get(path[:size], -1) > rank for size in range(len(path)))


def _walk(root: Object) -> Iterator[Entry | Gap]:
    """Every leaf and gap below ``root`` in writing order."""
    around: list[tuple[Iterator[Field | Opening], tuple[str, ...], tuple[Field, ...]]] = [(iter(root.members), (), ())]
    while around:
        members, path, fields = around[-1]
        member = next(members, None)
        if member is None:
            around.pop()
        elif isinstance(member, Opening):
            yield Gap(path, member.reason, member.place)
        else:
            own = path + tuple([part.value for part in member.parts])
            if isinstance(member.value, Object) and member.value.members:
                around.append((iter(member.value.members), own, (*fields, member)))
            else:
                yield Entry(own, (*fields, member), member.value)


def _leaves(tree: Tree) -> Iterator[Entry]:
    pending: list[Tree | Entry] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Entry):
            yield node
        else:
            pending.extend(reversed(node.values()))


def _may_be_object(entry: Entry) -> bool:
    """Whether the value is nothing but a placeholder, which may bring an object as well as a text."""
    return isinstance(entry.value, Text) and entry.value.holes == [(0, len(entry.value.value))]


def _may_hold(one: Entry | Gap, path: tuple[str, ...]) -> bool:
    """Whether ``one``, written above ``path``, may bring something into the object there."""
    above = path[: len(one.path)] == one.path
    return above and (isinstance(one, Gap) or _may_be_object(one))


def _path(spelt: str) -> tuple[str, ...] | None:
    """The elements of a path; None where it is more than plain or quoted words between dots."""
    parts: list[str] = []
    at = 0
    while True:
        part = _PART.match(spelt, at)
        if part is None:
            return None
        parts.append(part["plain"] if part["quoted"] is None else part["quoted"])
        at = part.end()
        if not part["end"]:
            return tuple(parts)
