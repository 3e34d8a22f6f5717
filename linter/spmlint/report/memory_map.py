"""The memory map of a job for people at a terminal: every part of a container where it lies, to scale, with the sums."""

from __future__ import annotations

from spmlint.report import job_words as words
from spmlint.report.layout import visible
from spmlint.report.memory_parts import memory_of
from spmlint.report.place_map import fit_lines, place_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.explained import Explained
    from spmlint.report.layout import Line

WIDTH = 40
"""Columns of a bar that is as long as the container."""


def lines(explained: list[Explained]) -> Iterator[Line]:
    """The map of every job."""
    for one in explained:
        yield from _job(one)
        yield []
    if not explained:
        yield [("No Spark jobs found.", "")]


def _job(one: Explained) -> Iterator[Line]:
    data = one.data
    yield [(visible(data["name"]), "path"), (f"  {visible(data['path'])}:{data['line']}", "dim")]
    yield [(f"  {visible(', '.join(words.world(data)))}", "")]
    if data["assumed"]:
        yield [(f"  {words.assumed(data)}", "dim")]
    for role in ("driver", "executor"):
        yield from _role(one, role)
    yield [("  executors", "path"), (f"  {words.executors(data['executors'])}", "")]
    yield from place_lines(data)
    yield from fit_lines(data)
    for refusal in data["refusals"]:
        yield [(f"  {visible(words.refusal(refusal))}", "error")]
    for differs in data["differs"]:
        told = words.difference(differs)
        if told:
            yield [(f"  {told}", "dim")]


def _role(one: Explained, role: str) -> Iterator[Line]:
    part: dict[str, Any] = one.data[role]
    memory = memory_of(part)
    if memory is None:
        yield [(f"  {role}", "path"), (f"  {words.no_heap(one.data)}", "")]
        return
    details = words.details(part)
    size = words.container(one.data, role) + (f" ({'; '.join(details)})" if details else "")
    yield [(f"  {role}", "path"), (f"  {visible(size)}", "")]
    ui = words.shown_in_ui(part, role)
    for piece, depth in memory.walk():
        if piece is memory and piece.name != "heap":
            continue
        indent = "    " + "  " * (depth - (memory.name != "heap"))
        label = f"{indent + piece.name:20}{words.mib(piece.size_mib):>14}  "
        start, end = _columns(piece.start_mib, piece.end_mib, memory.size_mib)
        bar = [("·" * start, "dim"), ("█" * (end - start), piece.name), ("·" * (WIDTH - end), "dim")]
        yield [(label, ""), *bar, (f"  <- {ui}", "dim")] if piece.name == "spark" and ui else [(label, ""), *bar]
    if role in one.sums:
        yield [(f"    {visible(one.sums[role])}", "dim")]
    collector = words.collector(one, role)
    if collector:
        yield [(f"    {collector}", "dim")]


def _columns(start: float, end: float, whole: float) -> tuple[int, int]:
    """The first column of a stretch and the one behind its last: never none, and never outside the bar."""
    first = min(round(WIDTH * start / whole), WIDTH - 1)
    return first, min(max(round(WIDTH * end / whole), first + 1), WIDTH)
