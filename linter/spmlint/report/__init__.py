"""A Report written for its reader: one format a module, each with ``write(report, stream)``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from spmlint.finding import Report

FORMATS = {
    "text": "for people: place, message, source line, sum and fix",
    "json": "everything, for programs; the contract is version 1",
    "sarif": "SARIF 2.1.0, for code scanning and editors",
    "github": "annotations of a GitHub Actions run",
    "gitlab": "a GitLab Code Quality report",
    "junit": "JUnit XML, for the test pages of Jenkins and others",
    "rdjson": "reviewdog's diagnostics, with suggestions",
}
"""Each is a module of this package; and who reads it."""


def write(report: Report, form: str, stream: TextIO) -> None:
    """Write the report in one of `FORMATS`."""
    from importlib import import_module

    import_module(f"{__name__}.{form}").write(report, stream)


def write_file(report: Report, form: str, path: str) -> None:
    """Write the report in one of `FORMATS` to a file, in one step, as the bytes that standard output would get.

    Raises:
        OSError: the file cannot be written.
    """
    from io import StringIO

    from spmlint.replace_file import replace_file

    text = StringIO()
    write(report, form, text)
    replace_file(path, text.getvalue().encode("utf-8", "backslashreplace"))


def write_unasked(report: Report, stream: TextIO) -> None:
    """Write what is printed where no format was asked for: text, and annotations too where GitHub Actions runs us."""
    import os

    if os.environ.get("GITHUB_ACTIONS") == "true":
        from spmlint.report.github import write_log

        write_log(report, stream)
    else:
        from spmlint.report.text import write

        write(report, stream)
