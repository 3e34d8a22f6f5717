"""Values of Helm charts: maps of Spark settings, files of them, and the image of an operator.

What a chart makes of its values is in its templates, so the settings are a part of a job at most.
"""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.document.node import Mapping, Node, Scalar
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.embedded_file import load_file
from spmlint.loaders.kubernetes import load_object
from spmlint.loaders.manifest_settings import add_map
from spmlint.loaders.spark_defaults import world_of
from spmlint.place import Resource
from spmlint.places.operators import OPERATOR, image_of

_MAPS = ("conf", "propert", "default")
"""What stands in the name of a map of settings; labels and selectors may hold keys like Spark's."""


def load(source: Source, loaded: Loaded) -> None:
    """Add what each document holds; one that is a manifest after all is read as such."""
    for document in iter_yaml(source):
        if document.root.string("kind") and document.root.string("apiVersion"):
            load_object(document.root, loaded)
            continue
        load_values(document.root, loaded)


def load_values(root: Node, loaded: Loaded) -> None:
    """Add what one tree of values holds."""
    operator = Resource(root, OPERATOR)
    if image_of(operator) is not None:
        loaded.resources.append(operator)
    pending = [(root, "")]
    seen = set()
    while pending:
        node, title = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for name, value in node.pairs():
            path = f"{title}.{name.value}" if title else name.value
            if isinstance(value, Mapping):
                if any(word in name.value.lower() for word in _MAPS):
                    _load_map(node, name, path, loaded)
                pending.append((value, path))
            elif isinstance(value, Scalar):
                _load_file(name.value, value, loaded)


def _load_map(node: Node, name: Scalar, path: str, loaded: Loaded) -> None:
    title = path.removesuffix(name.value).rstrip(".")
    layer = add_map(Layer(path), node, name.value, title, lambda key: key if key.startswith("spark.") else None)
    if layer.settings:
        fragment = Fragment("Helm values", name.text.span(), [layer], name=path, world=world_of(layer))
        loaded.fragments.append(fragment)


def _load_file(name: str, value: Scalar, loaded: Loaded) -> None:
    if "\n" in value.value:
        letters = "".join(filter(str.isalpha, name.lower()))
        load_file("spark-defaults.conf" if "sparkdefaults" in letters else name, value.text, loaded)
