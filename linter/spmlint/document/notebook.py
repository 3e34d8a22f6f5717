"""Jupyter notebooks: the code cells of an ``.ipynb`` file, nbformat 3 and 4, with the place of each character."""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.node import Node, Scalar, Sequence
from spmlint.document.text import Source, Text, join

_SKIPPED = frozenset(["outputs", "attachments"])
"""What a run or a paste left behind; often megabytes, never configuration."""


class Cell:
    """One code cell. ``index`` counts all cells of the notebook from 0, Markdown included."""

    __slots__ = ("_lines", "index", "kernel", "language", "node")

    def __init__(self, node: Node, index: int, lines: list[Scalar], language: str | None, kernel: str | None) -> None:
        self.node = node
        self.index = index
        self.language = language
        """As the notebook says it: ``python``, ``scala`` ...; a magic in the cell may say otherwise."""
        self.kernel = kernel
        """The name of the kernel specification: ``pysparkkernel``, ``glue_pyspark`` ..."""
        self._lines = lines

    @property
    def value(self) -> str:
        """The code as one string."""
        return "".join([line.value for line in self._lines])

    @property
    def text(self) -> Text:
        """The code with the place of each of its characters in the file."""
        if not self._lines:
            return Text(self.node.source, "", self.node.start, self.node.start)
        return join([line.text for line in self._lines])


def read_notebook(source: Source) -> list[Cell]:
    """The code cells of a notebook in the order they stand; empty for JSON that is no notebook.

    Raises:
        Problem: the file is not JSON (``"syntax"``) or nested too deep (``"limit"``).
    """
    root = read_json(source.whole(), skip=_SKIPPED)
    kernel = root.string("metadata", "kernelspec", "name")
    language = root.string("metadata", "language_info", "name") or root.string("metadata", "kernelspec", "language")
    nodes = root.items("cells")
    for sheet in root.items("worksheets"):
        nodes.extend(sheet.items("cells"))
    return [
        Cell(node, index, _lines(node), node.string("language") or language, kernel)
        for index, node in enumerate(nodes)
        if node.string("cell_type") == "code"
    ]


def _lines(cell: Node) -> list[Scalar]:
    """The strings the code is made of: one or several under ``source``, under ``input`` in nbformat 3."""
    code = cell.get("source") or cell.get("input")
    if isinstance(code, Scalar):
        return [code]
    if isinstance(code, Sequence):
        return [line for line in code.nodes if isinstance(line, Scalar)]
    return []
