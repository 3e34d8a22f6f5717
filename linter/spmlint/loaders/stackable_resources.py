"""The arithmetic by which the Stackable operator makes cores and heaps of Kubernetes quantities.

It computes in single precision (subtract_spark_memory_overhead and cores_from_quantity in crd/mod.rs, MemoryQuantity in
operator-rs), which decides where a quotient is close to a whole number.
"""

from __future__ import annotations

import struct
from math import ceil, floor

from spmlint.patterns import pattern

DEFAULTS = {"cpu.min": "250m", "cpu.max": "1", "memory.limit": "1Gi"}
"""What driver and executor have where the application does not say (RoleConfig::default_config)."""

LEAST_OVERHEAD_MIB = 384
_JVM_FACTOR, _OTHER_FACTOR = 0.1, 0.4
_UNITS = {"Ki": -1, "Mi": 0, "Gi": 1, "Ti": 2, "Pi": 3, "Ei": 4}
_MEMORY = pattern(r"([0-9]{1,12}(?:\.[0-9]*)?|\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei)")
_CPU = pattern(r"([0-9]{1,12}(?:\.[0-9]*)?|\.[0-9]+)(m?)")


def heap_mib(limit: str, *, is_java: bool) -> int | None:
    """The heap for a memory limit, in MiB; None where the operator cannot read it: it takes binary units alone.

    ``is_java`` is whether the application names a main class.
    """
    found = _MEMORY.fullmatch(limit)
    if found is None:
        return None
    value, exponent = _single(float(found[1])), _UNITS[found[2]]
    whole = floor(_single(value * 1024.0**exponent))
    if whole < LEAST_OVERHEAD_MIB:
        return whole
    part = _single(1 / _single(1 + _single(_JVM_FACTOR if is_java else _OTHER_FACTOR)))
    reduced = floor(_single(_single(value * part) * 1024.0**exponent))
    return whole - max(LEAST_OVERHEAD_MIB, whole - reduced)


def cores(quantity: str) -> int | None:
    """Whole cores for a CPU quantity, rounded up; None where the operator cannot read it."""
    found = _CPU.fullmatch(quantity)
    if found is None:
        return None
    value = _single(float(found[1]))
    return ceil(_single(value / 1000) if found[2] else value)


def _single(number: float) -> float:
    """The nearest single-precision number."""
    rounded: float = struct.unpack("f", struct.pack("f", number))[0]
    return rounded
