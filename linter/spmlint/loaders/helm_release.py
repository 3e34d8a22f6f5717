"""Releases of Helm charts as objects: HelmRelease of Flux, Application of Argo CD. Both hold values as a file would."""

from __future__ import annotations

from spmlint.document.node import Node, Problem, Scalar
from spmlint.document.yaml_embedded import iter_embedded
from spmlint.fragment import Loaded
from spmlint.loaders.embedded_file import note_template
from spmlint.loaders.helm_values import load_values


def load_release(root: Node, loaded: Loaded) -> None:
    """Add the settings in the values of a HelmRelease."""
    values = root.get("spec", "values")
    if values is not None:
        load_values(values, loaded)


def load_application(root: Node, loaded: Loaded) -> None:
    """Add the settings in the values of an Application, which stand in it as a tree or as a string."""
    source = root.get("spec", "source")
    for one in [*root.items("spec", "sources"), *([source] if source is not None else [])]:
        tree, text = one.get("helm", "valuesObject"), one.get("helm", "values")
        if tree is not None:
            load_values(tree, loaded)
        elif isinstance(text, Scalar):
            try:
                for document in iter_embedded(text.text):
                    load_values(document.root, loaded)
            except Problem as problem:
                if not note_template(text.text, loaded):
                    loaded.unread.append((text.span(), f"not read as YAML: {problem.message}"))
