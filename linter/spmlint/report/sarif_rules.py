"""The rules of a run as SARIF's reporting descriptors: each rule's page, cut into what viewers show."""

from __future__ import annotations

from spmlint.finding import ERROR, INFO, SEVERITIES, WARNING, page_url
from spmlint.page import read_page
from spmlint.registry import Registry
from spmlint.rule_pages import markdown, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.finding import Report

LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}

_PRECISION = {ERROR: "very-high", WARNING: "high", INFO: "medium"}
"""An error is a refusal that was compared with real Spark; a warning is proved by known values; advice is advice."""
_PROBLEM = {ERROR: "error", WARNING: "warning", INFO: "recommendation"}
_LONGEST = 1024
"""What GitHub takes of a short or full description."""


def rules_of(report: Report) -> list[dict[str, Any]]:
    """Every rule that was looked for or that found something, by code."""
    packs, enabled = report.enabled()
    registry = Registry(packs)
    told = {finding.rule for finding in report.findings} | {one.finding.rule for one in report.silenced}
    listed = told.union(enabled)
    return [_rule(code, module, registry) for code, _, module, _ in sorted(registry.rows) if code in listed]


def _rule(code: str, module: str, registry: Registry) -> dict[str, Any]:
    rule, page = registry.rule(code), read_page(registry.page(code))
    severity = min((check.severity for check in rule.checks), key=SEVERITIES.index)
    about = [
        word for heading in ("What it does", "Why it hurts") for part in page.all(heading) for word in part.body.split()
    ]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": _short(page.title or rule.name)},
        "fullDescription": {"text": _short(" ".join(about) or page.title or rule.name)},
        "help": {"text": text(code, registry), "markdown": markdown(code, registry)},
        "helpUri": page_url(code),
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": list(filter(None, ("spark", module.rpartition(".")[0]))),
            "precision": _PRECISION[severity],
            "problem.severity": _PROBLEM[severity],
        },
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
