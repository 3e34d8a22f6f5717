"""Suppressions written where the finding is: comments, and the annotation of a Kubernetes object.

``# spmlint: ignore[SPM101] reason`` at the end of a line or on its own line before, where the format has end-of-line
comments; on its own line before in properties files, where such a comment would become part of the value. JSON and
notebooks have no comments; the configuration speaks for them.
"""

from __future__ import annotations

import re

from spmlint.document.text import Source, Span, Text
from spmlint.finding import IN_SOURCE
from spmlint.fragment import NO_COMMENTS, OWN_LINE
from spmlint.trouble import UNUSED_ANNOTATION, UNUSED_COMMENT, Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Protocol

    from spmlint.finding import Finding, NotChecked, Report
    from spmlint.fragment import Loaded

    class Rules(Protocol):
        """The rules of a run."""

        def knows(self, name: str) -> bool:
            """Whether there is a rule of this code or name."""

        def wants(self, path: str, names: Iterable[str] | None) -> bool:
            """Whether everything that rules of these codes or names (None: every rule) find in a file is told."""


MARK = "spmlint:"
_OF_SUPPRESSIONS = frozenset(("spm903", "unused-suppression"))
_COMMENT = re.compile(
    r"(?:^|(?<=[ \t]))(?:[#!]|//)[ \t]*spmlint:[ \t]*(ignore-file|ignore)(?:\[([^\]\r\n]*)\])?", re.MULTILINE
)


class Suppression:
    """Silences ``rules`` (codes or names; None: all) for findings that begin in lines ``first`` to ``last``."""

    __slots__ = ("first", "kind", "last", "reason", "rules", "span", "used")

    def __init__(
        self,
        span: Span,
        first: int,
        last: int,
        rules: frozenset[str] | None,
        *,
        reason: str = "",
        kind: str = UNUSED_COMMENT,
    ) -> None:
        self.span = span
        self.reason = reason
        self.kind = kind
        """The kind of the trouble it is where it silences nothing."""
        self.first = first
        self.last = last
        self.rules = rules
        self.used = False

    def covers(self, finding: Finding) -> bool:
        """Whether it silences this finding of the same file."""
        named = self.rules is None or finding.rule.lower() in self.rules or finding.name in self.rules
        return named and self.first <= finding.span.line <= self.last


def suppressions_of(loaded: Loaded) -> list[Suppression]:
    """Every suppression a file holds."""
    found = [_annotation(span, text) for span, text in loaded.ignores]
    source = loaded.source
    if MARK in source.text and loaded.comments != NO_COMMENTS:
        found.extend(_comments(source, own_line_only=loaded.comments == OWN_LINE))
    return found


def _annotation(span: Span, text: Text) -> Suppression:
    return Suppression(text.span(), span.line, span.end_line, _names(text.value), kind=UNUSED_ANNOTATION)


def _comments(source: Source, *, own_line_only: bool) -> list[Suppression]:
    last_line = len(source.line_starts)
    found: list[Suppression] = []
    below, target = last_line, last_line
    # From the end, so that what a comment above another one stands for is known: lines are looked at once.
    for match in reversed(list(_COMMENT.finditer(source.text))):
        line, column = source.position(match.start())
        own_line = not source.line(line)[: column - 1].strip()
        if own_line_only and not own_line:
            continue
        span = Span(source, match.start(), match.end())
        rules = None if match[2] is None else _names(match[2])
        target = (
            next(filter(lambda number: _is_code(source, number), range(line + 1, below)), target) if own_line else line
        )
        below = line
        if match[1] == "ignore-file":
            first, last = 1, last_line
        else:
            first, last = target, _continued(source, target, last_line) if own_line else target
        found.append(Suppression(span, first, last, rules, reason=_reason(source, span)))
    return found


def _reason(source: Source, comment: Span) -> str:
    """What stands behind the comment on its line: why the rules are silenced."""
    return source.line(comment.line)[comment.end_column - 1 :].lstrip(" \t:-").rstrip()


def _is_code(source: Source, line: int) -> bool:
    text = source.line(line).strip()
    return bool(text) and not text.startswith(("#", "!", "//"))


def _continued(source: Source, line: int, last_line: int) -> int:
    """The last line of the command or entry that begins at ``line`` and goes on behind backslashes."""
    while line < last_line and source.line(line).endswith("\\"):
        line += 1
    return line


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in text.split(",") if name.strip())


def silence(report: Report, by_path: Callable[[str], list[Suppression]]) -> None:
    """Take the findings out of ``report`` that a suppression of their file covers."""
    kept = []
    for finding in report.findings:
        covering = [s for s in by_path(finding.span.source.path) if s.covers(finding)]
        for suppression in covering:
            suppression.used = True
        if covering:
            report.silence(finding, IN_SOURCE, covering[0].reason, covering[0].span)
        else:
            kept.append(finding)
    report.findings = kept


def unused(
    suppressions: Mapping[str, list[Suppression]], not_checked: list[NotChecked], rules: Rules
) -> Iterator[Trouble]:
    """What is to be said of each suppression that silenced nothing though all it names was looked for."""
    unread: dict[str, list[Span]] = {}
    for entry in not_checked:
        unread.setdefault(entry.span.source.path, []).append(entry.span)
    for path, held in suppressions.items():
        there = unread.get(path, [])
        for one in held:
            if one.used or any(one.first <= span.line <= one.last or span.start == span.end for span in there):
                continue
            strangers = sorted(name for name in one.rules or () if not rules.knows(name))
            known = None if one.rules is None else one.rules.difference(strangers)
            if strangers:
                yield Trouble(one.kind, one.span, f"there is no rule {strangers[0].upper()}")
            elif rules.wants(path, known) and not (known and known & _OF_SUPPRESSIONS):
                yield Trouble(one.kind, one.span, "nothing is found here that it silences")
