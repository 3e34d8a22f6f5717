"""`spmlint explain`: what Spark makes of every job found, number by number.

A job whose version, platform, mode or language is not known is explained under a stated assumption (the newest version, the
first platform that is possible); ``differs`` lists what changes in the other worlds.
"""

from __future__ import annotations

import sys
from functools import partial

from spmlint.answer import (
    CLIENT,
    CLUSTER,
    EMR_ON_EC2,
    EMR_ON_EKS,
    EMR_SERVERLESS,
    KUBERNETES,
    LOCAL,
    YARN,
    Opaque,
    Senseless,
    Split,
    World,
)
from spmlint.conf import Layer, Setting
from spmlint.config import ConfigError, Configs
from spmlint.explained import Explained
from spmlint.finding import Report
from spmlint.job import ROLES, Job
from spmlint.linking.link import link
from spmlint.options import OK, TROUBLE
from spmlint.places.filling import granted_mib
from spmlint.report.layout import visible
from spmlint.run import Input, report_on
from spmlint.spark.entries import Refused
from spmlint.spark.footprint import footprint
from spmlint.spark.jvm import reported_heap
from spmlint.spark.regions import regions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    Answer = TypeVar("Answer")

    from spmlint.fragment import Loaded
    from spmlint.options import Options
    from spmlint.spark.refusals import Refusal

QUESTIONS = {
    "spark_version": "Spark version",
    "platform": "platform",
    "deploy_mode": "deploy mode",
    "language": "language",
}
"""How the JSON names what may be assumed, and what `World` calls it."""

BY_HAND = "--conf"
"""What settings given on the command line are called instead of a file's name."""


