"""spark-bench: each item of ``spark-submit-config`` is one spark-submit, ``spark-args`` its options, ``conf`` its ``--conf``."""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.document.hocon_entries import Entries
from spmlint.document.hocon_tree import Array, Object
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.hocon_settings import Settings, first_place, spark_key, submitted
from spmlint.loaders.spark_defaults import world_of
from spmlint.spark.arguments import KEY_OF

COMMAND = "spark-bench"


def load_entries(entries: Entries, loaded: Loaded) -> bool:
    """Add a job for each command; False where the file is none of spark-bench."""
    commands = entries.value("spark-bench", "spark-submit-config")
    if not isinstance(commands, Array):
        return False
    for item in commands.items:
        if isinstance(item, Object):
            _load_command(Entries(item), loaded)
    return True


def _load_command(command: Entries, loaded: Loaded) -> None:
    settings = Settings(command, loaded)
    conf = settings.fill(Layer("conf"), command.below("conf"), 1, spark_key)
    options = settings.fill(Layer("spark-args"), command.below("spark-args"), 1, lambda name: KEY_OF.get(f"--{name}"))
    place = first_place([options, conf])
    if place is not None:
        world = submitted(world_of(options))
        loaded.fragments.append(Fragment(COMMAND, place, [conf, options], world=world, complete=True))
