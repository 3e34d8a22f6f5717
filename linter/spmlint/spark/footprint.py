"""The whole memory map of one job in one world, as plain data."""

from __future__ import annotations

from spmlint.answer import KUBERNETES, Opaque
from spmlint.spark.containers import DRIVER, EXECUTOR
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Written
from spmlint.spark.kubernetes_pods import guaranteed_cpu
from spmlint.spark.model import Model
from spmlint.spark.refusals import BY_SPARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from spmlint.answer import World
    from spmlint.spark.formula import Conf
    from spmlint.spark.refusals import Refusal

    Answer = TypeVar("Answer")


class Footprint:
    """What one job takes: the memory of driver and executor, the number of executors, and what is refused.

    ``driver``, ``executor`` and ``executors`` are dictionaries of plain values; a number that cannot be known, or that
    Spark refuses to compute, is None.
    """

    __slots__ = ("driver", "executor", "executors", "refusals", "spark_version", "world")

    def __init__(
        self,
        world: World,
        spark_version: str,
        driver: dict[str, object],
        executor: dict[str, object],
        executors: dict[str, object],
        refusals: list[Refusal],
    ) -> None:
        self.world = world
        self.spark_version = spark_version
        self.driver = driver
        self.executor = executor
        self.executors = executors
        self.refusals = refusals

    def to_dict(self) -> dict[str, object]:
        """The object that ``spmlint explain --format json`` prints."""
        return {
            "manager": self.world.manager.known,
            "deploy_mode": self.world.mode.known,
            "language": self.world.language.known,
            "spark_version": self.spark_version,
            "driver": self.driver,
            "executor": self.executor,
            "executors": self.executors,
            "refusals": [refusal.to_dict() for refusal in self.refusals],
        }


def footprint(
    conf: Mapping[str, str] | Conf,
    world: World,
    *,
    spark_version: str | None = None,
    yarn_maximum_allocation_mib: int | None = None,
    counts: Callable[[Refusal], bool] = lambda refusal: True,
) -> Footprint:
    """The footprint of ``conf`` in ``world``. ``spark_version`` is only repeated, where more than the minor is known.

    A refusal that does not count is one that settings nobody sees may avert.

    Raises:
        Split: ``world`` leaves a question open that makes a difference.
    """
    settings: Conf = conf if hasattr(conf, "keys_with") else Written(conf)
    model = Model(settings, world)
    found: list[Refusal] = []
    try:
        found.extend(filter(counts, model.refusals(yarn_maximum_mib=yarn_maximum_allocation_mib)))
    except Opaque:
        pass  # what was found stays; a number that needs the hidden value is None
    refused = {refusal.check for refusal in found if refusal.by == BY_SPARK}
    major_minor = world.spark.single()
    return Footprint(
        world,
        spark_version or ".".join(map(str, major_minor)),
        _driver(model, refused),
        _executor(model, refused),
        _executors(model, refused),
        found,
    )


def _driver(model: Model, refused: set[str]) -> dict[str, object]:
    stopped = "driver_pod" in refused or "yarn_client" in refused
    return _role(model, DRIVER, stopped=stopped, heapless="umm_driver" in refused)


def _executor(model: Model, refused: set[str]) -> dict[str, object]:
    stopped = bool(refused & {"driver_pod", "executor_pod", "profile"})
    made = _role(model, EXECUTOR, stopped=stopped, heapless="umm_executor" in refused)
    container = None if stopped else _known(lambda: model.container(EXECUTOR))
    made["off_heap_mib"] = container and container.off_heap_mib
    made["pyspark_mib"] = container and container.pyspark_mib
    slots = None if "tasks" in refused else _known(model.task_slots)
    made["tasks"] = slots and slots.tasks
    return made


def _role(model: Model, role: str, *, stopped: bool, heapless: bool) -> dict[str, object]:
    """One container and its heap; where its making is ``stopped``, or the heap refused, only what was written is known."""
    container = None if stopped else _known(lambda: model.container(role))
    cpu = None if stopped else _known(lambda: model.cpu(role))
    regions = None if heapless else _known(lambda: model.regions(role))
    in_pod = container is not None and model.world.manager == KUBERNETES
    return {
        "heap_mib": _known(lambda: model.heap_mib(role)),
        "overhead_mib": container and container.overhead_mib,
        "container_mib": container and container.container_mib,
        "regions": regions.to_dict() if regions is not None else _NO_REGIONS.copy(),
        "cpu_request": cpu and cpu.request,
        "cpu_limit": cpu and cpu.limit,
        "tmpfs": None if stopped else _known(lambda: model.tmpfs(role)),
        "qos": ("Guaranteed" if cpu is not None and guaranteed_cpu(cpu) else "Burstable") if in_pod else None,
        "swap": False if in_pod else None,
    }


_NO_REGIONS = dict.fromkeys(("reserved", "user", "spark", "storage", "execution"))


def _executors(model: Model, refused: set[str]) -> dict[str, object]:
    made = None if "dynalloc" in refused else _known(model.executors)
    if made is None:
        return {"initial": None, "minimum": None, "maximum": None, "dynamic": None}
    return {"initial": made.initial, "minimum": made.minimum, "maximum": made.maximum, "dynamic": made.dynamic}


def _known(formula: Callable[[], Answer]) -> Answer | None:
    try:
        return formula()
    except (Refused, Opaque):
        return None
