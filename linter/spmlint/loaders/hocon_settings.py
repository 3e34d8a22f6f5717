"""Entries of a HOCON file to Spark settings: where a key begins in a path, and which entries are lost before Spark sees them."""

from __future__ import annotations

from spmlint.answer import EMR_SERVERLESS, JVM, World
from spmlint.conf import Layer, Setting
from spmlint.document.hocon_entries import Entries, Entry, Gap
from spmlint.document.hocon_tree import Array
from spmlint.document.holes import mark_holes
from spmlint.document.text import ESCAPED, Span, Text
from spmlint.fragment import Loaded
from spmlint.trouble import HOCON_COLLISION, Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    KeyOf = Callable[[str], str | None]
    """The Spark key that a key of the file sets; None for one that is not Spark's."""


class Settings:
    """Turns the entries of one file into settings.

    ``keeps_dots`` says that the carrier's reader does not cut keys at dots: ``spark.a`` and ``spark.a.b`` can both have a
    value, and a key spread over several blocks is not Spark's.
    """

    __slots__ = ("_keeps_dots", "_loaded", "_lost", "_told")

    def __init__(self, entries: Entries, loaded: Loaded, *, keeps_dots: bool = False) -> None:
        self._loaded = loaded
        self._keeps_dots = keeps_dots
        self._told: set[int] = set()
        self._lost = {
            id(loser): winner for loser, winner in entries.lost if not keeps_dots or loser.path == winner.path
        }

    def fill(self, layer: Layer, items: Iterable[Entry | Gap], depth: int, key_of: KeyOf) -> Layer:
        """Add what ``items`` say to ``layer``, and return it. Keys begin ``depth`` parts below the root."""
        for one in items:
            if isinstance(one, Gap):
                layer.open(one.reason, one.place)
            elif len(one.path) > depth:
                key = key_of(".".join(one.path[depth:]))
                if key is not None:
                    self.add(layer, one, depth, key)
            elif isinstance(one.value, Text):
                layer.open(f"{one.value.value} is not known", one.value)
        return layer

    def add(self, layer: Layer, entry: Entry, depth: int, key: str) -> None:
        """Add one entry as the setting ``key``, or say why it is none."""
        if self._keeps_dots and len(entry.path) - len(entry.fields[-1].parts) > depth:
            return
        name = name_of(entry, depth)
        winner = self._lost.get(id(entry))
        if winner is not None:
            if winner.value is not None and id(entry) not in self._told:
                self._told.add(id(entry))
                self._collide(name, name_of(winner, depth))
        elif name.holes:
            layer.open_key(name)
        elif isinstance(entry.value, Text) and not entry.fields[-1].appended:
            layer.add(Setting(key, mark_holes(entry.value), name=name, label=name.value))
        elif isinstance(entry.value, Text | Array):
            place = entry.value if isinstance(entry.value, Text) else entry.value.place
            layer.open(f"{name.value} is a list", place, frozenset([key]))

    def _collide(self, loser: Text, winner: Text) -> None:
        at = f"{winner.value} at line {winner.span().line}"
        if len(winner.value) > len(loser.value):
            message = f"{loser.value} loses its value: {at} makes an object of it"
        else:
            message = f"{loser.value} is lost: {at} is a value, not an object"
        self._loaded.troubles.append(Trouble(HOCON_COLLISION, loser.span(), message))


def spark_key(key: str) -> str | None:
    """``key`` itself where it is Spark's."""
    return key if key.startswith("spark.") else None


def submitted(world: World) -> World:
    """The world of a JVM program that calls spark-submit itself, which EMR Serverless lets nobody do."""
    platforms = [platform for platform in world.options("platform") if platform != EMR_SERVERLESS]
    return world.narrowed("platform", platforms).narrowed("language", (JVM,))


def first_place(layers: Iterable[Layer]) -> Span | None:
    """Where the first setting of ``layers`` is named; None where they hold none."""
    for layer in layers:
        for setting in layer.settings:
            return (setting.name or setting.value).span()
    return None


def name_of(entry: Entry, depth: int) -> Text:
    """The key that begins ``depth`` parts below the root. One that is spread over several blocks stands at its last piece."""
    last = entry.fields[-1]
    above = len(entry.path) - len(last.parts)
    if depth >= above:
        skipped = sum(len(part.value) + 1 for part in last.parts[: depth - above])
        return mark_holes(last.key.slice(skipped, len(last.key.value)) if skipped else last.key)
    for field in entry.fields:
        if field.key.holes:
            return field.key
    key = ".".join(entry.path[depth:])
    place = last.key.span()
    return mark_holes(
        Text(place.source, key, place.start, place.end, ((0, len(key), place.start, place.end, ESCAPED),))
    )
