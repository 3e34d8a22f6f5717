"""A rule's page: the docstring of its module, read into its headed parts.

The page is written once, in the rule's file. `spmlint rule`, the docs and the tests that run its examples all read it here.
"""

from __future__ import annotations

HEADINGS = ("What it does", "Why it hurts", "Given", "Example", "Use instead", "Fix safety", "Applies to", "References")
"""Each begins a part; ``Given``, ``Example`` and ``Use instead`` name a file (``Example: spark-defaults.conf``). ``Given`` is
a facts file that holds for both examples; several examples pair up with as many replacements, in order."""

REQUIRED = ("What it does", "Why it hurts", "Example", "Use instead", "Applies to", "References")


class Part:
    """One headed part: ``file`` is the name after the colon, ``body`` the text without its indentation."""

    __slots__ = ("body", "file", "heading")

    def __init__(self, heading: str, file: str, body: str) -> None:
        self.heading = heading
        self.file = file
        self.body = body

    @property
    def content(self) -> str:
        """The example file itself: U+2400 in a page stands for the NUL that no page can hold."""
        return self.body.replace("\u2400", "\0")


class Page:
    """A whole page: its one-sentence ``title`` and its parts in writing order."""

    __slots__ = ("parts", "title")

    def __init__(self, title: str, parts: list[Part]) -> None:
        self.title = title
        self.parts = parts

    def all(self, heading: str) -> list[Part]:
        """The parts under ``heading``."""
        return [part for part in self.parts if part.heading == heading]

    def missing(self) -> list[str]:
        """The required headings that are not there."""
        return [heading for heading in REQUIRED if not self.all(heading)]


def read_page(docstring: str) -> Page:
    """Read a docstring into its parts."""
    lines = docstring.expandtabs().splitlines()
    title: list[str] = []
    parts: list[Part] = []
    body: list[str] = []
    for line in lines:
        heading, _, file = line.partition(":")
        if heading in HEADINGS and not line.startswith(" "):
            body = []
            parts.append(Part(heading, file.strip(), ""))
        elif parts:
            body.append(line)
            parts[-1].body = _dedent(body)
        else:
            title.append(line.strip())
    return Page(" ".join(word for word in title if word), parts)


def _dedent(lines: list[str]) -> str:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    margin = min(indents, default=0)
    return "\n".join(line[margin:].rstrip() for line in lines).strip("\n") + "\n"
