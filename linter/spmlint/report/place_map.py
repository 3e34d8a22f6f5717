"""The place beside the job, for people: a node filled with executors, what is left over, what happens when memory runs out."""

from __future__ import annotations

from itertools import pairwise

from spmlint.report import place_words as words
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.report.layout import Line

WIDTH = 40
"""Columns of a resource that is used up."""
BLOCKS = "█▓"
"""Neighbouring executors, told apart."""


def place_lines(data: dict[str, Any]) -> Iterator[Line]:
    """What `explain` knows of the place of one job; nothing where it knows nothing."""
    facts = data["facts"]
    for fact in facts:
        name = f" {fact['name']}" if fact["name"] else ""
        where = f"{visible(fact['path'])}:{fact['line']}"
        yield [(f"  fact  {fact['kind']}{visible(name)}: {visible(fact['says'])}", ""), (f"  {where}", "dim")]
    if data["place"] is not None:
        yield from _filled(data["place"])
    for room in data["rooms"]:
        yield [(f"  {visible(room['says'])}", "")]
        for line in room["derivation"]:
            yield [(f"    {visible(line)}", "dim")]
    for role, pressure in data["pressure"].items() if facts else ():
        if pressure is not None:
            yield from _pressure(role, pressure, in_full=role == "executor")


def fit_lines(data: dict[str, Any]) -> Iterator[Line]:
    """What `explain --fit` proposes; nothing where it was not asked."""
    if "fit" not in data:
        return
    fit = data["fit"]
    yield [(f"  fit  {visible(words.fit(fit))}", "")]
    if fit is None:
        return
    for key, value in fit["settings"].items():
        yield [(f"    {key}={value}", "good")]
    yield [(f"    {visible(fit['sum'])}", "dim")]


def _filled(place: dict[str, Any]) -> Iterator[Line]:
    yield [("  place", "path"), (f"  {visible(words.place(place))}", "")]
    for dimension in place["dimensions"]:
        yield _bar(dimension, place)
    for line in words.for_one_more(place):
        yield [(f"    {line}", "dim")]
    if place["note"] and place["kind"] != "node":
        yield [(f"    {visible(place['note'])}", "dim")]


def _bar(dimension: dict[str, Any], place: dict[str, Any]) -> Line:
    """One resource: an executor a block, alternating, then what is left."""
    capacity, each, executors = dimension["capacity"], dimension["per_executor"], place["executors"]
    edges = [round(WIDTH * min(each * n / capacity, 1)) if capacity > 0 else 0 for n in range(executors + 1)]
    blocks = "".join(BLOCKS[n % 2] * (after - before) for n, (before, after) in enumerate(pairwise(edges)))
    told = f"  {words.filled(dimension, place)}, {words.left(dimension, place)} left over"
    runs_out = ", runs out first" if words.runs_out_first(dimension, place) else ""
    return [
        (f"    {dimension['name']:18}", ""),
        (blocks, "gutter"),
        ("·" * (WIDTH - len(blocks)), "dim"),
        (told, ""),
        (runs_out, "warning"),
    ]


def _pressure(role: str, pressure: dict[str, Any], *, in_full: bool) -> Iterator[Line]:
    yield [(f"  {role} when memory runs out  ({words.standing(pressure)})", "")]
    for event in pressure["events"] if in_full else ():
        yield [(f"    {event['who']}: ", "path"), (event["when"], "")]
        yield [(f"      you see {event['symptom']}", "")]
        yield [(f"      decided by {event['decided_by']}", "dim")]
