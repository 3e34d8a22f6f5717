"""The line of a file that a report shows, and which part of it is meant."""

from __future__ import annotations

from spmlint.report.layout import columns, cut, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Span

WIDTH = 140
"""Source lines that would take more columns, or more than the terminal has, are cut to a window around the value."""


def excerpt(span: Span, width: int = WIDTH) -> tuple[str, str, str]:
    """The line before the value, the value and the line behind it as they are shown, in ``width`` columns together.

    Of a span of several lines the first.
    """
    before, marked, after = _around(span, width)
    if columns(before) + columns(marked) + columns(after) > width:
        marked = cut(marked, width)
        room = width - columns(marked)
        before = cut(before, min(room, max(width // 3, room - columns(after))), keep_end=True)
        after = cut(after, room - columns(before))
    return before, marked, after


def _around(span: Span, width: int) -> tuple[str, str, str]:
    """The line before the value, the value and the line behind it as they are shown; enough of each to fill ``width``."""
    source = span.source.line(span.line)
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    enough = max(width, 0) + 1
    parts = source[max(0, start - enough) : start], source[start : min(end, start + enough)], source[end : end + enough]
    before, marked, after = (visible(part).expandtabs(4) for part in parts)
    return before, marked, after
