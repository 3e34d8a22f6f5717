"""Reads configuration entries, and remembers what the same text gave before.

The same few keys are read over and over, most of them unwritten: what `spmlint.spark.entries.read` answers is a function
of the key, the releases and the texts it looks at, and that is what is remembered here. Refusals are not.
"""

from __future__ import annotations

from spmlint.answer import Opaque
from spmlint.spark import entries
from spmlint.spark.catalogue import entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf

_names: dict[tuple[str, tuple[Any, ...]], tuple[str, ...] | None] = {}
_values: dict[tuple[str, tuple[Any, ...], str | None], Any] = {}
_MOST = 20_000


def read(conf: Conf, key: str, spark: Versions) -> Any:
    """As `spmlint.spark.entries.read`: the same values, the same exceptions."""
    releases = spark.options
    at = key, releases
    names = _names[at] if at in _names else _learn(at, spark)
    if names is None:
        return entries.read(conf, key, spark)
    text = None
    for name in names:
        text = conf.get(name)
        if text is not None:
            # A key that is not the entry's own may count in something else.
            if (name is not key and name != key) or "${" in text:
                return entries.read(conf, key, spark)
            break
    remembered = key, releases, text
    if remembered in _values:
        return _values[remembered]
    value = entries.read(conf, key, spark)
    if len(_values) == _MOST:
        _values.clear()
    _values[remembered] = value
    return value


class _Nothing:
    """Settings of which none is written, that remember what they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, key: str) -> None:
        self.asked.append(key)


def _learn(at: tuple[str, tuple[Any, ...]], spark: Versions) -> tuple[str, ...] | None:
    """The keys an entry looks at until one is written; None where one text alone does not decide."""
    key = at[0]
    found = entry(key, spark)
    names = None
    if found is not None and found.ask(lambda variant: variant.prepended) is None:
        nothing = _Nothing()
        try:
            entries.read(nothing, key, spark)
        except Opaque:
            pass  # the default depends on the machine, what is looked at does not
        names = tuple(nothing.asked)
    _names[at] = names
    return names
