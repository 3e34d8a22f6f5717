"""The default resource profile: what one executor has, what one task takes, and so how many tasks run side by side.

Sources: ``ResourceProfile.getOrCreateDefaultProfile``, ``ResourceProfile.calculateTasksAndLimitingResource``,
``ResourceUtils``, ``Utils.checkOffHeapEnabled``.
"""

from __future__ import annotations

from math import ceil, floor

from spmlint.answer import EMR_SERVERLESS, KUBERNETES, V3_3, YARN
from spmlint.spark import emr_serverless_workers
from spmlint.spark.formula import Conflict, read_whole, silent, to_int, wrapped_int
from spmlint.spark.numbers import INT_MAX, parse_double
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from spmlint.answer import Versions, World
    from spmlint.spark.formula import Conf, Note
    from spmlint.spark.model import Model

EXECUTOR_RESOURCE = "spark.executor.resource."
TASK_RESOURCE = "spark.task.resource."


def executor_heap_mib(conf: Conf, spark: Versions) -> int:
    """`spark.executor.memory` in whole MiB, where a bare number counts MiB.

    Raises:
        Refused: it is no size, or negative.
    """
    heap = read(conf, "spark.executor.memory", spark)
    return int(_not_negative("spark.executor.memory", heap))


def written_overhead_mib(conf: Conf, spark: Versions) -> int | None:
    """`spark.executor.memoryOverhead` in whole MiB, None where it is not written.

    Raises:
        Refused: it is no size, or negative.
    """
    overhead = read(conf, "spark.executor.memoryOverhead", spark)
    return None if overhead is None else _not_negative("spark.executor.memoryOverhead", overhead)


def pyspark_mib(conf: Conf, spark: Versions) -> int:
    """`spark.executor.pyspark.memory` in whole MiB, 0 where it is not written.

    Raises:
        Refused: it is no size, or negative.
    """
    pyspark = read(conf, "spark.executor.pyspark.memory", spark)
    return 0 if pyspark is None else _not_negative("spark.executor.pyspark.memory", pyspark)


def off_heap_mib(conf: Conf, spark: Versions) -> int:
    """The off-heap MiB that a container is made larger by: none unless `spark.memory.offHeap.enabled`.

    Raises:
        Refused: off-heap is enabled and smaller than 1 MiB.
    """
    size = read(conf, "spark.memory.offHeap.size", spark)
    if not read(conf, "spark.memory.offHeap.enabled", spark):
        return 0
    size_mib = wrapped_int(size >> 20)
    if size_mib <= 0:
        raise no_off_heap(conf)
    return size_mib


def no_off_heap(conf: Conf) -> Conflict:
    """Off-heap memory is switched on and has no size."""
    written = conf.get("spark.memory.offHeap.size")
    return Conflict(
        f"spark.memory.offHeap.enabled needs a spark.memory.offHeap.size of at least 1 MiB, not {written or 'none'}",
        "spark.memory.offHeap.size",
        "spark.memory.offHeap.enabled",
    )


def _not_negative(key: str, mib: int) -> int:
    # Spark spells the amount out and parses it as a size again, and sizes have no sign.
    if mib < 0:
        raise Conflict(f"{mib} MiB is negative", key)
    return mib


class CustomResource:
    """An executor resource that Spark only counts, such as a GPU: ``spark.executor.resource.NAME.*``."""

    __slots__ = ("amount", "name", "vendor")

    def __init__(self, name: str, amount: int, vendor: str | None) -> None:
        self.name = name
        self.amount = amount
        self.vendor = vendor


def custom_resources(conf: Conf, prefix: str) -> list[CustomResource]:
    """The resources written under ``prefix`` of which there is at least one (``ResourceUtils.parseAllResourceRequests``).

    Raises:
        Refused: one has no amount, or no whole one.
    """
    found = []
    for name, text in _amounts(conf, prefix).items():
        amount = read_whole(f"{prefix}{name}.amount", text)
        if amount > 0:
            found.append(CustomResource(name, amount, conf.get(f"{prefix}{name}.vendor")))
    return found


def _task_resources(conf: Conf, spark: Versions) -> dict[str, float]:
    amounts = {}
    for name, text in _amounts(conf, TASK_RESOURCE).items():
        key = f"{TASK_RESOURCE}{name}.amount"
        try:
            amount = parse_double(text)
        except ValueError as refusal:
            raise Conflict(str(refusal), key) from refusal
        if not amount > 0 and spark >= V3_3:
            continue
        if not amount <= 0.5 and amount % 1 != 0:
            raise Conflict(f"a task takes a part of a resource or whole ones, not {text}", key)
        amounts[name] = amount
    return amounts


