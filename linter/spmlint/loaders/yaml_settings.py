"""YAML of no kind that is known but with maps of Spark settings in it: Kedro's ``spark.yml``, a program's own configuration.

What reads the file decides what becomes of it, so the settings are a part of a job at most, and a file that is no YAML is
nobody's to mend here.
"""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.document.node import Mapping, Node, Problem, Scalar
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.manifest_settings import setting_of
from spmlint.loaders.spark_defaults import world_of

KIND = "YAML settings"

_NAMES = ("spark", "conf", "propert", "setting", "option", "param", "default")
"""What stands in the name of a map of settings; labels and selectors may hold keys like Spark's."""


def load(source: Source, loaded: Loaded) -> None:
    """Add the settings of each map that holds some."""
    try:
        for document in iter_yaml(source):
            if document.root.string("apiVersion") is None:
                _load_maps(document.root, loaded)
    except Problem:
        return


def _load_maps(root: Node, loaded: Loaded) -> None:
    pending: list[tuple[Node, str]] = [(root, "")]
    seen: set[int] = set()
    while pending:
        node, path = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, Mapping):
            pending += [(item, path) for item in reversed(node.items())]
            continue
        name = path.rpartition(".")[2].lower()
        if not path or any(word in name for word in _NAMES):
            _load_map(node, path, loaded)
        pending += [(value, f"{path}.{key.value}".lstrip(".")) for key, value in reversed(list(node.pairs()))]


def _load_map(node: Mapping, path: str, loaded: Loaded) -> None:
    layer = Layer(path or KIND)
    for key, value in node.pairs():
        if key.value.startswith("spark.") and isinstance(value, Scalar) and not value.is_null:
            label = f"{path}.{key.value}".lstrip(".")
            layer.add(setting_of(key.value, key, value, label))
    if layer.settings:
        place = layer.settings[0].name or layer.settings[0].value
        name = path or node.source.path.rsplit("/", 1)[-1]
        loaded.fragments.append(Fragment(KIND, place.span(), [layer], name=name, world=world_of(layer)))
