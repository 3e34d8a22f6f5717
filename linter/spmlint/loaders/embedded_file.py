"""A file inside a file: an entry of a ConfigMap, a manifest in a workflow, a block of Helm values."""

from __future__ import annotations

from spmlint.document.node import Problem
from spmlint.document.text import Span, Text
from spmlint.fragment import Loaded
from spmlint.trouble import CANNOT_PARSE, Trouble


def load_file(name: str, text: Text, loaded: Loaded) -> None:
    """Add what the file called ``name`` means, if it is of a kind that is read from inside another."""
    from spmlint.loaders.recognition import recognise

    module = recognise(name, text.value.encode(errors="replace"))
    if module == "spark_defaults":
        from spmlint.loaders.spark_defaults import load_properties

        before = len(loaded.fragments)
        load_properties(text, name, loaded)
        if len(loaded.fragments) == before:
            note_template(text, loaded)
    elif module == "kubernetes":
        load_manifest(text, loaded)
    elif module == "shell_script":
        from spmlint.loaders.shell_script import load_script
        from spmlint.loaders.spark_submit import Carrier

        load_script(text, Carrier(loaded))


def load_manifest(text: Text, loaded: Loaded) -> None:
    """Add the objects of a YAML stream inside a string."""
    from spmlint.document.yaml_embedded import iter_embedded
    from spmlint.loaders.kubernetes import load_object

    try:
        for document in iter_embedded(text):
            load_object(document.root, loaded)
    except Problem as problem:
        if not note_template(text, loaded):
            span = Span(text.source, problem.start, problem.end)
            loaded.troubles.append(Trouble(CANNOT_PARSE, span, problem.message, problem.hint))


def note_template(text: Text, loaded: Loaded) -> bool:
    """Say once that a template has to be rendered first; returns whether it is one."""
    from spmlint.document.holes import template_marks
    from spmlint.loaders import TEMPLATE_REASON

    if not template_marks(text.value):
        return False
    loaded.unread.append((text.span(0, min(1, len(text.value))), TEMPLATE_REASON))
    return True
