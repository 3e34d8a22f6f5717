"""Settings that a program gives itself: ``SparkConf().set(...)`` and ``SparkSession.builder.config(...)`` in Python.

They reach Spark when the driver already runs, over whatever it was submitted with (SparkConf, SparkSession.Builder).
Only what certainly runs is said of an object: what a branch sets on it is a job of its own, and hides the key from the
object's job.
"""

from __future__ import annotations

import ast

from spmlint.answer import PYTHON, World
from spmlint.conf import START, Layer, Setting
from spmlint.document.node import Mapping, Node, Scalar, Sequence
from spmlint.document.python_code import Block, expressions_of
from spmlint.document.python_values import PythonValues
from spmlint.document.text import Span, Text, hidden
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.spark_defaults import with_master

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Place = ast.Attribute | ast.Name
    Step = tuple[str, _Place, ast.Call | None]
    """One link of a chain of calls: its name, where that stands, and the call, if it is one."""

MAX_DEPTH = 20
"""Objects made inside each other's arguments."""

CONF, BUILDER = "SparkConf", "SparkSession builder"

_KEY_OF = {
    "setMaster": "spark.master",
    "master": "spark.master",
    "setAppName": "spark.app.name",
    "appName": "spark.app.name",
    "setSparkHome": "spark.home",
}
"""Methods that set one key."""

_FLUENT = frozenset(
    (*_KEY_OF, "set", "setIfMissing", "setAll", "setExecutorEnv", "config", "enableHiveSupport", "remote")
)
"""Methods that return the object they were called on."""

_READERS = frozenset(
    (
        "HiveContext",
        "SQLContext",
        "SparkContext",
        "SparkSession",
        "StreamingContext",
        "configure_spark_with_delta_pip",
        "getOrCreate",
        "print",
        "str",
    )
)
"""What an object is handed to that sets nothing a size or count depends on."""

_LAUNCH_KEYS = frozenset(
    (
        "spark.driver.cores",
        "spark.driver.defaultJavaOptions",
        "spark.driver.extraClassPath",
        "spark.driver.extraJavaOptions",
        "spark.driver.extraLibraryPath",
        "spark.driver.memory",
        "spark.driver.memoryOverhead",
        "spark.driver.memoryOverheadFactor",
        "spark.submit.deployMode",
    )
)
"""What shapes the driver's own process. A program that Python starts by itself hands it on to the JVM it launches
(pyspark.java_gateway); one that spark-submit started says it too late."""


class _Object:
    """A SparkConf or a builder: its layers, the last of which is being written, and the block it was made in.

    ``origin`` is the object itself where this one is but what a branch sets on it.
    """

    __slots__ = ("_keys", "block", "is_used", "kind", "layers", "origin", "place")

    def __init__(self, kind: str, place: Span, block: Block, *, origin: _Object | None = None) -> None:
        self.kind = kind
        self.place = place
        self.block = block
        self.origin = origin
        self._keys: set[str] = set()
        self.layers = [Layer(kind, moment=START)]
        self.is_used = False
        """Whether a builder takes its settings: they are then that builder's."""

    @property
    def layer(self) -> Layer:
        return self.layers[-1]

    def add(self, key: str, name: Text, value: Node, *, label: str | None = None, is_weak: bool = False) -> None:
        """Set a key. A weak setting gives way to any other, which may stand outside this file."""
        if label is None and name.holes:
            for one in self._targets():
                one.layer.open_key(name)
        elif key.startswith("spark.") and not (is_weak and key in self._keys):
            self._keys.add(key)
            is_fixed = not (isinstance(value, Scalar) and value.is_editable)
            self.layer.add(Setting(key, _text_of(value), name=name, label=label, shared=is_fixed))
            if key in _LAUNCH_KEYS:
                self.layer.open(
                    f"{key} in a program counts only where no spark-submit starts it", name, frozenset([key])
                )
            if is_weak:
                self.layer.open(f"{key} may be set elsewhere", name, frozenset([key]))
            if self.origin is not None:
                self.origin.layer.open(f"{key} is set in a branch", name, frozenset([key]))

    def hide(self, place: Text) -> None:
        """Say that anything may be set here."""
        for one in self._targets():
            one.layer.open(f"{place.value} may set anything", place)

    def _targets(self) -> list[_Object]:
        """What is set here, and the object that it is set on in a branch."""
        return [one for one in (self, self.origin) if one is not None]

    def take(self, other: _Object) -> None:
        """Lay the settings of a SparkConf over what was set so far."""
        other.is_used = True
        self.layers += [*other.layers, Layer(self.kind, moment=START)]


