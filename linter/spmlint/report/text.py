"""Findings for people: place and message, the source line with a caret under the exact value, the sum, the fix."""

from __future__ import annotations

from spmlint.report.details import details, not_checked, where
from spmlint.report.excerpt import WIDTH, excerpt
from spmlint.report.layout import columns, put, terminal_width, visible
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from spmlint.document.text import Span
    from spmlint.finding import Finding, Report
    from spmlint.report.layout import Line

_GUTTER = "  {} | "
SHOWN_NOT_CHECKED = 10


def write(report: Report, stream: TextIO) -> None:
    """Write the report as text."""
    put(_lines(report, min(WIDTH, terminal_width(stream) or WIDTH)), stream)


def _lines(report: Report, width: int) -> Iterator[Line]:
    for finding in report.findings:
        yield from _finding(finding, width)
        yield []
    for entry in report.not_checked[:SHOWN_NOT_CHECKED]:
        yield [(where(entry.span), "path"), (f": {not_checked(entry)}", "dim")]
    hidden = len(report.not_checked) - SHOWN_NOT_CHECKED
    if hidden > 0:
        yield [(f"... and {hidden} more not checked (all in --format json)", "dim")]
    for note in report.notes:
        yield [(f"note: {note}", "dim")]
    yield [(summary(report), "")]


def _finding(finding: Finding, width: int) -> Iterator[Line]:
    yield [
        (where(finding.span), "path"),
        (": ", ""),
        (finding.severity, finding.severity),
        (f" {finding.rule} ", "rule"),
        (f"{finding.name}: ", "dim"),
        (visible(finding.message), ""),
    ]
    yield from _excerpt(finding.span, width)
    for label, place, text in details(finding):
        yield [
            (f"    {label}: ", "gutter"),
            (f"{place} " if place else "", "path"),
            (text, "good" if label.startswith("fix") else ""),
        ]


def _excerpt(span: Span, width: int) -> Iterator[Line]:
    """The source line and a caret line under the value, both in ``width`` columns; of a span of several lines the first."""
    number = str(span.line)
    width -= columns(_GUTTER.format(number))
    before, marked, after = excerpt(span, width)
    yield [(_GUTTER.format(number), "gutter"), (before + marked + after, "")]
    carets = "^" * max(1, columns(marked))
    yield [(_GUTTER.format(" " * len(number)), "gutter"), (" " * columns(before), ""), (carets, "caret")]


def summary(report: Report) -> str:
    """``Found 1 error and 2 warnings in 3 files (2 jobs)``, and what was left out."""
    counts = [(report.count("error"), "error"), (report.count("warning"), "warning"), (report.count("info"), "info")]
    found = [plural(number, what) if what != "info" else f"{number} info" for number, what in counts if number]
    text = "Found " + " and ".join(found) if found else "No findings"
    text += f" in {plural(len(report.files), 'file')} ({plural(report.jobs, 'job')})"
    if report.not_checked:
        text += f"; {len(report.not_checked)} not checked"
    if report.suppressed:
        text += f"; {report.suppressed} suppressed"
    if report.failures:
        text += f"; {plural(len(report.failures), 'file')} failed"
    return text + "."
