"""One job of the page: what it runs on, the memory of its containers, where it runs, what is refused, what was found."""

from __future__ import annotations

from spmlint.report import job_words as words
from spmlint.report.html.containers import whole_job
from spmlint.report.html.finding_entry import counts, findings_list
from spmlint.report.html.markup import Html, tag
from spmlint.report.html.memory_picture import memory_picture
from spmlint.report.html.place_picture import place_sections

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spmlint.explained import Explained
    from spmlint.finding import Finding


def job_card(one: Explained, anchor: str, findings: list[Finding]) -> Html:
    """The whole of one job. ``anchor`` is its id in the page, and each heading's beginning."""
    data = one.data
    title = tag(
        "h3", data["name"], " ", tag("a", "#", href=f"#{anchor}", class_="anchor", aria_label=f"Link to {data['name']}")
    )
    header = tag(
        "header",
        title,
        tag("p", f"{data['path']}:{data['line']}", class_="where"),
        tag("ul", *(tag("li", word) for word in (*words.world(data), words.executors_counted(data))), class_="facts"),
        tag("p", counts(findings), class_="counts"),
        tag("p", words.assumed(data), class_="note") if data["assumed"] else None,
    )
    roles = tag("div", *(_role(one, role) for role in ("driver", "executor")), class_="roles")
    return tag(
        "article",
        header,
        whole_job(data),
        roles,
        *place_sections(data),
        *_refused(one),
        *_elsewhere(one),
        *_found(findings),
        class_="job",
        id=anchor,
    )


def _role(one: Explained, role: str) -> Html:
    part = one.data[role]
    heading = tag("h4", role.capitalize())
    picture = memory_picture(role, part)
    if picture is None:
        return tag("section", heading, tag("p", words.no_heap(one.data)), class_="role")
    size = "; ".join((words.container(one.data, role), *words.details(part)))
    notes = (one.sums.get(role), words.collector(one, role), words.shown_in_ui(part, role))
    return tag(
        "section",
        heading,
        tag("p", size),
        picture,
        *(tag("p", note, class_="sum") for note in notes if note),
        class_="role",
    )


def _refused(one: Explained) -> Iterator[Html]:
    if one.data["refusals"]:
        yield tag("h4", "Refused")
        yield _list((words.refusal(refusal) for refusal in one.data["refusals"]), "refused")


def _elsewhere(one: Explained) -> Iterator[Html]:
    told = [text for differs in one.data["differs"] if (text := words.difference(differs))]
    if told:
        yield tag("h4", "Elsewhere")
        yield _list(told, "note")


def _found(findings: list[Finding]) -> Iterator[Html]:
    if findings:
        yield tag("h4", "Findings")
        yield findings_list(findings)


def _list(lines: Iterable[str], kind: str) -> Html:
    return tag("ul", *(tag("li", line) for line in lines), class_=kind)
