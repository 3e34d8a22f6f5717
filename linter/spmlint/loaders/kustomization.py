"""Kustomizations: which files they take for bases, and which they patch them with. `spmlint.link` joins the two."""

from __future__ import annotations

import posixpath

from spmlint.document.node import Scalar
from spmlint.document.text import Source, Text
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Kustomization, Loaded
from spmlint.loaders.embedded_file import load_manifest
from spmlint.loaders.kubernetes import SPARK_KINDS

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
                _take_patch(item.text, found, loaded, targets_spark=False)
        for field in ("patches", "patchesJson6902"):
            for patch in root.items(field):
                written = patch.scalar("path") or patch.scalar("patch")
                if written is not None:
                    targets_spark = patch.string("target", "kind") in SPARK_KINDS
                    _take_patch(written.text, found, loaded, targets_spark=targets_spark)
        loaded.kustomizations.append(found)


def _take_patch(text: Text, found: Kustomization, loaded: Loaded, *, targets_spark: bool) -> None:
    """A patch by its path, or one that is written here; a JSON patch is a list of operations, which are not applied."""
    path = _path(found.folder, text)
    if "\n" in text.value:
        path = ""
        if not text.value.lstrip().startswith(("-", "[")):
            load_manifest(text, loaded)
            path = text.source.path
    found.patches.append((path, text, targets_spark))


def _path(folder: str, text: Text) -> str:
    return posixpath.normpath(posixpath.join(folder, text.value.strip()))
