"""The command line: arguments, exit status, and nothing else. Everything heavy is imported when it is needed."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.finding import Report

OK, FOUND, TROUBLE = 0, 1, 2
"""Exit status: nothing at or above --fail-on; findings; usage, configuration or internal error, or an unreadable file."""


class Options:
    """The parsed command line of ``check``, with its defaults."""

    def __init__(self) -> None:
        self.command: str | None = None
        self.paths: list[str] = []
        self.format = "text"
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
        self.exit_zero = False
        self.statistics = False
        self.show_files = False
        self.force_exclude = False
        self.config: str | None = None
        self.isolated = False
        self.conf: list[str] = []
        self.rules: list[str] = []
        self.all = False

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


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    import gc

    # Everything a run builds lives until its end; looking for garbage among it takes longer than all the rest.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # The same bytes under any locale, and a lone surrogate of the input spelt out as an escape.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _dispatch(arguments)
    except BrokenPipeError:
        # The reader has seen enough (`spmlint check | head`); keep Python from complaining about it at exit.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return TROUBLE


def _dispatch(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from spmlint.version import __version__

        print(f"spmlint {__version__}")
        return OK
    options = Options()
    if len(arguments) > 1 and arguments[0] == "check" and not any(word.startswith("-") for word in arguments):
        options.command, options.paths = "check", arguments[1:]
    else:
        from spmlint.arguments import parse

        parse(arguments, options)
    from spmlint.config import ConfigError

    try:
        if options.command == "check":
            return _check(options)
        if options.command == "explain":
            from spmlint.explain import run

            return run(options)
        from spmlint.rule_pages import show

        return show(options)
    except ConfigError as error:
        print(f"spmlint: {error}", file=sys.stderr)
        return TROUBLE


def _check(options: Options) -> int:
    from spmlint.config import Configs
    from spmlint.run import check

    configs = Configs(options.config, isolated=options.isolated, overrides=options.overrides())
    report = check(options.paths or ["."], configs, stdin=standard_input(options), force_exclude=options.force_exclude)
    if options.format == "json":
        from spmlint.report.json import write
    else:
        from spmlint.report.text import write
    write(report, sys.stdout)
    for failure in report.failures:
        print(f"spmlint: {failure.path}: {failure.message}", file=sys.stderr)
    if options.show_files:
        for path in report.files:
            print(path, file=sys.stderr)
    if options.statistics:
        _statistics(report)
    return _status(report, options, configs.for_path("_").fail_on)


def standard_input(options: Options) -> tuple[str, bytes] | None:
    """The name and content of ``-``, if it is among the paths."""
    if "-" not in options.paths:
        return None
    return options.stdin_filename or "<stdin>", sys.stdin.buffer.read()


def _status(report: Report, options: Options, fail_on: str) -> int:
    if report.failures:
        return TROUBLE
    if options.exit_zero or fail_on == "never":
        return OK
    from spmlint.finding import at_least

    return FOUND if any(at_least(finding.severity, fail_on) for finding in report.findings) else OK


def _statistics(report: Report) -> None:
    counts: dict[tuple[str, str, str], int] = {}
    for finding in report.findings:
        key = (finding.rule, finding.severity, finding.name)
        counts[key] = counts.get(key, 0) + 1
    for (rule, severity, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:6} {rule} {severity:7} {name}", file=sys.stderr)
