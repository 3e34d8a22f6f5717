"""Makefiles: the shell commands of their recipes, each logical line a shell of its own (GNU make manual, 5)."""

from __future__ import annotations

import re

from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Piece, Source, Text
from spmlint.fragment import OWN_LINE, Loaded
from spmlint.loaders.shell_script import load_script
from spmlint.loaders.spark_submit import Carrier

COMMENTS = OWN_LINE

_RECIPE = re.compile(r"^\t[@+-]*((?:[^\\\r\n]|\\\r?\n|\\.)*+)", re.MULTILINE)
_REFERENCE = re.compile(r"\$\$|\$\((?:[^()\n]|\([^()\n]*\))*\)|\$\{[^{}\n]*\}|\$[^\s$]")


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each recipe line; make's own variables are placeholders."""
    carrier = Carrier(loaded)
    whole = source.whole()
    for recipe in _RECIPE.finditer(source.text):
        load_script(_as_shell_sees(whole.slice(*recipe.span(1))), carrier)


def _as_shell_sees(line: Text) -> Text:
    """A recipe line after make has gone over it: ``$$`` is one dollar sign, and a reference is filled in."""
    pieces: list[Piece] = []
    at = 0
    for reference in _REFERENCE.finditer(line.value):
        start, end = reference.span()
        pieces.append((line.value[at:start], at, start, VERBATIM))
        pieces.append(
            ("$", start, end, ESCAPED) if reference.group() == "$$" else (reference.group(), start, end, HOLE)
        )
        at = end
    pieces.append((line.value[at:], at, len(line.value), VERBATIM))
    return line.decode(pieces) if len(pieces) > 1 else line
