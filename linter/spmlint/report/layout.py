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
    # The parts of a container's memory, in the hues that the page gives them too.
    "container": "blue",
    "heap": "bright_blue",
    "reserved": "bright_black",
    "user": "cyan",
    "spark": "green",
    "storage": "bright_green",
    "execution": "bright_cyan",
    "overhead": "yellow",
    "off-heap": "magenta",
    "PySpark": "red",
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
    """NO_COLOR and FORCE_COLOR decide, in that order; else whether the stream is a terminal that knows how.

    FORCE_COLOR is about standard output: a report in a file stays plain.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") and stream is sys.stdout:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width(stream: TextIO) -> int | None:
    """How many columns the terminal has that ``stream`` is; None where it is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def columns(text: str) -> int:
    """How many terminal columns ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cut(text: str, width: int, *, keep_end: bool = False) -> str:
    """``text`` in at most ``width`` columns: as it is, or its beginning or end beside an ellipsis."""
    if columns(text) <= width:
        return text
    if width < 1:
        return ""
    kept: list[str] = []
    room = width - 1
    for char in reversed(text) if keep_end else text:
        room -= _columns_of(char)
        if room < 0:
            break
        kept.append(char)
    return f"…{''.join(reversed(kept))}" if keep_end else f"{''.join(kept)}…"


def put(lines: Iterable[Line], stream: TextIO) -> None:
    """Write the lines, painted where the stream wants colour."""
    if not wants_colour(stream):
        for line in lines:
            stream.write("".join(text for text, _ in line).rstrip() + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    # The sixteen colours that every theme chooses for itself; rich is not asked what the terminal is, for that is decided.
    console = Console(
        file=stream, force_terminal=True, color_system="standard", highlight=False, markup=False, soft_wrap=True
    )
    for line in lines:
        console.print(Text.assemble(*((text, STYLES.get(style, "")) for text, style in line)))
