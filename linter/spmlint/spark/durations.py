"""Durations as Spark reads them: ``120s``, ``10min``, ``60000``."""

from __future__ import annotations

from spmlint.spark.numbers import LONG_MAX, magnitude, trim

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NANOSECONDS = {
    "us": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "min": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
}
# A few entries count nanoseconds, which no text can name.
UNITS = {"ns": 1} | _NANOSECONDS
"""Every unit an answer can be wanted in, and its nanoseconds."""


def parse_duration(text: str, unit: str) -> int:
    """What ``JavaUtils.timeStringAs`` makes of ``text``, in whole ``unit``\\ s (one of `UNITS`), truncated towards zero.

    ``unit`` is also what a bare number counts. One leading minus is allowed. What overflows 64 bits becomes the largest
    or smallest number there is, as ``TimeUnit.convert`` does. The same in every release.

    Raises:
        ValueError: Spark refuses it.
    """
    lower = trim(text.lower())
    number = lower.rstrip(_LETTERS)
    suffix = lower[len(number) :]
    negative = number.startswith("-")
    digits = number[1:] if negative else number
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(
            f"'{text}' is not a duration: digits and then at most a unit, such as 120s, with nothing between"
        )
    if suffix and suffix not in _NANOSECONDS:
        raise ValueError(f"'{text}' ends in '{suffix}', which is no unit of time")
    try:
        count = magnitude(digits, LONG_MAX + negative)
    except ValueError as refusal:
        raise ValueError(f"'{text}' is longer than Spark can count") from refusal
    converted = count * UNITS[suffix or unit] // UNITS[unit]
    return max(-converted, -LONG_MAX - 1) if negative else min(converted, LONG_MAX)
