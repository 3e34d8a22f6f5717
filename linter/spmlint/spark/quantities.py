"""Kubernetes quantities as the client library inside Spark reads them: what it refuses is much less than the API server.

Source: fabric8's ``Quantity``. It is split when it is made; the number is looked at only when quantities are compared.
"""

from __future__ import annotations

from spmlint.answer import V3_5

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from spmlint.answer import Versions

_NUMBER = frozenset("0123456789+-.")
_LETTERS = "eEinumkKMGTP"
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_DECIMAL = {"": 0, "n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}

_USUAL = 18
"""Digits."""


def check(text: str, spark: Versions) -> None:
    """Makes a quantity.

    Raises:
        ValueError: the library of this release refuses to: the text is empty, its suffix has a digit and ends in a letter,
            or (before 3.5) it is nothing but letters of suffixes.
    """
    if text.isdecimal():
        return
    if not text:
        raise ValueError("an empty text is no quantity")
    suffix = _split(text)[1]
    if suffix[-1:].isalpha() and any(letter.isdigit() for letter in suffix):
        raise ValueError(f"'{text}' is no quantity")
    if not text.strip(_LETTERS) and not spark >= V3_5:
        raise ValueError(f"'{text}' is no quantity: it has no number")


def _split(text: str) -> tuple[str, str]:
    at = next((index for index, letter in enumerate(text) if letter not in _NUMBER), len(text))
    return text[:at], text[at:]


def nanos(text: str) -> int | Decimal:
    """The number a quantity stands for, in billionths.

    Raises:
        ValueError: it has none.
    """
    number, suffix = _split(text)
    if number.isdecimal() and len(number) <= _USUAL and suffix in _DECIMAL:  # nearly all are, and need no decimals
        return int(number) * int(10 ** (9 + _DECIMAL[suffix]))
    from decimal import Decimal, InvalidOperation

    try:
        if suffix in _BINARY:
            return Decimal(number) * (1 << _BINARY[suffix]) * 10**9
        if suffix[:1] in ("e", "E") and len(suffix) > 1:
            return Decimal(number).scaleb(9 + int(suffix[1:]))
        return Decimal(number).scaleb(9 + _DECIMAL[suffix])
    except (InvalidOperation, KeyError, ValueError):
        raise ValueError(f"'{text}' is no quantity") from None
