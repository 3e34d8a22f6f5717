"""The report as JUnit XML, for the test pages of Jenkins, GitLab and others.

A suite is a file, a test case is a finding: errors and warnings fail, advice passes with its text as output, what was
suppressed or could not be checked is skipped, and a file that could not be read is an error. A file without findings has one
test case that passes. Names hold the place, since readers drop cases of the same name.
"""

from __future__ import annotations

from xml.etree import ElementTree

from spmlint.finding import INFO
from spmlint.report.details import full_message, not_checked
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from spmlint.finding import Finding, Report


def write(report: Report, stream: TextIO) -> None:
    """Write one XML document."""
    suites = _Suites()
    for path in report.recognised:
        suites.of(path)
    for finding in report.findings:
        case = suites.case(finding.span.source.path, _name(finding), finding.span.line)
        body = f"{full_message(finding)}\n{finding.url}"
        if finding.severity == INFO:
            ElementTree.SubElement(case, "system-out").text = body
        else:
            said = {"message": visible(finding.message), "type": finding.severity}
            ElementTree.SubElement(case, "failure", said).text = body
    for one in () if report.hides_suppressed else report.silenced:
        case = suites.case(one.finding.span.source.path, _name(one.finding), one.finding.span.line)
        reason = f"suppressed: {visible(one.reason)}" if one.reason else "suppressed"
        ElementTree.SubElement(case, "skipped", {"message": reason})
    for entry in report.not_checked:
        name = f"not checked at {entry.span.line}:{entry.span.column}: {visible(entry.reason)}"
        case = suites.case(entry.span.source.path, name, entry.span.line)
        ElementTree.SubElement(case, "skipped", {"message": not_checked(entry)})
    for failure in report.failures:
        message = visible(failure.message)
        case = suites.case(failure.path, f"not read: {message}")
        ElementTree.SubElement(case, "error", {"message": message, "type": "failure"})
    suites.write(stream)


def _name(finding: Finding) -> str:
    return f"{finding.rule} {finding.name} at {finding.span.line}:{finding.span.column}"


class _Suites:
    """The document while it is made: one suite a file, in the order in which they are first named."""

    def __init__(self) -> None:
        self._suites: dict[str, ElementTree.Element] = {}

    def of(self, path: str) -> ElementTree.Element:
        """The suite of a file."""
        if path not in self._suites:
            self._suites[path] = ElementTree.Element("testsuite", {"name": visible(path)})
        return self._suites[path]

    def case(self, path: str, name: str, line: int | None = None) -> ElementTree.Element:
        """A new test case of a file."""
        shown = visible(path)
        place = {"file": shown} if line is None else {"file": shown, "line": str(line)}
        return ElementTree.SubElement(self.of(path), "testcase", {"name": name, "classname": shown, **place})

    def write(self, stream: TextIO) -> None:
        """Write all suites, each with its counts."""
        for path, suite in self._suites.items():
            if not len(suite):
                self.case(path, "no findings")
            suite.attrib |= _counts(suite)
        root = ElementTree.Element("testsuites", {"name": "spmlint"})
        if not self._suites:
            self.case("spmlint", "no files to check")
            self._suites["spmlint"].attrib |= _counts(self._suites["spmlint"])
        root.extend(self._suites.values())
        root.attrib |= _counts(root)
        ElementTree.indent(root)
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(ElementTree.tostring(root, encoding="unicode"))
        stream.write("\n")


def _counts(element: ElementTree.Element) -> dict[str, str]:
    names = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    return {name: str(sum(1 for _ in element.iter(tag))) for name, tag in names.items()}
