"""Spark settings in the fields and maps of a Kubernetes manifest.

A field is a setting under a name of its own; a map such as ``sparkConf`` holds keys as Spark knows them. Where a template
engine has still to write a key, a whole map or the fields themselves, the layer is open.
"""

from __future__ import annotations

from spmlint.conf import Layer, Setting
from spmlint.document.node import Mapping, Node, Scalar
from spmlint.document.text import ESCAPED, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def text_at(node: Node, *path: str) -> Text | None:
    """The scalar at ``path`` with its placeholders marked; None where it is absent or null."""
    scalar = node.scalar(*path)
    return scalar.marked if scalar else None


def setting_of(key: str, name: Scalar, value: Scalar, label: str) -> Setting:
    """The setting that one entry of a map is."""
    return Setting(key, value.marked, name=name, label=label, shared=value.shared)


def as_whole_number(text: Text, scalar: Scalar) -> Text:
    """``1.0`` as an integer field reads it: a number, not a text, so the fraction is gone before Spark sees it.

    Kubernetes takes only a fraction of nothing (``1.0``); Jackson, which Livy reads with, cuts off any.
    """
    whole, point, fraction = scalar.value.partition(".")
    if not (scalar.is_plain and point and whole.isdecimal() and fraction.isdecimal()):
        return text
    return text.decode([(whole, 0, len(text.value), ESCAPED)])


def open_where_templated(layer: Layer, node: Node, keys: frozenset[str] | None = None) -> None:
    """Open the layer where a placeholder stands for all of ``node``, or for the name of one of its fields."""
    if isinstance(node, Scalar):
        text = node.marked
        if text.holes:
            layer.open(f"templated value {text.value}", text, keys)
    for text in node.templated if isinstance(node, Mapping) else ():
        if keys is None:
            layer.open_key(text)
        else:
            layer.open(f"templated key {text.value}", text, keys)


def add_fields(layer: Layer, node: Node | None, table: dict[str, str], title: str) -> Layer:
    """Add the fields of ``node`` that ``table`` maps to keys, in its order; returns the layer."""
    if node is None:
        return layer
    open_where_templated(layer, node, frozenset(table.values()))
    written = {name.value: (name, value) for name, value in node.pairs()}
    for field, key in table.items():
        if field in written:
            name, value = written[field]
            if isinstance(value, Scalar) and not value.is_null:
                setting = setting_of(key, name, value, f"{title}.{field}")
                if not value.value.partition(".")[2].strip("0"):
                    setting.value = as_whole_number(setting.value, value)
                layer.add(setting)
            elif isinstance(value, Scalar):
                _take_away(layer, key, name)
    return layer


def _take_away(layer: Layer, key: str, name: Scalar) -> None:
    """A null is no value; in a patch it takes away what the base gives."""
    layer.open(f"{key} is taken away", name.text, frozenset((key,)))


def add_map(
    layer: Layer, node: Node, field: str, title: str, key_of: Callable[[str], str | None] = lambda name: name
) -> Layer:
    """Add every entry of the map ``field``; returns the layer. ``key_of`` makes the key of a name, or None of no interest."""
    found = node.get(field)
    if found is not None:
        open_where_templated(layer, found)
    for name, value in node.pairs(field):
        key = None if name.has_holes else key_of(name.value)
        if key is None:
            continue
        if isinstance(value, Scalar) and not value.is_null:
            layer.add(setting_of(key, name, value, f"{title}.{field}.{name.value}"))
        elif isinstance(value, Scalar):
            _take_away(layer, key, name)
    return layer


def key_text(node: Node, *path: str) -> Text | None:
    """The Text of the last key of ``path``, where it is written."""
    parent = node.get(*path[:-1])
    pair = parent.pair(path[-1]) if isinstance(parent, Mapping) else None
    return pair[0].text if pair else None


def written_keys(layers: Iterable[Layer]) -> set[str]:
    """The keys that the layers set."""
    return {setting.key for layer in layers for setting in layer.settings}
