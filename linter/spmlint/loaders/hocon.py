"""HOCON files: which program reads one, and Spark keys in those of programs we do not know.

What ``spark { ... }`` holds is for its reader to say, so a key is taken for Spark's only where a known program hands it to Spark,
or where it is spelt with its ``spark.`` and Spark has it. Such keys of an unknown program go into its SparkConf at some
time; what else is set there is not known.
"""

from __future__ import annotations

import re

from spmlint.conf import START, Layer
from spmlint.document.hocon import read_hocon
from spmlint.document.hocon_entries import Entries, Entry, Gap
from spmlint.document.hocon_tree import Object
from spmlint.document.node import Problem
from spmlint.document.text import Source
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders import seatunnel, spark_bench, spark_jobserver
from spmlint.loaders.hocon_settings import Settings, first_place, spark_key
from spmlint.loaders.spark_defaults import world_of
from spmlint.spark.catalogue import known

PROGRAMS = (seatunnel, spark_jobserver, spark_bench)

MOST_TRIES = 4
"""How many parts named ``spark`` of one path are taken for the beginning of a key."""

_SPARK_KEY = re.compile(
    r'^[^\S\n]*(?:"spark\.[\w.-]+"|spark\.[\w.-]+|spark-submit-config|context-settings)\s*(?:\+?=|[:{])', re.M
)


def load(source: Source, loaded: Loaded) -> None:
    """Add the jobs of the program whose file this is, or one incomplete job for each block with Spark keys.

    Raises:
        Problem: the file sets Spark keys and is not HOCON.
    """
    try:
        root = read_hocon(source.whole())
    except Problem:
        if _SPARK_KEY.search(source.text):
            raise
        return
    if not isinstance(root, Object):
        return
    entries = Entries(root)
    if not any(program.load_entries(entries, loaded) for program in PROGRAMS):
        _load_blocks(entries, loaded)


def _load_blocks(entries: Entries, loaded: Loaded) -> None:
    """Add one job for each object that holds keys spelt with their ``spark.``."""
    blocks: dict[tuple[str, ...], list[tuple[int, Entry | Gap]]] = {}
    gaps: dict[tuple[str, ...], tuple[int, Gap]] = {}
    """An object's path -> the last place in it, or in a Spark key's objects below, where more may come in."""
    for rank, one in enumerate(entries.all):
        if isinstance(one, Gap):
            gaps[one.path] = rank, one
            gaps.update({one.path[:size]: (rank, one) for size, part in enumerate(one.path) if part == "spark"})
        else:
            depth = _depth(one)
            if depth is not None:
                blocks.setdefault(one.path[:depth], []).append((rank, one))
    settings = Settings(entries, loaded)
    for path, ranked in blocks.items():
        above = [path[:size] for size in range(len(path) + 1)]
        ranked += [gaps[outer] for outer in above if outer in gaps]
        ranked.sort(key=lambda pair: pair[0])
        layer = Layer(".".join(path), moment=START)
        settings.fill(layer, [one for _, one in ranked], len(path), spark_key)
        place = first_place([layer])
        if place is not None:
            loaded.fragments.append(Fragment("HOCON", place, [layer], name=layer.name, world=world_of(layer)))


def _depth(entry: Entry) -> int | None:
    """How many parts stand before a key of Spark's that is spelt with its ``spark.``; None where there is none."""
    depth = tries = 0
    for field in entry.fields:
        for index, part in enumerate(field.parts):
            if part.value.startswith("spark.") or (part.value == "spark" and index + 1 < len(field.parts)):
                tries += 1
                if tries > MOST_TRIES:
                    return None
                if known(".".join(entry.path[depth:])):
                    return depth
            depth += 1
    return None
