"""A YAML tree as a flat list, from this project's reader and from ruamel.yaml's, so that the two can be compared."""

from __future__ import annotations

import re
import warnings
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml import events as ruamel_events

from spmlint.document.node import Alias, Mapping, Node, Scalar, Sequence
from spmlint.document.yaml import Document

_BRACKETS = ("[", "{")
_PROPERTIES = re.compile(r"(?:[&!]\S*|\s+|#.*)*")


class Seen(NamedTuple):
    """One node, in the order written. ``what`` is its value and style, its alias's target, or its kind."""

    what: tuple[Any, ...]
    start: int
    end: int


def ours(documents: list[Document]) -> list[Seen]:
    """Every node of ``documents``; a collection's end is left out (-1) unless it is written."""
    seen: list[Seen] = []

    def walk(node: Node) -> None:
        if isinstance(node, Alias):
            seen.append(Seen(("alias", node.name, node.target.start), node.start, node.end))
        elif isinstance(node, Scalar):
            seen.append(Seen(("scalar", node.value, node.style, node.tag), node.start, node.end))
        elif isinstance(node, Mapping):
            seen.append(Seen(("mapping",), node.start, _written_end(node)))
            for key, value in node.own:
                walk(key)
                walk(value)
            seen.append(Seen(("end",), 0, 0))
        elif isinstance(node, Sequence):
            seen.append(Seen(("sequence",), node.start, _written_end(node)))
            for item in node.nodes:
                walk(item)
            seen.append(Seen(("end",), 0, 0))

    for document in documents:
        walk(document.root)
    return seen


def _written_end(node: Node) -> int:
    return node.end if node.source.text[node.start : node.start + 1] in _BRACKETS else -1


def ruamels(text: str) -> list[Seen]:
    """The same from ruamel.yaml's pure Python parser (YAML 1.2)."""
    seen: list[Seen] = []
    opened: list[int] = []
    anchors: dict[str, int] = {}

    def start_of(event: Any) -> int:
        start = int(event.start_mark.index)
        if event.anchor or event.tag or text[start : start + 1] == "!":
            properties = _PROPERTIES.match(text, start, int(event.end_mark.index) if _is_scalar(event) else len(text))
            assert properties
            start = properties.end()
        if event.anchor:
            anchors[event.anchor] = start
        return start

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, ruamel_events.AliasEvent):
                target = anchors[event.anchor]
                seen.append(Seen(("alias", event.anchor, target), event.start_mark.index, event.end_mark.index))
            elif _is_scalar(event):
                what = ("scalar", event.value, event.style or "", str(event.tag) if event.tag else None)
                seen.append(Seen(what, start_of(event), event.end_mark.index))
            elif isinstance(event, ruamel_events.CollectionStartEvent):
                kind = "mapping" if isinstance(event, ruamel_events.MappingStartEvent) else "sequence"
                start = start_of(event)
                opened.append(len(seen) if text[start : start + 1] in _BRACKETS else -1)
                seen.append(Seen((kind,), start, -1))
            elif isinstance(event, ruamel_events.CollectionEndEvent):
                at = opened.pop()
                if at >= 0:
                    seen[at] = seen[at]._replace(end=event.end_mark.index)
                seen.append(Seen(("end",), 0, 0))
    return seen


def _is_scalar(event: Any) -> bool:
    return isinstance(event, ruamel_events.ScalarEvent)
