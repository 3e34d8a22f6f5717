"""The record of everything found in a folder, one line a finding, and what a change adds to it and removes from it.

    python benchmarks/ratchet.py [DIR FILE] [--write]

Prints the lines that today's run has and FILE has not (``+``) and those only FILE has (``-``); the exit status is 1 where
there are any. ``--write`` brings FILE up to date after showing them. The folder is checked in one run, as a user would.
Without DIR and FILE it is about the fixtures, whose record is committed: a test keeps it true, so that every change of what
is found stands in the diff of the commit that makes it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from spmlint.config import Configs
from spmlint.run import check

ROOT = Path(__file__).parent.parent
COMMITTED = (ROOT / "fixtures", ROOT / "tests" / "ratchet.txt")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Span


def record(folder: Path) -> list[str]:
    """The lines for a folder, sorted; paths are relative to it. Files that could not be read have a line as well."""
    back = os.getcwd()
    os.chdir(folder)
    try:
        report = check(["."], Configs(isolated=True))
    finally:
        os.chdir(back)
    lines = [f"{_place(f.span)} {f.severity} {f.rule} {f.message}" for f in report.findings]
    lines += [f"{_place(n.span)} not-checked {','.join(n.rules)} {n.reason}" for n in report.not_checked]
    lines += [f"{failure.path} failure {failure.message}" for failure in report.failures]
    return sorted(line.encode("unicode_escape").decode("ascii") for line in lines)


def recorded(file: Path) -> list[str]:
    """The lines that were written down; none where there is no such file."""
    return file.read_text("ascii").splitlines() if file.exists() else []


def changes(before: list[str], after: list[str]) -> list[str]:
    """What is new, behind a ``+``, and what is gone, behind a ``-``: side by side where both are about one place."""
    old, new = Counter(before), Counter(after)
    added = [(line, "+") for line in (new - old).elements()]
    removed = [(line, "-") for line in (old - new).elements()]
    return [f"{sign} {line}" for line, sign in sorted(added + removed)]


def _place(span: Span) -> str:
    return f"{span.source.path}:{span.line}:{span.column}"


def main(arguments: list[str]) -> int:
    """Show the changes, and write them down where that is asked for."""
    write = "--write" in arguments
    folder, file = [Path(argument) for argument in arguments if argument != "--write"] or COMMITTED
    before = recorded(file)
    after = record(folder)
    found = changes(before, after)
    print("\n".join([*found, f"{len(after)} lines, {len(found)} changed"]))
    if write:
        file.write_text("".join(f"{line}\n" for line in after), "ascii")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
