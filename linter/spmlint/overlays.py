"""Kustomize overlays: a base and the patches of it as the one job they make.

A kustomization names both by path; what a patch changes it finds by kind and name. The base stays a job of its own, for it
can be applied by itself.
"""

from __future__ import annotations

import re
from copy import copy
from functools import partial

from spmlint.conf import Layer
from spmlint.fragment import Loaded
from spmlint.json_patches import as_object
from spmlint.loaders.kubernetes import load_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spmlint.document.node import Mapping, Node
    from spmlint.fragment import Fragment, Kustomization, Patch

    Identity = tuple[str, str]
    Piece = tuple[Loaded, Fragment]
    Change = Callable[[Fragment], Fragment]


def overlaid(loaded: list[Loaded]) -> list[Piece]:
    """The fragments of the run with the file each is from, where patches whose base is among them are joined with it."""
    return _Overlays(loaded).pieces()


class _Overlays:
    """The kustomizations of one run by folder, and its fragments by file."""

    def __init__(self, loaded: list[Loaded]) -> None:
        self._all = [(one, fragment) for one in loaded for fragment in one.fragments]
        self._folders = {found.folder or ".": found for one in loaded for found in one.kustomizations}
        self._checked = {id(found) for one in loaded if not one.is_companion for found in one.kustomizations}
        self._operations = {one.source.path: one.operations for one in loaded if one.operations is not None}
        self._files: dict[str, list[Piece]] = {}
        for piece in self._all:
            self._files.setdefault(piece[1].stream, []).append(piece)
        self._applied: set[int] = set()
        self._made: dict[str, dict[Identity, Piece]] = {}
        self._joined: list[Piece] = []

    def pieces(self) -> list[Piece]:
        for folder in self._folders:
            self._render(folder)
        alone = (piece for piece in self._all if not piece[0].is_companion and id(piece[1]) not in self._applied)
        return [*alone, *self._joined]

    def _render(self, folder: str) -> dict[Identity, Piece]:
        """What the kustomization of a folder comes to, by kind and name."""
        if folder not in self._made:
            self._made[folder] = {}  # a kustomization that names itself gives nothing
            self._made[folder] = self._apply(self._folders[folder])
        return self._made[folder]

    def _apply(self, found: Kustomization) -> dict[Identity, Piece]:
        made: dict[Identity, Piece] = {}
        for path in found.bases:
            if path in self._folders:
                made.update(self._render(path))
            for piece in self._files.get(path, ()):
                made[_identity(piece[1])] = piece
        changed = {}
        seen: set[int] = set()
        trees: dict[Identity, list[Node]] = {}
        for patch in found.patches:
            for identity, layers in self._layers_of(patch, made, trees, seen):
                one, base = made[identity]
                changed[identity] = made[identity] = one, layers(base)
        if id(found) in self._checked:
            self._joined.extend(changed.values())
        return made

    def _layers_of(
        self, patch: Patch, made: dict[Identity, Piece], trees: dict[Identity, list[Node]], seen: set[int]
    ) -> Iterator[tuple[Identity, Change]]:
        """What a patch makes of each object it is for."""
        operations = patch.operations or self._operations.get(patch.path)
        targets = [identity for identity, (_, base) in made.items() if patch.has_target and _is_target(patch, base)]
        if operations is not None or not patch.path:
            for identity in targets:
                base = made[identity][1]
                tree = trees.setdefault(identity, [base.root] if base.root else [])
                written = as_object(operations, tree) if operations and tree and not patch.is_selective else None
                fragment = None if written is None else _loaded(written, base)
                if written is not None and fragment is not None:
                    tree.append(written)
                    yield identity, partial(_patched, patch=fragment)
                else:
                    yield identity, partial(_opened, patch=patch)
            return
        parts = [piece[1] for piece in self._files.get(patch.path, ()) if not piece[1].complete]
        for part in parts:
            if id(part) in seen:  # written in the kustomization itself, beside others
                continue
            seen.add(id(part))
            for identity in targets or [one for one in (_identity(part),) if one in made]:
                self._applied.add(id(part))
                trees.setdefault(identity, [n for n in (made[identity][1].root,) if n]).extend(
                    [part.root] if part.root else []
                )
                yield identity, partial(_patched, patch=part)
        if not parts:
            for identity in targets:
                yield identity, partial(_opened, patch=patch)


def _is_target(patch: Patch, base: Fragment) -> bool:
    """Whether the target of a patch, whose parts are regular expressions for the whole of a name, selects an object."""
    root = base.root
    if root is None:
        return False
    group = (root.string("apiVersion") or "").partition("/")[0]
    wanted = ((patch.kind, root.string("kind") or ""), (patch.name, base.name), (patch.group, group))
    return all(pattern is None or _matches(pattern, value) for pattern, value in wanted)


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True  # Kustomize knows another syntax of expressions: it may be meant


def _loaded(written: Mapping, base: Fragment) -> Fragment | None:
    """The part of a job that a partial object is."""
    loaded = Loaded(base.place.source)
    load_object(written, loaded)
    return loaded.fragments[0] if len(loaded.fragments) == 1 else None


def _opened(base: Fragment, patch: Patch) -> Fragment:
    """The base with something over it that cannot be seen."""
    unread = Layer("a patch")
    unread.open(f"the patch {patch.text.value.strip().splitlines()[0]} is not applied", patch.text)
    return _with_layers(base, [*base.layers, unread])


def _identity(fragment: Fragment) -> Identity:
    return fragment.kind, fragment.name


def _patched(base: Fragment, patch: Fragment) -> Fragment:
    """The base with each layer of the patch above the one of the same name."""
    left = list(patch.layers)
    layers: list[Layer] = []
    for layer in reversed(base.layers):
        layers += [own for own in reversed(left) if own.name == layer.name]
        left = [own for own in left if own.name != layer.name]
        layers.append(layer)
    layers.reverse()
    made = _with_layers(base, [*layers, *left])
    made.world = patch.world.completed_by(base.world)
    made.main = patch.main or base.main
    made.version = patch.version or base.version
    return made


def _with_layers(fragment: Fragment, layers: list[Layer]) -> Fragment:
    made = copy(fragment)
    made.layers = layers
    return made
