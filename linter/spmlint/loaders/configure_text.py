"""``%%configure`` cells in text: notebooks exported to Python, and examples in Markdown.

nbconvert writes a cell magic as ``get_ipython().run_cell_magic('configure', '-f', '...')``, where a brace on the magic's own
line lands in the second argument; jupytext and the percent format comment it out line by line.
"""

from __future__ import annotations

import ast
import re

from spmlint.document.python_code import PythonCode, read_python
from spmlint.document.python_literal import decode_strings
from spmlint.document.text import VERBATIM, Source
from spmlint.fragment import Loaded
from spmlint.loaders.configure_magic import Magic, is_glue, load_series, read_magic
from spmlint.loaders.managed_sessions import load_glue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENTED = re.compile(r"^# ?(?=%%configure)[^\r\n]*(?:\r?\n#(?! ?%%)[^\r\n]*)*", re.MULTILINE)
_COMMENT_LINE = re.compile(r"# ?([^\r\n]*(?:\r?\n|\Z))")
_FENCE = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>```++|~~~++)[^\r\n`]*\r?\n(?P<code>.*?)^(?P=indent)(?P=fence)", re.M | re.S
)


def load(source: Source, loaded: Loaded) -> None:
    """Add the session of each cell: one notebook for a Python file, one for each fence of a Markdown file."""
    if is_glue(source):
        if not source.path.lower().endswith(".py"):
            for fence in _FENCE.finditer(source.text):
                load_glue(source.whole().slice(*fence.span("code")), loaded)
        return
    if source.path.lower().endswith(".py"):
        found = [*_calls(source), *_commented(source)]
        found.sort(key=lambda entry: entry[0])
        load_series([magic for _, magic in found], loaded)
    else:
        for fence in _FENCE.finditer(source.text):
            magic = read_magic(source.whole().slice(*fence.span("code")))
            if magic is not None:
                load_series([magic], loaded)


def _commented(source: Source) -> Iterator[tuple[int, Magic | None]]:
    """Where each commented cell stands, and its magic."""
    for block in _COMMENTED.finditer(source.text):
        pieces = [(line[1], *line.span(1), VERBATIM) for line in _COMMENT_LINE.finditer(source.text, *block.span())]
        magic = read_magic(source.whole().decode(pieces))
        # A comment may also just speak of the magic.
        if magic is not None and (magic.brace() or magic.body).value.lstrip().startswith("{"):
            yield block.start(), magic


def _calls(source: Source) -> Iterator[tuple[int, Magic | None]]:
    """Where each statement of the file stands: the magic it runs, or None for code that starts the session."""
    code = read_python(source.whole())
    if code is None:
        return
    for statement in code.tree.body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        start = code.offset(statement.lineno, statement.col_offset)
        magic = _magic(code, call) if isinstance(call, ast.Call) else None
        if magic is not None or not (isinstance(call, ast.Constant) or _is_other_magic(call)):
            yield start, magic


def _is_other_magic(call: ast.expr | None) -> bool:
    """Whether an expression is another magic or shell command as nbconvert writes it, which starts no session."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return False
    shell = call.func.value
    return isinstance(shell, ast.Call) and isinstance(shell.func, ast.Name) and shell.func.id == "get_ipython"


def _magic(code: PythonCode, call: ast.Call) -> Magic | None:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "run_cell_magic"):
        return None
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    literals = [decode_strings(code.written(argument)) for argument in arguments]
    if len(literals) != 3:
        return None
    name, line, cell = literals
    if name is None or line is None or cell is None or name.value != "configure":
        return None
    return Magic(name.span(), line, cell)
