"""Sizes as Spark reads them: ``4g``, ``512m``, ``1048576``."""

from __future__ import annotations

from spmlint.answer import V4_2
from spmlint.spark.numbers import LONG_MAX, magnitude, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions

UNITS = ("b", "k", "m", "g", "t", "p")
"""Bytes, KiB, MiB, GiB, TiB, PiB: each 1024 of the one before."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_EXPONENT = {unit: 10 * index for index, unit in enumerate(UNITS)}
_SUFFIXES = _EXPONENT | {f"{unit}b": exponent for unit, exponent in _EXPONENT.items() if unit != "b"}
_SUFFIXES_SINCE_4_2 = {
    f"{unit}{ending}": exponent for unit, exponent in _EXPONENT.items() if unit != "b" for ending in ("i", "ib")
}


def is_bare(text: str) -> bool:
    """Whether ``text`` is digits and no unit, so that what it counts is the reader's choice. Trim it before."""
    return text.isascii() and text.isdecimal()


def parse_size(text: str, unit: str, spark: Versions) -> int:
    """What ``JavaUtils.byteStringAs`` makes of ``text``, in whole ``unit``\\ s (one of `UNITS`), truncated.

    ``unit`` is also what a bare number counts. There is no sign, no fraction and no blank before the suffix.

    Raises:
        ValueError: Spark refuses it.
    """
    lower = trim(text.lower())
    digits = lower.rstrip(_LETTERS)
    suffix = lower[len(digits) :]
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"'{text}' is not a size: digits and then at most a unit, such as 1536m, with nothing between")
    exponent = _EXPONENT[unit]
    if suffix:
        exponent = _SUFFIXES.get(suffix, _SUFFIXES_SINCE_4_2.get(suffix, -1))
        if exponent < 0:
            raise ValueError(f"'{text}' ends in '{suffix}', which is no unit of size")
    shift = exponent - _EXPONENT[unit]
    try:
        number = magnitude(digits, LONG_MAX >> max(shift, 0))
    except ValueError as refusal:
        raise ValueError(f"'{text}' is larger than Spark can count") from refusal
    # Asked last: only here does the answer depend on the release.
    if suffix in _SUFFIXES_SINCE_4_2 and not spark >= V4_2:
        raise ValueError(f"'{text}' ends in '{suffix}', which Spark reads only since 4.2")
    return number << shift if shift >= 0 else number >> -shift


def entry_size(text: str, unit: str, spark: Versions) -> int:
    """The same as a configuration entry reads it (``ConfigHelpers.byteFromString``): one leading minus negates.

    The minus must be the very first character; blanks may follow it, not come before it.

    Raises:
        ValueError: Spark refuses it.
    """
    if text.startswith("-"):
        return -parse_size(text[1:], unit, spark)
    return parse_size(text, unit, spark)


def spell_size(size_bytes: int) -> str:
    """The shortest text every release reads back as exactly ``size_bytes`` (not negative): ``1536m``, ``2g``, ``1000b``."""
    index = 0
    while index + 1 < len(UNITS) and size_bytes and size_bytes % 1024 == 0:
        size_bytes //= 1024
        index += 1
    return f"{size_bytes}{UNITS[index]}"
