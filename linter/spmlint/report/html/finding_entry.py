"""One finding as an entry of a list: what, where with the line itself, why, and what to do."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from spmlint.report.details import details, where
from spmlint.report.excerpt import excerpt
from spmlint.report.html.markup import Html, joined, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spmlint.document.text import Span
    from spmlint.finding import Finding

PLURAL = {"error": "errors", "warning": "warnings", "info": "info"}


def findings_list(findings: Iterable[Finding]) -> Html:
    """Findings in the order given."""
    return tag("ol", *map(_entry, findings), class_="findings")


def severities(findings: list[Finding]) -> list[tuple[str, int, str]]:
    """Each severity, how many findings have it, and the word for so many."""
    found = []
    for severity, plural in PLURAL.items():
        number = sum(finding.severity == severity for finding in findings)
        found.append((severity, number, severity if number == 1 else plural))
    return found


def counts(findings: list[Finding]) -> Html:
    """How many there are of each severity; severities without any are left out."""
    found = [
        tag("span", f"{number} {word}", class_=f"count {severity}")
        for severity, number, word in severities(findings)
        if number
    ]
    return joined(found or [tag("span", "no findings", class_="count none")], " ")


def _entry(finding: Finding) -> Html:
    return tag(
        "li",
        tag(
            "p",
            tag("span", finding.severity, class_=f"severity {finding.severity}"),
            " ",
            tag("a", f"{finding.rule} {finding.name}", href=finding.url, rel="noreferrer"),
            " ",
            tag("span", where(finding.span), class_="where"),
            class_="head",
        ),
        tag("p", finding.message, class_="message"),
        _line(finding.span),
        *_details(finding),
        data_severity=finding.severity,
        data_rule=finding.rule,
    )


def _details(finding: Finding) -> Iterator[Html]:
    """The sum, the fix and the other places; what has the same label stands under it together."""
    parts = [
        joined((tag("dt", label), *(tag("dd", *_placed(place, text)) for _, place, text in lines)))
        for label, lines in groupby(details(finding), key=itemgetter(0))
    ]
    if parts:
        yield tag("dl", *parts)


def _placed(place: str, text: str) -> tuple[str, ...]:
    return (tag("span", place, class_="where"), f" {text}") if place else (text,)


def _line(span: Span) -> Html:
    """The source line with what is meant in it marked."""
    before, marked, after = excerpt(span)
    code = tag("code", before, tag("mark", marked or " "), after)
    return tag("pre", tag("span", str(span.line), class_="number"), " ", code)
