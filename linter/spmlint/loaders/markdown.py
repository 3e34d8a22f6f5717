"""Markdown: the commands in its blocks of shell code, each block on its own."""

from __future__ import annotations

from spmlint.document.markdown import read_fences
from spmlint.document.text import Source
from spmlint.fragment import Loaded
from spmlint.loaders import configure_text
from spmlint.loaders.shell_script import load_script
from spmlint.loaders.spark_submit import Carrier

SHELL_LANGUAGES = frozenset(
    ("", "sh", "shell", "bash", "zsh", "ksh", "console", "shell-session", "shellsession", "terminal")
)


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each command, and the session of each ``%%configure`` cell."""
    if "%%configure" in source.text:
        configure_text.load(source, loaded)
    carrier = Carrier(loaded, example=True)
    for fence in read_fences(source.whole()):
        if fence.language in SHELL_LANGUAGES:
            load_script(fence.code, carrier)
