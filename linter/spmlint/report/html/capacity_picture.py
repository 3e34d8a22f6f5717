"""Containers side by side, to scale: all those of a job, and those that fill the place it runs in."""

from __future__ import annotations

from spmlint.report import job_words as words
from spmlint.report.html.markup import Html, percent, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

HEIGHT = 18
"""Of a strip of containers, in CSS pixels."""
MOST_BOXES = 64
"""More executors than these are drawn as one box: single ones could not be told apart."""


def whole_job(data: dict[str, Any]) -> Html | None:
    """All containers that a job begins with; None where their sizes or number are not known."""
    total_mib = words.at_start_mib(data)
    if total_mib is None:
        return None
    driver_mib = data["driver"]["container_mib"] or 0
    executor_mib, count = data["executor"]["container_mib"] or 0, data["executors"]["initial"]
    containers = ([f"driver {words.mib(driver_mib)}"] if driver_mib else []) + (
        [f"{words.plural(count, 'executor')} of {words.mib(executor_mib)}"] if count else []
    )
    told = f"{words.amount(total_mib)} at the start: {' + '.join(containers)}"
    boxes = (
        [tag("rect", x=0, width=percent(driver_mib, total_mib), height=HEIGHT, class_="p driver")] if driver_mib else []
    )
    boxes += _boxes(count, executor_mib, total_mib, driver_mib)
    picture = tag("svg", *boxes, class_="strip", role="img", aria_label=told, width="100%", height=HEIGHT)
    return tag("figure", picture, tag("figcaption", told), class_="whole")


def place_picture(place: dict[str, Any]) -> Html:
    """Where executors run: a row for each resource, filled as far as they fill it."""
    columns = ("resource", "filled by executors", "each", "has", "would hold", "left over")
    head = tag("tr", *(tag("th", word, scope="col") for word in columns))
    rows = [_dimension(one, place) for one in place["dimensions"]]
    return tag(
        "section",
        tag("h4", "Place"),
        tag("p", words.place(place)),
        tag(
            "table",
            tag("caption", "What executors take of it"),
            tag("thead", head),
            tag("tbody", *rows),
            class_="place",
        )
        if rows
        else None,
        tag("p", place["note"], class_="sum") if place["note"] else None,
        class_="place",
    )


def _dimension(dimension: dict[str, Any], place: dict[str, Any]) -> Html:
    capacity, each = dimension["capacity"], dimension["per_executor"]
    binds = dimension["name"] in place["binding"].split(" and ")
    boxes = _boxes(place["executors"], each, capacity) if capacity > 0 else ()
    frame = tag("rect", width="100%", height=HEIGHT, class_="free")
    told = words.filled(dimension, place["executors"])
    picture = tag("svg", frame, *boxes, class_="strip", role="img", aria_label=told, width="100%", height=HEIGHT)
    left = place["wasted"].get(dimension["name"], capacity - place["executors"] * each)
    return tag(
        "tr",
        tag("th", dimension["name"], tag("b", " runs out first") if binds else None, scope="row"),
        tag("td", picture),
        tag("td", words.quantity(each, dimension)),
        tag("td", words.quantity(capacity, dimension)),
        tag("td", str(dimension["fits"])),
        tag("td", words.quantity(left, dimension)),
        class_="binds" if binds else None,
    )


def _boxes(count: int, each: float, whole: float, start: float = 0) -> Iterator[Html]:
    """``count`` boxes of one size side by side."""
    if count > MOST_BOXES:
        each, count = each * count, 1
    for index in range(count):
        x = percent(start + index * each, whole)
        yield tag("rect", x=x, width=percent(each, whole), height=HEIGHT, class_="p executor")
