"""The fenced blocks of a written page, and what the comment on the line before each of them says of it.

    <!-- file: job.yaml -->                   the block is that file, from here on
    <!-- file: job.yaml, finds SPM211 -->     and the check finds exactly that in it ("finds nothing": it finds nothing)
    <!-- facts: node.yaml -->                 the block is that file, and is given as facts to the checks below
    <!-- output of: spmlint check job.yaml -->    the block is what the command prints in a folder with the files so far

A page without files of its own runs its commands in this repository, where the fixtures are.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
FILE, FACTS, OUTPUT = "file", "facts", "output of"

_BLOCK = re.compile(
    r"^(?:<!-- (?P<role>file|facts|output of): (?P<subject>.*?)(?:, finds (?P<finds>[^>]*?))? -->\n)?"
    r"(?P<fence>`{3,})(?P<language>[\w-]*)\n(?P<body>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)


class Block:
    """One fenced block: ``start`` and ``end`` are where its body lies in the page.

    ``role`` is one of the words above or None; ``subject`` the file's name or the command; ``finds`` the codes that the check
    of the file gives, and None where the page does not say.
    """

    __slots__ = ("body", "end", "finds", "language", "role", "start", "subject")

    def __init__(self, match: re.Match[str]) -> None:
        self.role: str | None = match["role"]
        self.subject: str = match["subject"] or ""
        self.language: str = match["language"]
        self.body: str = match["body"]
        self.start, self.end = match.span("body")
        self.finds: set[str] | None = None
        if match["finds"]:
            self.finds = set() if match["finds"] == "nothing" else set(match["finds"].split())


def blocks(text: str) -> list[Block]:
    """The blocks of a page in their order."""
    return [Block(match) for match in _BLOCK.finditer(text)]


def prose(text: str) -> str:
    """A page without its blocks."""
    return _BLOCK.sub("", text)


def written() -> list[Path]:
    """Every page that people write: what generate.py writes as a whole is not among them."""
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "rules"]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(pages)]


def with_outputs(text: str) -> str:
    """The page with every output block as the program prints it now."""
    found = blocks(text)
    with TemporaryDirectory() as folder:
        here = Path(folder) if any(block.role in (FILE, FACTS) for block in found) else ROOT
        bodies = []
        for block in found:
            if block.role in (FILE, FACTS):
                (here / block.subject).write_text(block.body, encoding="utf-8")
            bodies.append(output(block.subject, here) if block.role == OUTPUT else block.body)
    for block, body in zip(reversed(found), reversed(bodies), strict=True):
        text = text[: block.start] + body + text[block.end :]
    return text


def output(command: str, folder: Path) -> str:
    """What the program prints, run as a user runs it."""
    program, *arguments = command.split()
    assert program == "spmlint", command
    run = [sys.executable, "-m", "spmlint", *arguments]
    # Where this runs must not show in what is quoted: in a workflow of GitHub's annotations would follow the text.
    outside = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run(run, cwd=folder, env=outside, capture_output=True, encoding="utf-8", check=False).stdout
