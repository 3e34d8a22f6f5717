"""Jupyter notebooks whose ``%%configure`` cells start Livy sessions."""

from __future__ import annotations

from spmlint.document.notebook import read_notebook
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.configure_magic import Magic, is_glue, load_series, read_magic, starts_session

COMMENTS = NO_COMMENTS


def load(source: Source, loaded: Loaded) -> None:
    """Add the session of each cell that holds one."""
    cells = read_notebook(source)
    kernel = cells[0].kernel if cells else None
    if is_glue(source, kernel):
        return
    series: list[Magic | None] = []
    for cell in cells:
        code = cell.value
        magic = read_magic(cell.text) if "%%configure" in code else None
        if magic is not None or starts_session(code):
            series.append(magic)
    load_series(series, loaded, kernel)
