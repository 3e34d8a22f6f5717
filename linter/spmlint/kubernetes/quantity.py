"""Kubernetes quantities: the strings in which a pod asks for memory, CPU and disk.

The grammar is that of ``resource.ParseQuantity`` (k8s.io/apimachinery/pkg/api/resource/quantity.go and suffix.go), read
the way an object is decoded: blanks around the text are trimmed, blanks inside it never. Spark's own sizes are another
language (``1g`` is legal there and ``1Gi`` is not; here it is the reverse).

A parsed quantity is an int in *nano-units* (thousand-millionths of a byte or a core): a quantity has no finer steps, so
every one is exact. Rounding is away from zero, as in Kubernetes. One deviation: Kubernetes caps at 2^63-1 only what has
a binary suffix and lets other values overflow later (an exponent even wraps around 32 bits); here all are capped.
"""

from __future__ import annotations

from spmlint.answer import Senseless
from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

NANOS = 10**9
"""Nano-units in one byte or one core."""

MAXIMUM = 2**63 - 1
"""The largest quantity, in whole units."""

ALPHABET = frozenset("+-.0123456789eEinumkKMGTP")
"""The characters a quantity is made of: with any other one in it, a text is none whatever else it holds."""

_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}

_DECIMAL_NANOS = {suffix: int(10 ** (9 + power)) for suffix, power in _DECIMAL.items()}
_LETTERS = "EGKMPTikmnu"
_USUAL = 18
"""Digits."""
_SHAPE = pattern(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)")
_EXPONENT = pattern(r"[eE]([-+]?[0-9]+)")
_LONGEST = 200
"""Characters; Kubernetes has no such bound, but no field holds a longer number."""


class QuantityError(Senseless):
    """The text is not a quantity. ``text`` is it, ``reason`` is what the API server answers."""

    reason: ClassVar[str]

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r}: {self.reason}")
        self.text = text

    @property
    def size_meant(self) -> str | None:
        """The quantity of memory or disk that was probably meant, or None."""
        return size_meant(self.text)

    @property
    def cpu_meant(self) -> str | None:
        """The quantity of CPU that was probably meant, or None."""
        return cpu_meant(self.text)


class NotAQuantity(QuantityError):
    """The text has not even the shape of a quantity (``1g``, ``4GB``, ``1 Gi``)."""

    reason = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"


class UnknownSuffix(QuantityError):
    """A number followed by letters of the alphabet of suffixes that form none (``1K``, ``1mi``, ``1e``)."""

    reason = "unable to parse quantity's suffix"


class NoNumber(QuantityError):
    """A suffix without a number. Only ``Pi``, ``Ei`` and negative exponents get here: a bare ``Gi`` parses, as zero."""

    reason = "unable to parse numeric part of quantity"


def parse_quantity(text: str) -> int:
    """The value in nano-units.

    Source: ``ParseQuantity``, apimachinery/pkg/api/resource/quantity.go.

    Raises:
        QuantityError: one of its three subclasses, which tell why.
    """
    text = text.strip()
    number = text.rstrip(_LETTERS)
    if number.isdecimal() and number.isascii() and len(number) <= _USUAL:  # nearly all are, and need no pattern
        suffix = text[len(number) :]
        if suffix in _BINARY:
            return min(int(number) << _BINARY[suffix], MAXIMUM) * NANOS
        if suffix in _DECIMAL_NANOS:
            return min(int(number) * _DECIMAL_NANOS[suffix], MAXIMUM * NANOS)
    shape = _SHAPE.fullmatch(text)
    if shape is None or not text or len(text) > _LONGEST:
        raise NotAQuantity(text)
    sign, whole, fraction, suffix = shape.groups()
    fraction = fraction or ""
    digits = whole + fraction
    if suffix in _BINARY:
        if not digits and _BINARY[suffix] >= 50:
            raise NoNumber(text)
        nanos = _scaled(int(digits or "0") << _BINARY[suffix], 9 - len(fraction))
    else:
        exponent = _decimal_exponent(text, suffix)
        if not digits and exponent < -9:
            raise NoNumber(text)
        nanos = _scaled(int(digits or "0"), exponent + 9 - len(fraction))
    nanos = min(nanos, MAXIMUM * NANOS)
    return -nanos if sign == "-" else nanos


