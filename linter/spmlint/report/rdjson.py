"""The report as reviewdog's diagnostics (rdjson), which review tools turn into comments and suggestions.

Columns count bytes of UTF-8 from 1 and the end is exclusive, as that format has it. A fix is a suggestion where it is one edit
of the finding's own file: several are taken one by one there, and half a fix may be worse than none.
"""

from __future__ import annotations

import json

from spmlint.finding import ERROR, HOME, INFO, WARNING
from spmlint.report.details import full_message
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from spmlint.document.text import Source, Span
    from spmlint.finding import Finding, Report

SEVERITIES = {ERROR: "ERROR", WARNING: "WARNING", INFO: "INFO"}
BOM_BYTES = 3


def write(report: Report, stream: TextIO) -> None:
    """Write one JSON object."""
    diagnostics: list[dict[str, Any]] = [
        {
            "message": visible(failure.message),
            "location": {"path": failure.path},
            "severity": "ERROR",
        }
        for failure in report.failures
    ]
    diagnostics += [_diagnostic(finding) for finding in report.findings]
    result = {"source": {"name": "spmlint", "url": HOME}, "diagnostics": diagnostics}
    json.dump(result, stream, indent=2, ensure_ascii=False)
    stream.write("\n")


def _diagnostic(finding: Finding) -> dict[str, Any]:
    span = finding.span
    diagnostic: dict[str, Any] = {
        "message": full_message(finding),
        "location": {"path": span.source.path, "range": _range(span)},
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": finding.url},
    }
    edits = finding.fix.edits if finding.fix else []
    if len(edits) == 1 and edits[0].span.source is span.source:
        diagnostic["suggestions"] = [{"range": _range(edits[0].span), "text": edits[0].text}]
    return diagnostic


def _range(span: Span) -> dict[str, Any]:
    return {
        "start": _position(span.source, span.line, span.column),
        "end": _position(span.source, span.end_line, span.end_column),
    }


def _position(source: Source, line: int, column: int) -> dict[str, int]:
    before = source.line(line)[: column - 1].encode("utf-8", "surrogatepass")
    return {"line": line, "column": len(before) + 1 + BOM_BYTES * (source.bom and line == 1)}
