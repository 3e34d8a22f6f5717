"""Lines of styled text: what every terminal view is made of, and how it reaches the terminal.

A view yields lines; a line is a list of (text, style). On a terminal rich paints them; in a pipe the same characters go out
plain. Control characters of the input never reach the terminal.
"""

from __future__ import annotations

import os

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
_VISIBLE.update({code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))})


def visible(text: str) -> str:
    """``text`` with control and direction characters spelt out, so that no input can drive the terminal."""
    return text.translate(_VISIBLE)


def wants_colour(stream: TextIO) -> bool:
    """NO_COLOR and FORCE_COLOR decide, in that order; else whether the stream is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
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
