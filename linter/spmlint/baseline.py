"""A baseline: findings that were there when a project began to use spmlint, and that do not fail it.

Kept by fingerprint (rule, file, job, role and setting; no line and no value), so that moved lines and other values do not bring
an accepted finding back. Several findings of one fingerprint are counted.
"""

from __future__ import annotations

import json
import os

from spmlint.config import ConfigError
from spmlint.finding import EXTERNAL
from spmlint.fingerprint import fingerprint
from spmlint.replace_file import replace_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.finding import Finding, Report

DEFAULT = ".spmlint-baseline.json"


def write(report: Report, path: str) -> None:
    """Write the findings of ``report`` as the new baseline, in one step.

    Raises:
        ConfigError: the file cannot be written.
    """
    entries: dict[str, dict[str, object]] = {}
    for finding in report.findings:
        entry = entries.setdefault(
            fingerprint(finding),
            {"rule": finding.rule, "path": finding.span.source.path, "job": finding.job, "count": 0},
        )
        entry["count"] = int(str(entry["count"])) + 1
    text = json.dumps({"version": 1, "findings": dict(sorted(entries.items()))}, indent=2, ensure_ascii=False)
    try:
        replace_file(path, f"{text}\n".encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None


def apply(report: Report, path: str) -> list[str]:
    """Take the accepted findings out of ``report``; returns a line for each entry that nothing matched any more.

    Of files that were not looked at nothing is said, unless they are gone.

    Raises:
        ConfigError: the file cannot be read or is no baseline.
    """
    left = _read(path)
    kept: list[Finding] = []
    for finding in report.findings:
        key = fingerprint(finding)
        if left.get(key, (0, ""))[0] > 0:
            count, said = left[key]
            left[key] = (count - 1, said)
            report.silence(finding, EXTERNAL, f"accepted in {path}")
        else:
            kept.append(finding)
    report.findings = kept
    looked_at = set(report.files)
    return [
        f"stale baseline entry: {said}"
        for key, (count, said) in left.items()
        if count > 0 and ((at := said.partition(": ")[2]) in looked_at or not os.path.exists(at))
    ]


def _read(path: str) -> dict[str, tuple[int, str]]:
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        return {
            key: (int(entry["count"]), f"{entry['rule']}: {entry['path']}") for key, entry in data["findings"].items()
        }
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{path}: not a baseline; write one with --write-baseline") from None
