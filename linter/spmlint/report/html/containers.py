"""Containers side by side, to scale: all those that a job begins with."""

from __future__ import annotations

from spmlint.report import job_words as words
from spmlint.report.html.markup import Html, percent, tag
from spmlint.words import plural

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
        [f"{plural(count, 'executor')} of {words.mib(executor_mib)}"] if count else []
    )
    told = f"{words.amount(total_mib)} at the start: {' + '.join(containers)}"
    boxes = [tag("rect", width=percent(driver_mib, total_mib), height=HEIGHT, class_="p driver")] if driver_mib else []
    boxes += executors(count, executor_mib, total_mib, driver_mib)
    return tag("figure", strip(told, boxes), tag("figcaption", told), class_="whole")


def strip(told: str, boxes: list[Html]) -> Html:
    """A row of boxes, and what it says in words."""
    return tag("svg", *boxes, class_="strip", role="img", aria_label=told, width="100%", height=HEIGHT)


def executors(count: int, each: float, whole: float, start: float = 0) -> Iterator[Html]:
    """``count`` boxes of one size side by side, from ``start`` on, in a strip that is ``whole``."""
    if count > MOST_BOXES:
        each, count = each * count, 1
    for index in range(count):
        x = percent(start + index * each, whole)
        yield tag("rect", x=x, width=percent(each, whole), height=HEIGHT, class_="p executor")
