"""Livy requests that stand in a file: sparkmagic's ``config.json``, and bodies of ``POST /batches`` and ``POST /sessions``.

sparkmagic lays ``session_configs`` over ``session_configs_defaults``, nested objects too (configuration.get_session_properties).
"""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem, Scalar
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.livy import FIELDS, add_session, session
from spmlint.loaders.spark_defaults import language_of

COMMENTS = NO_COMMENTS

BATCH = "Livy batch"

_DEFAULTS, _CONFIGS = "session_configs_defaults", "session_configs"
_KINDS = ("spark", "pyspark", "sparkr", "sql", "shared")
_SETS_SPARK = frozenset(("conf", *FIELDS)) - {"name", "queue"}


def load(source: Source, loaded: Loaded) -> None:
    """Add the session or the batch that one file asks for.

    Raises:
        Problem: sparkmagic's configuration is not JSON; any other file that is not may be anybody's.
    """
    try:
        root = read_json(source.whole())
    except Problem:
        if f'"{_CONFIGS}' in source.text:
            raise
        return
    levels = [(name, node) for name, node in root.pairs() if name.value in (_DEFAULTS, _CONFIGS)]
    if levels:
        _load_sparkmagic(sorted(levels, key=lambda level: level[0].value != _DEFAULTS), loaded)
    elif any(name.value in _SETS_SPARK for name, _ in root.pairs()):
        load_request(root, loaded)


def _load_sparkmagic(levels: list[tuple[Scalar, Node]], loaded: Loaded) -> None:
    """Add the session a notebook gets that says nothing itself; ``levels`` are what it is made of, the weakest first."""
    sessions = [session(node, name.text.span()) for name, node in levels if isinstance(node, Mapping)]
    if not any(layer.settings for one in sessions for layer in one.layers):
        return
    for (name, _), one in zip(levels, sessions, strict=False):
        for layer in one.layers:
            layer.name = f"{name.value}, {layer.name}"
    strongest = sessions[-1]
    # Livy sees one request: all of conf comes before any typed field.
    strongest.layers = [layer for rank in zip(*[one.layers for one in sessions], strict=True) for layer in rank]
    strongest.world = min((one.world for one in sessions), key=lambda world: len(world.options("platform")))
    add_session(strongest, loaded)


def load_request(root: Node, loaded: Loaded) -> None:
    """Add the job of a request: a batch names a ``file``, a session a ``kind``."""
    file = root.scalar("file")
    kind = root.scalar("kind")
    if file is not None:
        fragment = session(root, file.text.span())
        fragment.kind = BATCH
        fragment.main = file.marked
        fragment.world = fragment.world.narrowed("language", language_of(fragment.main))
    elif kind is not None and kind.value in _KINDS:
        fragment = session(root, kind.text.span())
    else:
        return
    if any(layer.settings for layer in fragment.layers):
        add_session(fragment, loaded)
