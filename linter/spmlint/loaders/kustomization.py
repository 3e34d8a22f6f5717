"""Kustomizations: which files they take for bases, and which they patch them with. `spmlint.linking.link` joins the two."""

from __future__ import annotations

import posixpath

from spmlint.document.node import Mapping, Node, Problem, Scalar, Sequence
from spmlint.document.text import Source, Text
from spmlint.document.yaml import iter_yaml
from spmlint.document.yaml_embedded import iter_embedded
from spmlint.fragment import Kustomization, Loaded, Patch
from spmlint.loaders.embedded_file import load_manifest

_BASES = ("resources", "bases", "components")


def load(source: Source, loaded: Loaded) -> None:
    """Add what the file names, and the patches it holds itself."""
    folder = posixpath.dirname(source.path.replace("\\", "/"))
    for document in iter_yaml(source):
        root = document.root
        found = Kustomization(folder)
        for field in _BASES:
            found.bases.extend(_path(folder, item.text) for item in root.items(field) if isinstance(item, Scalar))
        for item in root.items("patchesStrategicMerge"):
            if isinstance(item, Scalar):
                found.patches.append(_patch(item.text, found, loaded))
        for field in ("patches", "patchesJson6902"):
            for item in root.items(field):
                written = item.scalar("path") or item.scalar("patch")
                if written is not None:
                    found.patches.append(_targeted(item.get("target"), _patch(written.text, found, loaded)))
        for item in root.items("replacements"):
            for target in item.items("targets"):
                written = target.scalar("select", "kind") or target.scalar("select", "name")
                if written is not None:
                    found.patches.append(_targeted(target.get("select"), Patch("", written.text)))
        loaded.kustomizations.append(found)


def _patch(text: Text, found: Kustomization, loaded: Loaded) -> Patch:
    """A patch by its path, or one that is written here."""
    if "\n" not in text.value:
        return Patch(_path(found.folder, text), text)
    if not text.value.lstrip().startswith(("-", "[")):
        load_manifest(text, loaded)
        return Patch(text.source.path, text)
    patch = Patch("", text)
    try:
        root = next(iter(iter_embedded(text))).root
    except (Problem, StopIteration):
        return patch
    patch.operations = root if isinstance(root, Sequence) else None
    return patch


def _targeted(target: Node | None, patch: Patch) -> Patch:
    if isinstance(target, Mapping):
        patch.kind, patch.name, patch.group = map(target.string, ("kind", "name", "group"))
        patch.is_selective = any(name.value not in ("kind", "name", "group", "version") for name, _ in target.pairs())
    return patch


def _path(folder: str, text: Text) -> str:
    return posixpath.normpath(posixpath.join(folder, text.value.strip()))
