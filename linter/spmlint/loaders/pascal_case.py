"""Requests as CloudFormation, Step Functions and EMR on EC2 spell them, in the spelling of the other AWS services.

``MaximumCapacity`` becomes ``maximumCapacity``; names inside ``Properties`` are Spark's and stay. What the service puts in
when it runs is a placeholder: ``!Ref`` and the other functions of CloudFormation, ``Name.$`` and ``{% %}`` of Step Functions.
"""

from __future__ import annotations

from spmlint.document.node import Mapping, Node, Scalar, Sequence, TextScalar, resolve
from spmlint.document.text import hidden

_PROPERTIES = ("Properties", "ConfigurationProperties")
"""Maps whose keys are the user's own; AWS::EMR::Cluster has the second name for the first."""
_SUBSTITUTION = ("!Sub", "Fn::Sub")
"""The function whose text is known but for its ``${...}``."""


def camel_case(root: Node) -> Node:
    """The same tree with its names in camel case; every name and value keeps its place."""
    return _Spelling().node(root)


class _Spelling:
    """Holds what is done already: a node that several aliases name is one node, and may stand inside itself."""

    __slots__ = ("_done",)

    def __init__(self) -> None:
        self._done: dict[int, Node] = {}

    def node(self, written: Node, *, names: bool = True) -> Node:
        """The node in the other spelling; without ``names`` the keys of a mapping stay as they are."""
        node = resolve(written) or written
        found = self._done.get(id(node))
        if found is None:
            found = self._done[id(node)] = self._new(node)
            if isinstance(found, Mapping) and isinstance(node, Mapping):
                for key, value in node.entries():
                    found.own.append(self._entry(key, value, names=names))
            elif isinstance(found, Sequence) and isinstance(node, Sequence):
                found.nodes.extend(self.node(item) for item in node.nodes)
        return found

    def _new(self, node: Node) -> Node:
        """The node without its children; a placeholder for a function that fills it in."""
        if isinstance(node, Scalar):
            is_known = node.tag is None or not node.tag.startswith("!") or node.tag in _SUBSTITUTION
            return node if is_known else _placeholder(node)
        if isinstance(node, Mapping):
            function = node.own[0][0] if len(node.own) == 1 else None
            if isinstance(function, Scalar) and (function.value == "Ref" or function.value.startswith("Fn::")):
                text = resolve(node.own[0][1])
                return text if function.value in _SUBSTITUTION and isinstance(text, Scalar) else _placeholder(node)
            return _placeholder(node) if node.tag is not None else Mapping(node.source, node.start, node.end)
        if isinstance(node, Sequence):
            return _placeholder(node) if node.tag is not None else Sequence(node.source, node.start, node.end)
        return node

    def _entry(self, key: Node, value: Node, *, names: bool) -> tuple[Node, Node]:
        if not isinstance(key, Scalar):
            return key, self.node(value)
        if key.value.endswith(".$"):
            return self._name(key, key.value[:-2]), _placeholder(resolve(value) or value)
        name = _PROPERTIES[0] if key.value in _PROPERTIES else key.value
        return (self._name(key, name) if names else key), self.node(value, names=key.value not in _PROPERTIES)

    def _name(self, key: Scalar, name: str) -> Scalar:
        return TextScalar(key.text, name[:1].lower() + name[1:])


def _placeholder(node: Node) -> TextScalar:
    if isinstance(node, Scalar) and node.value:
        return TextScalar(node.text.with_holes([(0, len(node.value))]))
    return TextScalar(hidden(node.source, node.start, node.end))
