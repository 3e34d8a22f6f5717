"""The tree of a YAML or JSON document: scalars, mappings and sequences that know their places.

Loaders walk these nodes; they never see a constructed Python value, because ``on``, ``1_000`` or ``010`` change when a
parser makes values of them. Aliases stay references: `resolve` follows one, and nothing here expands them.
"""

from __future__ import annotations

from spmlint.document.holes import find_holes, mark_holes
from spmlint.document.text import Source, Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as List

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED = "", "'", '"', "|", ">"
"""How a scalar is written. JSON strings are DOUBLE; JSON numbers, booleans and null are PLAIN."""

MERGE_BUDGET = 1000
"""How many mappings one look-up may visit through merge keys before it gives up."""


_TRUE = frozenset(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
_FALSE = frozenset(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"])
_NULL = frozenset(["", "~", "null", "Null", "NULL"])


class Node:
    """A place in a document. ``start`` and ``end`` are offsets into ``source.text``; ``end`` is exclusive."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    def get(self, *path: str) -> Node | None:
        """The node at ``path`` (mapping keys, one after the other); None where there is none or it is null."""
        node = self.target if isinstance(self, Alias) else self
        for key in path:
            pair = node.pair(key) if isinstance(node, Mapping) else None
            if pair is None:
                return None
            node = pair[1]
            if isinstance(node, Alias):
                node = node.target
        return None if isinstance(node, Scalar) and node.is_null else node

    def scalar(self, *path: str) -> Scalar | None:
        """The scalar at ``path``, or None."""
        node = self.get(*path)
        return node if isinstance(node, Scalar) else None

    def string(self, *path: str) -> str | None:
        """The text of the scalar at ``path``, holes and all, or None."""
        node = self.get(*path)
        return node.value if isinstance(node, Scalar) else None

    def items(self, *path: str) -> list[Node]:
        """The items of the sequence at ``path``; empty where there is none."""
        node = self.get(*path)
        return [item for item in (resolve(i) for i in node.nodes) if item] if isinstance(node, Sequence) else []

    def pairs(self, *path: str) -> List[tuple[Scalar, Node]]:
        """Key and value of each entry of the mapping at ``path``, merged entries first, in writing order."""
        node = self.get(*path)
        return node.resolved() if isinstance(node, Mapping) else ()


class Alias(Node):
    """``*name``: stands where it is written; ``target`` is the anchored node."""

    __slots__ = ("name", "target")

    def __init__(self, source: Source, start: int, end: int, name: str, target: Node) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.target = target


class Scalar(Node):
    """A leaf. ``value`` is the decoded string, ``style`` one of the constants above; its place includes quotes."""

    __slots__ = ("_text", "shared", "style", "tag", "value")

    def __init__(self, source: Source, start: int, end: int, value: str, style: str, tag: str | None = None) -> None:
        # Set here and not by the base class: most nodes are scalars, and this call is a third of their cost.
        self.source = source
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.tag = tag
        self.shared = False
        """True where an alias also uses this value: an edit here would change more than one place."""
        self._text: Text | None = None

    @property
    def text(self) -> Text:
        """The decoded value with the place of each of its characters."""
        if self._text is None:
            self._text = self._decode()
        return self._text

    @property
    def marked(self) -> Text:
        """The same with its placeholders marked."""
        return mark_holes(self.text)

    @property
    def has_holes(self) -> bool:
        """Whether a placeholder is in it; finds no places where none have been asked for yet."""
        return bool(find_holes(self.value) if self._text is None else self.marked.holes)

    def place_text(self, text: Text) -> None:
        """Give the decoded value other places: those of the file that the document is a string in."""
        self._text = text

    def _decode(self) -> Text:
        """Finds the places; each document kind knows its own quotes and escapes."""
        raise NotImplementedError

    @property
    def is_editable(self) -> bool:
        """Whether another text may be written in place of this one: no word fits where a number of JSON stands."""
        return not self.shared

    @property
    def is_plain(self) -> bool:
        """Written without quotes, so that a parser may make something other than a string of it."""
        return self.style == PLAIN and self.tag is None

    @property
    def is_null(self) -> bool:
        return self.value in _NULL and self.is_plain

    @property
    def is_true(self) -> bool:
        """Whether Kubernetes' YAML reader (sigs.k8s.io/yaml, resolve.go) or a JSON reader makes ``true`` of it."""
        return self.value in _TRUE and self.is_plain

    @property
    def is_false(self) -> bool:
        """The same for ``false``."""
        return self.value in _FALSE and self.is_plain


class TextScalar(Scalar):
    """A leaf made of a Text that somebody else decoded: a word of a command, a string of Python or Terraform.

    ``value`` is what it stands for where that is not what is written: ``jobDriver`` for the option ``--job-driver``.
    """

    __slots__ = ()

    def __init__(self, text: Text, value: str | None = None, *, style: str = DOUBLE, shared: bool = False) -> None:
        span = text.span()
        super().__init__(span.source, span.start, span.end, text.value if value is None else value, style)
        self._text = text
        self.shared = shared

    @property
    def is_editable(self) -> bool:
        return super().is_editable and self.style == DOUBLE


class Sequence(Node):
    """A list. ``nodes`` may hold aliases; `Node.items` resolves them."""

    __slots__ = ("nodes", "tag")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.nodes: list[Node] = []
        self.tag: str | None = None


class Mapping(Node):
    """A map, as written: ``own`` holds every (key, value) pair in order, duplicates and merge keys included."""

    __slots__ = ("_index", "own", "tag")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.own: list[tuple[Node, Node]] = []
        self.tag: str | None = None
        self._index: _Index | None = None

    def _indexed(self) -> _Index:
        index = self._index
        if index is None or index.size != len(self.own):
            index = self._index = _Index(self.own)
        return index

    def pair(self, key: str) -> tuple[Scalar, Node] | None:
        """The pair that gives ``key`` its value: the last written here, else the first of a merged mapping."""
        index = self._indexed()
        found = index.last.get(key)
        if found is None and index.merges:
            for mapping in _with_merged(self):
                for own_key, value in reversed(mapping.own):
                    if isinstance(own_key, Scalar) and own_key.value == key and not _is_merge(own_key):
                        return own_key, value
        return found

    def resolved(self) -> List[tuple[Scalar, Node]]:
        """The entries whose key is a scalar, aliases among their values followed."""
        if self._indexed().is_plain:
            return self.own  # type: ignore[return-value]  # it says so
        return [
            (key, target)
            for key, value in self.entries()
            if isinstance(key, Scalar) and (target := resolve(value)) is not None
        ]

    @property
    def templated(self) -> List[Text]:
        """The keys of its entries that hold placeholders; nearly always there is none."""
        index = self._indexed()
        if index.templated is None:
            index.templated = [key.marked for key, _ in self.resolved() if key.has_holes] or ()
        return index.templated

    def entries(self) -> Iterator[tuple[Node, Node]]:
        """Every pair that counts, merged ones first, own ones in writing order; ``<<`` itself is left out."""
        if not self._indexed().merges:
            yield from self.own
            return
        mappings = list(_with_merged(self))
        taken = {key.value for key, _ in self.own if isinstance(key, Scalar)}
        for mapping in mappings[1:]:
            last = {key.value: (key, value) for key, value in mapping.own if isinstance(key, Scalar)}
            for merged_key, value in last.values():
                if merged_key.value not in taken and not _is_merge(merged_key):
                    taken.add(merged_key.value)
                    yield merged_key, value
        for key, value in self.own:
            if not (isinstance(key, Scalar) and _is_merge(key)):
                yield key, value


class _Index:
    """What is looked up in a map again and again, worked out once for the pairs it has."""

    __slots__ = ("is_plain", "last", "merges", "size", "templated")

    def __init__(self, own: list[tuple[Node, Node]]) -> None:
        self.size = len(own)
        self.last: dict[str, tuple[Scalar, Node]] = {}
        """The last pair of each key."""
        self.merges = False
        self.is_plain = True
        """Whether all keys are scalars, none merges, and no value is an alias."""
        self.templated: List[Text] | None = None
        """See `Mapping.templated`; None before anybody asks."""
        for pair in own:
            key, value = pair
            if isinstance(key, Scalar):
                if key.value == "<<" and _is_merge(key):
                    self.merges, self.is_plain = True, False
                else:
                    self.last[key.value] = pair  # type: ignore[assignment]  # its key is a Scalar
                    if isinstance(value, Alias):
                        self.is_plain = False
            else:
                self.is_plain = False


def resolve(node: Node | None) -> Node | None:
    """The node an alias stands for; any other node is itself. An anchor names a node, never another alias."""
    return node.target if isinstance(node, Alias) else node


def _is_merge(key: Scalar) -> bool:
    return key.value == "<<" and key.is_plain


def _with_merged(mapping: Mapping) -> Iterator[Mapping]:
    """``mapping``, then every mapping its merge keys name, the one whose keys win first, each once."""
    pending = [mapping]
    seen: set[int] = set()
    while pending and len(seen) < MERGE_BUDGET:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        for key, value in current.own:
            if isinstance(key, Scalar) and _is_merge(key):
                target = resolve(value)
                if isinstance(target, Mapping):
                    pending.append(target)
                elif isinstance(target, Sequence):
                    pending.extend(m for m in map(resolve, reversed(target.nodes)) if isinstance(m, Mapping))


class Problem(Exception):
    """A document cannot be read: ``kind`` is ``"syntax"``, ``"limit"`` or ``"encoding"``; ``hint`` says what is usual.

    ``start`` and ``end`` are offsets into the text (bytes for ``"encoding"``).
    """

    def __init__(self, kind: str, message: str, start: int, end: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.start = start
        self.end = start if end is None else end
        self.hint = hint
