"""The report as GitLab Code Quality reads it: an array of what was found, with unique fingerprints.

GitLab does not show ``check_name``, so the description begins with the rule. Paths are those of the run: start it at the root
of the project.
"""

from __future__ import annotations

import json

from spmlint.finding import ERROR, INFO, WARNING
from spmlint.fingerprint import numbered
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from spmlint.finding import Failure, Finding, Report

SEVERITIES = {ERROR: "critical", WARNING: "major", INFO: "info"}


def write(report: Report, stream: TextIO) -> None:
    """Write one JSON array; ``[]`` where nothing was found."""
    silenced = {id(one.finding) for one in report.silenced}
    findings = numbered([*report.findings, *(one.finding for one in report.silenced)])
    violations = [_failure(failure) for failure in report.failures]
    violations += [_violation(finding, identity) for finding, identity in findings if id(finding) not in silenced]
    json.dump(violations, stream, indent=2, ensure_ascii=False)
    stream.write("\n")


def _violation(finding: Finding, identity: str) -> dict[str, Any]:
    span = finding.span
    return {
        "description": f"{finding.rule} {finding.name}: {visible(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": identity,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": span.source.path, "lines": {"begin": span.line, "end": span.end_line}},
    }


def _failure(failure: Failure) -> dict[str, Any]:
    from hashlib import sha256

    description = visible(f"{failure.path}: {failure.message}")
    return {
        "description": description,
        "check_name": "spmlint",
        "fingerprint": sha256(description.encode("utf-8")).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": failure.path, "lines": {"begin": 1}},
    }
