"""What was understood of the place a job runs in: one line for each object, with where it stands."""

from __future__ import annotations

from spmlint.place import ACCOUNT, CLUSTER, YARN_CLUSTER
from spmlint.places.nodes import how_many
from spmlint.places.operators import OPERATOR, image_of
from spmlint.places.yarn_nodes import CLUSTER_CONFIGURATION, MAXIMUM, MINIMUM, NODE, YarnNodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.place import Place, Resource, View

_KUBELET = (
    ("failSwapOn",),
    ("memorySwap", "swapBehavior"),
    ("evictionHard",),
    ("evictionSoft",),
    ("mergeDefaultEvictionSettings",),
    ("systemReserved",),
    ("kubeReserved",),
    ("singleProcessOOMKill",),
    ("memoryThrottlingFactor",),
)


def understood(place: Place) -> list[dict[str, Any]]:
    """Each object of a place as plain data: kind, name, where it stands, and what it says."""
    return [
        {
            "kind": resource.kind,
            "name": resource.name,
            "path": resource.stream,
            "line": resource.span().line,
            "says": ", ".join(_said(resource)),
        }
        for resource in place.resources()
    ]


def _said(resource: Resource) -> Iterator[str]:
    kind = resource.kind
    if kind == "Node":
        yield from _of_node(resource)
    elif kind == "KubeletConfiguration":
        for path in _KUBELET:
            yield from _values(resource, *path)
    elif kind == "LimitRange":
        for item in resource.items("spec", "limits"):
            type_ = item.value("type")
            for bound in ("min", "defaultRequest", "default", "max", "maxLimitRequestRatio"):
                for said in _values(item, bound):
                    yield f"{type_.value if type_ else ''} {said}".strip()
    elif kind == "ResourceQuota":
        yield from (f"{key} {text.value}" for key, text in resource.map("spec", "hard").items())
    elif kind in (YARN_CLUSTER, CLUSTER_CONFIGURATION):
        sizes = YarnNodes(resource)
        for name, size in ((MAXIMUM, sizes.maximum_mib), (MINIMUM, sizes.minimum_mib), (NODE, sizes.node_mib)):
            if size is not None:
                yield f"{name} {size}"
        if sizes.number is not None:
            yield f"{sizes.number} nodes"
    elif kind == OPERATOR:
        yield " ".join(image_of(resource) or ())
    elif kind == CLUSTER:
        yield from _values(resource, "kubernetes")
    elif kind == ACCOUNT:
        yield from _values(resource, "account-vcpu-quota")
    else:
        for field in ("releaseLabel", "architecture", "maximumCapacity"):
            yield from _values(resource, field)
        for name, pool in resource.parts("initialCapacity").items():
            count = pool.value("workerCount")
            yield f"initialCapacity {name} {count.value if count else ''}".strip()


def _of_node(node: Resource) -> Iterator[str]:
    yield f"{how_many(node)} of them"
    yield from _values(node, "status", "allocatable")
    yield from _values(node, "facts", "reserved")
    memory = node.value("status", "capacity", "memory")
    if memory is not None:
        yield f"capacity memory {memory.value}"
    for path in (("swap",), ("kubeletVersion",), ("kernelVersion",)):
        yield from _values(node, "status", "nodeInfo", *path)
    yield from (f"label {name}={text.value}" for name, text in node.map("metadata", "labels").items())
    for taint in node.items("spec", "taints"):
        key, effect = taint.value("key"), taint.value("effect")
        yield f"taint {key.value if key else ''}:{effect.value if effect else ''}"


def _values(view: View, *path: str) -> Iterator[str]:
    """``allocatable memory 60Gi``: the values at a path, each behind the name of its field."""
    own = view.value(*path)
    if own is not None:
        yield f"{path[-1]} {own.value}"
    for name, text in view.map(*path).items():
        yield f"{path[-1]} {name} {text.value}"