def _amounts(conf: Conf, prefix: str) -> dict[str, str]:
    """The amount of each resource written under ``prefix``, as text."""
    amounts: dict[str, str] = {}
    for key in conf.keys_with(prefix):
        name, dot, _ = key[len(prefix) :].partition(".")
        amount = f"{prefix}{name}.amount"
        text = conf.get(amount) if dot else None
        if text is None:
            raise Conflict(f"the resource {name} has no amount", *dict.fromkeys((amount, key)))
        amounts[name] = text
    return amounts


class Slots:
    """How many ``tasks`` one executor runs side by side, and what it is that runs out first (``limiting``)."""

    __slots__ = ("cores_known", "limiting", "tasks")

    def __init__(self, tasks: int, limiting: str, cores_known: bool) -> None:
        self.tasks = tasks
        self.limiting = limiting
        self.cores_known = cores_known


def task_slots(conf: Conf, world: World, note: Note = silent) -> Slots:
    """The tasks one executor runs side by side.

    Where neither `spark.executor.cores` is written nor the manager is one with a default (YARN, Kubernetes, EMR
    Serverless), an executor takes what cores there are and Spark does not know how many: ``cores_known`` is False, and
    ``tasks`` is what custom resources allow, or 1.

    Raises:
        Refused: not even one task fits.
    """
    spark = world.spark
    cpus = read(conf, "spark.task.cpus", spark)
    taken_by_task = _task_resources(conf, spark)
    cores = read(conf, "spark.executor.cores", spark)
    tasks, limiting = -1, "cpus"
    cores_known = conf.get("spark.executor.cores") is not None or world.manager.among(KUBERNETES, YARN, EMR_SERVERLESS)
    if conf.get("spark.executor.cores") is None and cores_known and world.manager == EMR_SERVERLESS:
        cores = emr_serverless_workers.DEFAULT_CORES
    if cores_known:
        tasks = _tasks_by_cores(cores, cpus)
        if note is not silent:
            note("tasks", tasks, f"{cores} of spark.executor.cores / {cpus} of spark.task.cpus")
    for resource in custom_resources(conf, EXECUTOR_RESOURCE):
        taken = taken_by_task.get(resource.name, 0.0)
        if taken <= 0:
            continue
        del taken_by_task[resource.name]
        if taken > resource.amount:
            raise Conflict(
                f"a task takes {taken:g} {resource.name} and an executor has {resource.amount}",
                f"{TASK_RESOURCE}{resource.name}.amount",
                f"{EXECUTOR_RESOURCE}{resource.name}.amount",
            )
        parts = to_int(floor(1 / taken)) if taken < 1 else 1
        served = to_int(resource.amount * parts // ceil(taken))
        if tasks == -1 or served < tasks:
            tasks, limiting = served, resource.name
            note("tasks", served, f"{resource.amount} {resource.name} / {taken:g} for each task")
    for name in taken_by_task:
        raise Conflict(
            f"a task takes {name} and an executor has none",
            f"{TASK_RESOURCE}{name}.amount",
            f"{EXECUTOR_RESOURCE}{name}.amount",
        )
    return Slots(1 if tasks == -1 else tasks, limiting, cores_known)


def _tasks_by_cores(cores: int, cpus: int | Decimal) -> int:
    if cpus <= 0:
        raise Conflict("a task has to take some cpu", "spark.task.cpus")
    if cores < cpus:
        raise Conflict(
            f"a task takes {cpus} cpus and an executor has {cores}", "spark.task.cpus", "spark.executor.cores"
        )
    return min(int(cores // cpus), INT_MAX)


def check_profile(conf: Conf, world: World) -> None:
    """Makes the default profile, as Spark does before it asks for the first executor.

    Raises:
        Refused: Spark cannot make it.
    """
    spark = world.spark
    read(conf, "spark.task.cpus", spark)
    _task_resources(conf, spark)
    read(conf, "spark.executor.cores", spark)
    executor_heap_mib(conf, spark)
    written_overhead_mib(conf, spark)
    pyspark_mib(conf, spark)
    off_heap_mib(conf, spark)
    custom_resources(conf, EXECUTOR_RESOURCE)


def check_tasks(model: Model) -> None:
    """Makes the default profile and counts the tasks of one executor.

    Raises:
        Refused: Spark cannot.
    """
    model.make_profile()
    model.task_slots()
