"""What is written of the nodes YARN runs containers on, and how many executors they hold.

Sources: yarn-default.xml of Hadoop 3; CapacityScheduler and SchedulerUtils.normalizeRequest (a request is rounded up to a
multiple of the smallest allocation, which is the step too); EMR release guide, task configuration, for instance types.
"""

from __future__ import annotations

from spmlint.emr.yarn_caps import yarn_cap_mib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Span
    from spmlint.place import Place, Resource

MAXIMUM = "yarn.scheduler.maximum-allocation-mb"
MINIMUM = "yarn.scheduler.minimum-allocation-mb"
NODE = "yarn.nodemanager.resource.memory-mb"
VCORES = "yarn.nodemanager.resource.cpu-vcores"
INSTANCE_TYPE = "instance-type"

CLUSTER_CONFIGURATION = "EmrClusterConfiguration"
SITE = "yarn-site"
"""The classification that a cluster of EMR on EC2 writes the same settings under."""


class YarnNodes:
    """Sizes of a YARN cluster, None where nobody says: the largest and smallest container and a node's memory, in MiB.

    ``vcores`` are those of a node, ``number`` how many nodes there are.
    """

    __slots__ = ("_path", "maximum_mib", "minimum_mib", "node_mib", "number", "resource", "vcores")

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self._path = (SITE,) if resource.kind == CLUSTER_CONFIGURATION else ()
        instance_type = resource.word(INSTANCE_TYPE)
        cap_mib = None if instance_type is None else yarn_cap_mib(instance_type)
        self.maximum_mib = self._number(MAXIMUM) or cap_mib
        self.minimum_mib = self._number(MINIMUM)
        self.node_mib = self._number(NODE) or cap_mib
        self.number = self._number("nodes")
        self.vcores = self._number(VCORES)

    def _number(self, key: str) -> int | None:
        word = self.resource.word(*self._path, key)
        return int(word) if word is not None and word.isdecimal() and int(word) else None

    def place(self, key: str) -> Span:
        """Where a size is written: under its own key, or as the instance type it follows from."""
        own = self.resource.value(*self._path, key)
        return self.resource.place(*self._path, key) if own is not None else self.resource.place(INSTANCE_TYPE)

    def granted_mib(self, container_mib: int) -> int:
        """What YARN gives where ``container_mib`` is asked for."""
        step = self.minimum_mib or 1
        return -(-container_mib // step) * step

    def executors(self, executor_mib: int, master_mib: int) -> int | None:
        """How many executors all nodes hold beside one application master; None where nodes or their number are not known."""
        if self.node_mib is None or self.number is None:
            return None
        each, master = self.granted_mib(executor_mib), self.granted_mib(master_mib)
        if each <= 0 or master > self.node_mib:
            return 0
        full = self.node_mib // each
        return full * (self.number - 1) + (self.node_mib - master) // each


def yarn_nodes(place: Place) -> list[YarnNodes]:
    """Every YARN cluster that is known; raises `Opaque` where a size is a placeholder."""
    return [YarnNodes(resource) for resource in (*place.yarn, *place.emr_clusters)]
