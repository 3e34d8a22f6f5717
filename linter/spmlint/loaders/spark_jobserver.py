"""The configuration of spark-jobserver: the contexts it starts, and what any other one starts with.

``SparkJobUtils.configToSparkConf`` makes the SparkConf of a context: ``num-cpu-cores`` and ``memory-per-node`` first, then
every ``spark.`` key, then ``passthrough``; the later wins. ``context-settings`` stand in for what a context does not say.
``launcher`` goes to the spark-submit that starts a context in a JVM of its own. A request may bring more, so nothing here is
complete.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, World
from spmlint.conf import LAUNCH, START, Layer
from spmlint.document.hocon_entries import Entries, Entry, Gap
from spmlint.document.text import Text
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.hocon_settings import Settings, first_place, spark_key, submitted
from spmlint.loaders.spark_defaults import with_master

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from spmlint.loaders.hocon_settings import KeyOf

CONTEXT = "spark-jobserver context"

FIELDS = {"num-cpu-cores": "spark.cores.max", "memory-per-node": "spark.executor.memory"}
DEFAULTS = ("spark", "context-settings")
CONTEXTS = ("spark", "contexts")

_NOTHING_TAKEN: Sequence[Set[str]] = (frozenset(),) * 4


def load_entries(entries: Entries, loaded: Loaded) -> bool:
    """Add a job for the default settings and for each context; False where the file configures no jobserver."""
    if not entries.has(*DEFAULTS) and not entries.has(*CONTEXTS):
        return False
    settings = Settings(entries, loaded)
    world = _world(entries)
    defaults = entries.below(*DEFAULTS)
    given = _layers(settings, DEFAULTS[-1], defaults, len(DEFAULTS))
    _emit(loaded, DEFAULTS[-1], given, given, world)
    contexts: dict[str, list[Entry | Gap]] = {}
    for one in entries.below(*CONTEXTS):
        if len(one.path) > len(CONTEXTS):
            contexts.setdefault(one.path[len(CONTEXTS)], []).append(one)
    for name, items in contexts.items():
        own = _layers(settings, name, items, len(CONTEXTS) + 1)
        # A default that the context replaces is not without effect: it is there for the others.
        taken = [{one.key for layer in own[rank:] for one in layer.settings} for rank in range(len(own))]
        given = _layers(settings, DEFAULTS[-1], defaults, len(DEFAULTS), taken)
        _emit(loaded, name, own, [layer for pair in zip(given, own, strict=True) for layer in pair], world)
    return True


def _layers(
    settings: Settings, name: str, items: list[Entry | Gap], depth: int, taken: Sequence[Set[str]] = _NOTHING_TAKEN
) -> list[Layer]:
    """What one block gives, in the order it is applied; ``taken`` are the keys to leave out of each layer."""
    launcher, passthrough = (
        [one for one in items if len(one.path) <= depth or one.path[depth] == part]
        for part in ("launcher", "passthrough")
    )
    return [
        settings.fill(Layer(f"{name}.launcher", moment=LAUNCH), launcher, depth + 1, _unless(taken[0], spark_key)),
        settings.fill(Layer(name, moment=START), items, depth, _unless(taken[1], FIELDS.get)),
        settings.fill(Layer(name, moment=START), items, depth, _unless(taken[2], spark_key)),
        settings.fill(Layer(f"{name}.passthrough", moment=START), passthrough, depth + 1, _unless(taken[3], spark_key)),
    ]


def _unless(taken: Set[str], key_of: KeyOf) -> KeyOf:
    """``key_of`` without the keys in ``taken``."""
    return lambda name: None if (key := key_of(name)) in taken else key


def _emit(loaded: Loaded, name: str, own: list[Layer], layers: list[Layer], world: World) -> None:
    place = first_place(own)
    if place is not None:
        loaded.fragments.append(Fragment(CONTEXT, place, layers, name=name, world=world))


def _world(entries: Entries) -> World:
    world = submitted(World())
    master = entries.value("spark", "master")
    mode = entries.value("spark", "submit", "deployMode")
    if isinstance(master, Text) and not master.holes:
        world = with_master(world, master.value)
    if isinstance(mode, Text) and mode.value in (CLIENT, CLUSTER):
        world = world.narrowed("deploy mode", (mode.value,))
    return world
