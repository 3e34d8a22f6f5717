"""SeaTunnel jobs, and those of its forerunner Waterdrop.

SeaTunnel 2 hands every key of ``env`` to spark-submit as ``--conf`` (SparkStarter); Spark ignores those that are not its own.
Its reader cuts keys at ``->`` and not at dots (ConfigParseOptions.PATH_TOKEN_SEPARATOR), so a Spark key is one key however
many dots it has. Waterdrop had the same keys in a block named ``spark``. Master and deploy mode are options of the start
script and beat what the file says of them.
"""

from __future__ import annotations

from spmlint.answer import World
from spmlint.conf import Layer
from spmlint.document.hocon_entries import Entries
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.hocon_settings import Settings, first_place, spark_key, submitted

BLOCKS = {"env": "SeaTunnel", "spark": "Waterdrop"}
"""The block that holds Spark's settings, and whose it is."""

_SOURCES = ("source", "input")
_SINKS = ("sink", "output")


def load_entries(entries: Entries, loaded: Loaded) -> bool:
    """Add the job of a SeaTunnel or Waterdrop file; False where the file is none."""
    if not any(entries.has(name) for name in _SOURCES) or not any(entries.has(name) for name in _SINKS):
        return False
    block = next((name for name in BLOCKS if entries.has(name)), None)
    if block is None:
        return False
    layer = Settings(entries, loaded, keeps_dots=True).fill(Layer(block), entries.below(block), 1, spark_key)
    place = first_place([layer])
    if place is not None:
        fragment = Fragment(BLOCKS[block], place, [layer], world=submitted(World()), complete=True)
        loaded.fragments.append(fragment)
    return True
