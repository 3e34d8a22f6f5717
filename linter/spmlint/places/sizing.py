"""The largest executor of a job that fits its place without waste, as settings to paste: `spmlint explain --fit`.

As many executors as a place holds now share it evenly (one where none fits): nobody gets less than before, and nothing is left
over. The heap is the largest whose container, computed by the same model as everywhere, stays within that share. Nothing is
applied.
"""

from __future__ import annotations

from spmlint.answer import EMR_SERVERLESS, KUBERNETES, YARN
from spmlint.conf import Layer, injected
from spmlint.emr.workers import GRID, MIB_PER_GB, Worker
from spmlint.job import EXECUTOR
from spmlint.kubernetes.resources import CPU, MEMORY
from spmlint.places.job_pods import spark_resources
from spmlint.places.room import NodeRoom, node_rooms, rooms
from spmlint.places.workers import application_room, worker
from spmlint.places.yarn_nodes import YarnNodes, yarn_nodes
from spmlint.spark.regions import MINIMUM_HEAP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from spmlint.job import Job

HEAP, CORES, REQUEST, INSTANCES = (
    "spark.executor.memory",
    "spark.executor.cores",
    "spark.kubernetes.executor.request.cores",
    "spark.executor.instances",
)
MIB = 1 << 20


class Share:
    """What one executor may take of a place: ``memory_mib`` for its container, ``cores`` (None: those it has).

    ``per_place`` executors share one place called ``name``.
    """

    __slots__ = ("cores", "memory_mib", "name", "per_place")

    def __init__(self, name: str, per_place: int, memory_mib: int, cores: int | None = None) -> None:
        self.name = name
        self.per_place = per_place
        self.memory_mib = memory_mib
        self.cores = cores

    def settings(self, heap_mib: int) -> dict[str, str]:
        """What makes an executor of this heap, and of these cores."""
        cores = {} if self.cores is None else {CORES: str(self.cores)}
        return {HEAP: f"{heap_mib}m", **cores}


