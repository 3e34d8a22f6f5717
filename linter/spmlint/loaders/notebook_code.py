"""The Python of a notebook's cells, read as one program in the order the cells stand.

Lines that IPython takes for itself (``%magic``, ``!command``, ``help?``) do nothing; a cell of another language, or one that
is no Python, is left out.
"""

from __future__ import annotations

import ast
import re
import warnings

from spmlint.document.notebook import Cell
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Text, join
from spmlint.fragment import Loaded
from spmlint.loaders.python_code import load_code

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n]*\n?")
_OF_IPYTHON = re.compile(r"([ \t]*+)(?:[%!][^\n]*|[\w.]++ *+= *+[%!][^\n]*|[^\n]*[^\n?]\?)$")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*\n?")
_PYTHON_MAGICS = ("pyspark", "spark", "local", "time", "timeit", "capture", "prun", "python", "python3")
"""Magics of a cell whose body is Python all the same."""


def load_cells(cells: list[Cell], loaded: Loaded) -> None:
    """Add what the cells set and start."""
    texts = [text for cell in cells if (text := _program(cell)) is not None]
    if texts:
        load_code(join(texts, "\n"), loaded)


def _program(cell: Cell) -> Text | None:
    """A cell as Python alone would read it; None where it would not."""
    if (cell.language or "python").lower() not in ("python", "ipython", "pyspark"):
        return None
    code = cell.value
    magic = _CELL_MAGIC.match(code)
    if magic is not None and magic[1] not in _PYTHON_MAGICS:
        return None
    text = cell.text if magic is None else cell.text.slice(magic.end(), len(code))
    if _is_python(text.value):
        return text
    plain = text.decode(_pieces(text.value))
    return plain if _is_python(plain.value) else None


def _is_python(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the notebook's own escapes
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _pieces(code: str) -> Iterator[Piece]:
    for line in _LINE.finditer(code):
        start, end = line.span()
        own = _OF_IPYTHON.match(code[start:end].rstrip("\n"))
        if own is None:
            yield code[start:end], start, end, VERBATIM
        else:
            stop = start + len(code[start:end].rstrip("\n"))
            yield own[1] + "pass", start, stop, ESCAPED
            yield code[stop:end], stop, end, VERBATIM
