"""The report as SARIF 2.1.0, with what GitHub code scanning, Azure DevOps and the SARIF viewers of editors make use of.

All rules that were looked for are listed, whether they spoke or not, so that the list is the same from run to run. Columns
count code points and the end is exclusive. Suppressed findings are there as results with ``suppressions``. The fingerprint has
a key of its own: under ``primaryLocationLineHash`` GitHub's upload action expects what it computes itself.
"""

from __future__ import annotations

import json
from os.path import isabs
from urllib.parse import quote

from spmlint.finding import HOME
from spmlint.fingerprint import numbered
from spmlint.report.details import details, not_checked
from spmlint.report.layout import visible
from spmlint.report.sarif_rules import LEVELS, rules_of
from spmlint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from spmlint.document.text import Span
    from spmlint.finding import Finding, Fix, Related, Report, Silenced

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "spmlint/v1"


def write(report: Report, stream: TextIO) -> None:
    """Write the report as one SARIF log with one run."""
    json.dump(to_dict(report), stream, indent=2, ensure_ascii=False)
    stream.write("\n")


def to_dict(report: Report) -> dict[str, Any]:
    """The log as plain data."""
    rules = rules_of(report)
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    silenced = {id(one.finding): one for one in report.silenced}
    findings = numbered([*report.findings, *(one.finding for one in report.silenced)])
    if report.hides_suppressed:
        findings = [(finding, identity) for finding, identity in findings if id(finding) not in silenced]
    driver = {
        "name": "spmlint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": rules,
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [_invocation(report)],
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, identity, index, silenced.get(id(finding))) for finding, identity in findings
                ],
            }
        ],
    }


def _invocation(report: Report) -> dict[str, Any]:
    """Whether all could be read; and, as notifications, what could not."""
    failures: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": visible(f"{failure.path}: {failure.message}")},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(failure.path)}}],
        }
        for failure in report.failures
    ]
    holes = [
        {
            "level": "note",
            "message": {"text": not_checked(entry)},
            "locations": [_location(entry.span)],
        }
        for entry in report.not_checked
    ]
    return {"executionSuccessful": not report.failures, "toolExecutionNotifications": failures + holes}


def _result(finding: Finding, identity: str, index: dict[str, int], silenced: Silenced | None) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    result |= {
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(finding.span)],
        "partialFingerprints": {FINGERPRINT: identity},
    }
    if finding.related:
        result["relatedLocations"] = [_related(number, related) for number, related in enumerate(finding.related, 1)]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    if silenced:
        result["suppressions"] = [_suppression(silenced)]
    return result


def _message(finding: Finding) -> str:
    """The message and the sum; a related place is a link to it, as viewers show related places only where linked."""
    lines = [_plain(visible(finding.message))]
    number = 0
    for label, place, text in details(finding):
        if place:
            number += 1
            bare = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
            lines.append(f"{label}: [{bare}]({number})")
        else:
            lines.append(f"{label}: {_plain(text)}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """``text`` where nothing can be taken for a link."""
    return text.replace("](", "] (")


def _related(number: int, related: Related) -> dict[str, Any]:
    return {"id": number, **_location(related.span), "message": {"text": _plain(visible(related.message))}}


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span.source.path), "region": _region(span)}}


def _artifact(path: str) -> dict[str, str]:
    """A file below the folder the run was started in, which is the repository's root; or an absolute one."""
    uri = quote(path, errors="backslashreplace")
    if isabs(path):
        return {"uri": f"file:///{uri.removeprefix('/')}"}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.span.source.path, []).append(replacement)
    return {
        "description": {"text": _plain(visible(fix.title))},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
        "properties": {"safety": fix.safety},
    }


def _suppression(silenced: Silenced) -> dict[str, Any]:
    suppression: dict[str, Any] = {"kind": silenced.kind}
    if silenced.reason:
        suppression["justification"] = visible(silenced.reason)
    if silenced.span:
        suppression["location"] = _location(silenced.span)
    return suppression
