"""An object that a kustomization takes, and what its patches make of it."""

from __future__ import annotations

import re
from copy import copy

from spmlint.conf import Layer
from spmlint.fragment import Loaded
from spmlint.linking.json_patches import as_object
from spmlint.loaders.kubernetes import load_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.node import Node, Sequence
    from spmlint.fragment import Fragment, Patch

    Identity = tuple[str, str]


class PatchedObject:
    """The part of a job that an object is, with the file it is from; ``is_changed`` once a patch was applied."""

    __slots__ = ("_trees", "fragment", "is_changed", "one")

    def __init__(self, one: Loaded, fragment: Fragment) -> None:
        self.one = one
        self.fragment = fragment
        self.is_changed = False
        self._trees: list[Node] = [fragment.root] if fragment.root is not None else []
        """The object as it is written, and the partial objects that patch it."""

    def taken(self) -> PatchedObject:
        """The same object as the base of another kustomization."""
        made = copy(self)
        made.is_changed = False
        made._trees = list(self._trees)
        return made

    def is_target(self, patch: Patch) -> bool:
        """Whether the target of a patch selects it; its parts are regular expressions for the whole of a name."""
        root = self.fragment.root
        if root is None or not patch.has_target:
            return False
        group = (root.string("apiVersion") or "").partition("/")[0]
        wanted = ((patch.kind, root.string("kind") or ""), (patch.name, self.fragment.name), (patch.group, group))
        return all(pattern is None or _matches(pattern, value) for pattern, value in wanted)

    def apply_operations(self, operations: Sequence | None, patch: Patch) -> None:
        """Apply a JSON patch; what cannot be applied may have changed anything."""
        written = as_object(operations, self._trees) if operations and self._trees and not patch.is_selective else None
        found = Loaded(self.one.source)
        if written is not None:
            load_object(written, found)
        if len(found.fragments) == 1:
            self.apply(found.fragments[0])
        else:
            self.open(patch)

    def apply(self, part: Fragment) -> None:
        """Lay each layer of a strategic-merge patch over the one of the same name."""
        left = list(part.layers)
        layers: list[Layer] = []
        for layer in reversed(self.fragment.layers):
            layers += [own for own in reversed(left) if own.name == layer.name]
            left = [own for own in left if own.name != layer.name]
            layers.append(layer)
        layers.reverse()
        base = self.fragment
        self._change([*layers, *left])
        self.fragment.world = part.world.completed_by(base.world)
        self.fragment.main = part.main or base.main
        self.fragment.version = part.version or base.version
        if part.root is not None:
            self._trees.append(part.root)

    def open(self, patch: Patch) -> None:
        """Say that a patch cannot be seen."""
        unread = Layer("a patch")
        unread.open(f"the patch {patch.text.value.strip().splitlines()[0]} is not applied", patch.text)
        self._change([*self.fragment.layers, unread])

    def _change(self, layers: list[Layer]) -> None:
        self.fragment = copy(self.fragment)
        self.fragment.layers = layers
        self.is_changed = True


def identity_of(fragment: Fragment) -> Identity:
    """Kind and name, by which a patch without a target finds what it changes."""
    return fragment.kind, fragment.name


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True  # Kustomize knows another syntax of expressions: it may be meant
