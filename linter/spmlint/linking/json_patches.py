"""JSON patches (RFC 6902) of Kubernetes objects, as the partial objects that say the same.

Kustomize applies a list of operations to each object that its target selects. What the operations write at a path of fields
is a patch like any other; what they write into a list has no such form.
"""

from __future__ import annotations

from spmlint.document.node import PLAIN, Mapping, Node, Scalar, Sequence, TextScalar, resolve

_WITHOUT_SETTINGS = frozenset(
    ("arguments", "args", "driverArgs", "env", "envFrom", "envVars", "imagePullSecrets", "secrets", "tolerations")
)
"""Lists that no setting of Spark comes from."""

_WRITES = ("add", "replace")


def as_object(operations: Sequence, patched: list[Node]) -> Mapping | None:
    """The partial object that ``operations`` make of an object; None where one cannot be applied, or not told so.

    ``patched`` is the object as it is, and the partial objects that patch it already.
    """
    base = patched[0]
    made = Mapping(operations.source, operations.start, operations.end)
    for field in ("apiVersion", "kind", "metadata"):
        pair = base.pair(field) if isinstance(base, Mapping) else None
        if pair is not None:
            made.own.append(pair)
    for operation in operations.items():
        name, path = operation.string("op"), operation.scalar("path")
        if path is None or not path.value.startswith("/"):
            return None
        steps = [step.replace("~1", "/").replace("~0", "~") for step in path.value[1:].split("/")]
        if name == "test" or any(step in _WITHOUT_SETTINGS for step in steps) or steps[0] != "spec":
            continue
        written = [*patched, made]
        parent = [node for one in written if (node := _at(one, steps[:-1])) is not None]
        if not parent or any(isinstance(node, Sequence) for node in parent):
            return None
        present = [node.get(steps[-1]) for node in parent]
        if any(isinstance(node, Mapping | Sequence) for node in present):
            return None  # the whole of it goes, what stands in it too
        if name != "add" and not any(present):
            return None  # Kustomize refuses this one
        value = operation.get("value")
        if name in _WRITES and value is not None:
            _write(made, steps, path, value)
        elif name == "remove":
            _write(made, steps, path, TextScalar(path.text, "null", style=PLAIN))
        else:
            return None
    return made


def _at(root: Node, steps: list[str]) -> Node | None:
    """The mapping or list that holds a path's last step; None where there is none."""
    node: Node | None = root
    for step in steps:
        if isinstance(node, Sequence):
            return node
        pair = node.pair(step) if isinstance(node, Mapping) else None
        node = resolve(pair[1]) if pair else None
    return node if isinstance(node, Mapping | Sequence) else None


def _write(made: Mapping, steps: list[str], path: Scalar, value: Node) -> None:
    """Put ``value`` at ``steps``; every name in between stands where the path is written."""
    node = made
    for step in steps[:-1]:
        pair = node.pair(step)
        inner = pair[1] if pair else None
        if not isinstance(inner, Mapping):
            inner = Mapping(path.source, path.start, path.end)
            node.own.append((TextScalar(path.text, step), inner))
        node = inner
    node.own.append((TextScalar(path.text, steps[-1]), value))