class SparkConfs:
    """Follows the objects of one file; `read` is told of each statement in turn, `add_fragments` says what came of it."""

    __slots__ = ("_branches", "_depth", "_named", "_objects", "_values")

    def __init__(self, values: PythonValues) -> None:
        self._values = values
        self._depth = 0
        self._objects: list[_Object] = []
        self._named: dict[Block, dict[str, _Object | None]] = {}
        self._branches: dict[tuple[int, Block], _Object] = {}

    def read(self, statement: ast.stmt, block: Block) -> None:
        """Take in what one statement sets."""
        for expression in expressions_of(statement):
            made = self._visit(expression, block)
            if isinstance(statement, ast.Assign | ast.AnnAssign) and expression is statement.value:
                for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                    if isinstance(target, ast.Name):
                        self._name(target.id, made, block)

    def add_fragments(self, loaded: Loaded) -> None:
        """Add a part of a job for each object that sets something."""
        file = loaded.source.path.replace("\\", "/").rsplit("/", 1)[-1]
        for one in self._objects:
            if one.is_used or not any(layer.settings for layer in one.layers):
                continue
            last = {setting.key: setting.value for layer in one.layers for setting in layer.settings}
            name, master = last.get("spark.app.name"), last.get("spark.master")
            world = World().narrowed("language", (PYTHON,))
            if master is not None and not master.holes:
                world = with_master(world, master.value)
            title = file if name is None or name.holes else name.value
            loaded.fragments.append(Fragment(one.kind, one.place, one.layers, name=title, world=world))

    def _name(self, name: str, made: _Object | None, block: Block) -> None:
        """Bind a name. Behind a branch that binds it, nobody knows which object it is."""
        self._named.setdefault(block, {})[name] = made
        while not block.is_root and block.parent is not None:
            block = block.parent
            if self._named.get(block, {}).get(name) is not made:
                self._named.setdefault(block, {})[name] = None

    def _find(self, name: str, block: Block) -> _Object | None:
        for around in block.around(name):
            if name in self._named.get(around, ()):
                return self._named[around][name]
        return None

    def _visit(self, expression: ast.expr, block: Block) -> _Object | None:
        """Apply every chain of calls in an expression; returns the object that the expression itself is."""
        made = None
        pending: list[ast.AST] = [expression]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Name) and node is expression:
                made = self._find(node.id, block)
            elif not isinstance(node, ast.Call | ast.Attribute):
                pending.extend(ast.iter_child_nodes(node))
            else:
                root, steps = _chain(node)
                found = self._apply(root, steps, block, pending)
                made = found if node is expression else made
        return made

    def _apply(self, root: ast.expr | None, steps: list[Step], block: Block, pending: list[ast.AST]) -> _Object | None:
        """Apply one chain; what else stands in it is left in ``pending``."""
        one, start = self._begin(steps, block)
        fluent = one is not None
        for index, (name, place, call) in enumerate(steps):
            if index >= start:
                fluent = fluent and call is not None and name in _FLUENT
            if call is None:
                continue
            if one is not None and fluent and index >= start:
                target = one if one.block is block else self._in_branch(one, block)
                self._set(target, name, place, call, block)
            else:
                self._hand_over(name, call, block, pending)
        if root is not None:
            pending.extend(ast.iter_child_nodes(root))
        return one if fluent else None

    def _hand_over(self, name: str, call: ast.Call, block: Block, pending: list[ast.AST]) -> None:
        """Look at the arguments of a call that sets nothing itself, but may do so to the objects it is given."""
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            handed = self._find(argument.id, block) if isinstance(argument, ast.Name) else None
            if handed is None:
                pending.append(argument)
            elif name not in _READERS:
                handed.layer.open(f"{name} may set more", self._text(argument))

    def _begin(self, steps: list[Step], block: Block) -> tuple[_Object | None, int]:
        """The object that a chain is about, and how many of its steps lead to it."""
        first = steps[0] if steps else None
        if first is not None and isinstance(first[1], ast.Name) and first[2] is None:
            found = self._find(first[0], block)
            if found is not None:
                return found, 1
        for index, (name, place, call) in enumerate(steps):
            if name == "SparkConf" and call is not None:
                return self._made(CONF, place, block), index + 1
            if name in ("builder", "Builder") and index and steps[index - 1][0] == "SparkSession":
                return self._made(BUILDER, place, block), index + 1
        return None, 0

    def _made(self, kind: str, place: _Place, block: Block) -> _Object:
        made = _Object(kind, self._text(place).span(), block)
        self._objects.append(made)
        return made

    def _in_branch(self, one: _Object, block: Block) -> _Object:
        """The job of what a branch sets on an object made before it."""
        key = (id(one), block)
        if key not in self._branches:
            self._branches[key] = _Object(one.kind, one.place, block, origin=one)
            self._objects.append(self._branches[key])
        return self._branches[key]

    def _set(self, one: _Object, method: str, place: _Place, call: ast.Call, block: Block) -> None:
        """Take in one call of a method that sets something."""
        conf = _argument(call, None, "conf") if method == "config" else None
        if method in _KEY_OF:
            value = _argument(call, 0, "value", "master", "name", "home")
            if value is not None:
                one.add(_KEY_OF[method], self._text(place), self._values.node(value, block), label=method)
        elif conf is not None:
            self._take(one, conf, block)
        elif method in ("setAll", "config") and not _has_two(call):
            pairs = _argument(call, 0 if method == "setAll" else None, "pairs", "map")
            if pairs is None or not self._add_all(one, pairs, block):
                one.hide(self._text(pairs or place))
        elif method in ("set", "setIfMissing", "setExecutorEnv", "config"):
            key, value = _argument(call, 0, "key"), _argument(call, 1, "value")
            if key is None or value is None:
                one.hide(self._text(place))
                return
            name = _text_of(self._values.node(key, block))
            prefix = "spark.executorEnv." if method == "setExecutorEnv" else ""
            one.add(prefix + name.value, name, self._values.node(value, block), is_weak=method == "setIfMissing")

    def _take(self, one: _Object, conf: ast.expr, block: Block) -> None:
        """Lay the settings of a SparkConf, as far as they are known, over what a builder has so far."""
        self._depth += 1
        found = self._visit(conf, block) if self._depth <= MAX_DEPTH else None
        self._depth -= 1
        if found is None or found is one or one.origin is not None:
            one.hide(self._text(conf))
        if found is not None and found is not one:
            one.take(found)

    def _add_all(self, one: _Object, pairs: ast.expr, block: Block) -> bool:
        """Add what a list of pairs, a dict or its items hold; returns whether they can be seen at all."""
        if isinstance(pairs, ast.Call) and isinstance(pairs.func, ast.Attribute) and pairs.func.attr == "items":
            pairs = pairs.func.value
        node = self._values.node(pairs, block)
        if isinstance(node, Mapping):
            for key, value in node.own:
                one.add(_text_of(key).value, _text_of(key), value)
        elif isinstance(node, Sequence):
            for pair in node.nodes:
                if isinstance(pair, Sequence) and len(pair.nodes) == 2:
                    one.add(_text_of(pair.nodes[0]).value, _text_of(pair.nodes[0]), pair.nodes[1])
                else:
                    one.hide(_text_of(pair))
        else:
            return False
        return True

    def _text(self, place: ast.expr) -> Text:
        """An expression as it is spelt; of an attribute, its name alone."""
        written = self._values.code.written(place)
        if isinstance(place, ast.Attribute):
            return written.slice(len(written.value) - len(place.attr), len(written.value))
        return hidden(written.source, *self._values.code.range(place))


def _text_of(node: Node) -> Text:
    """The Text of a leaf, with its placeholders marked; a placeholder for anything else."""
    return node.marked if isinstance(node, Scalar) else hidden(node.source, node.start, node.end)


def _chain(node: ast.expr) -> tuple[ast.expr | None, list[Step]]:
    """The links of a chain of attributes and calls from its beginning, which comes first where it is no name."""
    steps: list[Step] = []
    while True:
        call = node if isinstance(node, ast.Call) else None
        link = node.func if isinstance(node, ast.Call) else node
        if isinstance(link, ast.Attribute):
            steps.append((link.attr, link, call))
            node = link.value
            continue
        if isinstance(link, ast.Name):
            steps.append((link.id, link, call))
        steps.reverse()
        return (None if isinstance(link, ast.Name) else node), steps


def _argument(call: ast.Call, index: int | None, *names: str) -> ast.expr | None:
    """The argument at ``index``, or of one of ``names``; None where neither is written plainly."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    if index is not None and index < len(call.args):
        return call.args[index]
    return next((keyword.value for keyword in call.keywords if keyword.arg in names), None)


def _has_two(call: ast.Call) -> bool:
    return len(call.args) + len(call.keywords) > 1
