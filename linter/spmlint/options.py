"""What the command line said, and the exit statuses: what every command shares."""

from __future__ import annotations

import sys

OK, FOUND, TROUBLE = 0, 1, 2
"""Exit status: nothing at or above --fail-on; findings; usage, configuration or internal error, or an unreadable file."""


class Options:
    """The parsed command line of ``check``, with its defaults."""

    def __init__(self) -> None:
        self.command: str | None = None
        self.paths: list[str] = []
        self.format: str | None = None
        self.output: list[tuple[str, str]] = []
        """Formats and the files they are written to, besides what goes to standard output."""
        self.hide_suppressed = False
        self.stdin_filename = ""
        self.spark_version: str | None = None
        self.manager: str | None = None
        self.deploy_mode: str | None = None
        self.language: str | None = None
        self.platform: str | None = None
        self.facts: list[str] | None = None
        self.select: list[str] | None = None
        self.ignore: list[str] | None = None
        self.fail_on: str | None = None
        self.fix = False
        self.unsafe_fixes = False
        self.diff = False
        self.baseline: str | None = None
        self.write_baseline = False
        self.exit_zero = False
        self.statistics = False
        self.show_files = False
        self.force_exclude = False
        self.changed_since: str | None = None
        self.config: str | None = None
        self.isolated = False
        self.conf: list[str] = []
        self.fit = False
        self.rules: list[str] = []
        self.all = False
        self.shell = ""

    def overrides(self) -> dict[str, object]:
        """The configuration fields this command line sets."""
        fields = (
            "spark_version",
            "manager",
            "deploy_mode",
            "language",
            "platform",
            "facts",
            "select",
            "ignore",
            "fail_on",
        )
        return {field: getattr(self, field) for field in fields if getattr(self, field) is not None}

    def standard_input(self) -> tuple[str, bytes] | None:
        """The name and content of ``-``, if it is among the paths."""
        if "-" not in self.paths:
            return None
        return self.stdin_filename or "<stdin>", sys.stdin.buffer.read()
