"""Lines of styled text: what every terminal view is made of, and how it reaches the terminal.

A view yields lines; a line is a list of (text, style). On a terminal rich paints them; in a pipe the same characters go out
plain. Control characters of the input never reach the terminal.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    Line = list[tuple[str, str]]

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "path": "bold",
    "rule": "bold",
    "gutter": "blue",
    "caret": "bold red",
    "dim": "dim",
    "good": "green",
}

_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160)) if code != 9}
_VISIBLE.update({code: f"\\u{code:04x}" for code in (*range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF)})


def visible(text: str) -> str:
    """``text`` with control and direction characters, lone surrogates and what XML cannot hold spelt out.

    So no input can drive a terminal or break a report.
    """
    if text.isprintable():
        return text
    return text.translate(_VISIBLE).encode("utf-8", "backslashreplace").decode("utf-8")


def wants_colour(stream: TextIO) -> bool:
    """NO_COLOR and FORCE_COLOR decide, in that order; else whether the stream is a terminal.

    FORCE_COLOR is about standard output: a report in a file stays plain.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") and stream is sys.stdout:
        return True
    return stream.isatty()


def put(lines: Iterable[Line], stream: TextIO) -> None:
    """Write the lines, painted where the stream wants colour."""
    if not wants_colour(stream):
        for line in lines:
            stream.write("".join(text for text, _ in line).rstrip() + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, highlight=False, markup=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, STYLES.get(style, "")) for text, style in line)))
