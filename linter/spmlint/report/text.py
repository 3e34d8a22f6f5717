"""Findings for people: place and message, the source line with a caret under the exact value, the sum, the fix."""

from __future__ import annotations

from spmlint.report.details import details, not_checked, where
from spmlint.report.layout import put, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from spmlint.document.text import Span
    from spmlint.finding import Finding, Report
    from spmlint.report.layout import Line

WIDTH = 140
"""Source lines longer than this are cut to a window around the value."""
SHOWN_NOT_CHECKED = 10


def write(report: Report, stream: TextIO) -> None:
    """Write the report as text."""
    put(_lines(report), stream)


def _lines(report: Report) -> Iterator[Line]:
    for finding in report.findings:
        yield from _finding(finding)
        yield []
    for entry in report.not_checked[:SHOWN_NOT_CHECKED]:
        yield [(where(entry.span), "path"), (f": {not_checked(entry)}", "dim")]
    hidden = len(report.not_checked) - SHOWN_NOT_CHECKED
    if hidden > 0:
        yield [(f"... and {hidden} more not checked (all in --format json)", "dim")]
    for note in report.notes:
        yield [(f"note: {note}", "dim")]
    yield [(summary(report), "")]


def _finding(finding: Finding) -> Iterator[Line]:
    yield [
        (where(finding.span), "path"),
        (": ", ""),
        (finding.severity, finding.severity),
        (f" {finding.rule} ", "rule"),
        (f"{finding.name}: ", "dim"),
        (visible(finding.message), ""),
    ]
    yield from _excerpt(finding.span)
    for label, place, text in details(finding):
        yield [
            (f"    {label}: ", "gutter"),
            (f"{place} " if place else "", "path"),
            (text, "good" if label.startswith("fix") else ""),
        ]


def _excerpt(span: Span) -> Iterator[Line]:
    """The source line and a caret line under the value; the first line of a value that spans several."""
    source = span.source.line(span.line)
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    number = str(span.line)
    if len(source) > WIDTH:
        left = max(0, min(start - WIDTH // 3, len(source) - WIDTH))
        source, start, end = source[left : left + WIDTH], start - left, min(end - left, WIDTH)
    shown_before = visible(source[:start]).expandtabs(4)
    marked = visible(source[start:end]).expandtabs(4)
    yield [(f"  {number} | ", "gutter"), (shown_before + marked + visible(source[end:]).expandtabs(4), "")]
    carets = "^" * max(1, _columns(marked))
    yield [(f"  {' ' * len(number)} | ", "gutter"), (" " * _columns(shown_before), ""), (carets, "caret")]


def _columns(text: str) -> int:
    """How many terminal columns ``text`` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def summary(report: Report) -> str:
    """``Found 1 error and 2 warnings in 3 files (2 jobs)``, and what was left out."""
    counts = [(report.count("error"), "error"), (report.count("warning"), "warning"), (report.count("info"), "info")]
    found = [_count(number, what) if what != "info" else f"{number} info" for number, what in counts if number]
    text = "Found " + " and ".join(found) if found else "No findings"
    text += f" in {_count(len(report.files), 'file')} ({_count(report.jobs, 'job')})"
    if report.not_checked:
        text += f"; {len(report.not_checked)} not checked"
    if report.suppressed:
        text += f"; {report.suppressed} suppressed"
    if report.failures:
        text += f"; {_count(len(report.failures), 'file')} failed"
    return text + "."
