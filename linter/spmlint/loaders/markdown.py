"""Markdown: the blocks of code in it, each on its own: commands, Spark properties, Python, manifests and requests."""

from __future__ import annotations

from importlib import import_module

from spmlint.document.json import read_json
from spmlint.document.markdown import read_fences
from spmlint.document.node import Problem
from spmlint.document.text import Source, Text
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders import configure_text
from spmlint.loaders.embedded_file import load_manifest
from spmlint.loaders.recognition import recognise
from spmlint.loaders.shell_script import load_script
from spmlint.loaders.spark_defaults import load_properties
from spmlint.loaders.spark_submit import Carrier
from spmlint.trouble import CANNOT_PARSE

COMMENTS = NO_COMMENTS

_REQUESTS = ("emr_serverless", "emr_containers", "emr_cluster", "emr_steps")

SHELL_LANGUAGES = frozenset(
    ("", "sh", "shell", "bash", "zsh", "ksh", "console", "shell-session", "shellsession", "terminal")
)
PROPERTIES_LANGUAGES = frozenset(("", "properties", "conf", "ini", "text", "txt"))
_PYTHON, _YAML, _JSON = ("python", "py", "python3"), ("yaml", "yml"), ("json",)


def load(source: Source, loaded: Loaded) -> None:
    """Add what each block starts or sets, and the session of each ``%%configure`` cell."""
    if "%%configure" in source.text:
        configure_text.load(source, loaded)
    carrier = Carrier(loaded, example=True)
    for fence in read_fences(source.whole()):
        if fence.language in PROPERTIES_LANGUAGES and _is_properties(fence.code.value):
            load_properties(fence.code, source.path.replace("\\", "/").rsplit("/", 1)[-1], loaded)
        elif fence.language in SHELL_LANGUAGES:
            load_script(fence.code, carrier)
        elif fence.language in _PYTHON and recognise("a.py", fence.code.value.encode(errors="replace")):
            from spmlint.loaders.python_code import load_code

            load_code(fence.code, loaded)
        elif fence.language in (*_YAML, *_JSON):
            _load_object(fence.code, "a.json" if fence.language in _JSON else "a.yaml", loaded)


def _load_object(code: Text, name: str, loaded: Loaded) -> None:
    """Add what an object or a request means. One that cannot be read is an excerpt, which is right in documentation."""
    module = recognise(name, code.value.encode(errors="replace"))
    found = Loaded(code.source)
    try:
        if module == "kubernetes":
            load_manifest(code, found)
        elif module in _REQUESTS:
            import_module(f"spmlint.loaders.{module}").load_object(read_json(code), found)
    except Problem:
        return
    if not any(trouble.kind == CANNOT_PARSE for trouble in found.troubles):
        loaded.fragments += found.fragments
        loaded.resources += found.resources
        loaded.troubles += found.troubles


def _is_properties(code: str) -> bool:
    """Whether each line that says something sets a Spark key."""
    lines = [line.strip() for line in code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(line.startswith("spark.") for line in lines)