class Sizing:
    """The proposal: ``settings`` to paste, ``executors`` of them in all (None where that is not known), and the ``sum``."""

    __slots__ = ("container_mib", "executors", "settings", "share", "sum")

    def __init__(self, job: Job, share: Share, heap_mib: int) -> None:
        self.share = share
        self.settings = share.settings(heap_mib)
        sized = _with(job, self.settings)
        self.executors = _count(sized)
        container = sized.model.container(EXECUTOR)
        assert container is not None
        self.container_mib = container.container_mib
        self.sum = sized.container_sum(EXECUTOR)
        if self.executors is not None and not sized.model.executors().dynamic:
            self.settings[INSTANCES] = str(self.executors)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``explain --fit --format json`` prints as ``fit``."""
        return {
            "place": self.share.name,
            "per_place": self.share.per_place,
            "share_mib": self.share.memory_mib,
            "container_mib": self.container_mib,
            "wasted_mib": self.share.memory_mib - self.container_mib,
            "executors": self.executors,
            "settings": self.settings,
            "sum": self.sum,
        }


def sizing(job: Job) -> Sizing | None:
    """The largest executor that fits without waste; None where the place is not known or holds none.

    The place holds as many of them beside the driver as it holds now, up to those asked for.

    Raises:
        Refused, QuantityError, Opaque, Split: a size of the job or of the place cannot be known.
    """
    share = _share(job)
    if share is None:
        return None
    wanted = max(min(_count(job) or 0, job.model.executors().initial or 0), 1)
    for cores in _fewer_and_fewer(job, share):
        tried = Share(share.name, share.per_place, share.memory_mib, cores)
        heap_mib = largest_heap_mib(job, tried, wanted)
        if heap_mib is not None:
            return Sizing(job, tried, heap_mib)
    return None


def _fewer_and_fewer(job: Job, share: Share) -> Iterable[int | None]:
    """The cores an executor may have, from its share down to what it has now: the driver needs some too."""
    if share.cores is None:
        return (None,)
    now = job.model.cpu(EXECUTOR)
    least = min(int(now.request) if now is not None and now.request.isdecimal() else 1, share.cores)
    return range(share.cores, least - 1, -1)


def largest_heap_mib(job: Job, share: Share, wanted: int) -> int | None:
    """The largest heap, in MiB, whose container is within the share, while the place holds ``wanted`` executors of it.

    None where that is too little for Spark to start.
    """
    low, high = MINIMUM_HEAP // MIB, share.memory_mib
    if not _is_within(job, low, share, wanted):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if _is_within(job, middle, share, wanted):
            low = middle
        else:
            high = middle - 1
    return low


def _is_within(job: Job, heap_mib: int, share: Share, wanted: int) -> bool:
    sized = _with(job, share.settings(heap_mib))
    container = sized.model.container(EXECUTOR)
    if container is None or container.container_mib > share.memory_mib:
        return False
    held = _count(sized)
    return held is None or held >= wanted


def _with(job: Job, settings: dict[str, str]) -> Job:
    """The same job with some settings on top of all others."""
    return job.under(Layer("--fit", [injected(key, value, job.span) for key, value in settings.items()], injected=True))


def _count(job: Job) -> int | None:
    """How many executors the whole place holds beside the driver."""
    if job.world.manager != EMR_SERVERLESS:
        held = rooms(job)
        return held[0].executors if held else None
    room = application_room(job, worker(job, EXECUTOR))
    return None if room is None else room.least.executors


def _share(job: Job) -> Share | None:
    manager = job.world.manager
    if manager == KUBERNETES:
        kinds = node_rooms(job)
        return _share_of_node(job, max(kinds, key=lambda kind: kind.number * kind.executors)) if kinds else None
    if manager == EMR_SERVERLESS:
        return _share_of_application(job)
    if manager == YARN:
        return next((share for cluster in yarn_nodes(job.place) if (share := _share_of_yarn(job, cluster))), None)
    return None


def _share_of_node(job: Job, room: NodeRoom) -> Share | None:
    """The node shared out; its CPU too where the executors' request of it follows from their cores."""
    spark = spark_resources(job, EXECUTOR)
    bounds = {bound.resource: bound for bound in room.fit.bounds}
    if spark is None or MEMORY not in bounds:
        return None
    count = room.executors or 1
    cores = None
    if CPU in bounds and job.conf.get(REQUEST) is None:
        beside = bounds[CPU].each - spark.requests[CPU]
        cores = (bounds[CPU].available // count - beside) // 1000
    beside = bounds[MEMORY].each - spark.requests[MEMORY]
    share = (bounds[MEMORY].available // count - beside) // 1000 // MIB
    return Share(f"node {room.node.name}", count, share, cores)


def _share_of_yarn(job: Job, cluster: YarnNodes) -> Share | None:
    container = job.model.container(EXECUTOR)
    cpu = job.model.cpu(EXECUTOR)
    if container is None or cpu is None or cluster.node_mib is None:
        return None
    fits = [cluster.node_mib // cluster.granted_mib(container.container_mib)]
    if cluster.vcores is not None:
        fits.append(cluster.vcores // int(cpu.request))
    count = min(fits) or 1
    step = cluster.minimum_mib or 1
    share = min(cluster.node_mib // count, cluster.maximum_mib or cluster.node_mib) // step * step
    cores = None if cluster.vcores is None else cluster.vcores // count
    return Share("node of YARN", count, share, cores)


def _share_of_application(job: Job) -> Share | None:
    """The largest worker of the job's vCPU of which the application holds as many as the job begins with, or as it can."""
    cpu = job.model.cpu(EXECUTOR)
    if cpu is None or int(cpu.request) not in GRID:
        return None
    vcpu = int(cpu.request)
    now = worker(job, EXECUTOR)
    disk = () if now is None else (now.disk_gb,)
    sizes = [(memory_gb, application_room(job, Worker(vcpu, memory_gb, *disk))) for memory_gb in GRID[vcpu]]
    held = [(memory_gb, room.least.executors) for memory_gb, room in sizes if room is not None and room.least.executors]
    if held:
        wanted = min(max(job.model.executors().initial or 0, 1), held[0][1])
        largest = max(memory_gb for memory_gb, executors in held if executors >= wanted)
        return _share_of_worker(Worker(vcpu, largest, *disk))
    if now is None or job.place.application is not None:
        return None
    return _share_of_worker(now)


def _share_of_worker(worker: Worker) -> Share:
    """A worker for one executor, but for one MiB: how the service rounds its overhead is not known."""
    return Share(f"worker of {worker}", 1, worker.memory_gb * MIB_PER_GB - 1)
