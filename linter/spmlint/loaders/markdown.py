"""Markdown: the commands in its blocks of shell code, and blocks of nothing but Spark properties, each on its own."""

from __future__ import annotations

from spmlint.document.markdown import read_fences
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders import configure_text
from spmlint.loaders.shell_script import load_script
from spmlint.loaders.spark_defaults import load_properties
from spmlint.loaders.spark_submit import Carrier

COMMENTS = NO_COMMENTS

SHELL_LANGUAGES = frozenset(
    ("", "sh", "shell", "bash", "zsh", "ksh", "console", "shell-session", "shellsession", "terminal")
)
PROPERTIES_LANGUAGES = frozenset(("", "properties", "conf", "ini", "text", "txt"))


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each command, and the session of each ``%%configure`` cell."""
    if "%%configure" in source.text:
        configure_text.load(source, loaded)
    carrier = Carrier(loaded, example=True)
    for fence in read_fences(source.whole()):
        if fence.language in PROPERTIES_LANGUAGES and _is_properties(fence.code.value):
            load_properties(fence.code, source.path.replace("\\", "/").rsplit("/", 1)[-1], loaded)
        elif fence.language in SHELL_LANGUAGES:
            load_script(fence.code, carrier)


def _is_properties(code: str) -> bool:
    """Whether each line that says something sets a Spark key."""
    lines = [line.strip() for line in code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(line.startswith("spark.") for line in lines)
