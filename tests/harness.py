"""How tests run the linter on files: in a folder of their own, without the configuration of this repository."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

from spmlint.config import Configs
from spmlint.finding import Report
from spmlint.report import write
from spmlint.run import check

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"


def run(paths: list[str], **options: object) -> Report:
    """Check ``paths``; ``options`` are fields of the configuration."""
    return check(paths, Configs(isolated=True, overrides=options))


class Folder:
    """A temporary folder that is the current one while files in it are checked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str | bytes) -> str:
        """Write one file; returns its name."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def check(self, *names: str, **options: object) -> Report:
        """Check files of the folder by their names."""
        before = os.getcwd()
        os.chdir(self.path)
        try:
            return run(list(names), **options)
        finally:
            os.chdir(before)


def lines(report: Report) -> list[str]:
    """A report in the form of the ``.expect`` files: one line a finding and its sum below it, then what was not checked."""
    found = []
    for f in report.findings:
        place = f"{f.span.line}:{f.span.column}-{f.span.end_line}:{f.span.end_column}"
        found.append(f"{f.rule} {f.severity} {place} {f.message}")
        found += [f"    {line}" for line in f.derivation]
    found += [
        f"not-checked {n.span.line}:{n.span.column} {n.reason} ({', '.join(n.rules)})".replace(" ()", "")
        for n in report.not_checked
    ]
    return found + [f"failure {failure.message}" for failure in report.failures]


def written(report: Report, form: str) -> str:
    """The text of the bytes that a report in one format is on its way to a file or a pipe."""
    stream = StringIO()
    write(report, form, stream)
    return stream.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")
