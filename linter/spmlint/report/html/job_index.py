"""All jobs of the page in a table: what each begins with, to one scale, what was found, and where to read on."""

from __future__ import annotations

from spmlint.report import job_words as words
from spmlint.report.html.finding_entry import counts
from spmlint.report.html.markup import Html, percent, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.explained import Explained
    from spmlint.finding import Finding

HEIGHT = 10
"""Of the bars, in CSS pixels."""


def job_index(jobs: list[tuple[Explained, str, list[Finding]]]) -> Html:
    """The table of jobs; each comes with its id in the page and its findings."""
    largest_mib = max((words.at_start_mib(one.data) or 0 for one, _, _ in jobs), default=0)
    columns = ("job", "runs on", "executors", "executor container", "memory at the start", "findings")
    head = tag("tr", *(tag("th", word, scope="col") for word in columns))
    rows = [_row(one, anchor, findings, largest_mib) for one, anchor, findings in jobs]
    return tag(
        "table", tag("caption", "All jobs", class_="hidden"), tag("thead", head), tag("tbody", *rows), class_="index"
    )


def _row(one: Explained, anchor: str, findings: list[Finding], largest_mib: int) -> Html:
    data = one.data
    executor_mib, total_mib = data["executor"]["container_mib"], words.at_start_mib(data)
    link = tag("a", data["name"], href=f"#{anchor}")
    return tag(
        "tr",
        tag("th", link, tag("span", f"{data['path']}:{data['line']}", class_="where"), scope="row"),
        tag("td", f"Spark {data['spark_version']}, {data['manager']}"),
        tag("td", words.executors(data["executors"])),
        tag("td", words.amount(executor_mib) if executor_mib else "not known"),
        tag("td", *((words.amount(total_mib), _bar(total_mib, largest_mib)) if total_mib else ("not known",))),
        tag("td", counts(findings)),
        data_job=anchor,
    )


def _bar(size_mib: int, largest_mib: int) -> Html:
    bar = tag("rect", width=percent(size_mib, largest_mib), height=HEIGHT, class_="p executor")
    return tag("svg", bar, class_="bar", aria_hidden="true", width="100%", height=HEIGHT)