def run(options: Options) -> int:
    """Print the memory map of every job; returns the exit status."""
    configs = Configs(options.config, isolated=options.isolated, overrides=options.overrides())
    given = Input(configs)
    if options.conf:
        given.add(_by_hand(options.conf))
    else:
        given.read(options.paths or ["."], stdin=options.standard_input())
    linked = link(given.loaded)
    report = report_on(given, configs, linked=linked) if options.format == "html" else Report()
    failures = report.failures or given.failures
    for failure in failures:
        print(f"spmlint: {visible(failure.path)}: {failure.message}", file=sys.stderr)
    explained = [explain(job, fit=options.fit) for job in linked.jobs]
    if options.format == "json":
        import json

        json.dump({"version": 1, "jobs": [one.data for one in explained]}, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    elif options.format == "html":
        from spmlint.report.html import write

        write(explained, report, sys.stdout)
    else:
        from spmlint.report.layout import put
        from spmlint.report.memory_map import lines

        put(lines(explained), sys.stdout)
    return TROUBLE if failures else OK


def explain(job: Job, *, fit: bool = False) -> Explained:
    """The footprint of a job under an assumption, and what would differ under others; with ``fit`` the executor to choose."""
    world = assumed(_where_facts_are(job))
    view = job.within(world, presume=True)
    data = _footprint(view)
    data["path"] = job.span.source.path
    data["line"] = job.span.line
    data["name"] = job.name
    data["assumed"] = {
        name: _spell(world.options(question)[0])
        for name, question in QUESTIONS.items()
        if len(job.world.options(question)) != 1 and world.options(question)
    }
    data["differs"] = list(_differences(job, world, data))
    data.update(_surroundings(view))
    for role in ROLES:
        data[role]["granted_mib"] = _known(partial(granted_mib, role=role), view)
    if fit:
        from spmlint.places.sizing import sizing

        sized = _known(sizing, view)
        data["fit"] = None if sized is None else sized.to_dict()
    return Explained(view, data, dict(_sums(view)))


def _surroundings(view: Job) -> dict[str, Any]:
    """The place beside the job: what it holds, and what happens to the job's pods when memory runs out."""
    from spmlint.places.filling import filling
    from spmlint.places.pressure import pressure
    from spmlint.places.room import rooms
    from spmlint.places.understood import understood

    filled = _known(filling, view)
    pods = {role: _known(partial(pressure, role=role), view) for role in ROLES}
    return {
        "facts": _known(lambda view: understood(view.place), view) or [],
        "place": None if filled is None else filled.to_dict(),
        "rooms": [
            {"name": room.name, "executors": room.executors, "says": room.counts(), "derivation": room.derivation()}
            for room in _known(rooms, view) or ()
        ],
        "pressure": {role: None if pod is None else pod.to_dict() for role, pod in pods.items()},
    }


def _known(answer: Callable[[Job], Answer], view: Job) -> Answer | None:
    """What can be answered; of several releases of Kubernetes for the newest, and None where a size is not known."""
    try:
        return answer(view)
    except Split:
        newest = view.world.narrowed("Kubernetes version", view.world.options("Kubernetes version")[-1:])
        return _known(answer, view.within(newest, presume=True))
    except (Opaque, Senseless):
        return None


def _where_facts_are(job: Job) -> World:
    """The job's world, on the platform that the facts describe where its files leave that open."""
    place = job.place
    for known, platforms in (
        (place.application, (EMR_SERVERLESS,)),
        (place.yarn or place.emr_clusters, (YARN, EMR_ON_EC2)),
        (place.nodes or place.quotas or place.kubelets, (KUBERNETES, EMR_ON_EKS)),
    ):
        left = [option for option in job.world.options("platform") if option in platforms]
        if known and left:
            return job.world.narrowed("platform", left)
    return job.world


def assumed(world: World) -> World:
    """One world of those possible: the newest version, and for the rest what is named first."""
    for question in QUESTIONS.values():
        options = world.options(question)
        if question == "Spark version":
            # A version outside the model is explained as the nearest one inside would be.
            world = world.narrowed(question, options[-1:] or World().options(question)[-1:])
        elif question == "deploy mode" and world.platform.known == LOCAL:
            world = world.narrowed(question, (CLIENT,))
        else:
            world = world.narrowed(question, options[:1])
    return world


def _footprint(view: Job) -> dict[str, Any]:
    seen = view.within(view.world)

    def counts(refusal: Refusal) -> bool:
        """What is only missing may be given by the machine that submits the job; an operator submits what it is told."""
        is_operated = seen.resource is not None
        return seen.is_certain(refusal) and (is_operated or any(seen.written(key) for key in refusal.keys))

    made = footprint(view.conf, view.world, spark_version=_version(view), counts=counts)
    data: dict[str, Any] = made.to_dict()
    for role in ROLES:
        shown, off_heap_mib = _shown_in_ui(view, role)
        data[role]["spark_ui_storage_memory"], data[role]["spark_ui_off_heap_mib"] = shown, off_heap_mib
    return data


def _shown_in_ui(view: Job, role: str) -> tuple[str | None, int | None]:
    """What the executors page shows as Storage Memory, in its own spelling: the unified pool and off-heap memory.

    It counts from what the JVM reports, which depends on the collector (MemoryManager.maxOnHeapStorageMemory). The second is
    how much of it is off-heap: spark.memory.offHeap.size, in the driver too, whether switched on or not.
    """
    try:
        heap_mib = view.model.heap_mib(role)
        if heap_mib is None:
            return None, None
        reported = reported_heap(heap_mib << 20, view.model.collector(role))
        made = regions(reported, view.conf, view.world.spark, role=role)
    except (Opaque, Refused):
        return None, None
    return binary_size(made.spark + made.off_heap), made.off_heap >> 20


def binary_size(size: float) -> str:
    """As the Spark UI writes bytes (formatBytes in its utils.js): units of 1024, one decimal at most."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.1f}".removesuffix(".0") + f" {unit}"
        size /= 1024
    return f"{size:.1f}".removesuffix(".0") + " TiB"


def _version(view: Job) -> str | None:
    """The version as the file spells it, where it is the one explained."""
    known = view.world.spark.known
    return view.version if view.version and known and view.version.startswith(f"{known[0]}.{known[1]}.") else None


def _sums(view: Job) -> Iterator[tuple[str, str]]:
    for role in ROLES:
        try:
            if view.model.container(role) is not None:
                yield role, view.container_sum(role)
        except (Opaque, Refused):
            continue


def _differences(job: Job, world: World, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """For each question left open, each other answer that changes a number, answers with the same change together."""
    base = dict(_numbers(data))
    for name, question in QUESTIONS.items():
        groups: dict[tuple[tuple[str, Any], ...], list[str]] = {}
        for option in job.world.options(question):
            other = world.narrowed(question, (option,))
            if option == world.options(question)[0] or (other.platform.known == LOCAL and other.mode.known == CLUSTER):
                continue
            changed = dict(_numbers(_footprint(job.within(other, presume=True))))
            change = tuple((key, changed.get(key)) for key in base if changed.get(key) != base[key])
            if change:
                groups.setdefault(change, []).append(_spell(option))
        for change, values in groups.items():
            yield {"question": name, "values": values, "changes": dict(change)}


def _numbers(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in ("driver", "executor", "executors"):
        for key, value in data[part].items():
            if key not in ("regions", "spark_ui_storage_memory", "spark_ui_off_heap_mib"):
                yield f"{part}.{key}", value


def _spell(option: Any) -> str:
    return ".".join(map(str, option)) if isinstance(option, tuple) else str(option)


def _by_hand(pairs: list[str]) -> Loaded:
    """A job of settings given on the command line, as a file of them would give it."""
    from spmlint.document.text import Source
    from spmlint.fragment import Fragment, Loaded
    from spmlint.loaders.spark_defaults import world_of

    source = Source(BY_HAND, "\n".join(pairs))
    layer = Layer(BY_HAND)
    at = 0
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise ConfigError(f"--conf takes KEY=VALUE, not {pair!r}")
        start = at + len(key) + 1
        layer.add(Setting(key, source.whole().slice(start, start + len(value))))
        at += len(pair) + 1
    loaded = Loaded(source)
    place = source.span(0, 0)
    loaded.fragments.append(Fragment(BY_HAND, place, [layer], name=BY_HAND, world=world_of(layer), complete=True))
    return loaded
