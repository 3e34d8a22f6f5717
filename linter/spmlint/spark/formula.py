"""What the formulas of the model share: the settings they read, the notes they leave, how Spark refuses, Java's numbers."""

from __future__ import annotations

from spmlint.spark.entries import Refused
from spmlint.spark.numbers import parse_int, trim
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    from spmlint.answer import Version, Versions

    class Conf(Protocol):
        """The settings of one job, as far as they are known."""

        def get(self, key: str) -> str | None:
            """The text written for exactly this key, or None; may raise `spmlint.answer.Opaque`."""

        def keys(self) -> Iterable[str]:
            """The keys that are certainly written; may raise `spmlint.answer.Opaque`."""

        def keys_with(self, prefix: str) -> Iterable[str]:
            """The written keys that begin with ``prefix``; raises `spmlint.answer.Opaque` where there may be more."""

    class Note(Protocol):
        """Called once for each term of a sum."""

        def __call__(self, name: str, value: int | float | str, how: str) -> None:
            """``name`` has ``value``; ``how`` is the key it comes from, or a phrase."""


def silent(name: str, value: int | float | str, how: str) -> None:
    """Nobody asked how the number was made."""


class Written:
    """Plain settings as a `Conf`: everything is known."""

    __slots__ = ("_families", "_values", "get")

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._families: dict[str, list[str]] = {}
        self.get = values.get

    def keys(self) -> Iterable[str]:
        """Every key."""
        return self._values.keys()

    def keys_with(self, prefix: str) -> list[str]:
        """Every key that begins with ``prefix``."""
        if prefix not in self._families:
            self._families[prefix] = [key for key in self._values if key.startswith(prefix)]
        return self._families[prefix]


class Conflict(Refused):
    """Spark refuses what several keys say together. ``keys`` are all of them, the one to change first."""

    def __init__(self, reason: str, *keys: str) -> None:
        super().__init__(keys[0], reason)
        self.keys = keys


def read_whole(key: str, text: str) -> int:
    """A number Spark reads past its entries (Scala's ``toInt``), which takes no blanks around it.

    Raises:
        Refused: it is no whole number of 32 bits.
    """
    try:
        if text != trim(text):
            raise ValueError(f"'{text}' has blanks around the number")
        return parse_int(text)
    except ValueError as refusal:
        raise Conflict(str(refusal), key) from refusal


def check_written(conf: Conf, spark: Versions, since: Mapping[str, Version]) -> None:
    """Reads the written ones of some entries, each mapped to the release that first had it.

    Raises:
        Refused: Spark refuses one.
    """
    for key, version in since.items():
        if conf.get(key) is None:
            continue
        try:
            read(conf, key, spark)
        except KeyError:
            continue  # not an entry yet
        except Refused:
            if spark >= version:
                raise


def to_int(number: float) -> int:
    """Scala's ``Double.toInt``: truncated, at the ends of 32 bits where it is larger, 0 for NaN."""
    return _saturated(number, 31)


def to_long(number: float) -> int:
    """Scala's ``Double.toLong``: truncated, at the ends of 64 bits where it is larger, 0 for NaN."""
    return _saturated(number, 63)


def _saturated(number: float, bits: int) -> int:
    limit = 1 << bits
    if -limit < number < limit:
        return int(number)
    if number != number:
        return 0
    return limit - 1 if number > 0 else -limit


def wrapped_int(number: int) -> int:
    """What 32 bits keep of ``number``."""
    return (number + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def wrapped_long(number: int) -> int:
    """What 64 bits keep of ``number``."""
    return (number + 0x8000000000000000 & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000
