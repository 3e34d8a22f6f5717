"""What may never happen, whatever a file holds: an exception, an internal error in the report, a place outside the file, fixes
that do not settle after their rounds.
"""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from spmlint.config import Configs
from spmlint.explain import explain
from spmlint.finding import Report
from spmlint.fix import MOST_ROUNDS, fix
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.recognition import recognise
from spmlint.report import json as as_json
from spmlint.report import text as as_text
from spmlint.run import Input, check, report_on
from spmlint.silence import Silence

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
NAMES = (
    "job.yaml",
    "spark-defaults.conf",
    "submit.sh",
    "application.conf",
    "job.json",
    "book.ipynb",
    "job.py",
    "main.tf",
    "terraform.tfvars",
    "values.yaml",
    "kustomization.yaml",
    "guide.md",
    "Dockerfile",
    "Makefile",
    "spark.properties",
    "options.template",
    "yarn-site.xml",
)
MARKS = (
    *(
        ": ",
        ": >-",
        "<<: *",
        "&a ",
        "*a",
        "? ",
        "- ",
        "---\n",
        "...",
        "!!str ",
        "!!binary ",
        "# spmlint: ignore[SPM101]",
    ),
    *(
        "{{ ",
        "}}",
        "${",
        "}",
        "$(",
        ")",
        "<%",
        "%}",
        '"""',
        "\\\n",
        "\\u",
        "<<EOF\nEOF",
        "+= ",
        "include ",
        "required(",
    ),
    *(
        "--conf ",
        "--master ",
        "k8s://",
        "yarn",
        "local[*]",
        "1g",
        "1Gi",
        "1.5g",
        "512m",
        "9999999999999999999g",
        "-1",
        "0",
    ),
    *("1e3", "0x1F", "100%", "1s", "true", "false", "null", "~", "url(", "file(", "classpath("),
)
"""What gives the formats their structure, and values of all kinds."""


class Wrong(Exception):
    """A promise that was not kept without an exception."""


def keep(name: str, content: bytes) -> None:
    """Do everything spmlint can do with one file, which is written into the current folder.

    Raises:
        Wrong, or whatever should not have been raised.
    """
    Path(name).write_bytes(content)
    rounds = 0

    def run(contents: dict[str, bytes]) -> Report:
        nonlocal rounds
        rounds += 1
        report = check([name], Configs(isolated=True), contents=contents)
        for failure in report.failures:
            raise Wrong(failure.message)
        return report

    report = run({})
    for finding in report.findings:
        places = [finding.span, *(related.span for related in finding.related)]
        places += [edit.span for edit in finding.fix.edits] if finding.fix else []
        if not all(0 <= place.start <= place.end <= len(place.source.text) for place in places):
            raise Wrong(f"a place outside the file: {finding.rule}")
    for writer in (as_json, as_text):
        writer.write(report, io.StringIO())
    if any(finding.fix for finding in report.findings):
        rounds = 0
        fix(run, unsafe=True)
        if rounds > MOST_ROUNDS:
            raise Wrong("the fixes do not settle")
    asked_less, asked_all = with_silence_and_without({f"a/{name}": content, f"b/{name}": content})
    if asked_less != asked_all:
        raise Wrong("a check that would have found something was not run")
    loaded = load(name, content)
    if loaded is not None:
        for job in link([loaded]).jobs:
            explain(job)


def with_silence_and_without(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """What is reported of these files by their paths: as always, and with every check run on every job."""
    reports = []
    for rest in (Silence.rest, lambda self, answers, about, checks: checks):
        given = Input(Configs(isolated=True))
        for path, content in files.items():
            loaded = load(path, content)
            if loaded is not None:
                given.add(loaded)
        with patch.object(Silence, "rest", rest):
            reports.append(as_json.to_dict(report_on(given, Configs(isolated=True))))
    return reports


def words() -> list[str]:
    """What mutation alone would not find: keys, marks of kinds of files, units, marks of templates and of YAML."""
    found = set(MARKS)
    for module in ("loaders.recognition", "places.pods", "loaders.kubeflow"):
        for name, value in vars(import_module(f"spmlint.{module}")).items():
            found |= set() if name.startswith("__") else set(_words_in(value))
    from spmlint.spark.catalogue import targets

    found |= {
        key for key in targets() if key.startswith(("spark.executor", "spark.driver", "spark.dynamic", "spark.kube"))
    }
    return sorted(word for word in found if 0 < len(word) < 60)


def _words_in(value: object) -> list[str]:
    if isinstance(value, bytes):
        return [value.decode("latin-1")]
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | frozenset):
        return [word for part in value for word in _words_in(part)]
    if isinstance(value, dict):
        return [word for pair in value.items() for word in _words_in(pair)]
    return []


def seeds(largest_bytes: int) -> list[tuple[str, str, bytes]]:
    """The fixtures: kind, a name of `NAMES` that is read as the fixture itself is, and content."""
    found = []
    for path in sorted(path for path in FIXTURES.rglob("*") if path.is_file() and path.suffix != ".expect"):
        content = path.read_bytes()
        kind = recognise(path.name, content)
        name = next((name for name in NAMES if recognise(name, content) == kind), None)
        if kind is not None and name is not None and len(content) <= largest_bytes:
            found.append((kind, name, content))
    return found
