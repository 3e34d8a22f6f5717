"""Whether driver and executors have heap enough to start: by the settings, and by what a real JVM reports."""

from __future__ import annotations

from spmlint.answer import KUBERNETES
from spmlint.spark import quantities
from spmlint.spark.container import DRIVER, EXECUTOR
from spmlint.spark.containers import container, cpu
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Conflict
from spmlint.spark.java_options import role_options
from spmlint.spark.jvm import collector, reported_heap, smallest_heap_mib
from spmlint.spark.regions import MINIMUM_HEAP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import World
    from spmlint.spark.formula import Conf
    from spmlint.spark.model import Model


def check_driver_heap(model: Model) -> None:
    """Divides the driver's heap.

    Raises:
        Refused: Spark does not start with it.
    """
    model.regions(DRIVER)


def check_executor_heap(model: Model) -> None:
    """Divides an executor's heap.

    Raises:
        Refused: Spark does not start with it.
    """
    model.regions(EXECUTOR)


def check_driver_jvm(model: Model) -> None:
    """Asks the driver's JVM for its heap, as Spark does.

    Raises:
        Refused: the collector keeps so much back that Spark does not start, although the settings would do.
    """
    _check_reported(model, DRIVER)


def check_executor_jvm(model: Model) -> None:
    """Asks an executor's JVM for its heap, as Spark does.

    Raises:
        Refused: the collector keeps so much back that Spark does not start, although the settings would do.
    """
    _check_reported(model, EXECUTOR)


def _check_reported(model: Model, role: str) -> None:
    heap = model.heap_mib(role)
    if heap is None or heap << 20 < MINIMUM_HEAP or heap > 2 * (MINIMUM_HEAP >> 20):
        return
    chosen = model.collector(role)
    # Executor pods are started with -Xms as large as -Xmx, other JVMs are not.
    committed = role == EXECUTOR and model.world.manager == KUBERNETES
    reported = reported_heap(heap << 20, chosen, committed=committed)
    if reported < MINIMUM_HEAP:
        least = smallest_heap_mib(MINIMUM_HEAP, chosen, committed=committed)
        raise Conflict(
            f"of {heap} MiB the {chosen} collector leaves {reported} bytes, below the {MINIMUM_HEAP} Spark needs:"
            f" it takes {least} MiB",
            f"spark.{role}.memory",
        )


def role_collector(conf: Conf, world: World, role: str) -> str | None:
    """The collector of a role's JVM (see `spmlint.spark.jvm.collector`), None where the machine decides."""
    options = role_options(conf, role)
    told = collector(options)
    if told is not None or world.manager != KUBERNETES:
        return told
    try:
        made = container(conf, world, role)
        limit = cpu(conf, world, role)
    except Refused:
        return None
    cores = None
    if limit is not None and limit.limit is not None:
        try:
            cores = float(quantities.nanos(limit.limit)) / 1e9
        except ValueError:
            return None
    return collector(options, cpu_limit=cores, container_mib=None if made is None else made.container_mib)
