"""The place beside the job: a node, an application or a quota filled with executors, and what happens under pressure."""

from __future__ import annotations

from spmlint.report import place_words as words
from spmlint.report.html.containers import HEIGHT, executors, strip
from spmlint.report.html.markup import Html, joined, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


def place_sections(data: dict[str, Any]) -> Iterator[Html]:
    """What is known of the place of one job, a section for each question; nothing where nothing is known."""
    if data["place"] is not None or data["rooms"]:
        yield tag("section", tag("h4", "Place"), *_place(data["place"]), *_rooms(data["rooms"]), class_="place")
    if "fit" in data:
        yield tag("section", tag("h4", "A better fit"), *_fit(data["fit"]))
    known = {role: pressure for role, pressure in data["pressure"].items() if data["facts"] and pressure is not None}
    if known:
        yield tag("section", tag("h4", "When memory runs out"), *_pressure(known))


def facts_table(facts: Iterable[dict[str, Any]]) -> Html:
    """What was understood of the place, and where it is written."""
    head = tag("tr", *(tag("th", word, scope="col") for word in ("what", "says", "where")))
    rows = [
        tag(
            "tr",
            tag("th", " ".join(filter(None, (fact["kind"], fact["name"]))), scope="row"),
            tag("td", fact["says"]),
            tag("td", f"{fact['path']}:{fact['line']}", class_="where"),
        )
        for fact in facts
    ]
    caption = tag("caption", "Facts given", class_="hidden")
    return tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="facts-given")


def _place(place: dict[str, Any] | None) -> Iterator[Html]:
    if place is None:
        return
    yield tag("p", words.place(place))
    columns = ("resource", "filled by executors", "each", "available", "fits", "left over")
    head = tag("tr", *(tag("th", word, scope="col") for word in columns))
    rows = [_resource(dimension, place) for dimension in place["dimensions"]]
    caption = tag("caption", "What executors take of it", class_="hidden")
    yield tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="place")
    yield from _notes(words.for_one_more(place))
    if place["note"] and place["kind"] != "node":
        yield from _notes([place["note"]])


def _resource(dimension: dict[str, Any], place: dict[str, Any]) -> Html:
    """One resource: its name, a strip filled with executors, and the numbers."""
    capacity, each = dimension["capacity"], dimension["per_executor"]
    boxes = [tag("rect", width="100%", height=HEIGHT, class_="free")]
    if capacity > 0:
        boxes += executors(place["executors"], each, capacity)
    runs_out = words.runs_out_first(dimension, place)
    return tag(
        "tr",
        tag("th", dimension["name"], tag("b", " runs out first") if runs_out else None, scope="row"),
        tag("td", strip(words.filled(dimension, place), boxes)),
        tag("td", words.quantity(each, dimension)),
        tag("td", words.quantity(capacity, dimension)),
        tag("td", str(dimension["fits"])),
        tag("td", words.left(dimension, place)),
        class_="binds" if runs_out else None,
    )


def _rooms(rooms: list[dict[str, Any]]) -> Iterator[Html]:
    for room in rooms:
        yield tag("p", room["says"])
        yield from _notes(room["derivation"])


def _fit(proposed: dict[str, Any] | None) -> Iterator[Html]:
    yield tag("p", words.fit(proposed))
    if proposed is not None:
        settings = (f"{key}={value}" for key, value in proposed["settings"].items())
        yield tag("pre", tag("code", *(joined((setting, Html("\n"))) for setting in settings)))
        yield from _notes([proposed["sum"]])


def _pressure(known: dict[str, Any]) -> Iterator[Html]:
    """How each pod stands, and for the executors who acts first and what is seen then."""
    yield tag("dl", *(joined((tag("dt", role), tag("dd", words.standing(one)))) for role, one in known.items()))
    events = known.get("executor", {}).get("events")
    if events:
        head = tag("tr", *(tag("th", word, scope="col") for word in ("who", "acts when", "you see", "decided by")))
        rows = [
            tag(
                "tr",
                tag("th", event["who"], scope="row"),
                *(tag("td", event[key]) for key in ("when", "symptom", "decided_by")),
            )
            for event in events
        ]
        caption = tag("caption", "What happens to an executor", class_="hidden")
        yield tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="pressure")


def _notes(lines: Iterable[str]) -> Iterator[Html]:
    for line in lines:
        yield tag("p", line, class_="sum")
