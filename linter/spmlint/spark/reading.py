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

_values: dict[tuple[str, tuple[Any, ...], str | None], tuple[Any, tuple[str, ...]]] = {}
"""What a key, the releases and a text gave, and which other keys would have to be unwritten for it to hold again."""

_names: dict[tuple[str, tuple[Any, ...]], tuple[str, ...] | None] = {}
_MOST = 20_000


def read(conf: Conf, key: str, spark: Versions) -> Any:
    """As `spmlint.spark.entries.read`: the same values, the same exceptions."""
    text = conf.get(key)
    known = _values.get((key, spark.options, text))
    if known is None:
        return _read(conf, key, spark, text)
    value, others = known
    for name in others:
        # Where the entry's own key is not written, an older one or a fallback may be.
        if conf.get(name) is not None:
            return entries.read(conf, key, spark)
    return value


def _read(conf: Conf, key: str, spark: Versions, text: str | None) -> Any:
    value = entries.read(conf, key, spark)
    names = _others(key, spark)
    if names is None or (text is not None and "${" in text):
        return value
    if text is None and any(conf.get(name) is not None for name in names):
        return value
    if len(_values) == _MOST:
        _values.clear()
    _values[key, spark.options, text] = (value, names if text is None else ())
    return value


class _Nothing:
    """Settings of which none is written, that remember what they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, key: str) -> None:
        self.asked.append(key)


def _others(key: str, spark: Versions) -> tuple[str, ...] | None:
    """The keys an entry looks at where its own is not written; None where its own text never decides alone."""
    at = key, spark.options
    if at not in _names:
        found = entry(key, spark)
        names = None
        if found is not None and found.ask(lambda variant: variant.prepended) is None:
            nothing = _Nothing()
            try:
                entries.read(nothing, key, spark)
            except Opaque:
                pass  # the default depends on the machine, what is looked at does not
            names = tuple(name for name in nothing.asked if name != key)
        _names[at] = names
    return _names[at]
