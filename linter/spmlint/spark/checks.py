"""The checks of single entries that are neither a range nor a list of words.

Each is named in ``catalogue.tsv`` and takes the converted value and what the catalogue says of the entry. It raises
``ValueError`` with a phrase where Spark refuses, and `spmlint.answer.Opaque` where only the running JVM could tell.
"""

from __future__ import annotations

from spmlint.answer import Opaque
from spmlint.spark.numbers import INT_MAX, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from typing import Any

    from spmlint.spark.catalogue import Variant

_POD_NAME_PREFIX_MAX = 253 - len(f"{INT_MAX}") - len("-exec-")
_SOCKET_DIRECTORY_MAX = 61
# ZoneId.SHORT_IDS and the names of the zero offset; other regions are known to Java's time zone data only.
_ZONES = frozenset(
    (
        *(
            "ACT",
            "AET",
            "AGT",
            "ART",
            "AST",
            "BET",
            "BST",
            "CAT",
            "CNT",
            "CST",
            "CTT",
            "EAT",
            "ECT",
            "EST",
            "HST",
            "IET",
            "IST",
        ),
        *(
            "JST",
            "MIT",
            "MST",
            "NET",
            "NST",
            "PLT",
            "PNT",
            "PRT",
            "PST",
            "SST",
            "VST",
            "UTC",
            "GMT",
            "UT",
            "Z",
            "Etc/UTC",
        ),
    )
)


def _five_minutes(value: int, variant: Variant) -> None:
    if value < 0 or value % 5:
        raise ValueError("must be 0 or a multiple of 5 minutes")


def _task_cpus(value: int | Decimal, variant: Variant) -> None:
    places = 0
    if value > 0 and not isinstance(value, int):
        _, digits, exponent = value.as_tuple()
        places = -int(exponent) - (len(digits) - len("".join(map(str, digits)).rstrip("0")))
    if not 0 < value <= INT_MAX or places > 9:
        raise ValueError(f"must be above 0, at most {INT_MAX}, and have at most 9 decimal places")


def _pod_name_prefix(value: str, variant: Variant) -> None:
    labels = value.split(".")
    letters = all(mark.isascii() and (mark.isdigit() or mark.islower() or mark in "-.") for mark in value)
    if not (letters and all(label and label[0] != "-" and label[-1] != "-" for label in labels)):
        raise ValueError("must be a DNS subdomain name: lower-case letters, digits, '-' and '.'")
    if len(value) > _POD_NAME_PREFIX_MAX:
        raise ValueError(f"must not be longer than {_POD_NAME_PREFIX_MAX} characters")


def _trailing_slash(value: str, variant: Variant) -> None:
    if not value.endswith("/"):
        raise ValueError("must end with '/'")


def _proxy_url(value: str, variant: Variant) -> None:
    if not {"proxy", "history"}.isdisjoint(value.split("/")):
        raise ValueError("must not contain 'proxy' or 'history' between slashes")


def _socket_directory(value: str, variant: Variant) -> None:
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 > _SOCKET_DIRECTORY_MAX:
        raise ValueError(f"must not be longer than {_SOCKET_DIRECTORY_MAX} characters")


def _some_directory(value: str, variant: Variant) -> None:
    if not any(map(trim, value.split(","))):
        raise ValueError("must name at least one directory")


def _no_kafka_prefix(value: list[str], variant: Variant) -> None:
    if any(name.lower().startswith("kafka.") for name in value):
        raise ValueError("must list the options without 'kafka.'")


def _id_pattern(value: str, variant: Variant) -> None:
    # Character.isWhitespace knows neither NEL nor the no-break spaces.
    if any(mark.isspace() and mark not in "\x85\xa0\u2007\u202f" for mark in value):
        raise ValueError("must not contain blanks")
    if "%" in value:
        raise Opaque("a pattern for java.util.Formatter")


