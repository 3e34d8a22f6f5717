"""What a job is asked for while a check looks at it, written down by whoever answers.

What a check finds depends on the answers alone, so `spmlint.silence` can tell of which jobs it would find the same. A word
is a Spark key, or one of the tuples below. They stand in the order of asking in a list that a job shares with its settings
and its models.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias, TypeVar

    Answer = TypeVar("Answer")
    Word: TypeAlias = "str | tuple[str, ...]"
    Known: TypeAlias = "dict[Any, tuple[Any, tuple[Word, ...]]]"

FAMILY = "family"
"""``(FAMILY, beginning)``: which keys begin so."""
SETTINGS = "settings"
"""``(SETTINGS,)``: every setting there is."""
ATTRIBUTE = "attribute"
"""``(ATTRIBUTE, name)``: what a job holds besides its settings."""


def remembered(asked: list[Word], known: Known, key: object, work: Callable[[], Answer]) -> Answer:
    """What ``work`` returns, worked out once for each ``key``; who takes it from ``known`` has asked for as much."""
    found = known.get(key)
    if found is None:
        before = len(asked)
        answer = work()
        known[key] = answer, tuple(dict.fromkeys(asked[before:]))
        return answer
    asked.extend(found[1])
    return found[0]  # type: ignore[no-any-return]  # one type for each key


class _Noted:
    """A slot whose reading is written down in the ``asked`` of its owner."""

    def __init__(self, word: Word, slot: Any) -> None:
        self._word = word
        self._read: Callable[[object], Any] = slot.__get__
        self._write: Callable[[object, Any], None] = slot.__set__

    def __get__(self, owner: Any, kind: type) -> Any:
        owner.asked.append(self._word)
        return self._read(owner)

    def __set__(self, owner: Any, value: Any) -> None:
        self._write(owner, value)


def note_reading(kind: type, names: Iterable[str]) -> dict[str, Any]:
    """Have the reading of these slots of a class written down; returns all its slots as they are without that."""
    slots = {name: vars(kind)[name] for name in vars(kind)["__slots__"]}
    for name in names:
        setattr(kind, name, _Noted((ATTRIBUTE, name), slots[name]))
    return slots
