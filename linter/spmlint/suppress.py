"""Suppressions written where the finding is: comments, and the annotation of a Kubernetes object.

``# spmlint: ignore[SPM101] reason`` at the end of a line or on its own line before, where the format has end-of-line
comments; on its own line before in properties files, where such a comment would become part of the value. JSON and
notebooks have no comments; the configuration speaks for them.
"""

from __future__ import annotations

import re

from spmlint.document.text import Source, Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from spmlint.finding import Finding
    from spmlint.fragment import Loaded

MARK = "spmlint:"
_COMMENT = re.compile(
    r"(?:^|(?<=[ \t]))[#!][ \t]*spmlint:[ \t]*(ignore-file|ignore)(?:\[([^\]\r\n]*)\])?", re.MULTILINE
)
_NO_COMMENTS = (".json", ".ipynb")
_OWN_LINE_ONLY = (".properties", ".conf", ".conf.template", ".txt")


class Suppression:
    """Silences ``rules`` (codes or names; None: all) for findings that begin in lines ``first`` to ``last``."""

    __slots__ = ("first", "last", "rules", "span", "used")

    def __init__(self, span: Span, first: int, last: int, rules: frozenset[str] | None) -> None:
        self.span = span
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
    if MARK in source.text and not source.path.lower().endswith(_NO_COMMENTS):
        found.extend(_comments(source))
    return found


def _annotation(span: Span, text: Text) -> Suppression:
    return Suppression(text.span(), span.line, span.end_line, _names(text.value))


def _comments(source: Source) -> list[Suppression]:
    own_line_only = source.path.lower().endswith(_OWN_LINE_ONLY)
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
            found.append(Suppression(span, 1, last_line, rules))
        else:
            found.append(Suppression(span, target, target, rules))
    return found


def _is_code(source: Source, line: int) -> bool:
    text = source.line(line).strip()
    return bool(text) and text[0] not in "#!"


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in text.split(",") if name.strip())


def silence(findings: list[Finding], by_path: Callable[[str], list[Suppression]]) -> tuple[list[Finding], int]:
    """The findings that stay, and how many were silenced."""
    kept = []
    for finding in findings:
        covering = [s for s in by_path(finding.span.source.path) if s.covers(finding)]
        for suppression in covering:
            suppression.used = True
        if not covering:
            kept.append(finding)
    return kept, len(findings) - len(kept)
