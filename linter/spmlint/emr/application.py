"""What an application offers and what a job in it asks for, read from what is written."""

from __future__ import annotations

from spmlint.answer import EMR_SERVERLESS
from spmlint.emr.capacity import Capacity, Ceiling, executor_ceiling
from spmlint.emr.sizes import SizeError, parse_cpu, parse_disk_gb, parse_memory_gb, parse_property_disk_gb
from spmlint.emr.workers import DEFAULT_DISK_GB, GRID, Worker, worker_for
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from spmlint.answer import World

    class Job(Protocol):
        """A job, as far as the question where it runs goes."""

        kind: str
        world: World

    class Written(Protocol):
        """An object that answers for its strings by path."""

        def word(self, *path: str) -> str | None:
            """The string at ``path``, None where there is none; may raise `spmlint.answer.Opaque`."""

    class Conf(Protocol):
        """The settings of a job."""

        def get(self, key: str) -> str | None:
            """The text written for exactly this key, or None; may raise `spmlint.answer.Opaque`."""


SESSION = "Livy session"
"""The kind of job that EMR Serverless is handed in the same form as other platforms."""


def runs_here(job: Job) -> bool:
    """Whether ``job`` runs on EMR Serverless: whether its files say so, or, for a Livy session, whether it does in this world.

    Files of spark-submit are no requests to EMR Serverless, so the question is not even asked of them.

    Raises:
        Split: a session whose platform is not known.
    """
    if job.kind == SESSION:
        return job.world.manager == EMR_SERVERLESS
    return bool(job.world.manager.known == EMR_SERVERLESS)


def maximum_capacity(application: Written) -> Capacity | None:
    """The ``maximumCapacity`` of an application; None where it has none, or one the service refuses.

    Raises:
        Opaque: a size is a placeholder.
    """
    cpu, memory, disk = (application.word("maximumCapacity", field) for field in ("cpu", "memory", "disk"))
    if cpu is None or memory is None:
        return None
    try:
        return Capacity(parse_cpu(cpu), parse_memory_gb(memory), None if disk is None else parse_disk_gb(disk))
    except SizeError:
        return None


def job_worker(conf: Conf, role: str, cores: int, need_mib: int) -> Worker | None:
    """The worker of a job's driver or executor (``role``); None where the service offers none that fits.

    ``need_mib`` is heap and overhead. The disk is ``spark.emr-serverless.ROLE.disk``, or 20 GB.

    Raises:
        Opaque: the disk is a placeholder.
    """
    disk = conf.get(f"spark.emr-serverless.{role}.disk")
    if cores not in GRID:
        return None
    try:
        return worker_for(cores, need_mib, DEFAULT_DISK_GB if disk is None else parse_property_disk_gb(disk))
    except SizeError:
        return None


class Room:
    """How many executors of one job an application has room for: ``alone`` beside the driver, and in a notebook
    ``beside_kernel`` too. That the kernel counts is inferred (`spmlint.emr.workers.KERNEL_WORKER`): report both.
    """

    __slots__ = ("alone", "beside_kernel", "driver", "executor", "maximum")

    def __init__(self, maximum: Capacity, driver: Worker, executor: Worker, *, notebook: bool) -> None:
        self.maximum = maximum
        self.driver = driver
        self.executor = executor
        self.alone = executor_ceiling(maximum, driver, executor)
        self.beside_kernel = executor_ceiling(maximum, driver, executor, kernel=True) if notebook else None

    @property
    def least(self) -> Ceiling:
        """The smaller of the two."""
        return self.beside_kernel or self.alone

    def counts(self) -> str:
        """``disk allows 6 executors beside the driver, 5 beside driver and notebook kernel``."""
        executors = plural(self.alone.executors, "executor")
        said = f"{' and '.join(self.least.binding)} allows {executors} beside the driver"
        if self.beside_kernel is None:
            return said
        return f"{said}, {self.beside_kernel.executors} beside driver and notebook kernel"

    def derivation(self) -> list[str]:
        """The sums of both counts."""
        return self.alone.derivation() + (self.beside_kernel.derivation() if self.beside_kernel else [])
