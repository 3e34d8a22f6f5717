"""What is said of a job in words, the same on the terminal and in the page."""

from __future__ import annotations

from spmlint.answer import Opaque
from spmlint.report.memory_parts import MIB
from spmlint.spark.entries import Refused
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.explained import Explained

LANGUAGES = {"jvm": "JVM", "python": "Python", "r": "R"}
QUESTIONS = {"spark_version": "Spark", "platform": "platform", "deploy_mode": "deploy mode", "language": "language"}


def mib(size_mib: float) -> str:
    """``2277.6 MiB``: one decimal at most."""
    return f"{size_mib:.1f}".removesuffix(".0") + " MiB"


def amount(size_mib: float) -> str:
    """A size to compare at a glance: ``314.4 GiB`` from one GiB on, else whole MiB."""
    return mib(size_mib) if size_mib < 1024 else f"{size_mib / 1024:.1f} GiB"


def world(data: dict[str, Any]) -> list[str]:
    """What a job runs on and as, a word or two each."""
    return [
        f"Spark {data['spark_version']}",
        data["manager"],
        f"{data['deploy_mode']} mode",
        LANGUAGES[data["language"]],
    ]


def assumed(data: dict[str, Any]) -> str:
    """What the files do not say and is taken for granted; empty where they say all."""
    if not data["assumed"]:
        return ""
    said = ", ".join(f"{QUESTIONS[name]} {value}" for name, value in data["assumed"].items())
    return f"assumed, because the files do not say: {said}"


def no_heap(data: dict[str, Any]) -> str:
    """Why there is nothing to draw for a role."""
    return "no heap of its own" if data["manager"] == "local" else "heap not known"


def container(data: dict[str, Any], role: str) -> str:
    """The size a cluster manager is asked for, or the heap of a process that no manager starts."""
    part = data[role]
    if part["container_mib"] is not None:
        return f"container {mib(part['container_mib'])}{_granted(data, part)}"
    alone = data["manager"] == "local" or (role == "driver" and data["deploy_mode"] == "client")
    return f"heap {mib(part['heap_mib'])}, {'no container of its own' if alone else 'container not known'}"


def _granted(data: dict[str, Any], part: dict[str, Any]) -> str:
    granted_mib = part["granted_mib"]
    if granted_mib is None or granted_mib == part["container_mib"]:
        return ""
    return (
        f" in a worker of {mib(granted_mib)}"
        if data["manager"] == "emr-serverless"
        else f", granted {mib(granted_mib)}"
    )


def details(part: dict[str, Any]) -> list[str]:
    """What else is asked for a driver or executor, and how it will be treated."""
    words = []
    if part["cpu_request"]:
        words.append(f"cpu {part['cpu_request']}" + (f" (limit {part['cpu_limit']})" if part["cpu_limit"] else ""))
    if part.get("tasks"):
        words.append(f"{plural(part['tasks'], 'task')} at a time")
    if part["qos"]:
        words.append(f"{part['qos']}, memory request = limit, no swap")
    if part["tmpfs"]:
        words.append("local directories in memory")
    return words


def shown_in_ui(part: dict[str, Any], role: str) -> str:
    """What the Spark UI calls the memory of this process; empty where it is not known."""
    size = part["spark_ui_storage_memory"]
    off_heap_mib = part["spark_ui_off_heap_mib"]
    off_heap = f", {mib(off_heap_mib)} of it off-heap" if off_heap_mib else ""
    return f"the Spark UI shows {size} as this {role}'s Storage Memory{off_heap}" if size else ""


def collector(one: Explained, role: str) -> str:
    """A collector that keeps heap back makes every region smaller: what the JVM reports, where that is known."""
    from spmlint.spark.jvm import PARALLEL, SERIAL, reported_heap

    try:
        chosen = one.job.model.collector(role)
        heap_mib = one.job.model.heap_mib(role)
    except (Opaque, Refused):
        return ""
    if chosen not in (SERIAL, PARALLEL) or not heap_mib:
        return ""
    reported_mib = reported_heap(heap_mib * MIB, chosen) / MIB
    return f"under the {chosen} collector the JVM reports {reported_mib:.1f} of {heap_mib} MiB: regions shrink with it"


def executors(count: dict[str, Any]) -> str:
    """How many executors there are."""
    initial = count["initial"]
    if count["dynamic"] is None:
        return "number not known"
    if initial is None:
        return "as many as the cores of the cluster allow"
    if not count["dynamic"]:
        return f"{initial}, fixed"
    maximum = count["maximum"] if count["maximum"] is not None else "no maximum"
    return f"{initial} at first, dynamic between {count['minimum']} and {maximum}"


def executors_counted(data: dict[str, Any]) -> str:
    """The number of executors where nothing beside it says what is counted."""
    return f"executors: {executors(data['executors'])}"


def at_start_mib(data: dict[str, Any]) -> int | None:
    """The memory of all containers a job begins with; None where a size or the number is not known.

    A driver without a container (client mode) takes none of the cluster's.
    """
    initial, executor_mib, driver = data["executors"]["initial"], data["executor"]["container_mib"], data["driver"]
    if initial is None or (executor_mib is None and initial) or driver["heap_mib"] is None:
        return None
    return int((driver["container_mib"] or 0) + initial * (executor_mib or 0)) or None


def refusal(refused: dict[str, Any]) -> str:
    """What is refused, by whom and when."""
    return f"refused at {refused['moment']} by {refused['by']} ({refused['check']}): {refused['message']}"


def difference(differs: dict[str, Any]) -> str:
    """The sizes and counts that are others in another world; finer differences stand in the JSON alone."""
    changes = differs["changes"]
    shown = [
        f"{key.removesuffix('_mib').replace('.', ' ')} {_value(key, value)}"
        for key, value in changes.items()
        if key.endswith("container_mib")
        or (key.startswith("executors.") and changes.get("executors.dynamic", False) is not None)
    ]
    if changes.get("executors.dynamic", False) is None:
        shown.append("number of executors not known")
    if not shown:
        return ""
    values, question = differs["values"], differs["question"]
    named = f"{values[0]} to {values[-1]}" if question == "spark_version" and values[1:] else " or ".join(values)
    return f"with {QUESTIONS[question]} {named}: {', '.join(shown)}"


def _value(key: str, value: Any) -> str:
    if value is None:
        return "not fixed" if key in ("executors.initial", "executors.minimum") else "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return mib(value) if key.endswith("_mib") else str(value)
