"""The grammar of the command line. Imported only where there are options to parse."""

from __future__ import annotations

import argparse
import os
import sys

from spmlint.answer import LANGUAGES, MANAGERS, MODES, PLATFORMS
from spmlint.finding import SEVERITIES
from spmlint.report import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.options import Options

SHELLS = ("bash", "zsh", "fish")

_FORMATS = "\n".join(
    (
        "formats:",
        *(f"  {name:8}{reader}" for name, reader in FORMATS.items()),
        "Without --format text is printed, and where GITHUB_ACTIONS=true annotations after it.",
        "Paths are those of the run: start it at the root of the repository.",
    )
)


def parse(arguments: list[str], options: Options) -> None:
    """Parse ``arguments`` into ``options``; a usage error ends the process with status 2."""
    parser = make_parser()
    try:
        parser.parse_args(arguments, namespace=options)
    except SystemExit as stop:
        if stop.code and options.command is None and arguments and os.path.exists(arguments[0]):
            print(f"spmlint: to check it: spmlint check {arguments[0]}", file=sys.stderr)
        raise
    if options.output and (options.diff or options.write_baseline):
        parser.error("--output goes with neither --diff nor --write-baseline: they make no report")
    if getattr(options, "version", False):
        from spmlint.version import __version__

        print(f"spmlint {__version__}")
        sys.exit(0)
    if options.command is None:
        parser.print_help(sys.stderr)
        sys.exit(2)


def make_parser() -> argparse.ArgumentParser:
    """The whole grammar. Metavars say what a value is, to shell completion too: FILE, PATH, RULE, ``RULE,...`` or FORMAT=FILE."""
    parser = argparse.ArgumentParser(
        prog="spmlint", description="What a Spark job's configuration will really do, before it runs."
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands)
    _add_explain(commands)
    _add_rule(commands)
    completion = commands.add_parser("completion", help="a script that lets a shell complete this command line")
    completion.add_argument("shell", choices=SHELLS, help="write it where the shell looks, or source it")
    return parser


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="lint files, folders or '-'",
        argument_default=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_FORMATS,
    )
    _add_paths(check)
    check.add_argument("--format", choices=tuple(FORMATS), help="how findings are printed (see below)")
    check.add_argument(
        "--output",
        type=_output,
        action="append",
        metavar="FORMAT=FILE",
        help="write the report to FILE too, whatever is printed (repeatable)",
    )
    check.add_argument(
        "--hide-suppressed", action="store_true", help="leave suppressed findings out of sarif and junit reports"
    )
    check.add_argument("--select", type=_names, action="extend", metavar="RULE,...", help="run these rules only")
    check.add_argument("--ignore", type=_names, action="extend", metavar="RULE,...", help="do not run these rules")
    check.add_argument(
        "--fail-on", choices=(*SEVERITIES, "never"), help="weakest severity that gives exit status 1 (default: warning)"
    )
    check.add_argument("--fix", action="store_true", help="apply safe fixes to the files")
    check.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: also those that ask for more")
    check.add_argument("--diff", action="store_true", help="print what --fix would change; exit status 1 if anything")
    check.add_argument("--baseline", metavar="FILE", help="findings in FILE are accepted")
    check.add_argument("--write-baseline", action="store_true", help="accept all findings: write them to the baseline")
    check.add_argument("--exit-zero", action="store_true", help="exit status 0 even with findings")
    check.add_argument("--statistics", action="store_true", help="print how often each rule spoke, to stderr")
    check.add_argument("--show-files", action="store_true", help="print the files that were looked at, to stderr")
    check.add_argument("--force-exclude", action="store_true", help="apply excludes to files named as arguments too")
    check.add_argument(
        "--changed-since",
        metavar="REF",
        help="look only at files that changed since REF and HEAD parted, and at those git does not track yet",
    )


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = commands.add_parser(
        "explain", help="the memory map of every job found", argument_default=argparse.SUPPRESS
    )
    _add_paths(explain)
    explain.add_argument(
        "--format",
        choices=("text", "json", "html"),
        help="how jobs are shown; html also shows findings (default: text)",
    )
    explain.add_argument(
        "--fit",
        action="store_true",
        help="the largest executor that fits its place without waste, as settings to paste",
    )
    explain.add_argument(
        "--conf", action="append", metavar="KEY=VALUE", help="explain settings given by hand instead of files"
    )


def _add_rule(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rule = commands.add_parser("rule", help="a rule's page", argument_default=argparse.SUPPRESS)
    rule.add_argument("rules", nargs="*", metavar="RULE", help="code or name")
    rule.add_argument("--all", action="store_true", help="every rule")
    rule.add_argument("--format", choices=("text", "json", "markdown"), help="default: text")


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; '-' is standard input (default: .)")
    parser.add_argument("--stdin-filename", metavar="NAME", help="what '-' is called, which decides how it is read")
    group = parser.add_argument_group("where the files do not say")
    group.add_argument("--spark-version", metavar="V", help="such as 3.5 or 4.1.0")
    group.add_argument("--manager", choices=MANAGERS, metavar="M", help=", ".join(MANAGERS))
    group.add_argument("--deploy-mode", choices=MODES, metavar="D", help=" or ".join(MODES))
    group.add_argument("--language", choices=LANGUAGES, metavar="L", help=", ".join(LANGUAGES))
    group.add_argument("--platform", choices=PLATFORMS, metavar="P", help=", ".join(PLATFORMS))
    group.add_argument(
        "--facts", action="append", metavar="FILE", help="a file that describes the place the jobs run in (repeatable)"
    )
    parser.add_argument("--config", metavar="FILE", help="use this configuration file for every path")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")


def _output(text: str) -> tuple[str, str]:
    form, equals, file = text.partition("=")
    if not equals or not file:
        raise argparse.ArgumentTypeError(f"{text!r} is not FORMAT=FILE")
    if form not in FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(form, FORMATS, n=1)
        meant = f", did you mean {near[0]}?" if near else f"; choose from {', '.join(FORMATS)}"
        raise argparse.ArgumentTypeError(f"no format {form!r}{meant}")
    if file == "-":
        raise argparse.ArgumentTypeError(f"{text!r}: for standard output say --format {form}")
    return form, file


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
