"""The arithmetic of an EMR Serverless application's maximumCapacity and initialCapacity.

maximumCapacity bounds the sum over all workers at any moment (botocore's model emr-serverless/2021-07-13; pages app-behavior and
pre-init-capacity of the user guide): drivers, executors, pre-initialised workers, and, as inferred from what users saw,
the kernel worker of a notebook. A worker that would pass any one bound is not started.
"""

from __future__ import annotations

from spmlint.emr.workers import KERNEL_WORKER
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.emr.workers import Worker

CPU, MEMORY, DISK = "cpu", "memory", "disk"
DIMENSIONS = (CPU, MEMORY, DISK)
"""In the order in which the service's own messages name them."""

UNITS = {CPU: "vCPU", MEMORY: "GB", DISK: "GB"}

DEFAULT_ACCOUNT_VCPU = 16
"""``Max concurrent vCPUs per account`` (quota L-D05C8A75, page endpoints-quotas), per region and adjustable."""


class Capacity:
    """vCPU, GB of memory and GB of disk. ``disk_gb`` is None where maximumCapacity does not bound the disk."""

    __slots__ = ("cpu", "disk_gb", "memory_gb")

    def __init__(self, cpu: int, memory_gb: int, disk_gb: int | None = None) -> None:
        self.cpu = cpu
        self.memory_gb = memory_gb
        self.disk_gb = disk_gb

    def amount(self, dimension: str) -> int | None:
        """How much of ``dimension`` (one of `DIMENSIONS`), or None where the disk is not bounded."""
        return {CPU: self.cpu, MEMORY: self.memory_gb, DISK: self.disk_gb}[dimension]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Capacity) and all(self.amount(d) == other.amount(d) for d in DIMENSIONS)

    def __hash__(self) -> int:
        return hash((self.cpu, self.memory_gb, self.disk_gb))

    def __repr__(self) -> str:
        return f"Capacity({self.cpu}, {self.memory_gb}, {self.disk_gb})"

    def __str__(self) -> str:
        disk = "" if self.disk_gb is None else f" / {self.disk_gb} GB disk"
        return f"{self.cpu} vCPU / {self.memory_gb} GB{disk}"


def total(workers: Iterable[tuple[int, Worker]]) -> Capacity:
    """What (count, worker) pairs take together: the pools of initialCapacity, or the workers of a job."""
    cpu = memory_gb = disk_gb = 0
    for count, worker in workers:
        cpu += count * worker.vcpu
        memory_gb += count * worker.memory_gb
        disk_gb += count * worker.disk_gb
    return Capacity(cpu, memory_gb, disk_gb)


def needed(driver: Worker, executor: Worker, executors: int, *, kernel: bool = False) -> Capacity:
    """What one job takes with that many executors; with ``kernel`` also the kernel worker of a notebook."""
    workers = [(1, driver), (executors, executor)]
    return total([*workers, (1, KERNEL_WORKER)] if kernel else workers)


def exceeded(wanted: Capacity, maximum: Capacity) -> tuple[str, ...]:
    """The dimensions in which ``wanted`` is more than ``maximum`` allows; empty where all of it fits."""
    return tuple(
        dimension
        for dimension in DIMENSIONS
        if (bound := maximum.amount(dimension)) is not None and (wanted.amount(dimension) or 0) > bound
    )


def never_used(maximum: Capacity) -> str | None:
    """The dimension no mix of workers can use up: `CPU` or `MEMORY`; None where the two fit each other.

    A worker has at least 1.875 GB per vCPU (60 GB on 32) and at most 8 (1 and 2 vCPU); see `spmlint.emr.workers.GRID`.
    """
    if 8 * maximum.memory_gb < 15 * maximum.cpu:
        return CPU
    return MEMORY if maximum.memory_gb > 8 * maximum.cpu else None


class Ceiling:
    """How many executors of one job maximumCapacity allows, and why.

    ``executors`` is the number, 0 also where not even the driver fits; ``binding`` are the dimensions that allow no more.
    """

    __slots__ = ("_driver", "_executor", "_kernel", "_maximum", "binding", "executors")

    def __init__(self, maximum: Capacity, driver: Worker, executor: Worker, *, kernel: bool) -> None:
        self._maximum = maximum
        self._driver = total([(1, driver)])
        self._kernel = total([(1, KERNEL_WORKER)]) if kernel else None
        self._executor = total([(1, executor)])
        allowed = {dimension: max(self._left(dimension) // each, 0) for dimension, each in self._bounded()}
        self.executors = min(allowed.values())
        self.binding = tuple(dimension for dimension, count in allowed.items() if count == self.executors)

    @property
    def driver_fits(self) -> bool:
        """Whether the driver (and the kernel) can start at all; if not, the job fails at once instead of waiting."""
        return all(self._left(dimension) >= 0 for dimension, _ in self._bounded())

    @property
    def exhausted(self) -> str:
        """The binding dimensions as the driver's log names them: ``[memory: 48 GB, disk: 200 GB]``."""
        bounds = (f"{dimension}: {self._maximum.amount(dimension)} {UNITS[dimension]}" for dimension in self.binding)
        return f"[{', '.join(bounds)}]"

    def derivation(self) -> list[str]:
        """The sum, one line a dimension and one for the result."""
        lines = []
        for dimension, each in self._bounded():
            unit = UNITS[dimension]
            sum_ = f"{dimension}: {self._maximum.amount(dimension)} {unit} - {self._driver.amount(dimension)} (driver)"
            if self._kernel is not None:
                sum_ += f" - {self._kernel.amount(dimension)} (kernel)"
            left = self._left(dimension)
            holds = f"{left // each} x {each} {unit} per executor" if left >= 0 else "less than the driver needs"
            lines.append(f"{sum_} = {left} {unit}: {holds}")
        count = plural(self.executors, "executor")
        lines.append(f"{count} at most, bound by {' and '.join(self.binding)}")
        return lines

    def _bounded(self) -> list[tuple[str, int]]:
        """The dimensions that are bounded, and what an executor takes of each."""
        return [(d, self._executor.amount(d) or 0) for d in DIMENSIONS if self._maximum.amount(d) is not None]

    def _left(self, dimension: str) -> int:
        """What the driver and the kernel leave of a bounded dimension; negative where it is too little for them."""
        kernel = 0 if self._kernel is None else self._kernel.amount(dimension) or 0
        return (self._maximum.amount(dimension) or 0) - (self._driver.amount(dimension) or 0) - kernel


def executor_ceiling(maximum: Capacity, driver: Worker, executor: Worker, *, kernel: bool = False) -> Ceiling:
    """The most executors a job can get while it is alone in the application.

    ``kernel`` counts the kernel worker of a notebook or Livy session, which is inferred and **not verified**: report both.
    Source: the exception ApplicationMaxCapacityExceededException as users met it, and the page pre-init-capacity.
    """
    return Ceiling(maximum, driver, executor, kernel=kernel)
