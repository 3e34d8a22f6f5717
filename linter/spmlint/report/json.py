"""The report as JSON, version 1: a contract other programs depend on; extend it, never rename."""

from __future__ import annotations

import json

from spmlint.fingerprint import fingerprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from spmlint.document.text import Span
    from spmlint.finding import Finding, Fix, Report


def write(report: Report, stream: TextIO) -> None:
    """Write the report as one JSON object."""
    json.dump(to_dict(report), stream, indent=2, ensure_ascii=False)
    stream.write("\n")


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data. Lines and columns are 1-based, columns count code points, end_column is exclusive."""
    return {
        "version": 1,
        "summary": {
            "files": len(report.files),
            "jobs": report.jobs,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "infos": report.count("info"),
            "not_checked": len(report.not_checked),
            "suppressed": report.suppressed,
        },
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [{**_start(n.span), "reason": n.reason, "rules": n.rules} for n in report.not_checked],
        "failures": [{"path": failure.path, "message": failure.message} for failure in report.failures],
        "notes": report.notes,
    }


def _start(span: Span) -> dict[str, Any]:
    return {"path": span.source.path, "line": span.line, "column": span.column}


def _place(span: Span) -> dict[str, Any]:
    return {**_start(span), "end_line": span.end_line, "end_column": span.end_column}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **_place(finding.span),
        "job": finding.job,
        "jobs": finding.jobs,
        "role": finding.role,
        "derivation": finding.derivation,
        "related": [{**_start(related.span), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix) if finding.fix else None,
        "url": finding.url,
        "fingerprint": fingerprint(finding),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"safety": fix.safety, "title": fix.title, "edits": edits}
