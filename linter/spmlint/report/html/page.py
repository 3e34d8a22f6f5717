"""The page itself: its head, its landmarks, the filters, and what belongs to no job."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256

from spmlint.report.details import not_checked, where
from spmlint.report.html.belonging import anchors, divide
from spmlint.report.html.finding_entry import PLURAL, findings_list, severities
from spmlint.report.html.job_card import job_card
from spmlint.report.html.job_index import job_index
from spmlint.report.html.markup import Html, joined, tag
from spmlint.report.html.place_picture import facts_table
from spmlint.version import __version__
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spmlint.explained import Explained
    from spmlint.finding import Finding, Report

SHOWN_NOT_CHECKED = 200
MANY_JOBS = 50
"""With more jobs than these a browser lays out only what is in sight."""

REGIONS = (
    ("granted", "what a container is given where it asks for less: a worker of EMR Serverless, YARN's next multiple"),
    ("container", "what the cluster manager is asked for; on Kubernetes and YARN a process that takes more is killed"),
    ("heap", "what the JVM is given (-Xmx)"),
    ("reserved", "300 MiB that Spark keeps for itself"),
    ("user", "your own data structures, Spark's metadata, and room for records larger than expected"),
    ("spark", "unified memory, which storage and execution share"),
    ("storage", "cached blocks; this much of them execution cannot evict"),
    ("execution", "shuffles, joins, sorts and aggregations"),
    (
        "overhead",
        "everything of the process beside its heap: threads, code, buffers, and Python workers that have no size of their own",
    ),
    ("tmpfs", "local directories in memory: shuffle and spill files that the container has to hold beside the heap"),
    ("off-heap", "memory that Spark allocates outside of the heap"),
    ("PySpark", "all Python workers of an executor together"),
)
"""What the words of a memory map mean."""


def page(explained: list[Explained], report: Report) -> Html:
    """The whole document: the same bytes for the same input."""
    own, others = divide(explained, report.findings)
    style, script = _asset("page.css"), _asset("page.js")
    jobs = list(zip(explained, anchors(explained), own, strict=True))
    body = tag(
        "body",
        tag("a", "Skip to the jobs", href="#jobs", class_="skip"),
        _banner(explained, report),
        tag(
            "main",
            _filters(report.findings, len(jobs)) if report.findings else None,
            *_section("glance", "At a glance", [job_index(jobs)] if jobs else [tag("p", "No Spark jobs found.")]),
            *_section("jobs", "Jobs", [job_card(*job) for job in jobs]),
            *_section("elsewhere", "Findings outside of a job", _by_file(others)),
            *_section("facts", "What is known of the place", _facts(explained)),
            *_section("not-checked", "Not checked", _not_checked(report)),
            *_section("failures", "Could not be read", _failures(report)),
            *_section("words", "What the words mean", [_glossary()] if jobs else []),
        ),
        tag("footer", tag("p", f"Made by spmlint {__version__}. This file needs no network and sends nothing.")),
        tag("script", Html(script)),
        class_="many" if len(jobs) > MANY_JOBS else None,
    )
    return joined(
        (
            Html("<!doctype html>\n"),
            tag("html", _head(_title(explained, report), style, script), body, lang="en"),
            Html("\n"),
        )
    )


def _asset(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def _allowed(content: str) -> str:
    """How a Content-Security-Policy names one inline style or script."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _head(title: str, style: str, script: str) -> Html:
    """The head; its policy lets a browser take this one style and this one script, and nothing from anywhere else."""
    policy = (
        "default-src 'none'",
        f"style-src {_allowed(style)}",
        f"script-src {_allowed(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Html(style)),
    )


def _title(explained: list[Explained], report: Report) -> str:
    found = [f"{number} {word}" for _, number, word in severities(report.findings) if number]
    return f"spmlint: {', '.join([plural(len(explained), 'job'), *(found or ['no findings'])])}"


def _banner(explained: list[Explained], report: Report) -> Html:
    tiles = [(len(explained), "job" if len(explained) == 1 else "jobs", "jobs")]
    tiles += [(number, word, severity) for severity, number, word in severities(report.findings)]
    tiles.append((len(report.not_checked), "not checked", "unread"))
    if report.suppressed:
        tiles.append((report.suppressed, "suppressed", "unread"))
    return tag(
        "header",
        tag("h1", "What these Spark jobs will take"),
        tag("p", "Read from their files, before they run: every container to scale, every number with its sum."),
        tag("ul", *(tag("li", tag("b", str(n)), " ", word, class_=kind) for n, word, kind in tiles), class_="tiles"),
        tag("button", "Dark", type="button", id="theme", aria_pressed="false", hidden=True),
        class_="banner",
    )


def _filters(findings: list[Finding], jobs: int) -> Html:
    """The form that narrows what is shown; only a browser that runs the script can use it."""
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="severity", value=severity, checked=True),
            f" {PLURAL[severity]}",
        )
        for severity, number, _ in severities(findings)
        if number
    ]
    rules: dict[tuple[str, str], int] = {}
    for finding in findings:
        rules[finding.rule, finding.name] = rules.get((finding.rule, finding.name), 0) + 1
    options = [tag("option", "all rules", value="")]
    options += [
        tag("option", f"{code} {name} ({number})", value=code) for (code, name), number in sorted(rules.items())
    ]
    return tag(
        "form",
        tag("fieldset", tag("legend", "Severity"), *boxes),
        tag("label", tag("span", "Rule"), tag("select", *options, name="rule")),
        tag("label", tag("span", "Text"), tag("input", type="search", name="text", autocomplete="off")),
        tag("button", "Show all", type="reset"),
        tag("p", f"All {plural(len(findings), 'finding')} in {plural(jobs, 'job')}.", role="status", id="shown"),
        id="filters",
        role="search",
        aria_label="Filter findings",
        hidden=True,
    )


def _section(identity: str, heading: str, content: Iterable[Html]) -> Iterator[Html]:
    """A section with its heading, where it has content."""
    inner = list(content)
    if inner:
        yield tag(
            "section",
            tag("h2", heading, id=f"{identity}-title"),
            *inner,
            id=identity,
            aria_labelledby=f"{identity}-title",
        )


def _by_file(findings: list[Finding]) -> Iterator[Html]:
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.span.source.path, []).append(finding)
    for path, here in by_path.items():
        yield tag("article", tag("h3", path), findings_list(here), class_="file")


def _facts(explained: list[Explained]) -> Iterator[Html]:
    """The facts that any of the jobs meets; most are those of all."""
    found = {(fact["path"], fact["line"], fact["kind"]): fact for one in explained for fact in one.data["facts"]}
    if found:
        yield facts_table(found.values())


def _not_checked(report: Report) -> Iterator[Html]:
    items = [
        tag("li", tag("span", where(entry.span), class_="where"), f": {not_checked(entry)}")
        for entry in report.not_checked[:SHOWN_NOT_CHECKED]
    ]
    items += [tag("li", note) for note in report.notes]
    hidden = len(report.not_checked) - SHOWN_NOT_CHECKED
    if hidden > 0:
        items.append(tag("li", f"and {hidden} more: spmlint check --format json lists all"))
    if items:
        yield tag("ul", *items, class_="note")


def _failures(report: Report) -> Iterator[Html]:
    if report.failures:
        yield tag("ul", *(tag("li", f"{one.path}: {one.message}") for one in report.failures), class_="refused")


def _glossary() -> Html:
    return tag(
        "dl",
        *(joined((tag("dt", tag("i", class_=f"swatch {name}"), name), tag("dd", what))) for name, what in REGIONS),
        class_="glossary",
    )
