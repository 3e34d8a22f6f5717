"""Lists, dicts and strings of Python that are made in several statements: which of them can be followed.

A name is followed where every statement that changes it stands in the same list of statements as the one that binds it, so
that all of them run, one after the other: ``conf["a"] = b``, ``conf.update({...})``, ``words.append("a")``, ``text += "a"``.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_CHANGES = frozenset(
    ("append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update")
)
"""Methods that change a list or a dict in its place."""


class Change:
    """One statement that changes what ``name`` holds.

    ``keys`` leads to the part that is changed; ``method`` is ``set``, ``update``, ``append``, ``extend`` or ``add``.
    """

    __slots__ = ("keys", "method", "name", "value")

    def __init__(self, name: str, method: str, keys: Sequence[ast.Constant], value: ast.expr) -> None:
        self.name = name
        self.method = method
        self.keys = keys
        self.value = value


class Changes:
    """The changes of one syntax tree."""

    __slots__ = ("_additions", "_homes", "_sites", "_straight")

    def __init__(self, tree: ast.Module) -> None:
        self._sites: dict[str, int] = {}
        """How often something that a name holds is changed in its place."""
        self._additions: dict[str, int] = {}
        """How often something is added to a name."""
        self._straight: dict[str, list[int]] = {}
        """The lists of statements that hold the changes of a name which are understood."""
        self._homes: dict[int, int] = {}
        """The list of statements that a statement stands in."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Subscript):
                is_stored = not isinstance(node.ctx, ast.Load)
                if is_stored or (isinstance(node, ast.Attribute) and node.attr in _CHANGES):
                    name = _root_name(node)
                    self._sites[name] = self._sites.get(name, 0) + 1
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                self._additions[node.target.id] = self._additions.get(node.target.id, 0) + 1
            for field in ("body", "orelse", "finalbody"):
                body = getattr(node, field, None)
                if isinstance(body, list):
                    self._enter(body)

    def _enter(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._homes[id(statement)] = id(body)
            change = change_of(statement)
            if change is not None:
                self._straight.setdefault(change.name, []).append(id(body))

    def additions(self, name: str) -> int:
        """How often something is added to a name: each counts as binding it once more."""
        return self._additions.get(name, 0)

    def can_follow(self, name: str, statement: ast.stmt) -> bool:
        """Whether all that changes ``name`` runs behind ``statement``, which binds it."""
        total = self._sites.get(name, 0) + self.additions(name)
        straight = self._straight.get(name, [])
        return total == len(straight) and all(home == self._homes.get(id(statement)) for home in straight)


def change_of(statement: ast.stmt) -> Change | None:
    """What a statement changes, where its form is one that is understood."""
    if isinstance(statement, ast.AugAssign):
        if isinstance(statement.target, ast.Name) and isinstance(statement.op, ast.Add):
            return Change(statement.target.id, "add", (), statement.value)
        return None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
        if not isinstance(target, ast.Subscript):
            return None
        keys = []
        while isinstance(target, ast.Subscript):
            if not (isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str)):
                return None
            keys.append(target.slice)
            target = target.value
        return Change(target.id, "set", keys[::-1], statement.value) if isinstance(target, ast.Name) else None
    call = statement.value if isinstance(statement, ast.Expr) else None
    if (
        not isinstance(call, ast.Call)
        or not isinstance(call.func, ast.Attribute)
        or len(call.args) != 1
        or call.keywords
    ):
        return None
    if not isinstance(call.func.value, ast.Name) or call.func.attr not in ("update", "append", "extend"):
        return None
    return Change(call.func.value.id, call.func.attr, (), call.args[0])


def _root_name(node: ast.expr) -> str:
    """``x`` of ``x["a"].b``; empty where it is no name."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
