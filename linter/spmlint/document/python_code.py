"""Python source as a syntax tree whose every expression knows its place, and its statements in the order they run.

Nothing is executed. A statement stands in a `Block`: what a block of one function says after another is said for certain,
what stands in a branch or a loop inside it is not.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_left
from collections import deque

from spmlint.document.python_changes import Changes
from spmlint.document.text import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_BODIES = ("body", "orelse", "handlers", "cases", "finalbody")


class PythonCode:
    """One program, a file or the cells of a notebook: its ``tree``, and what its whole ``text`` tells about names."""

    __slots__ = ("_byte_offsets", "_lines", "changes", "loads", "rebound", "source", "text", "tree")

    def __init__(self, text: Text, tree: ast.Module) -> None:
        self.text = text
        self.source = text.source
        self._lines = Source(text.source.path, text.value)
        self.tree = tree
        self.rebound: set[str] = set()
        """Names that a function may bind in the module, or in a function round it."""
        self.changes = Changes(tree)
        self.loads: dict[str, int] = {}
        """How often a name is read."""
        self._byte_offsets: dict[int, list[int]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self.loads[node.id] = self.loads.get(node.id, 0) + 1
            elif isinstance(node, ast.Global | ast.Nonlocal):
                self.rebound.update(node.names)

    def offset(self, line: int, column: int) -> int:
        """Where a place of the syntax tree stands in the text: 1-based line, and a column that counts bytes of UTF-8."""
        start = self._lines.line_starts[line - 1]
        if line not in self._byte_offsets:
            text = self._lines.line(line)
            self._byte_offsets[line] = [] if text.isascii() else _byte_offsets(text)
        offsets = self._byte_offsets[line]
        return start + (bisect_left(offsets, column) if offsets else column)

    def _inner_range(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def written(self, node: ast.expr | ast.keyword) -> Text:
        """An expression as it is written."""
        return self.text.slice(*self._inner_range(node))

    def range(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """Where an expression begins and ends in the file."""
        span = self.text.span(*self._inner_range(node))
        return span.start, span.end

    def statements(self) -> Iterator[tuple[Block, ast.stmt]]:
        """Every statement with its block: the module's own first, then the bodies of functions and classes.

        A ``with`` opens no block: what stands in it runs.
        """
        module = Block(None, _bound_names(self.tree))
        pending: deque[tuple[list[ast.stmt], Block]] = deque([(self.tree.body, module)])
        while pending:
            body, block = pending.popleft()
            open_bodies = [(iter(body), block)]
            while open_bodies:
                rest, block = open_bodies[-1]
                statement = next(rest, None)
                if statement is None:
                    open_bodies.pop()
                    continue
                yield block, statement
                if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    pending.append((statement.body, Block(block, _bound_names(statement), statement)))
                elif isinstance(statement, ast.With | ast.AsyncWith):
                    open_bodies.append((iter(statement.body), block))
                else:
                    open_bodies.extend((iter(inner), Block(block)) for inner in reversed(_inner_bodies(statement)))


class Block:
    """A list of statements that run one after the other; ``parent`` is the one it stands in.

    ``bound`` counts how often the function, class or module of the block binds each name.
    """

    __slots__ = ("_definition", "bound", "is_root", "parent")

    def __init__(
        self, parent: Block | None, bound: dict[str, int] | None = None, definition: Definition | None = None
    ) -> None:
        self.parent = parent
        self.is_root = bound is not None
        """Whether it is all of a function, a class or the module, and no branch of one."""
        self._definition = definition
        if bound is not None:
            self.bound = bound
        else:
            assert parent is not None
            self.bound = parent.bound

    def around(self, name: str) -> Iterator[Block]:
        """This block and those round it, as far out as ``name`` can be bound for a reader here."""
        block: Block | None = self
        inside_function = False
        while block is not None:
            is_class = isinstance(block._definition, ast.ClassDef)
            if not (is_class and inside_function):
                yield block
                if block.is_root and name in block.bound:
                    return
            inside_function = inside_function or (block.is_root and not is_class)
            block = block.parent


def read_python(text: Text) -> PythonCode | None:
    """The syntax tree of a program; None where this Python cannot parse it, which is for others to say."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the file's own escapes, which are not for us to judge
            return PythonCode(text, ast.parse(text.value))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def expressions_of(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement itself, without those of the statements inside it."""
    for field, value in ast.iter_fields(statement):
        if field in _BODIES:
            continue
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, ast.expr):
                yield part
            elif isinstance(part, ast.withitem):
                yield part.context_expr
            elif isinstance(part, ast.keyword):
                yield part.value


def _inner_bodies(statement: ast.stmt) -> list[list[ast.stmt]]:
    found = []
    for field in _BODIES:
        inner = getattr(statement, field, None)
        if inner and isinstance(inner, list):
            if isinstance(inner[0], ast.stmt):
                found.append(inner)
            else:
                found.extend(part.body for part in inner)  # handlers and cases
    return found


def _bound_names(definition: ast.Module | Definition) -> dict[str, int]:
    """How often each name is bound in a function, class or module, not counting the functions and classes inside it."""
    bound: dict[str, int] = {}
    pending: list[ast.AST] = list(definition.body)
    if isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
        pending.append(definition.args)
    while pending:
        node = pending.pop()
        names: list[str | None] = []
        if isinstance(node, ast.Name):
            names = [] if isinstance(node.ctx, ast.Load) else [node.id]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.arg):
            names = [node.arg]
        elif isinstance(node, ast.alias):
            names = [node.asname or node.name.partition(".")[0]]
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            names = [node.name]
        elif isinstance(node, ast.MatchMapping):
            names = [node.rest]
        for name in names:
            if name is not None:
                bound[name] = bound.get(name, 0) + 1
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))
    return bound


def _byte_offsets(line: str) -> list[int]:
    """For each character, how many bytes of UTF-8 stand before it; and how many there are."""
    offsets, at = [], 0
    for character in line:
        offsets.append(at)
        at += len(character.encode())
    return [*offsets, at]
