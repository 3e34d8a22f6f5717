"""The memory map of a job for people: containers and heap regions with bars to scale, sums, and what is refused."""

from __future__ import annotations

from spmlint.report.layout import visible
from spmlint.report.place_map import fit_lines, place_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.explain import Explained
    from spmlint.report.layout import Line

WIDTH = 40
"""Columns of a bar that is as long as the container."""
MIB = 1 << 20

_LABELS = {"jvm": "JVM", "python": "Python", "r": "R"}
_QUESTIONS = {"spark_version": "Spark", "platform": "platform", "deploy_mode": "deploy mode", "language": "language"}


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
    language = _LABELS[data["language"]]
    yield [(f"  Spark {data['spark_version']}, {data['manager']}, {data['deploy_mode']} mode, {language}", "")]
    if data["assumed"]:
        said = ", ".join(f"{_QUESTIONS[name]} {value}" for name, value in data["assumed"].items())
        yield [(f"  assumed, because the files do not say: {said}", "dim")]
    for role in ("driver", "executor"):
        yield from _role(one, role)
    yield [(f"  executors  {_executors(data['executors'])}", "")]
    yield from place_lines(data)
    yield from fit_lines(data)
    for refusal in data["refusals"]:
        text = f"  refused at {refusal['moment']} by {refusal['by']} ({refusal['check']}): {refusal['message']}"
        yield [(visible(text), "error")]
    for differs in data["differs"]:
        yield from _difference(differs)


def _role(one: Explained, role: str) -> Iterator[Line]:
    part: dict[str, Any] = one.data[role]
    heap_mib, container_mib = part["heap_mib"], part["container_mib"]
    if heap_mib is None:
        yield [(f"  {role}  {'no heap of its own' if one.data['manager'] == 'local' else 'heap not known'}", "")]
        return
    scale = container_mib or heap_mib
    size = f"container {container_mib} MiB" if container_mib else f"heap {heap_mib} MiB, no container of its own"
    yield [(f"  {role}  {size}{_details(part)}", "")]
    yield _bar("    heap", heap_mib, scale)
    regions = part["regions"]
    if regions["spark"] is not None:
        yield _bar("      reserved", regions["reserved"] / MIB, scale)
        yield _bar("      user", regions["user"] / MIB, scale)
        ui = f"  <- the Spark UI shows {part['spark_ui_storage_memory']} as this {role}'s Storage Memory"
        yield [*_bar("      spark", regions["spark"] / MIB, scale), (ui, "dim")]
        yield _bar("        storage", regions["storage"] / MIB, scale)
        yield _bar("        execution", regions["execution"] / MIB, scale)
    for name, key in (("overhead", "overhead_mib"), ("off-heap", "off_heap_mib"), ("PySpark", "pyspark_mib")):
        if part.get(key):
            yield _bar(f"    {name}", part[key], scale)
    if role in one.sums:
        yield [(f"    {one.sums[role]}", "dim")]
    yield from _collector(one, role)


def _details(part: dict[str, Any]) -> str:
    words = []
    if part["cpu_request"]:
        words.append(f"cpu {part['cpu_request']}" + (f" (limit {part['cpu_limit']})" if part["cpu_limit"] else ""))
    if part.get("tasks"):
        words.append(f"{part['tasks']} task{'s' * (part['tasks'] != 1)} at a time")
    if part["qos"]:
        words.append(f"{part['qos']}, memory request = limit, no swap")
    if part["tmpfs"]:
        words.append("local directories in memory")
    return f" ({'; '.join(words)})" if words else ""


def _bar(label: str, size_mib: float, scale_mib: float) -> Line:
    filled = round(WIDTH * min(size_mib / scale_mib, 1)) if scale_mib > 0 else 0
    number = f"{size_mib:.1f}".removesuffix(".0")
    return [(f"{label:20}{number:>10} MiB  ", ""), ("█" * filled, "gutter"), ("·" * (WIDTH - filled), "dim")]


def _collector(one: Explained, role: str) -> Iterator[Line]:
    """A collector that keeps heap back makes every region smaller: say so where it is known."""
    from spmlint.spark.jvm import PARALLEL, SERIAL, reported_heap

    chosen = one.job.model.collector(role)
    heap_mib = one.job.model.heap_mib(role)
    if chosen in (SERIAL, PARALLEL) and heap_mib:
        reported_mib = reported_heap(heap_mib * MIB, chosen) / MIB
        text = f"    under the {chosen} collector the JVM reports {reported_mib:.1f} of {heap_mib} MiB: regions shrink with it"
        yield [(text, "dim")]


def _executors(executors: dict[str, Any]) -> str:
    initial = executors["initial"]
    if initial is None:
        return "as many as the cores of the cluster allow"
    if not executors["dynamic"]:
        return f"{initial}, fixed"
    maximum = executors["maximum"] if executors["maximum"] is not None else "no maximum"
    return f"{initial} at first, dynamic between {executors['minimum']} and {maximum}"


def _difference(differs: dict[str, Any]) -> Iterator[Line]:
    """The sizes and counts that are others in another world; finer differences stand in the JSON alone."""
    values, question = differs["values"], differs["question"]
    named = f"{values[0]} to {values[-1]}" if question == "spark_version" and values[1:] else " or ".join(values)
    shown = [
        f"{key.removesuffix('_mib').replace('.', ' ')} {'none' if value is None else value}"
        + " MiB" * key.endswith("_mib")
        for key, value in differs["changes"].items()
        if key.endswith("container_mib") or key.startswith("executors.")
    ]
    if shown:
        yield [(f"  with {_QUESTIONS[question]} {named}: {', '.join(shown)}", "dim")]
