"""Expressions of Python as the tree of a document: what is written as a literal has its value, all else is a placeholder.

A name has the value of the one literal it is bound to, in a block that certainly ran before, with what the statements
behind it add. Strings put together by ``+``, ``%``, ``format`` or ``join`` are known as far as their parts are.
"""

from __future__ import annotations

import ast
import re
from itertools import pairwise

from spmlint.document.node import DOUBLE, PLAIN, Mapping, Node, Scalar, Sequence, TextScalar
from spmlint.document.python_changes import Change, change_of
from spmlint.document.python_code import Block, PythonCode
from spmlint.document.python_literal import decode_strings
from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Piece, Text, hidden, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_COPIES = 1_000_000
"""Characters and entries that names may add to the strings, lists and dicts of one file; beyond it they stay unknown."""

_FIELD = re.compile(r"\{\{|\}\}|\{[^{}]*+\}")
_CONVERSION = re.compile(r"%%|%(?:\([^()]*+\))?[-+ #0-9.*]*+[a-zA-Z]")


class PythonValues:
    """Reads the expressions of one file; `bind` is told of each statement once what it holds was read."""

    __slots__ = ("_bound", "_copies", "_shared", "code")

    def __init__(self, code: PythonCode) -> None:
        self.code = code
        self._bound: dict[Block, dict[str, Node]] = {}
        self._copies = 0
        self._shared = False

    def bind(self, statement: ast.stmt, block: Block) -> None:
        """Remember the literal that a statement gives to a name which has no other value, or adds to it."""
        change = change_of(statement)
        if change is not None:
            self._change(change, block)
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target: ast.expr = statement.targets[0]
        elif isinstance(statement, ast.AnnAssign):
            target = statement.target
        else:
            return
        value = statement.value
        if not isinstance(target, ast.Name) or value is None or isinstance(value, ast.Name):
            return
        name = target.id
        if block.bound.get(name) != 1 + self.code.changes.additions(name) or name in self.code.rebound:
            return
        if name not in self.code.loads or not self.code.changes.can_follow(name, statement):
            return
        self._shared = self.code.loads.get(name, 0) > 1
        self._bound.setdefault(block, {})[name] = self.node(value, block)
        self._shared = False

    def _change(self, change: Change, block: Block) -> None:
        """Bind a name to what it holds behind a statement that changes it; what is read already keeps what it had."""
        held = self._bound.get(block, {}).get(change.name)
        if held is None:
            return
        if not isinstance(held, Scalar):
            made = self._changed(held, change, 0, block)
        elif change.method == "add" and held.style == DOUBLE and self._may_copy(len(held.value)):
            added = self._part(change.value, block) or hidden(self.code.source, *self.code.range(change.value))
            made = TextScalar(join([held.text, added]), shared=True)
        else:
            made = self._hidden(change.value)
        self._bound[block][change.name] = made

    def _changed(self, held: Node, change: Change, depth: int, block: Block) -> Node:
        """A copy of a list or dict with the change; a placeholder where it cannot be told."""
        rest = change.keys[depth:]
        if isinstance(held, Mapping) and self._may_copy(len(held.own)):
            mapping = Mapping(held.source, held.start, held.end)
            mapping.own.extend(held.own)
            if len(rest) > 1:
                pair = mapping.pair(str(rest[0].value))
                inner = self._changed(pair[1] if pair else held, change, depth + 1, block) if pair else None
                if inner is not None:
                    mapping.own.append((self.node(rest[0], block), inner))
                    return mapping
            elif change.method == "set":
                mapping.own.append((self.node(rest[0], block), self.node(change.value, block)))
                return mapping
            elif change.method == "update":
                self._spread(change.value, mapping, block)
                return mapping
        elif isinstance(held, Sequence) and not rest and self._may_copy(len(held.nodes)):
            sequence = Sequence(held.source, held.start, held.end)
            sequence.nodes.extend(held.nodes)
            added = self.node(change.value, block)
            if change.method == "append":
                sequence.nodes.append(added)
                return sequence
            if change.method in ("extend", "add") and isinstance(added, Sequence):
                sequence.nodes.extend(added.nodes)
                return sequence
        return self._hidden(change.value)

    def node(self, expression: ast.expr, block: Block) -> Node:
        """The tree of an expression that stands in ``block``."""
        if isinstance(expression, ast.Dict):
            return self._mapping(expression, block)
        if isinstance(expression, ast.List | ast.Tuple):
            return self._sequence(expression, block)
        if isinstance(expression, ast.Call) and _is_dict(expression):
            return self.keywords(expression, block)
        if isinstance(expression, ast.Name):
            return self._named(expression, block) or self._hidden(expression)
        text = self.text(expression, block)
        if text is not None:
            return TextScalar(text, shared=self._shared)
        return self._plain(expression) or self._hidden(expression)

    def keywords(self, call: ast.Call, block: Block) -> Mapping:
        """The keyword arguments of a call as a mapping; ``**more`` is a key and a value that are not known."""
        mapping = Mapping(self.code.source, *self.code.range(call))
        for keyword in call.keywords:
            if keyword.arg is None:
                self._spread(keyword.value, mapping, block)
            else:
                name = self.code.written(keyword).slice(0, len(keyword.arg))
                mapping.own.append((TextScalar(name), self.node(keyword.value, block)))
        return mapping

    def text(self, expression: ast.expr, block: Block) -> Text | None:
        """The string that an expression makes; None where it is not known to make one."""
        parts: list[ast.expr] = []
        while isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
            parts.append(expression.right)
            expression = expression.left
        if not parts:
            return self._single_text(expression, block)
        parts.append(expression)
        texts = [self._part(part, block) for part in reversed(parts)]
        return (
            None
            if all(text is None for text in texts)
            else join(
                [
                    text or hidden(self.code.source, *self.code.range(part))
                    for text, part in zip(texts, reversed(parts), strict=True)
                ]
            )
        )

    def _part(self, expression: ast.expr, block: Block) -> Text | None:
        """A part of a sum of strings. What a name holds stands where the name is used, so that places stay in order."""
        text = self._single_text(expression, block)
        if text is None or not isinstance(expression, ast.Name):
            return text
        start, end = self.code.range(expression)
        if text.holes or not self._may_copy(len(text.value)):
            return hidden(self.code.source, start, end)
        return Text(self.code.source, text.value, start, end, ((0, len(text.value), start, end, ESCAPED),))

    def _single_text(self, expression: ast.expr, block: Block) -> Text | None:
        if isinstance(expression, ast.Constant | ast.JoinedStr):
            return self._literal(expression)
        if isinstance(expression, ast.Name):
            node = self._named(expression, block)
            if isinstance(node, Scalar) and node.style == DOUBLE:
                return node.text
        elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mod):
            return self._filled(expression.left, _CONVERSION, ("%%",))
        elif isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
            if expression.func.attr == "format":
                return self._filled(expression.func.value, _FIELD, ("{{", "}}"))
            if expression.func.attr == "join" and len(expression.args) == 1:
                return self._joined(expression.func.value, expression.args[0], block)
        return None

    def _literal(self, expression: ast.expr) -> Text | None:
        """The Text of a string literal, where it reads as Python itself reads it."""
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            expected = expression.value
        elif isinstance(expression, ast.JoinedStr):
            expected = "".join(str(part.value) for part in expression.values if isinstance(part, ast.Constant))
        else:
            return None
        text = decode_strings(self.code.written(expression))
        return text if text is not None and _without_holes(text) == expected else None

    def _filled(self, template: ast.expr, field: re.Pattern[str], doubled: tuple[str, ...]) -> Text | None:
        """A string whose fields are filled in when it runs."""
        text = self._literal(template)
        return None if text is None else text.decode(_fields(text.value, field, doubled))

    def _joined(self, separator: ast.expr, items: ast.expr, block: Block) -> Text | None:
        if not (isinstance(separator, ast.Constant) and isinstance(separator.value, str)):
            return None
        node = self.node(items, block)
        if not isinstance(node, Sequence) or not node.nodes:
            return None
        texts = [item.text for item in node.nodes if isinstance(item, Scalar)]
        is_ordered = all(text.end <= following.start for text, following in pairwise(texts))
        if len(texts) < len(node.nodes) or not is_ordered or not self._may_copy(sum(len(text.value) for text in texts)):
            return None
        return join(texts, separator.value)

    def _named(self, name: ast.Name, block: Block) -> Node | None:
        for around in block.around(name.id):
            found = self._bound.get(around, {}).get(name.id)
            if found is not None:
                return found
        return None

    def _mapping(self, expression: ast.Dict, block: Block) -> Mapping:
        mapping = Mapping(self.code.source, *self.code.range(expression))
        for key, value in zip(expression.keys, expression.values, strict=True):
            if key is None:
                self._spread(value, mapping, block)
            else:
                mapping.own.append((self.node(key, block), self.node(value, block)))
        return mapping

    def _spread(self, expression: ast.expr, mapping: Mapping, block: Block) -> None:
        """Add the entries of another dict, or an entry that stands for any."""
        node = self.node(expression, block)
        if isinstance(node, Mapping) and self._may_copy(len(node.own)):
            mapping.own.extend(node.own)
        else:
            mapping.own.append((self._hidden(expression), self._hidden(expression)))

    def _sequence(self, expression: ast.List | ast.Tuple, block: Block) -> Sequence:
        sequence = Sequence(self.code.source, *self.code.range(expression))
        for item in expression.elts:
            node = self.node(item.value if isinstance(item, ast.Starred) else item, block)
            if not isinstance(item, ast.Starred):
                sequence.nodes.append(node)
            elif isinstance(node, Sequence) and self._may_copy(len(node.nodes)):
                sequence.nodes.extend(node.nodes)
            else:
                sequence.nodes.append(self._hidden(item))
        return sequence

    def _plain(self, expression: ast.expr) -> TextScalar | None:
        """A number, truth value or None, as JSON and Spark are told of it."""
        start, end = self.code.range(expression)
        sign = ""
        if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.USub):
            sign, expression = "-", expression.operand
        value = expression.value if isinstance(expression, ast.Constant) else ...
        if isinstance(value, bool) or value is None:
            spelt = "null" if value is None else str(value).lower()
        elif isinstance(value, int | float) and _is_short(value):
            spelt = sign + str(value)
        else:
            return None
        text = Text(self.code.source, spelt, start, end, ((0, len(spelt), start, end, ESCAPED),))
        return TextScalar(text, style=PLAIN, shared=self._shared)

    def _hidden(self, expression: ast.expr) -> TextScalar:
        return TextScalar(hidden(self.code.source, *self.code.range(expression)))

    def _may_copy(self, size: int) -> bool:
        self._copies += size
        return self._copies <= MAX_COPIES


def _is_dict(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "dict" and not call.args


def _is_short(value: float) -> bool:
    """Whether a number is one that Python writes out: the digits of longer ones take forever."""
    return isinstance(value, float) or value.bit_length() < 1000


def _without_holes(text: Text) -> str:
    at, parts = 0, []
    for start, end in text.holes:
        parts.append(text.value[at:start])
        at = end
    return "".join(parts) + text.value[at:]


def _fields(value: str, field: re.Pattern[str], doubled: tuple[str, ...]) -> Iterator[Piece]:
    at = 0
    for match in field.finditer(value):
        start, end = match.span()
        yield value[at:start], at, start, VERBATIM
        if match.group() in doubled:
            yield match.group()[0], start, end, ESCAPED
        else:
            yield match.group(), start, end, HOLE
        at = end
    yield value[at:], at, len(value), VERBATIM