def _decimal_exponent(text: str, suffix: str) -> int:
    """The power of ten that a decimal suffix or exponent stands for."""
    if suffix in _DECIMAL:
        return _DECIMAL[suffix]
    exponent = _EXPONENT.fullmatch(suffix)
    if exponent is None or abs(int(exponent[1])) > MAXIMUM:
        raise UnknownSuffix(text)
    return int(exponent[1])


def _scaled(number: int, exponent: int) -> int:
    """``number * 10 ** exponent`` rounded up; exponents beyond any text's digits make no difference any more."""
    scale: int = 10 ** min(abs(exponent), 2 * _LONGEST)
    return number * scale if exponent >= 0 else round_up(number, scale)


def round_up(amount: int, step: int) -> int:
    """``amount / step`` as an int, rounded away from zero (``Quantity.ScaledValue``)."""
    return -(-amount // step) if amount >= 0 else amount // step


def bytes_of(text: str) -> int:
    """Whole bytes of a quantity of memory or disk: ``Quantity.Value``, so ``400m`` is 1.

    Raises:
        QuantityError: not a quantity; `QuantityError.size_meant` may know better.
    """
    return round_up(parse_quantity(text), NANOS)


def millicores_of(text: str) -> int:
    """Thousandths of a core of a quantity of CPU: ``Quantity.MilliValue``.

    Raises:
        QuantityError: not a quantity; `QuantityError.cpu_meant` may know better.
    """
    return round_up(parse_quantity(text), NANOS // 1000)


def milli_of(text: str) -> int:
    """Thousandths of any resource's unit, as the API keeps every amount of a resource list.

    Source: ``SetDefaults_ResourceList``, pkg/apis/core/v1/defaults.go.

    Raises:
        QuantityError: not a quantity.
    """
    return round_up(parse_quantity(text), NANOS // 1000)


def is_decimal_size(text: str) -> bool:
    """Whether a size ends in k, M, G, T, P or E, whose steps are of 1000: ``1G`` is 6.9 % less than ``1Gi``."""
    return text.strip()[-1:] in ("k", "M", "G", "T", "P", "E")


def format_bytes(count: int) -> str:
    """``count`` bytes with the largest binary suffix that loses nothing: ``1536Mi``, ``1Gi``, ``1000``."""
    for suffix, power in reversed(_BINARY.items()):
        if count and count % (1 << power) == 0:
            return f"{count >> power}{suffix}"
    return str(count)


def format_millicores(count: int) -> str:
    """``count`` millicores as a quantity in canonical form: ``1500m``, ``2``."""
    return f"{count}m" if count % 1000 else str(count // 1000)


_THOUSANDS = pattern(r"[+-]?[0-9]+,[0-9]{3}")
_SPELLING = pattern(r"([+-]?[0-9]+(?:[.,][0-9]+)?|[+-]?\.[0-9]+)\s*([A-Za-z]*)")
_SIZES = {"": "", "b": "", "byte": "", "bytes": ""} | {
    spelling: letter.upper() + "i"
    for letter in "kmgtp"
    for spelling in (letter, letter + "b", letter + "i", letter + "ib")
}
_CPUS = dict.fromkeys(("", "c", "core", "cores", "cpu", "cpus", "vcpu", "vcpus"), "") | dict.fromkeys(
    ("m", "milli", "millicore", "millicores", "mcore", "mcores", "mcpu"), "m"
)


def size_meant(text: str) -> str | None:
    """The memory or disk quantity somebody who wrote ``4GB``, ``4g``, ``4GiB``, ``1 Gi`` or ``400m`` meant, or None."""
    return _meant(text, _SIZES)


def cpu_meant(text: str) -> str | None:
    """The CPU quantity somebody who wrote ``1 core`` or ``500 m`` meant, or None."""
    return _meant(text, _CPUS)


def _meant(text: str, units: dict[str, str]) -> str | None:
    spelling = _SPELLING.fullmatch(text.strip().replace("_", ""))
    if spelling is None or spelling[2].lower() not in units:
        return None
    number = spelling[1]
    if _THOUSANDS.fullmatch(number):
        return None  # 1,024 may be a thousand or a little more than one
    return number.replace(",", ".") + units[spelling[2].lower()]
