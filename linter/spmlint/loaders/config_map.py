"""ConfigMaps that hold files of Spark settings, pod templates or scripts."""

from __future__ import annotations

from spmlint.document.node import Node, Scalar
from spmlint.fragment import Loaded
from spmlint.loaders.embedded_file import load_file
from spmlint.loaders.kubernetes import resource_of

CONFIG_MAP = "ConfigMap"


def load_config_map(root: Node, loaded: Loaded) -> None:
    """Add the object, and what each file in its ``data`` means. A single value without a name's ending is no file."""
    loaded.resources.append(resource_of(root, CONFIG_MAP))
    for name, value in root.pairs("data"):
        if isinstance(value, Scalar) and not value.is_null:
            load_file(name.value, value.text, loaded)
