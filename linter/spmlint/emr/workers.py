"""The workers of EMR Serverless: which sizes there are, and which one a driver or executor gets.

Source: the user guide's pages app-behavior (grid, standard disks), jobs-spark (defaults, overhead) and
jobs-shuffle-optimized-disks. The grid is the same for ARM64 and X86_64. The sizes of 32 vCPU come from public notes of
AWS authors and users, not from the page itself: see `VERIFIED_VCPU`. GB are GiB here, as bills show.
"""

from __future__ import annotations

from spmlint.emr.sizes import SHUFFLE_OPTIMIZED, STANDARD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MIB_PER_GB = 1024

GRID: dict[int, Sequence[int]] = {
    1: range(2, 9),
    2: range(4, 17),
    4: range(8, 31),
    8: range(16, 61, 4),
    16: range(32, 121, 8),
    32: (60, 120, 244),
}
"""vCPU of a worker -> the memory sizes it may have, in GB, ascending."""

VERIFIED_VCPU = (1, 2, 4, 8, 16)
"""The rows of `GRID` that AWS's own page was read for."""

TIER_REACH_GB = 8
"""A worker of 32 vCPU is said to be refused unless its need lies within this many GB below a tier. **Not verified**."""

DISK_GB = {STANDARD: range(20, 201), SHUFFLE_OPTIMIZED: range(20, 2001)}
"""Disk type -> the disk sizes a worker may have, in GB."""

DEFAULT_DISK_GB = 20

OVERHEAD_FACTOR = 0.1
"""``spark.emr-serverless.memoryOverheadFactor``: for driver and executor, whatever the language."""

MINIMUM_OVERHEAD_MIB = 384

DOCUMENTED_PROPERTIES = frozenset(
    {
        "spark.emr-serverless.allocation.batch.size",
        "spark.emr-serverless.driver.disk",
        "spark.emr-serverless.driver.disk.type",
        "spark.emr-serverless.executor.disk",
        "spark.emr-serverless.executor.disk.type",
        "spark.emr-serverless.lakeformation.enabled",
        "spark.emr-serverless.memoryOverheadFactor",
    }
)
"""The documented keys under ``spark.emr-serverless.``, beside those that begin with `DOCUMENTED_PREFIX`."""

DOCUMENTED_PREFIX = "spark.emr-serverless.driverEnv."


class Worker:
    """One worker: vCPU, memory and disk in GB."""

    __slots__ = ("disk_gb", "memory_gb", "vcpu")

    def __init__(self, vcpu: int, memory_gb: int, disk_gb: int = DEFAULT_DISK_GB) -> None:
        self.vcpu = vcpu
        self.memory_gb = memory_gb
        self.disk_gb = disk_gb

    @property
    def on_grid(self) -> bool:
        """Whether there is a worker of this vCPU and memory."""
        return self.memory_gb in GRID.get(self.vcpu, ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Worker) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, int]:
        return self.vcpu, self.memory_gb, self.disk_gb

    def __repr__(self) -> str:
        return f"Worker({self.vcpu}, {self.memory_gb}, {self.disk_gb})"

    def __str__(self) -> str:
        return f"{self.vcpu} vCPU / {self.memory_gb} GB / {self.disk_gb} GB disk"


DEFAULT_WORKER = Worker(4, 16)
"""What the default 14G (15.4 GB with its overhead) and 4 cores come to, for driver and executor."""

SMALLEST_WORKER = Worker(1, 2)

KERNEL_WORKER = Worker(4, 16)
"""The worker a notebook's kernel takes beside the driver. The page (interactive-workloads) gives its vCPU and memory; that
it counts against maximumCapacity, and its disk, are inferred: **not verified**."""


def overhead_mib(heap_mib: int, *, factor: float = OVERHEAD_FACTOR) -> int:
    """MiB that EMR Serverless adds to a heap where the role's memoryOverhead is not set (page jobs-spark)."""
    return max(int(factor * heap_mib), MINIMUM_OVERHEAD_MIB)


def memory_for(vcpu: int, need_mib: int) -> int | None:
    """GB of the smallest worker of ``vcpu`` that holds ``need_mib`` (heap and overhead); None where none does.

    That the service rounds up is implied by its examples (27 GB of heap run on 30 GB), not said in words.

    Raises:
        KeyError: there is no worker with that many vCPU; see `GRID`.
    """
    return next((size for size in GRID[vcpu] if size * MIB_PER_GB >= need_mib), None)


def worker_for(vcpu: int, need_mib: int, disk_gb: int = DEFAULT_DISK_GB) -> Worker | None:
    """The worker that a driver or executor of ``vcpu`` cores needing ``need_mib`` gets; None where it is refused.

    Raises:
        KeyError: there is no worker with that many vCPU.
    """
    memory = memory_for(vcpu, need_mib)
    return None if memory is None else Worker(vcpu, memory, disk_gb)


def within_tier(need_mib: int) -> bool:
    """Whether a worker of 32 vCPU is said to accept ``need_mib``: close enough below a tier. **Not verified**."""
    return any(0 <= size * MIB_PER_GB - need_mib <= TIER_REACH_GB * MIB_PER_GB for size in GRID[32])


def largest_heap_mib(vcpu: int, *, overhead: int | None = None, factor: float = OVERHEAD_FACTOR) -> int:
    """The largest heap in MiB that fits a worker of ``vcpu`` beside ``overhead`` (MiB), or beside the default one.

    The default overhead is taken without cutting its fraction off, so the answer fits however the service rounds.

    Raises:
        KeyError: there is no worker with that many vCPU.
    """
    largest = GRID[vcpu][-1] * MIB_PER_GB
    if overhead is not None:
        return max(largest - overhead, 0)
    return max(min(int(largest / (1 + factor)), largest - MINIMUM_OVERHEAD_MIB), 0)


def wasted_mib(worker: Worker, need_mib: int) -> int:
    """MiB of the worker's memory that nobody asked for."""
    return worker.memory_gb * MIB_PER_GB - need_mib


def disk_in_range(disk_gb: int, disk_type: str = STANDARD) -> bool:
    """Whether a worker may have this disk. What the service does with a Spark property out of range is not verified."""
    return disk_gb in DISK_GB[disk_type]
