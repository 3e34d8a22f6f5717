"""Kustomize overlays: a base and the patches of it as the one job they make.

A kustomization names both by path; what a patch changes it finds by kind and name. The base stays a job of its own, for it
can be applied by itself.
"""

from __future__ import annotations

from copy import copy

from spmlint.conf import Layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.fragment import Fragment, Kustomization, Loaded

    Identity = tuple[str, str]
    Piece = tuple[Loaded, Fragment]


def overlaid(loaded: list[Loaded]) -> list[Piece]:
    """The fragments of the run with the file each is from, where patches whose base is among them are joined with it."""
    return _Overlays(loaded).pieces()


class _Overlays:
    """The kustomizations of one run by folder, and its fragments by file."""

    def __init__(self, loaded: list[Loaded]) -> None:
        self._all = [(one, fragment) for one in loaded for fragment in one.fragments]
        self._folders = {found.folder or ".": found for one in loaded for found in one.kustomizations}
        self._checked = {id(found) for one in loaded if not one.is_companion for found in one.kustomizations}
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
        seen = set()
        for path in found.bases:
            if path in self._folders:
                made.update(self._render(path))
            for piece in self._files.get(path, ()):
                made[_identity(piece[1])] = piece
        changed = {}
        for path, text, targets_spark in found.patches:
            patches = [piece[1] for piece in self._files.get(path, ()) if not piece[1].complete]
            for patch in patches:
                if id(patch) in seen:  # written in the kustomization itself, beside others
                    continue
                seen.add(id(patch))
                identity = _identity(patch)
                if identity in made:
                    self._applied.add(id(patch))
                    one, base = made[identity]
                    changed[identity] = made[identity] = one, _patched(base, patch)
            if targets_spark and not patches:
                unread = Layer("a patch")
                unread.open(f"the patch {text.value.splitlines()[0]} is not applied", text)
                for identity, (one, base) in changed.items():
                    changed[identity] = made[identity] = one, _with_layers(base, [*base.layers, unread])
        if id(found) in self._checked:
            self._joined.extend(changed.values())
        return made


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
