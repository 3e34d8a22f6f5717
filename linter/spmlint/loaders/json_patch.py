"""Files of JSON patches that a kustomization names: a list of operations, in YAML or JSON."""

from __future__ import annotations

from spmlint.document.node import Sequence
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Loaded


def load(source: Source, loaded: Loaded) -> None:
    """Keep the operations; a file of anything else gives nothing."""
    for document in iter_yaml(source):
        if isinstance(document.root, Sequence) and document.root.items()[:1]:
            loaded.operations = document.root
        return
