"""The report as annotations of a GitHub Actions run: workflow commands that the runner reads in the log.

The runner undoes ``%25``, ``%0D`` and ``%0A`` everywhere, ``%3A`` and ``%2C`` in properties, and nothing else. It shows columns
only where a span stays in its line, and a limited number of annotations of each kind: the strongest come first.
"""

from __future__ import annotations

from spmlint.finding import ERROR, INFO, SEVERITIES, WARNING
from spmlint.report.details import full_message
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from spmlint.finding import Finding, Report

COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}


def write(report: Report, stream: TextIO) -> None:
    """Write one annotation a line: what could not be read, then the findings."""
    for failure in report.failures:
        properties = {"file": failure.path, "title": "spmlint"}
        stream.write(_command("error", properties, visible(f"{failure.path}: {failure.message}")))
    for finding in sorted(report.findings, key=lambda one: (SEVERITIES.index(one.severity), one.sort_key())):
        stream.write(_command(COMMANDS[finding.severity], _properties(finding), full_message(finding)))


def write_log(report: Report, stream: TextIO) -> None:
    """Write the report for the log of a workflow: as text, in which no input can pass for a command, then as annotations."""
    from hashlib import sha256
    from io import StringIO

    from spmlint.report import text

    # Commands are obeyed again behind this word, so it has to be one that no file can hold.
    log = StringIO()
    text.write(report, log)
    word = sha256(log.getvalue().encode("utf-8")).hexdigest()
    stream.write(f"::stop-commands::{word}\n")
    text.write(report, stream)
    stream.write(f"::{word}::\n")
    write(report, stream)


def _properties(finding: Finding) -> dict[str, str]:
    span = finding.span
    properties = {"file": span.source.path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return {**properties, "title": f"{finding.rule} {finding.name}"}


def _command(name: str, properties: dict[str, str], message: str) -> str:
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return visible(_data(text).replace(":", "%3A").replace(",", "%2C"))
