"""``%%configure`` cells of AWS Glue and of Microsoft Fabric, whose services decide themselves how large a session is.

Glue takes the arguments of a job: ``--conf`` holds ``key=value``, and more of them behind ``--conf`` in the same string; the
sizes in it are not used (AWS Glue, job parameters). Fabric takes Livy's request with keys of its own. Both read comments
and trailing commas. What else the service sets is not known, so each is a part of a job.
"""

from __future__ import annotations

import re

from spmlint.conf import Layer
from spmlint.document.holes import mark_holes
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem, Scalar
from spmlint.document.shell_words import split_words
from spmlint.document.text import Span, Text
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.livy import conf_layer, fields_layer
from spmlint.loaders.spark_defaults import world_of
from spmlint.loaders.submit_options import read_options

GLUE, FABRIC = "AWS Glue session", "Fabric session"

_CONF = "--conf"
_SIZES = frozenset(
    f"spark.{role}.{size}"
    for role in ("driver", "executor")
    for size in ("cores", "instances", "memory", "memoryOverhead", "memoryOverheadFactor")
)
_GLUE_CELL = re.compile(r"^[ \t]*(?P<name>%%configure)[^\n]*\n(?P<body>.*)", re.MULTILINE | re.DOTALL)


def load_glue(cell: Text, loaded: Loaded) -> None:
    """Add what a cell of a Glue notebook sets, if it holds the magic; other magics may stand before it."""
    found = _GLUE_CELL.search(cell.value)
    root = _read(cell.slice(*found.span("body"))) if found else None
    pair = root.pair(_CONF) if root else None
    if not found or pair is None or not isinstance(pair[1], Scalar):
        return
    words = [pair[0].text, *split_words(mark_holes(pair[1].text))]
    layer = read_options(words, application=False).layer(_CONF)
    sizes = Layer("AWS Glue")
    sizes.open("AWS Glue sizes its workers itself", keys=_SIZES)
    _add(Fragment(GLUE, cell.span(*found.span("name")), [layer, sizes], world=world_of(layer)), loaded)


def load_fabric(root: Node, place: Span, loaded: Loaded) -> None:
    """Add what a cell of a notebook of Fabric, or of Synapse before it, sets."""
    layers = [conf_layer(root), fields_layer(root)]
    _add(Fragment(FABRIC, place, layers, name=root.string("name") or "", world=world_of(layers[0])), loaded)


def _add(fragment: Fragment, loaded: Loaded) -> None:
    if any(layer.settings for layer in fragment.layers):
        loaded.fragments.append(fragment)


def _read(body: Text) -> Mapping | None:
    try:
        root = read_json(body, forgiven=[])
    except Problem:
        return None
    return root if isinstance(root, Mapping) else None
