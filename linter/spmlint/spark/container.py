"""What a container consists of, and how its memory overhead is made."""

from __future__ import annotations

from spmlint.answer import V3_3, V4_0
from spmlint.spark.formula import silent, to_int
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf, Note

DRIVER, EXECUTOR = "driver", "executor"
ROLES = (DRIVER, EXECUTOR)

LEAST_OVERHEAD_MIB = 384
"""The overhead below which a factor does not lead (``ResourceProfile.MEMORY_OVERHEAD_MIN_MIB``)."""


class Container:
    """The memory of one container in whole MiB: ``container_mib`` is the sum of the others, as the manager is asked for it."""

    __slots__ = ("container_mib", "heap_mib", "off_heap_mib", "overhead_mib", "pyspark_mib")

    def __init__(
        self, heap_mib: int, overhead_mib: int, off_heap_mib: int, pyspark_mib: int, container_mib: int
    ) -> None:
        self.heap_mib = heap_mib
        self.overhead_mib = overhead_mib
        self.off_heap_mib = off_heap_mib
        self.pyspark_mib = pyspark_mib
        self.container_mib = container_mib


class Cpu:
    """The processors of one container as quantities: what is asked for, and the limit or None where there is none."""

    __slots__ = ("limit", "request")

    def __init__(self, request: str, limit: str | None) -> None:
        self.request = request
        self.limit = limit


def least_overhead_mib(conf: Conf, spark: Versions, role: str) -> int:
    """The MiB a computed overhead has at least: since 4.0 `spark.ROLE.minMemoryOverhead`, 384 before and by default.

    Raises:
        Refused: the value is no size.
    """
    key = f"spark.{role}.minMemoryOverhead"
    if conf.get(key) is None or not spark >= V4_0:
        return LEAST_OVERHEAD_MIB
    least = read(conf, key, spark)
    return int(least)


def written_factor(conf: Conf, spark: Versions, role: str) -> float | None:
    """`spark.ROLE.memoryOverheadFactor`, None where it is not written or the release does not know it (before 3.3).

    Raises:
        Refused: the value is no number above 0.
    """
    key = f"spark.{role}.memoryOverheadFactor"
    if conf.get(key) is None or not spark >= V3_3:
        return None
    factor = read(conf, key, spark)
    return float(factor)


def computed_overhead_mib(heap_mib: int, factor: float, least_mib: int, how: str, note: Note = silent) -> int:
    """A part of the heap, but not less than ``least_mib``; ``how`` says where the factor comes from."""
    part = to_int(factor * heap_mib)
    if note is not silent:
        enough = part >= least_mib
        told = f"{factor:g} x heap: {how}" if enough else f"the least: {factor:g} x heap is only {part} ({how})"
        note("overhead", max(part, least_mib), told)
    return max(part, least_mib)
