"""Kubernetes objects in JSON: one object or a List."""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.kubernetes import load_object

COMMENTS = NO_COMMENTS


def load(source: Source, loaded: Loaded) -> None:
    """Add what the object means."""
    load_object(read_json(source.whole()), loaded)
