"""YAML inside a string of another document: its nodes stand where their characters stand in the file."""

from __future__ import annotations

from spmlint.document.node import Mapping, Node, Problem, Scalar, Sequence
from spmlint.document.text import VERBATIM, Source, Text
from spmlint.document.yaml import Document, iter_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def iter_embedded(text: Text) -> Iterator[Document]:
    """The documents that ``text`` holds, like `iter_yaml`.

    Raises:
        Problem: as `iter_yaml`, with its place in the file.
    """
    try:
        for document in iter_yaml(Source(text.source.path, text.value)):
            _relocate(document.root, text)
            span = text.span(document.start, document.end)
            yield Document(text.source, span.start, span.end, document.root)
    except Problem as problem:
        span = text.span(problem.start, min(problem.end, len(text.value)))
        raise Problem(problem.kind, problem.message, span.start, span.end, problem.hint) from None


def _relocate(root: Node, text: Text) -> None:
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            _relocate_text(node, text)
        elif isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        elif isinstance(node, Sequence):
            pending.extend(node.nodes)
        span = text.span(node.start, node.end)
        node.source, node.start, node.end = text.source, span.start, span.end


def _relocate_text(scalar: Scalar, text: Text) -> None:
    inner = scalar.text
    segments = inner.segments
    if segments is None:
        segments = ((0, len(inner.value), inner.start, inner.end, VERBATIM),)
    if inner.value:
        outer = text.decode((inner.value[a:b], start, end, kind) for a, b, start, end, kind in segments)
    else:
        span = text.span(inner.start, inner.end)
        outer = Text(text.source, "", span.start, span.end, ())
    scalar.place_text(outer)
