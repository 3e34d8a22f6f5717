"""Plain values as Spark's converters read them: Java's and Scala's own grammars for booleans and numbers.

Every reader trims first (``String.trim``: all characters up to U+0020, nothing else) and raises ``ValueError`` where
Spark refuses.
"""

from __future__ import annotations

from spmlint.answer import V4_0

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from spmlint.answer import Versions

INT_MAX = 2**31 - 1
LONG_MAX = 2**63 - 1

_BLANKS = "".join(map(chr, range(0x21)))
_LONG_DIGITS = len(str(LONG_MAX))
_HEX = "0123456789abcdefABCDEF"


def trim(text: str) -> str:
    """``java.lang.String.trim``: a no-break space stays."""
    return text.strip(_BLANKS)


def magnitude(digits: str, limit: int) -> int:
    """The number decimal ``digits`` spell, in time that does not grow with their count.

    Raises:
        ValueError: it is larger than ``limit`` (at most Long's range).
    """
    significant = digits.lstrip("0") if digits[0] == "0" else digits
    if len(significant) > _LONG_DIGITS or (significant and int(significant) > limit):
        raise ValueError(f"a number larger than {limit}")
    return int(significant or "0")


def _plain(text: str) -> str:
    """``text`` with the digits of other scripts, as far as Java knows them, replaced by ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(int(mark)) if mark.isdecimal() and mark <= "\uffff" else mark for mark in text)


def parse_boolean(text: str, spark: Versions) -> bool:
    """``true`` or ``false`` in any case (Scala's ``toBoolean``).

    Raises:
        ValueError: anything else, so ``yes``, ``1`` and ``on`` too.
    """
    word = trim(text)
    lower = word.lower()
    if lower == "true":
        return True
    # Scala 2.13 compares by upper case as well, where U+017F is an S.
    if lower == "false" or (word.upper() == "FALSE" and spark >= V4_0):
        return False
    raise ValueError(f"'{text}' is neither true nor false")


def parse_int(text: str) -> int:
    """A 32-bit integer (``Integer.parseInt``): an optional sign and decimal digits of any script.

    Raises:
        ValueError: anything else, or out of range.
    """
    return _parse_integer(text, INT_MAX, "a whole number of 32 bits")


def parse_long(text: str) -> int:
    """A 64-bit integer (``Long.parseLong``): an optional sign and decimal digits of any script.

    Raises:
        ValueError: anything else, or out of range.
    """
    return _parse_integer(text, LONG_MAX, "a whole number of 64 bits")


def _parse_integer(text: str, limit: int, what: str) -> int:
    word = trim(text)
    negative = word.startswith("-")
    digits = word[1:] if negative or word.startswith("+") else word
    # Java looks at UTF-16 units, so a digit outside the basic plane is none.
    if not digits.isdecimal() or max(digits) > "\uffff":
        raise ValueError(f"'{text}' is not {what}")
    try:
        plain = _plain(digits)
        return -magnitude(plain, limit + 1) if negative else magnitude(plain, limit)
    except ValueError as refusal:
        raise ValueError(f"'{text}' is not {what}") from refusal


def parse_double(text: str) -> float:
    """A floating-point number (``Double.parseDouble``): also ``NaN``, ``Infinity``, ``0x1p-2`` and a type letter (``0.1f``).

    Raises:
        ValueError: anything else. A number too large is Infinity, not refused.
    """
    word = trim(text)
    body = word[1:] if word[:1] in ("+", "-") else word
    if body in ("NaN", "Infinity"):
        return float(word)
    # A type letter is no digit of a hexadecimal number either: there it can only follow the exponent.
    untyped = body[:-1] if body[-1:] in ("f", "F", "d", "D") else body
    if untyped[:2] in ("0x", "0X"):
        return -_parse_hexadecimal(text, untyped) if word[0] == "-" else _parse_hexadecimal(text, untyped)
    # What is left of Python's grammar once its own additions are excluded is Java's.
    if untyped.strip("0123456789.eE+-") or untyped[:1] in ("", "+", "-"):
        raise ValueError(f"'{text}' is not a number")
    try:
        number = float(untyped)
    except ValueError:
        raise ValueError(f"'{text}' is not a number") from None
    return -number if word[0] == "-" else number


def _parse_hexadecimal(text: str, untyped: str) -> float:
    mantissa, mark, exponent = untyped[2:].replace("P", "p").partition("p")
    whole, _, fraction = mantissa.partition(".")
    power = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    if not (mark and whole + fraction and power.isascii() and power.isdigit()) or (whole + fraction).strip(_HEX):
        raise ValueError(f"'{text}' is not a number")
    try:
        return float.fromhex(untyped)
    except OverflowError:
        return float("inf")


def parse_decimal(text: str) -> int | Decimal:
    """A decimal number kept exactly (``scala.math.BigDecimal``), with decimal digits of any script.

    Raises:
        ValueError: anything else, or an exponent beyond 32 bits.
    """
    word = trim(text)
    if word.isascii() and word.isdigit() and len(word) < _LONG_DIGITS:
        return int(word)
    from decimal import Decimal, InvalidOperation

    plain = _plain(word)
    mantissa, mark, exponent = plain.replace("E", "e").partition("e")
    if plain.strip("0123456789.eE+-") or (mark and exponent[1:].startswith(("+", "-"))):
        raise ValueError(f"'{text}' is not a decimal number")
    try:
        scale = parse_int(exponent) if mark else 0
        return Decimal(f"{mantissa}e{scale}")
    except (ValueError, InvalidOperation):
        raise ValueError(f"'{text}' is not a decimal number") from None
