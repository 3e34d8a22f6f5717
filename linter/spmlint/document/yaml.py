"""YAML documents: a composer of our own over libyaml's events.

Composing here instead of calling ``yaml.compose`` keeps what that loses (where an alias stands, merge keys as written),
accepts what it refuses (an anchor defined twice), and survives what makes it crash: it recurses without a limit in C.
Nothing is constructed and nothing is expanded.
"""

from __future__ import annotations

from sys import intern

from spmlint.document.libyaml import load_parser
from spmlint.document.node import PLAIN, Alias, Mapping, Node, Problem, Scalar, Sequence
from spmlint.document.text import Source
from spmlint.document.yaml_scalar import YamlScalar
from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_DEPTH = 200
"""Collections inside collections. Real manifests stay below 20; libyaml's time grows with the square of it."""

MAX_NODES = 2_000_000
"""Scalars, collections and aliases in one file."""

MAX_DOCUMENTS = 10_000
"""Documents in one file; a stream of 5 MB of manifests has some 2,500."""

_BREAKS = r"\n\r\x85\u2028\u2029"
_PROPERTIES = pattern(rf"(?:&[0-9A-Za-z_-]++|!<[^>]*>|![^ \t{_BREAKS},\[\]{{}}]*+|[ \t{_BREAKS}]++|#[^{_BREAKS}]*+)++")
"""The anchor and tag before a node, with what may stand between them and it."""


class Document:
    """One document of a YAML file. ``start`` and ``end`` are offsets into ``source.text``; ``end`` is exclusive."""

    __slots__ = ("end", "root", "source", "start")

    def __init__(self, source: Source, start: int, end: int, root: Node) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.root = root


def read_yaml(source: Source) -> list[Document]:
    """Every document of a file.

    Raises:
        Problem: the file is not YAML (``"syntax"``) or passes a limit (``"limit"``).
        LibyamlMissing: nothing can be read here.
    """
    return list(iter_yaml(source))


def iter_yaml(source: Source) -> Iterator[Document]:
    """The documents of a file one after the other, so that those before a mistake can still be used.

    Raises:
        Problem: what follows is not YAML (``"syntax"``) or passes a limit (``"limit"``).
        LibyamlMissing: nothing can be read here.
    """
    parser = load_parser()
    from yaml.error import YAMLError

    if source.text.startswith("\ufeff"):  # libyaml would skip it and not count it
        raise Problem("syntax", "a second byte order mark", 0, 1)
    try:
        yield from _compose(source, parser)
    except (YAMLError, UnicodeEncodeError) as error:
        from spmlint.document.yaml_trouble import explain

        raise explain(error, source) from None


def _compose(source: Source, parser: Any) -> Iterator[Document]:
    """Turns events into documents: one loop, one stack, children gathered in flat lists. This is the hot path."""
    from yaml.events import (
        AliasEvent,
        DocumentEndEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

    text = source.text
    next_event = parser(text).get_event
    # Compared by identity below: the parser makes exactly these classes.
    scalar, alias, mapping, sequence = ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent
    mapping_end, sequence_end = MappingEndEvent, SequenceEndEvent

    count = documents = 0
    document_start = 0
    anchors: dict[str, Node] = {}
    aliased: list[Node] = []
    children: list[Node] = []
    around: list[tuple[Mapping | Sequence, bool, list[Node]]] = []
    """The open collections, outermost first; does it end with a bracket; the children of what stands round it."""

    while True:
        event: Any = next_event()
        kind = event.__class__
        if kind is scalar:
            anchor, tag = event.anchor, event.tag
            start, end = event.start_mark.index, event.end_mark.index
            if anchor is not None or tag is not None:
                start = _after_properties(text, start, end)
            # Thousands of files hold the same keys and sizes: each is kept once.
            leaf = YamlScalar(source, start, end, intern(event.value), event.style, tag)
            if anchor is not None:
                anchors[anchor] = leaf
            children.append(leaf)
        elif kind is mapping_end or kind is sequence_end:
            collection, in_brackets, siblings = around.pop()
            collection.end = event.end_mark.index if in_brackets else children[-1].end
            if isinstance(collection, Mapping):
                each = iter(children)
                collection.own.extend(zip(each, each, strict=True))
            else:
                collection.nodes = children
            if in_brackets and text.startswith("{{", collection.start):
                # A placeholder without quotes, which a YAML reader takes for a map whose key is a map.
                written = text[collection.start : collection.end]
                siblings[-1] = YamlScalar(source, collection.start, collection.end, written, PLAIN)
            count += len(children)
            if count > MAX_NODES:
                raise Problem("limit", f"more than {MAX_NODES:,} values in one file", collection.start)
            children = siblings
        elif kind is mapping or kind is sequence:
            start, end = event.start_mark.index, event.end_mark.index
            if event.anchor is not None or event.tag is not None:
                start = _after_properties(text, start, len(text))
            if len(around) == MAX_DEPTH:
                raise Problem("limit", f"nested more than {MAX_DEPTH} levels deep", start)
            opened = Mapping(source, start, end) if kind is mapping else Sequence(source, start, end)
            opened.tag = event.tag
            if event.anchor is not None:
                anchors[event.anchor] = opened
            children.append(opened)
            in_brackets = event.flow_style and text[start] in "[{"  # unlike the pair in [key: value]
            around.append((opened, in_brackets, children))
            children = []
        elif kind is alias:
            start, end = event.start_mark.index, event.end_mark.index
            target = anchors.get(event.anchor)
            if target is None:
                raise Problem(
                    "syntax",
                    f"no anchor &{event.anchor} stands before this alias",
                    start,
                    end,
                    "a plain value cannot begin with *: put it in quotes",
                )
            children.append(Alias(source, start, end, event.anchor, target))
            aliased.append(target)
        elif kind is DocumentStartEvent:
            document_start = event.start_mark.index
            documents += 1
            if documents > MAX_DOCUMENTS:
                raise Problem("limit", f"more than {MAX_DOCUMENTS:,} documents in one file", document_start)
        elif kind is DocumentEndEvent:
            _mark_shared(aliased)
            yield Document(source, document_start, event.end_mark.index, children[0])
            anchors, aliased, children = {}, [], []
        elif kind is StreamEndEvent:
            return


def _after_properties(text: str, start: int, end: int) -> int:
    """Where a node with an anchor or a tag begins: libyaml counts those to it, but no edit of the value may."""
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start


def _mark_shared(pending: list[Node]) -> None:
    """Marks every scalar that is used where an alias stands as well."""
    seen = set()
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            node.shared = True
        elif id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, Mapping):
                pending.extend(part for pair in node.own for part in pair)
            elif isinstance(node, Sequence):
                pending.extend(node.nodes)
