"""The command line: arguments, exit status, and nothing else. Everything heavy is imported when it is needed."""

from __future__ import annotations

import sys

from spmlint.options import FOUND, OK, TROUBLE, Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from spmlint.finding import Report
    from spmlint.progress import Progress


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
        status = _dispatch(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader has seen enough (`spmlint check | head`); keep Python from complaining about it at exit.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        # A full disk, most likely: what cannot be read is told where it is read.
        _say(f"{error.filename or 'output'}: {error.strerror or error}")
        return TROUBLE
    except SystemExit:
        raise
    except KeyboardInterrupt:
        return TROUBLE
    except BaseException as error:
        from spmlint.finding import internal_error

        _say(internal_error("", error))
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
        if options.command == "completion":
            from spmlint.completion import script

            print(script(options.shell), end="")
            return OK
        from spmlint.rule_pages import show

        return show(options)
    except ConfigError as error:
        for line in str(error).split("\n"):
            _say(line)
        return TROUBLE


def _check(options: Options) -> int:
    from spmlint.config import Configs
    from spmlint.run import check

    configs = Configs(options.config, isolated=options.isolated, overrides=options.overrides())
    stdin = options.standard_input()
    paths = options.paths or ["."]
    if options.changed_since is not None:
        from spmlint.changed import changed

        paths = changed(paths, options.changed_since, configs, force_exclude=options.force_exclude)

    progress = _progress()
    watch = progress.watch if progress else None

    def run(contents: Mapping[str, bytes]) -> Report:
        try:
            return check(
                paths, configs, stdin=stdin, force_exclude=options.force_exclude, contents=contents, watch=watch
            )
        finally:
            if progress:
                progress.wipe()

    if options.fix or options.diff:
        from spmlint.fix import diff, fix, write

        fixed = fix(run, unsafe=options.unsafe_fixes)
        if options.diff:
            sys.stdout.writelines(diff(fixed))
            return TROUBLE if fixed.report.failures else FOUND if fixed.contents else OK
        write(fixed)
        if fixed.applied:
            from spmlint.words import plural

            _say(f"{plural(fixed.applied, 'finding')} fixed in {plural(len(fixed.contents), 'file')}")
        report = fixed.report
    else:
        report = run({})
    if options.baseline or options.write_baseline:
        from spmlint import baseline

        path = options.baseline or baseline.DEFAULT
        if options.write_baseline:
            from spmlint.words import plural

            baseline.write(report, path)
            _say(f"{plural(len(report.findings), 'finding')} written to {path}")
            return TROUBLE if report.failures else OK
        for stale in baseline.apply(report, path):
            _say(stale)
    report.hides_suppressed = options.hide_suppressed
    written = _write_files(report, options)
    _print(report, options)
    return _status(report, options, configs.for_path("_").fail_on) if written else TROUBLE


def _progress() -> Progress | None:
    if not sys.stderr.isatty():
        return None
    from spmlint.progress import Progress

    return Progress(sys.stderr)


def _write_files(report: Report, options: Options) -> bool:
    """Write what --output asks for; whether all of it could be written."""
    from spmlint.report import write_file

    whole = True
    for form, path in options.output:
        try:
            write_file(report, form, path)
        except OSError as error:
            _say(f"{path}: {form} report not written: {error.strerror or error}")
            whole = False
    return whole


def _print(report: Report, options: Options) -> None:
    from spmlint.report import write, write_unasked

    if options.format:
        write(report, options.format, sys.stdout)
    else:
        write_unasked(report, sys.stdout)
    for failure in report.failures:
        _say(f"{failure.path}: {failure.message}")
    if options.show_files:
        for path in report.files:
            _say(path, head="")
    if options.statistics:
        _statistics(report)


def _say(text: str, head: str = "spmlint: ") -> None:
    """One line to stderr; names of files may hold anything."""
    from spmlint.report.layout import visible

    print(head + visible(text), file=sys.stderr)


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
