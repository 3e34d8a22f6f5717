"""Kustomize overlays: a base and the patches of it as the one job they make.

A kustomization names both by path; what a patch changes it finds by its target, or by kind and name. The base stays a job of
its own, for it can be applied by itself.
"""

from __future__ import annotations

from spmlint.linking.patched_object import PatchedObject, identity_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.fragment import Fragment, Kustomization, Loaded, Patch
    from spmlint.linking.patched_object import Identity

    Piece = tuple[Loaded, Fragment]
    Objects = dict[Identity, PatchedObject]


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
        self._made: dict[str, Objects] = {}
        self._joined: list[Piece] = []

    def pieces(self) -> list[Piece]:
        for folder in self._folders:
            self._render(folder)
        alone = (piece for piece in self._all if not piece[0].is_companion and id(piece[1]) not in self._applied)
        return [*alone, *self._joined]

    def _render(self, folder: str) -> Objects:
        """What the kustomization of a folder comes to, by kind and name."""
        if folder not in self._made:
            self._made[folder] = {}  # a kustomization that names itself gives nothing
            self._made[folder] = self._apply(self._folders[folder])
        return self._made[folder]

    def _apply(self, found: Kustomization) -> Objects:
        made: Objects = {}
        for path in found.bases:
            if path in self._folders:
                made.update({identity: one.taken() for identity, one in self._render(path).items()})
            for one, fragment in self._files.get(path, ()):
                made[identity_of(fragment)] = PatchedObject(one, fragment)
        seen: set[int] = set()
        for patch in found.patches:
            self._patch(patch, made, seen)
        if id(found) in self._checked:
            self._joined.extend((one.one, one.fragment) for one in made.values() if one.is_changed)
        return made

    def _patch(self, patch: Patch, made: Objects, seen: set[int]) -> None:
        """Apply one patch to each object it is for; ``seen`` holds those written in the kustomization itself, applied so far."""
        operations = patch.operations or self._operations.get(patch.path)
        targets = [one for one in made.values() if one.is_target(patch)]
        parts = [fragment for _, fragment in self._files.get(patch.path, ()) if not fragment.complete]
        if operations is not None or not parts:
            for one in targets:
                one.apply_operations(operations, patch)
            return
        for part in parts:
            if id(part) not in seen:
                seen.add(id(part))
                named = made.get(identity_of(part))
                for one in targets or ([named] if named is not None else []):
                    self._applied.add(id(part))
                    one.apply(part)
