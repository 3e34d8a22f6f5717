"""The report as one HTML file that needs nothing else: the memory map of every job, and what was found in the same files."""

from __future__ import annotations

from spmlint.report.html.page import page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from spmlint.explained import Explained
    from spmlint.finding import Report


def write(explained: list[Explained], report: Report, stream: TextIO) -> None:
    """Write the page; ``report`` is what a check of the same files found."""
    stream.write(page(explained, report))
