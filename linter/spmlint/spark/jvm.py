"""What a JVM makes of -Xmx: which texts it takes, which collector it chooses, how much heap it then reports.

Facts measured on OpenJDK 17; the formulas are those of HotSpot (``HeapRegion::setup_heap_region_size``,
``DefNewGeneration``, ``ParallelScavengeHeap::max_capacity``, ``os::is_server_class_machine``).
"""

from __future__ import annotations

from spmlint.spark.numbers import LONG_MAX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

G1, SERIAL, PARALLEL = "G1", "Serial", "Parallel"
"""The collectors whose reported heap differs from what they are given, or may. Others report the whole."""

_KIB = 1 << 10
_MIB = 1 << 20
_OPTION = {
    "-XX:+UseG1GC": G1,
    "-XX:+UseSerialGC": SERIAL,
    "-XX:+UseParallelGC": PARALLEL,
    "-XX:+UseParallelOldGC": PARALLEL,
    "-XX:+UseZGC": "Z",
    "-XX:+UseShenandoahGC": "Shenandoah",
    "-XX:+UseConcMarkSweepGC": "CMS",
    "-XX:+UseEpsilonGC": "Epsilon",
}
_PROCESSORS = "-XX:ActiveProcessorCount="
_UNIT = {"k": 10, "m": 20, "g": 30, "t": 40}

SERVER_MEMORY_MIB = 1792
"""Below this much memory, or with a single processor, a JVM that is not told otherwise takes the serial collector."""

SMALLEST_XMX = 2 * _MIB
"""Below this many bytes the JVM says "Too small maximum heap"."""


def xmx_bytes(text: str) -> int | None:
    """The bytes that ``text`` after ``-Xmx`` means; None where the JVM says "Invalid maximum heap size".

    Digits and at most one letter k, m, g or t of either case; hexadecimal digits after ``0x`` are taken too.
    """
    unit = text[-1:].lower()
    digits = text[:-1] if unit in _UNIT else text
    if not digits.isascii():
        return None
    if digits.isdigit():
        number = int(digits) if len(digits) < 20 else LONG_MAX + 1
    elif digits[:2] in ("0x", "0X") and digits[2:].isalnum() and not digits[2:].strip("0123456789abcdefABCDEF"):
        number = int(digits, 16)
    else:
        return None
    size = number << _UNIT.get(unit, 0)
    return size if 0 < size <= LONG_MAX else None


def collector(
    options: Iterable[str], *, cpu_limit: float | None = None, container_mib: int | None = None
) -> str | None:
    """The collector a JVM started with ``options`` takes; None where that depends on the machine.

    ``cpu_limit`` are the processors the container may use (rounded up to whole ones), ``container_mib`` its memory;
    None says there is no limit, so the machine decides.
    """
    chosen = None
    processors = None if cpu_limit is None else -int(-cpu_limit // 1)
    for option in options:
        if option in _OPTION:
            chosen = _OPTION[option]
        elif option.startswith(_PROCESSORS) and option[len(_PROCESSORS) :].isdecimal():
            processors = int(option[len(_PROCESSORS) :])
    if chosen:
        return chosen
    if (processors is not None and processors < 2) or (container_mib is not None and container_mib < SERVER_MEMORY_MIB):
        return SERIAL
    return None if processors is None or container_mib is None else G1


def reported_heap(xmx_bytes: int, collector: str | None, *, committed: bool = False) -> int:
    """The bytes ``Runtime.maxMemory`` reports for ``-Xmx`` of ``xmx_bytes``.

    ``committed`` says that -Xms is as large (so it is in executor pods). A collector that is not known is taken for
    the most generous one, so that nothing is called too small that may be enough.
    """
    if collector == SERIAL:
        heap = _up(xmx_bytes, 2 * _MIB)
        young = _down(heap // 3, 64 * _KIB)
        return heap - max(_down(young // 10, 64 * _KIB), 64 * _KIB)
    if collector == PARALLEL:
        heap = _up(xmx_bytes, 2 * _MIB)
        young = _down(heap // 3, 512 * _KIB)
        return heap - _down(young // (8 if committed else 3), 512 * _KIB)
    if collector in (G1, None):
        # Regions are a 2048th of the heap, rounded up to a power of two, between 1 and 32 MiB.
        region = 1 << (max(xmx_bytes // 2048, 1) - 1).bit_length()
        return _up(xmx_bytes, max(2 * _MIB, min(region, 32 * _MIB)))
    return xmx_bytes


def smallest_heap_mib(minimum_bytes: int, collector: str | None, *, committed: bool = False) -> int:
    """The smallest whole MiB of -Xmx with which a JVM reports at least ``minimum_bytes``."""
    heap_mib = -(-minimum_bytes // _MIB)
    while heap_mib > 1 and reported_heap((heap_mib - 1) * _MIB, collector, committed=committed) >= minimum_bytes:
        heap_mib -= 1
    while reported_heap(heap_mib * _MIB, collector, committed=committed) < minimum_bytes:
        heap_mib += 1
    return heap_mib


def _up(size: int, step: int) -> int:
    return -(-size // step) * step


def _down(size: int, step: int) -> int:
    return size // step * step
