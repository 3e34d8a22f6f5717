"""Manifests that a template engine has still to write: what they say of Spark, as far as their lines allow.

Only the resources that hold Spark settings are read; of anything else too much may be missing to say a thing about it.
"""

from __future__ import annotations

from spmlint.document.node import Problem
from spmlint.document.template_lines import recover
from spmlint.document.text import Source, Span
from spmlint.document.yaml_embedded import iter_embedded
from spmlint.fragment import Loaded
from spmlint.loaders import TEMPLATE_REASON
from spmlint.loaders.kubernetes import SPARK_KINDS, load_object

READ_IN_PART = "template: read as far as its lines allow; render it to check the rest"

_KINDS = (*SPARK_KINDS, "ConfigMap")


def load_template(source: Source, loaded: Loaded) -> None:
    """Add what can be read, and say that the rest is not checked, unless nothing in the file has to do with Spark."""
    found = Loaded(source)
    try:
        for document in iter_embedded(recover(source.whole())):
            if document.root.string("kind") in _KINDS:
                load_object(document.root, found)
    except Problem:
        found = Loaded(source)
    loaded.fragments, loaded.resources, loaded.ignores = found.fragments, found.resources, found.ignores
    loaded.troubles, loaded.unread = found.troubles, found.unread
    if found.fragments:
        loaded.unread.append((Span(source, 0, 0), READ_IN_PART))
    elif "spark" in source.text.lower():
        loaded.unread.append((Span(source, 0, 0), TEMPLATE_REASON))
