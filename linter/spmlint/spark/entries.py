"""What ``conf.get(ConfigEntry)`` answers: the written value, an older key's, the fallback's, or the default.

Follows ``ConfigEntry.readFrom``, ``ConfigReader.substitute`` and ``SparkConf.getDeprecatedConfig``.
"""

from __future__ import annotations

from spmlint.answer import Opaque, Senseless
from spmlint.spark.catalogue import entry
from spmlint.spark.durations import parse_duration
from spmlint.spark.numbers import INT_MAX, parse_boolean, parse_decimal, parse_double, parse_int, parse_long, trim
from spmlint.spark.sizes import entry_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal
    from typing import Any, Protocol

    from spmlint.answer import Versions
    from spmlint.spark.catalogue import Entry, Limits, Variant

    class Settings(Protocol):
        """Whatever holds written settings."""

        def get(self, key: str, /) -> str | None:
            """The text written for exactly this key, or None; may raise `spmlint.answer.Opaque`."""

    Value = int | float | bool | str | list[str] | list[int] | Decimal


class Refused(Senseless):
    """Spark refuses what is written for ``key`` as soon as it reads the entry; ``reason`` says why in a phrase."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def read(conf: Settings, key: str, spark: Versions) -> Value | None:
    """The value Spark works with for the entry ``key``, in the entry's own unit; None where it has none.

    Raises:
        Refused: Spark refuses the written value.
        KeyError: Spark has no such entry.
        Opaque: the value, or a default that depends on the machine, cannot be known here.
        Split: the releases still possible read different values.
    """
    found = entry(key, spark)
    if found is None:
        raise KeyError(key)
    written = _written(conf, found, spark)
    if written is not None:
        return _converted(found, *written, spark)
    fallback = found.fallback
    if fallback is not None:
        return read(conf, fallback, spark)
    if found.ask(lambda variant: variant.computed):
        raise Opaque(f"the default of {key} depends on the machine")
    default = found.default
    return None if default is None else _converted(found, key, default, spark)


def check(key: str, text: str, spark: Versions) -> None:
    """Whether the entry ``key`` accepts ``text``, references already replaced.

    Raises:
        Refused: it does not.
        KeyError: Spark has no such entry.
        Opaque: only the running JVM could tell.
        Split: only some of the releases still possible accept it.
    """
    at = key, text, spark.options
    if at in _accepted:
        return
    found = entry(key, spark)
    if found is None:
        raise KeyError(key)
    _converted(found, key, text, spark)
    if len(_accepted) == _MOST_ACCEPTED:
        _accepted.clear()
    _accepted.add(at)


_accepted: set[tuple[str, str, tuple[Any, ...]]] = set()
"""Key, text and releases of what `check` let pass: several rules ask the same, and jobs of one team are alike."""
_MOST_ACCEPTED = 20_000


def _written(conf: Settings, found: Entry, spark: Versions) -> tuple[str, str] | None:
    """The key that is set and the text the entry reads, which an always prepended key may begin."""
    pieces: list[tuple[str, str]] = []
    prepended = found.ask(lambda variant: variant.prepended)
    if prepended is not None:
        text = conf.get(prepended)
        if text is not None:
            pieces.append((prepended, substitute(conf, prepended, text, spark)))
    for name in _names(found):
        text = conf.get(name)
        if text is not None:
            pieces.append((name, substitute(conf, name, _translated(name, text), spark)))
            break
    if not pieces:
        return None
    separator = found.ask(lambda variant: variant.separator)
    return pieces[-1][0], separator.join(text for _, text in pieces)


def _names(found: Entry) -> Iterator[str]:
    """The key and then, only if they are needed, the older ones."""
    yield found.key
    yield from found.old


def _translated(name: str, text: str) -> str:
    """What Spark makes of the text of an older key that counted in something else (``SparkConf.configsWithAlternatives``)."""
    translation = TRANSLATIONS.get(name)
    if translation is None:
        return text
    try:
        return translation(text)
    except ValueError as refusal:
        raise Refused(name, str(refusal)) from None


def _kib_of_mib(text: str) -> str:
    mib = parse_double(text)
    return f"{0 if mib != mib else int(max(-INT_MAX - 1, min(mib * 1000, INT_MAX)))}k"


def _seconds_of_tries(text: str) -> str:
    if text != trim(text):
        raise ValueError(f"'{text}' has blanks around its number")
    # Java's product wraps round.
    return f"{(parse_long(text) * 10 + 2**63) % 2**64 - 2**63}s"


TRANSLATIONS: dict[str, Callable[[str], str]] = {
    "spark.kryoserializer.buffer.mb": _kib_of_mib,
    "spark.yarn.applicationMaster.waitTries": _seconds_of_tries,
}
"""The older keys whose text Spark rewrites before the newer entry reads it."""


def substitute(conf: Settings, key: str, text: str, spark: Versions, used: tuple[str, ...] = ()) -> str:
    """``text`` with every ``${other.key}`` replaced by what is set for it, or by its default; others stay as they are.

    Raises:
        Refused: a reference leads back to itself.
        Opaque: it refers to the environment or to a system property.
    """
    if "${" not in text:
        return text
    import re

    def replacement(reference: re.Match[str]) -> str:
        prefix, name = reference.groups()
        if prefix in ("env", "system"):
            raise Opaque(f"{reference.group()} is known only where the job runs")
        if prefix is not None:
            return reference.group()
        if name in used:
            raise Refused(key, f"${{{name}}} refers to itself")
        value = _text_or_default(conf, name, spark)
        return reference.group() if value is None else substitute(conf, key, value, spark, (*used, name))

    return re.sub(r"\$\{(?:(\w+?):)?(\S+?)\}", replacement, text, flags=re.ASCII)


def _text_or_default(conf: Settings, name: str, spark: Versions) -> str | None:
    found = entry(name, spark)
    text = conf.get(name) if name.startswith("spark.") else None
    if text is not None or found is None:
        return text
    for old in found.old:
        text = conf.get(old)
        if text is not None:
            return _translated(old, text)
    if found.ask(lambda variant: variant.computed):
        raise Opaque(f"the default of {name} depends on the machine")
    return found.default if found.fallback is None else _text_or_default(conf, found.fallback, spark)


def _converted(found: Entry, written: str, text: str, spark: Versions) -> Value:
    """The value of ``text``; releases are only told apart where they make different things of it."""
    reasons: list[ValueError | Opaque] = []

    def value_in(variant: Variant) -> Value | type[ValueError | Opaque]:
        try:
            return _convert(variant, text, spark)
        except (ValueError, Opaque) as reason:
            reasons.append(reason)
            return ValueError if isinstance(reason, ValueError) else Opaque

    value = found.ask(value_in)
    if isinstance(value, type):
        reason = [reason for reason in reasons if isinstance(reason, value)][-1]
        raise reason if isinstance(reason, Opaque) else Refused(written, str(reason))
    return value


def _convert(variant: Variant, text: str, spark: Versions) -> Value:
    value: Any
    if variant.many:
        value = [item for item in map(trim, text.split(",")) if item]
        if variant.kind == "long":
            value = [parse_long(item) for item in value]
        else:
            value = [_word(variant, item) for item in value]
    elif variant.untrimmed and text != trim(text):
        raise ValueError(f"'{text}' has blanks around its value")
    else:
        value = _READERS[variant.kind](variant, text, spark)
    if variant.ranges is not None and not any(_within(value, limits) for limits in variant.ranges):
        unit = _UNIT_NAMES.get(f"{variant.kind}:{variant.unit}", "")
        raise ValueError(f"'{text}' must be {' or '.join(map(_spelled, variant.ranges))}{unit}")
    if variant.check is not None and text != variant.default:
        try:
            from spmlint.spark.checks import CHECKS

            CHECKS[variant.check](value, variant)
        except ValueError as refusal:
            raise ValueError(f"'{text}' {refusal}") from None
    return value  # type: ignore[no-any-return]


def _word(variant: Variant, text: str) -> str:
    word = trim(text) if variant.trim else text
    if variant.fold == "upper":
        word = word.upper()
    elif variant.fold == "lower":
        word = word.lower()
    elif variant.fold == "default" and variant.default is not None and word.lower() == variant.default.lower():
        word = variant.default
    if variant.one_of is not None and variant.check is None and word not in variant.one_of:
        raise ValueError(f"'{text}' is none of {', '.join(variant.one_of)}")
    return word


def _pattern(text: str) -> str:
    from spmlint.spark.checks import regular_expression

    regular_expression(text)
    return text


_READERS: dict[str, Callable[[Variant, str, Versions], Any]] = {
    "boolean": lambda variant, text, spark: parse_boolean(text, spark),
    "int": lambda variant, text, spark: parse_int(text),
    "long": lambda variant, text, spark: parse_long(text),
    "double": lambda variant, text, spark: parse_double(text),
    "decimal": lambda variant, text, spark: parse_decimal(text),
    "bytes": lambda variant, text, spark: entry_size(text, variant.unit or "b", spark),
    "time": lambda variant, text, spark: parse_duration(text, variant.unit or "ms"),
    "regex": lambda variant, text, spark: text if text == variant.default else _pattern(text),
    "string": lambda variant, text, spark: _word(variant, text),
    "enum": lambda variant, text, spark: _word(variant, text),
}

_UNIT_NAMES = {
    "bytes:b": " bytes",
    "bytes:k": " KiB",
    "bytes:m": " MiB",
    "time:ms": " milliseconds",
    "time:s": " seconds",
    "time:m": " minutes",
}


def _within(value: float, limits: Limits) -> bool:
    low, low_included, high, high_included = limits
    above = low is None or value > low or (low_included and value == low)
    return above and (high is None or value < high or (high_included and value == high))


def _spelled(limits: Limits) -> str:
    low, low_included, high, high_included = limits
    if low == high:
        return f"{low}"
    least = None if low is None else f"at least {low}" if low_included else f"above {low}"
    most = None if high is None else f"at most {high}" if high_included else f"below {high}"
    return " and ".join(limit for limit in (least, most) if limit)
