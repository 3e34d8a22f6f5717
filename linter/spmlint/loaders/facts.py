"""Facts files of our own: what job files cannot say of the place they run in, written by hand (``facts.schema.json``).

Each section becomes the object it stands for, in that object's own shape: an entry of ``nodes`` a Node, ``quota`` a
ResourceQuota. Names and values keep their places, and rules read what a person wrote as they read what a cluster printed.
"""

from __future__ import annotations

from spmlint.document.node import Mapping, Node, Scalar, Sequence, TextScalar, resolve
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Loaded
from spmlint.loaders import emr_serverless
from spmlint.loaders.kubernetes import load_object
from spmlint.place import ACCOUNT, CLUSTER, YARN_CLUSTER, Resource
from spmlint.places.operators import OPERATOR
from spmlint.trouble import FACTS_REFUSED, Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Table = dict[str, tuple[str, ...]]

_NODE: Table = {
    "name": ("metadata", "name"),
    "labels": ("metadata", "labels"),
    "taints": ("spec", "taints"),
    "capacity": ("status", "capacity"),
    "allocatable": ("status", "allocatable"),
    "swap": ("status", "nodeInfo", "swap", "capacity"),
    "kernel": ("status", "nodeInfo", "kernelVersion"),
    "kubernetes": ("status", "nodeInfo", "kubeletVersion"),
    "count": ("facts", "count"),
    "reserved": ("facts", "reserved"),
    "cgroup": ("facts", "cgroup"),
}
"""Where a Node holds each field of an entry of ``nodes``; what no Node says is kept under ``facts``."""

_LIMITS: Table = {"name": ("metadata", "name"), "limits": ("spec", "limits")}
_QUOTA: Table = {"name": ("metadata", "name"), "quota": ("spec", "hard")}

_YARN: Table = {
    "maximum-allocation-mb": ("yarn.scheduler.maximum-allocation-mb",),
    "minimum-allocation-mb": ("yarn.scheduler.minimum-allocation-mb",),
    "node-memory-mb": ("yarn.nodemanager.resource.memory-mb",),
    "node-vcores": ("yarn.nodemanager.resource.cpu-vcores",),
    "nodes": ("nodes",),
    "instance-type": ("instance-type",),
}
_OPERATOR: Table = {"name": ("name",), "version": ("version",), "webhook": ("webhook", "enable")}
"""As the values of its chart have them, where they do."""


def load(source: Source, loaded: Loaded) -> None:
    """Add what each document says; Kubernetes objects may stand beside the facts."""
    for document in iter_yaml(source):
        if document.root.string("spmlint") is None:
            load_object(document.root, loaded)
        elif not _refused(document.root, loaded):
            _load_facts(document.root, loaded)


def _refused(root: Node, loaded: Loaded) -> bool:
    """Whether the document is not what the schema says; each way it is not becomes a Trouble at its place."""
    from spmlint.schema import violations

    found = violations(_plain(root), "facts.schema.json")
    for path, message, key in found:
        loaded.troubles.append(Trouble(FACTS_REFUSED, _node_at(root, path, key).span(), message))
    return bool(found)


def _plain(node: Node | None) -> Any:
    """The document as plain data. Numbers with a point stay text: ``1.30`` is a version, not 1.3."""
    node = resolve(node)
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.pairs()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.nodes]
    if not isinstance(node, Scalar) or node.is_null:
        return None
    if node.is_true or node.is_false:
        return node.is_true
    if node.is_plain and node.value.isascii() and node.value.isdigit():
        return int(node.value[:20])
    return node.value


def _node_at(root: Node, path: list[str | int], key: str | None) -> Node:
    """The node that a path of the plain data leads to, or the key in it that should not be there."""
    node: Node = root
    for step in path:
        inner = node.items()[step] if isinstance(step, int) else node.get(step)
        if inner is None:
            break
        node = inner
    if key is not None:
        return next((name for name, _ in node.pairs() if name.value == key), node)
    return node


def _load_facts(root: Node, loaded: Loaded) -> None:
    """Add the objects that a valid document stands for."""
    version = root.get("kubernetes")
    if version is not None:
        loaded.resources.append(Resource(root, CLUSTER))
    for entry in root.items("nodes"):
        node = _shaped(entry, _NODE)
        if version is not None and entry.get("kubernetes") is None:
            _put(node, _NODE["kubernetes"], _key(root, "kubernetes"), version)
        loaded.resources.append(Resource(node, "Node", name=entry.string("name") or ""))
    for entry in root.items("namespaces"):
        name = entry.string("name") or ""
        for field, kind, table in (("limits", "LimitRange", _LIMITS), ("quota", "ResourceQuota", _QUOTA)):
            if entry.get(field) is not None:
                loaded.resources.append(Resource(_shaped(entry, table), kind, name=name, namespace=name))
    yarn = root.get("yarn")
    if yarn is not None:
        loaded.resources.append(Resource(_shaped(yarn, _YARN), YARN_CLUSTER))
    account = root.get("emr-serverless")
    if account is not None:
        loaded.resources.append(Resource(account, ACCOUNT))
        application = account.get("application")
        if application is not None:
            emr_serverless.load_object(application, loaded)
    operator = root.get("operator")
    if operator is not None:
        loaded.resources.append(Resource(_shaped(operator, _OPERATOR), OPERATOR))


def _shaped(entry: Node, table: Table) -> Mapping:
    """The fields of an entry at the paths of a table; fields the table does not know are left out."""
    shaped = Mapping(entry.source, entry.start, entry.end)
    for key, value in entry.pairs():
        if key.value in table:
            _put(shaped, table[key.value], key, value)
    return shaped


def _put(into: Mapping, path: tuple[str, ...], key: Scalar, value: Node) -> None:
    """Put ``value`` at ``path``, every name on the way standing where ``key`` stands."""
    *outer, last = path
    for name in outer:
        pair = into.pair(name)
        inner = pair[1] if pair else Mapping(value.source, key.start, value.end)
        if pair is None:
            into.own.append((TextScalar(key.text, name), inner))
        assert isinstance(inner, Mapping)
        into = inner
    into.own.append((TextScalar(key.text, last), value))


def _key(root: Node, name: str) -> Scalar:
    return next(key for key, _ in root.pairs() if key.value == name)
