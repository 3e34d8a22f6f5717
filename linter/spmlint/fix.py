"""Fixes: span edits, applied until nothing changes any more; all other bytes stay as they are.

Each round checks the files as the edits so far would leave them, so a fix that another finding depends on comes first. A round
that would make a file unreadable, or bring a finding of severity error that was not there, is taken back for that file.
"""

from __future__ import annotations

import codecs

from spmlint.finding import ERROR, SAFE, Failure, Fix, Report
from spmlint.replace_file import replace_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spmlint.document.text import Source

    Checking = Callable[[Mapping[str, bytes]], Report]

MOST_ROUNDS = 10


class Fixed:
    """The outcome: the last ``report``, the old and new bytes of each changed path, and how many fixes were applied."""

    __slots__ = ("applied", "contents", "originals", "report")

    def __init__(self, report: Report) -> None:
        self.report = report
        self.contents: dict[str, bytes] = {}
        self.originals: dict[str, bytes] = {}
        self.applied = 0


def fix(check: Checking, *, unsafe: bool) -> Fixed:
    """Apply the fixes of the findings, round by round; ``check`` checks the files as the given contents would have them.

    Only with ``unsafe`` those that change what a job asks for. Nothing is written.
    """
    outcome = Fixed(check({}))
    given_up: set[str] = set()
    for _ in range(MOST_ROUNDS):
        changed = {path: plan for path, plan in _plans(outcome.report, unsafe=unsafe).items() if path not in given_up}
        contents, applied = dict(outcome.contents), 0
        for path, fixes in changed.items():
            before = outcome.contents.get(path, _on_disk(path))
            if before is None or not _is_still(fixes[0].edits[0].span.source, before):
                given_up.add(path)
                continue
            outcome.originals.setdefault(path, before)
            contents[path] = _edited(fixes)
            applied += len(fixes)
        if contents == outcome.contents:
            break
        report = check(contents)
        worse = {path for path in changed if _errors(report, path) > _errors(outcome.report, path)}
        if worse:
            given_up |= worse
            continue
        outcome.report, outcome.contents = report, contents
        outcome.applied += applied
    return outcome


def _plans(report: Report, *, unsafe: bool) -> dict[str, list[Fix]]:
    """For each file the fixes that do not touch one another, in the order of the findings."""
    plans: dict[str, list[Fix]] = {}
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in report.findings:
        made = finding.fix
        if made is None or (made.safety != SAFE and not unsafe):
            continue
        path = finding.span.source.path
        ranges = [(edit.span.start, edit.span.end) for edit in made.edits]
        if any(edit.span.source is not finding.span.source for edit in made.edits):
            continue
        if any(start <= end_ and start_ <= end for start, end in ranges for start_, end_ in taken.get(path, ())):
            continue
        taken.setdefault(path, []).extend(ranges)
        plans.setdefault(path, []).append(made)
    return plans


def _edited(fixes: list[Fix]) -> bytes:
    """The file's bytes after the edits."""
    source = fixes[0].edits[0].span.source
    text = source.text
    for edit in sorted((edit for one in fixes for edit in one.edits), key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return _encoded(source, text)


def _encoded(source: Source, text: str) -> bytes:
    return (codecs.BOM_UTF8 if source.bom else b"") + text.encode("utf-8", "surrogatepass")


def _is_still(source: Source, data: bytes) -> bool:
    """Whether ``data`` is, byte for byte, what the source was read from; never for a file that is not UTF-8."""
    return data == _encoded(source, source.text)


def _on_disk(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _errors(report: Report, path: str) -> int:
    return sum(finding.severity == ERROR and finding.span.source.path == path for finding in report.findings)


def write(fixed: Fixed) -> None:
    """Replace each changed file in one step, keeping its mode; a file that changed meanwhile is left alone."""
    for path, data in sorted(fixed.contents.items()):
        if _on_disk(path) != fixed.originals[path]:
            fixed.report.failures.append(Failure(path, "changed while it was being fixed; left as it is"))
            continue
        try:
            replace_file(path, data)
        except OSError as error:
            fixed.report.failures.append(Failure(path, f"not fixed: {error.strerror or error}"))


def diff(fixed: Fixed) -> Iterator[str]:
    """The lines of a unified diff from what the files hold to what they would hold."""
    from difflib import unified_diff

    for path, data in sorted(fixed.contents.items()):
        before, after = (
            content.decode("utf-8", "backslashreplace").splitlines(keepends=True)
            for content in (fixed.originals[path], data)
        )
        for line in unified_diff(before, after, path, path):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
