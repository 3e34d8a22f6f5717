"""YAML that carries commands: Compose services, GitHub workflows, GitLab pipelines."""

from __future__ import annotations

from spmlint.document.node import Node, Scalar
from spmlint.document.shell_words import split_words
from spmlint.document.text import Source, Text, join
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Loaded
from spmlint.loaders.shell_script import load_script, load_words
from spmlint.loaders.spark_submit import Carrier

_SCRIPTS = ("before_script", "script", "after_script")
"""Where a GitLab job holds the lines of one shell script."""


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each command of each document."""
    carrier = Carrier(loaded)
    for document in iter_yaml(source):
        root = document.root
        if root is None:
            continue
        for _, service in root.pairs("services"):
            load_words([*command_words(service, "entrypoint"), *command_words(service, "command")], carrier)
        for _, job in root.pairs("jobs"):
            for step in job.items("steps"):
                run = step.scalar("run")
                if run is not None:
                    load_script(run.text, carrier)
        for _, job in root.pairs():
            lines = [line.text for field in _SCRIPTS for line in job.items(field) if isinstance(line, Scalar)]
            if lines:
                load_script(join(lines, "\n"), carrier)


def command_words(node: Node, *path: str) -> list[Text]:
    """The words of a list, or of a string that is cut like a command but sees no shell."""
    scalar = node.scalar(*path)
    if scalar is not None:
        return split_words(scalar.marked)
    return [item.marked for item in node.items(*path) if isinstance(item, Scalar)]
