"""Dockerfiles: what an image runs when it starts, and while it is built."""

from __future__ import annotations

import re

from spmlint.document.json import read_json
from spmlint.document.node import Problem, Scalar, Sequence
from spmlint.document.text import VERBATIM, Piece, Source, Text
from spmlint.fragment import OWN_LINE, Loaded
from spmlint.loaders.shell_script import load_script, load_words
from spmlint.loaders.spark_submit import Carrier

COMMENTS = OWN_LINE

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|[\r\n])?+")
_INSTRUCTION = re.compile(r"\s*(?P<name>FROM|RUN|CMD|ENTRYPOINT)\s+(?:--\S+\s+)*", re.IGNORECASE)


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each ``RUN``, and of what ``ENTRYPOINT`` and ``CMD`` of a stage make together."""
    carrier = Carrier(loaded)
    entrypoint: Text | None = None
    command: Text | None = None
    for line in _logical_lines(source.whole()):
        match = _INSTRUCTION.match(line.value)
        if match is None:
            continue
        rest = line.slice(match.end(), len(line.value))
        name = match["name"].upper()
        if name == "FROM":
            _start(entrypoint, command, carrier)
            entrypoint = command = None
        elif name == "ENTRYPOINT":
            entrypoint = rest
        elif name == "CMD":
            command = rest
        else:
            _start(None, rest, carrier)
    _start(entrypoint, command, carrier)


def _logical_lines(text: Text) -> list[Text]:
    """Instructions with their continued lines, comments between them left out (Dockerfile reference, "Format")."""
    lines: list[Text] = []
    pieces: list[Piece] = []
    at = 0
    while at < len(text.value):
        match = _LINE.match(text.value, at)
        assert match
        start, end, at = match.start(), match.end(1), match.end()
        if text.value[start:end].lstrip().startswith("#"):
            continue
        pieces.append((text.value[start:at], start, at, VERBATIM))
        if not text.value[start:end].rstrip().endswith("\\"):
            lines.append(text.decode(pieces))
            pieces = []
    if pieces:
        lines.append(text.decode(pieces))
    return lines


def _start(entrypoint: Text | None, command: Text | None, carrier: Carrier) -> None:
    """Read what a container starts; a shell form runs alone, two exec forms are put together."""
    words: list[Text] = []
    for text in (entrypoint, command):
        listed = _words(text) if text is not None else []
        if text is not None and listed is None:
            load_script(text, carrier)
            return
        words.extend(listed or [])
    load_words(words, carrier)


def _words(text: Text) -> list[Text] | None:
    """The words of an exec form; None for a shell form."""
    if not text.value.lstrip().startswith("["):
        return None
    try:
        root = read_json(text)
    except Problem:
        return None  # Docker, too, takes what is no JSON for a shell form.
    if not isinstance(root, Sequence):
        return None
    return [node.text for node in root.nodes if isinstance(node, Scalar)]