def _serial_filter(value: str, variant: Variant) -> None:
    if not trim(value):
        raise ValueError("must not be empty")
    raise Opaque("a filter pattern for Java's serialization")


def _sql_path(value: str, variant: Variant) -> None:
    if trim(value):
        raise Opaque("a list in SQL grammar")


def _loadable_class(value: str, variant: Variant) -> None:
    raise Opaque("a class on the job's class path")


def _hive_version(value: str, variant: Variant) -> None:
    """``2.3``, ``2.3.9``, ``2.3.9-amzn-1``: Spark looks at major and minor only (``IsolatedClientLoader.hiveVersion``)."""
    import re

    version = re.fullmatch(r"([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+)(?:[.-].*)?)?)?", value)
    numbers = [int(part or 0) for part in version.groups()] if version else [-1, 0, 0]
    # The first versions could be given without their "0.".
    name = f"0.{numbers[0]}" if numbers[0] in (12, 13, 14) else f"{numbers[0]}.{numbers[1]}"
    supported = variant.one_of or ()
    if max(numbers) > INT_MAX or name not in supported:
        raise ValueError(f"must be a version of the Hive metastore Spark can talk to: {', '.join(supported)}")


def _time_zone(value: str, variant: Variant) -> None:
    """``DateTimeUtils.getZoneId``: a zone offset, or the name of a region, which only the JVM's own list can tell."""
    import re

    if value in _ZONES:
        return
    offset = re.fullmatch(r"(?:UTC|GMT|UT)?[+-](?:([0-9]{1,2})(?::([0-5][0-9]))?|([0-9]{2})([0-5][0-9]))", value)
    if offset:
        hours, minutes = int(offset[1] or offset[3]), int(offset[2] or offset[4] or 0)
        if hours * 60 + minutes > 18 * 60:
            raise ValueError("must be an offset of at most 18 hours")
    elif re.fullmatch(r"[A-Za-z][A-Za-z0-9~/._+-]+|[+-][0-9:]+", value):
        raise Opaque("a time zone only Java's own list can tell")
    else:
        raise ValueError("must be the name of a time zone or an offset like +02:00")


def regular_expression(value: str) -> None:
    """Whether Java compiles ``value``, as far as its grammar and Python's are the same.

    Raises:
        ValueError: it does not.
        Opaque: it uses what the two languages understand differently.
    """
    import re

    foreign = (
        r"\\[^dDwWsS.\\^$|?*+()\[\]{}/\-_:=,;'\"@#%&!<>~` ]"  # other escapes
        r"|\[\^?\]|\[[^\]]*(?:\[|&&|\\)"  # classes that begin with ']' or hold more than characters
        r"|\(\?(?!:|i\)|=|!)|[{}]|[+*?]{2}|[\^$)][+*?]"  # groups with options or names, counts, doubled quantifiers
    )
    if re.search(foreign, value) or "(?i)" in value[1:]:
        raise Opaque("a regular expression only Java can judge")
    try:
        re.compile(value)
    except re.error as problem:
        raise ValueError(f"must be a regular expression: {problem}") from None


def _regex(value: str, variant: Variant) -> None:
    regular_expression(value)


def _regexes(value: list[str], variant: Variant) -> None:
    for item in value:
        regular_expression(item)


CHECKS: dict[str, Callable[[Any, Variant], None]] = {
    "five_minutes": _five_minutes,
    "hive_version": _hive_version,
    "id_pattern": _id_pattern,
    "loadable_class": _loadable_class,
    "no_kafka_prefix": _no_kafka_prefix,
    "pod_name_prefix": _pod_name_prefix,
    "proxy_url": _proxy_url,
    "regex": _regex,
    "regexes": _regexes,
    "serial_filter": _serial_filter,
    "socket_directory": _socket_directory,
    "some_directory": _some_directory,
    "sql_path": _sql_path,
    "task_cpus": _task_cpus,
    "time_zone": _time_zone,
    "trailing_slash": _trailing_slash,
}
"""Every check by the name the catalogue gives it."""
