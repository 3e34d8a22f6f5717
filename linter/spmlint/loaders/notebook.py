"""Jupyter notebooks: ``%%configure`` cells, which start sessions, and what the code in the cells sets and starts."""

from __future__ import annotations

from spmlint.document.notebook import Cell, read_notebook
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders import recognition
from spmlint.loaders.configure_magic import Magic, is_glue, load_series, read_magic, starts_session
from spmlint.loaders.managed_sessions import load_glue

COMMENTS = NO_COMMENTS


def load(source: Source, loaded: Loaded) -> None:
    """Add the session of each cell that holds one, and what the cells in Python do as one program."""
    cells = read_notebook(source)
    if recognition.is_python(source.text.encode(errors="replace")):
        from spmlint.loaders.notebook_code import load_cells

        load_cells(cells, loaded)
    if "%%configure" in source.text:
        _load_magics(cells, source, loaded)


def _load_magics(cells: list[Cell], source: Source, loaded: Loaded) -> None:
    kernel = cells[0].kernel if cells else None
    if is_glue(source, kernel):
        for cell in cells:
            if "%%configure" in cell.value:
                load_glue(cell.text, loaded)
        return
    series: list[Magic | None] = []
    for cell in cells:
        code = cell.value
        magic = read_magic(cell.text) if "%%configure" in code else None
        if magic is not None or starts_session(code):
            series.append(magic)
    load_series(series, loaded, kernel)
