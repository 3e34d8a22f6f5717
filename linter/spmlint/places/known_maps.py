"""The maps of an object whose fields are known (`spmlint.fields`), for all rules that look at every field."""

from __future__ import annotations

from spmlint.fields import KEYED, LIST, OBJECT, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.place import Resource, View


class KnownMap:
    """One of them. ``fields`` are those it may have, with their types; ``shown`` names a field of it to a person."""

    __slots__ = ("_above", "fields", "path", "view")

    def __init__(self, path: str, above: str, view: View, fields: dict[str, str]) -> None:
        self.path = path
        self._above = above
        self.view = view
        self.fields = fields

    def shown(self, name: str) -> str:
        """The whole path of a field: ``spec.driver.memory``."""
        return f"{self._above}.{name}" if self._above else name


def schema_kind(resource: Resource) -> str:
    """The kind as the table of fields has it: what the object calls itself, where it says so; may raise `Opaque`."""
    return resource.word("kind") or resource.kind if resource.has("apiVersion") else resource.kind


def known_maps(resource: Resource) -> Iterator[KnownMap]:
    """Every map in it whose fields are known; none for a kind that is not known."""
    objects = fields_of(schema_kind(resource))
    pending = [KnownMap("", "", resource, objects[""])] if objects else []
    while pending:
        one = pending.pop()
        yield one
        for name in one.view.fields():
            kind = one.fields.get(name)
            if kind in _HOLDING_OTHERS:
                pending.extend(
                    KnownMap(at, shown, view, objects[at])
                    for at, shown, view in _inside(one, name, kind)
                    if at in objects
                )


def _inside(one: KnownMap, name: str, kind: str | None) -> Iterator[tuple[str, str, View]]:
    path, shown = f"{one.path}.{name}" if one.path else name, one.shown(name)
    if kind == LIST:
        for item in one.view.items(name):
            yield f"{path}[]", f"{shown}[]", item
    elif kind == KEYED:
        for key, item in one.view.parts(name).items():
            yield f"{path}.*", f"{shown}.{key}", item
    elif (part := one.view.at(name)) is not None:
        yield path, shown, part


_HOLDING_OTHERS = (OBJECT, LIST, KEYED)
