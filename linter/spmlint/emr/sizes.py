"""The size strings of the EMR Serverless API, which are neither Spark's nor Kubernetes'.

Source: the patterns of the shapes CpuSize, MemorySize, DiskSize and DiskType in botocore's model emr-serverless/2021-07-13.
botocore itself does not check them; the service does. A GB of EMR is a GiB, as far as bills show (not documented).
"""

from __future__ import annotations

from spmlint.patterns import pattern

STANDARD, SHUFFLE_OPTIMIZED = "STANDARD", "SHUFFLE_OPTIMIZED"

_LONGEST = 15
_SHAPE = pattern(r"(?a)([0-9]+)(\s*)([A-Za-z]*)")
_GB = frozenset({"GB", "gb", "gB", "Gb"})
_CPU = frozenset({"vCPU", "vcpu", "VCPU"})
_DISK_TYPE = pattern(r"SHUFFLE_OPTIMIZED|[Ss]huffle_[Oo]ptimized|STANDARD|[Ss]tandard")
_PROPERTY_DISK = pattern(r"([1-9][0-9]*)[gG][bB]?")


class SizeError(ValueError):
    """The service answers ValidationException. ``reason`` is a phrase; ``suggestion`` what was probably meant, or None."""

    def __init__(self, text: str, reason: str, suggestion: str | None = None) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason
        self.suggestion = suggestion


def parse_cpu(text: str) -> int:
    """Whole vCPU of a ``cpu`` field: ``4 vCPU``, ``4vCPU`` or ``4``.

    Raises:
        SizeError: the service refuses it (``4 vCpu``, ``0.5 vCPU``, ``4 cores``).
    """
    return _parse(text, _CPU, "vCPU", unit_needed=False)


def parse_memory_gb(text: str) -> int:
    """GB of a ``memory`` field: ``16 GB``, ``16GB`` or ``16``.

    Raises:
        SizeError: the service refuses it (``16g``, ``16 GiB``, ``16384 MB``).
    """
    return _parse(text, _GB, "GB", unit_needed=False)


def parse_disk_gb(text: str) -> int:
    """GB of a ``disk`` field: ``20 GB`` or ``200gb``; here the unit is mandatory.

    Raises:
        SizeError: the service refuses it (``20``, ``200G``, ``2 TB``).
    """
    return _parse(text, _GB, "GB", unit_needed=True)


def parse_disk_type(text: str) -> str:
    """`STANDARD` or `SHUFFLE_OPTIMIZED` of a ``diskType`` field, some spellings of which are accepted.

    Raises:
        SizeError: the service refuses it (``SHUFFLE_optimized``, ``shuffle-optimized``).
    """
    if _DISK_TYPE.fullmatch(text):
        return text.upper()
    known = text.strip().upper().replace("-", "_").replace(" ", "_")
    raise SizeError(text, "no disk type", known if known in (STANDARD, SHUFFLE_OPTIMIZED) else None)


def parse_property_disk_gb(text: str) -> int:
    """GB of ``spark.emr-serverless.{driver,executor}.disk``: ``20G``, ``200g``, ``500GB``.

    Source: the default ``20G`` in the user guide (jobs-spark) and values seen in use. **Not verified**: the service's own
    grammar is not documented, so that a value refused here may still be accepted there.

    Raises:
        SizeError: no spelling that was seen.
    """
    size = _PROPERTY_DISK.fullmatch(text)
    if size is None:
        raise SizeError(text, "not a whole number of G", _meant(text, "G"))
    return int(size[1])


def _parse(text: str, units: frozenset[str], unit: str, *, unit_needed: bool) -> int:
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise SizeError(text, f"not a whole number of {unit}", _meant(text, unit))
    number, blanks, written = shape.groups()
    if number.startswith("0"):
        raise SizeError(text, "the number may not begin with 0", _meant(text, unit))
    if written and written not in units:
        raise SizeError(text, f"the unit must be {unit}", _meant(text, unit))
    if unit_needed and not written:
        raise SizeError(text, f"the unit {unit} is missing", _meant(text, unit))
    if len(blanks) > 1:
        raise SizeError(text, "one blank at most before the unit", _meant(text, unit))
    if len(text) > _LONGEST:
        raise SizeError(text, f"longer than {_LONGEST} characters")
    return int(number)


_MEANT = pattern(r"(?a)([0-9]+)(?:\.0+)?\s*([A-Za-z]*)")


def _meant(text: str, unit: str) -> str | None:
    """The size in ``unit`` (``vCPU``, ``GB`` or, for properties, ``G``) that ``text`` probably means, or None."""
    match = _MEANT.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        return None
    number, written = int(match[1]), match[2].lower()
    if unit == "vCPU":
        return f"{number} vCPU" if written in ("", "vcpu", "vcpus", "cpu", "cpus", "core", "cores", "c") else None
    if written in ("m", "mb", "mi", "mib") and number % 1024 == 0:
        number //= 1024
    elif written in ("t", "tb", "ti", "tib"):
        number *= 1000
    elif written not in ("", "g", "gb", "gi", "gib"):
        return None
    return f"{number}G" if unit == "G" else f"{number} GB"
