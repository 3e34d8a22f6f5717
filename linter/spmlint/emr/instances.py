"""The nodes of a cluster of EMR on EC2 on which YARN starts executors, as a request for the cluster names them.

Shapes: RunJobFlow of botocore's model emr/2009-03-31 (instance groups, instance fleets, or one type for all), and the properties
of AWS::EMR::Cluster, all in camel case. Only core and task nodes count; a cluster without them runs all on its primary node.
"""

from __future__ import annotations

from spmlint.emr.yarn_caps import yarn_cap_mib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Protocol

    class Part(Protocol):
        """A part of an object that answers for its strings by path."""

        def word(self, *path: str) -> str | None:
            """The string at ``path``, None where there is none; may raise `spmlint.answer.Opaque`."""

        def items(self, *path: str) -> Iterable[Part]:
            """The items of the list at ``path``."""

        def at(self, *path: str) -> Part | None:
            """The part at ``path``, or None."""


YARN_SITE = "yarn-site"
ALLOCATION, NODE = "yarn.scheduler.maximum-allocation-mb", "yarn.nodemanager.resource.memory-mb"

_EXECUTORS_RUN_ON = ("CORE", "TASK")
_GROUPS = ("coreInstanceGroup", "taskInstanceGroups")
_FLEETS = ("coreInstanceFleet", "taskInstanceFleets")


class Node:
    """Nodes of one instance type: ``mib`` is what YARN gives out on each, None where no source says."""

    __slots__ = ("mib", "type")

    def __init__(self, type: str, mib: int | None) -> None:
        self.type = type
        self.mib = mib


def nodes(cluster: Part) -> list[Node]:
    """The instance types that executors may run on; empty where the request does not say.

    Raises:
        Opaque: one of them is a placeholder.
    """
    hbase = has_application(cluster, "HBase")
    whole = yarn_mib(cluster, NODE)
    found = {}
    for machine in _machines(cluster):
        kind = machine.word("instanceType")
        if kind is not None:
            own = yarn_mib(machine, NODE)
            found[kind] = Node(kind, own or whole or _cap_mib(kind, hbase=hbase))
    if not found:
        kind = cluster.word("instances", "slaveInstanceType") or cluster.word("instances", "masterInstanceType")
        if kind is not None:
            found[kind] = Node(kind, whole or _cap_mib(kind, hbase=hbase))
    return list(found.values())


def has_application(cluster: Part, name: str) -> bool:
    """Whether the cluster is asked for with an application; raises `Opaque` where a placeholder stands for one."""
    cluster.word("applications")
    return any((item.word("name") or "").lower() == name.lower() for item in cluster.items("applications"))


def property_of(owner: Part, classification: str, name: str) -> str | None:
    """A property that the configurations of a cluster or of a group of nodes give; the last one holds."""
    owner.word("configurations")
    value = None
    for item in owner.items("configurations"):
        if item.word("classification") == classification:
            value = item.word("properties", name) or value
    return value


def yarn_mib(owner: Part, name: str) -> int | None:
    """A size that the classification ``yarn-site`` of a cluster or a group gives, in MiB."""
    text = property_of(owner, YARN_SITE, name)
    return int(text) if text is not None and text.isdecimal() else None


def _cap_mib(kind: str, *, hbase: bool) -> int | None:
    """What YARN gives out on a node; where the source has no number beside HBase, more than there is."""
    return (yarn_cap_mib(kind, hbase=True) if hbase else None) or yarn_cap_mib(kind)


def _machines(cluster: Part) -> Iterator[Part]:
    """The parts of the request that say what the core and task nodes are."""
    instances = cluster.at("instances")
    if instances is None:
        cluster.word("instances")
        return
    for group in _listed(instances, "instanceGroups"):
        if group.word("instanceRole") in _EXECUTORS_RUN_ON:
            yield group
    for fleet in _listed(instances, "instanceFleets"):
        if fleet.word("instanceFleetType") in _EXECUTORS_RUN_ON:
            yield from _listed(fleet, "instanceTypeConfigs")
    for field in _GROUPS:
        yield from _listed(instances, field)
    for field in _FLEETS:
        for fleet in _listed(instances, field):
            yield from _listed(fleet, "instanceTypeConfigs")


def _listed(owner: Part, field: str) -> Iterable[Part]:
    """The items at ``field``, or the one part that stands there."""
    owner.word(field)
    part = owner.at(field)
    items = list(owner.items(field))
    return items or ([part] if part is not None else [])
