"""One place filled with a job's executors: a node, an EMR Serverless application, a node of YARN.

For each resource: how much there is, what one executor takes, how many that makes; which resource decides, what is left over,
and how small an executor would have to be for one more.
"""

from __future__ import annotations

from spmlint.answer import EMR_SERVERLESS, KUBERNETES, YARN
from spmlint.emr.capacity import UNITS
from spmlint.emr.workers import DEFAULT_DISK_GB, GRID, MIB_PER_GB, SMALLEST_WORKER
from spmlint.job import EXECUTOR
from spmlint.kubernetes.fit import PODS
from spmlint.kubernetes.resources import CPU, EPHEMERAL_STORAGE, MEMORY
from spmlint.places.room import NodeRoom, node_rooms, rooms
from spmlint.places.workers import application_room, worker
from spmlint.places.yarn_nodes import NODE, yarn_nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.document.text import Span
    from spmlint.job import Job

MIB = 1 << 20

_SCALES = {
    MEMORY: (1000 * MIB, "MiB"),
    EPHEMERAL_STORAGE: (1000 * MIB, "MiB"),
    CPU: (1, "millicores"),
    PODS: (1000, "pods"),
}
"""Thousandths of a resource to the unit it is shown in."""


class Dimension:
    """One resource of a place, in ``unit``: ``capacity`` of it is there for executors, each takes ``each``.

    ``least`` is what no executor can be smaller than.
    """

    __slots__ = ("capacity", "each", "fits", "least", "name", "unit")

    def __init__(self, name: str, unit: str, capacity: float, each: float, least: float = 1) -> None:
        self.least = least
        self.name = name
        self.unit = unit
        self.capacity = capacity
        self.each = each
        self.fits = max(int(capacity // each), 0)


class Filling:
    """A place with as many executors as it holds.

    ``kind`` is node, application or yarn-node; ``number`` is how many such places there are, ``total`` how many executors all
    of them hold beside the driver (None where that is not known), ``note`` what else is to be said.
    """

    __slots__ = ("dimensions", "kind", "name", "note", "number", "span", "total")

    def __init__(
        self,
        kind: str,
        name: str,
        span: Span,
        dimensions: list[Dimension],
        *,
        number: int = 1,
        total: int | None = None,
        note: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.span = span
        self.dimensions = dimensions
        self.number = number
        self.total = total
        self.note = note

    @property
    def executors(self) -> int:
        """How many executors one such place holds."""
        return min(dimension.fits for dimension in self.dimensions)

    @property
    def binding(self) -> list[Dimension]:
        """The resources that allow no more."""
        return [dimension for dimension in self.dimensions if dimension.fits == self.executors]

    def wasted(self) -> dict[str, float]:
        """What no executor uses, by resource."""
        return {d.name: round(max(d.capacity - self.executors * d.each, 0), 1) for d in self.dimensions}

    def for_one_more(self) -> dict[str, float]:
        """The most an executor may take of each binding resource, in whole units, for one more to fit; empty where none can."""
        sizes = {d.name: (max(d.capacity, 0) // (self.executors + 1), d.least) for d in self.binding}
        return (
            {name: size for name, (size, least) in sizes.items()}
            if all(s >= least for s, least in sizes.values())
            else {}
        )

    def to_dict(self) -> dict[str, Any]:
        """The object that ``explain --format json`` prints as ``place``."""
        return {
            "kind": self.kind,
            "name": self.name,
            "path": self.span.source.path,
            "line": self.span.line,
            "dimensions": [
                {"name": d.name, "unit": d.unit, "capacity": d.capacity, "per_executor": d.each, "fits": d.fits}
                for d in self.dimensions
            ],
            "executors": self.executors,
            "number": self.number,
            "total": self.total,
            "binding": " and ".join(dimension.name for dimension in self.binding),
            "wasted": self.wasted(),
            "for_one_more": self.for_one_more(),
            "note": self.note,
        }


def filling(job: Job) -> Filling | None:
    """The place of a job with its executors in it; None where nothing is known of its size.

    Of several kinds of node: the one that takes the most executors.

    Raises:
        Refused, QuantityError, Opaque, Split: a size of the job or of the place cannot be known.
    """
    if job.world.manager == KUBERNETES:
        return _of_node(job)
    if job.world.manager == EMR_SERVERLESS:
        return _of_application(job)
    return _of_yarn_node(job) if job.world.manager == YARN else None


def _of_node(job: Job) -> Filling | None:
    kinds = node_rooms(job)
    if not kinds:
        return None
    most = max(kinds, key=lambda kind: kind.executors * kind.number)
    everywhere = rooms(job)
    total = min((room.executors for room in everywhere), default=None)
    tightest = everywhere[0] if everywhere else None
    note = "" if tightest is None else tightest.counts()
    return Filling(
        "node", most.node.name, most.node.span(), _node_dimensions(most), number=most.number, total=total, note=note
    )


def _node_dimensions(room: NodeRoom) -> list[Dimension]:
    made = []
    for bound in room.fit.bounds:
        scale, unit = _SCALES.get(bound.resource, (1000, "units"))
        made.append(Dimension(bound.resource, unit, _scaled(bound.available, scale), _scaled(bound.each, scale)))
    return made


def _scaled(milli: int, scale: int) -> float:
    """An amount in the unit it is shown in: whole where it is whole."""
    return round(milli / scale, 3) if milli % scale else milli // scale


def _of_application(job: Job) -> Filling | None:
    application = job.place.application
    room = application_room(job, worker(job, EXECUTOR))
    if application is None or room is None:
        return None
    driver, executor = room.driver, room.executor
    dimensions = [
        Dimension(name, UNITS[name], bound - taken, each, least)
        for name, taken, each, least in (
            ("cpu", driver.vcpu, executor.vcpu, SMALLEST_WORKER.vcpu),
            ("memory", driver.memory_gb, executor.memory_gb, GRID[executor.vcpu][0]),
            ("disk", driver.disk_gb, executor.disk_gb, DEFAULT_DISK_GB),
        )
        if (bound := room.maximum.amount(name)) is not None
    ]
    name = application.name or "application"
    span = application.place("maximumCapacity")
    note = f"an executor is a worker of {executor}; {room.counts()}"
    return Filling("application", name, span, dimensions, total=room.least.executors, note=note)


def granted_mib(job: Job, role: str) -> int | None:
    """The MiB a role is given for its container: those of its worker on EMR Serverless, of YARN's next multiple.

    None where it is given what it asks for, or where that is not known.

    Raises:
        Refused, Opaque, Split: a size of the job or of the place cannot be known.
    """
    if job.world.manager == EMR_SERVERLESS:
        own = worker(job, role)
        return None if own is None else own.memory_gb * MIB_PER_GB
    container = job.model.container(role)
    if job.world.manager != YARN or container is None:
        return None
    return next(
        (nodes.granted_mib(container.container_mib) for nodes in yarn_nodes(job.place) if nodes.minimum_mib), None
    )


def _of_yarn_node(job: Job) -> Filling | None:
    container = job.model.container(EXECUTOR)
    for cluster in yarn_nodes(job.place):
        if container is not None and cluster.node_mib is not None:
            each = cluster.granted_mib(container.container_mib)
            held = rooms(job)
            return Filling(
                "yarn-node",
                cluster.resource.name or "of the cluster",
                cluster.place(NODE),
                [Dimension(MEMORY, "MiB", cluster.node_mib, each)],
                number=cluster.number or 1,
                total=held[0].executors if held else None,
                note="" if each == container.container_mib else f"YARN grants {each} MiB for {container.container_mib}",
            )
    return None
