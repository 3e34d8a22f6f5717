"""Everything Spark makes of one configuration in one world, computed when it is first asked for."""

from __future__ import annotations

from spmlint.answer import KUBERNETES
from spmlint.asked import remembered
from spmlint.spark.containers import container, cpu, heap_mib
from spmlint.spark.executors import executors
from spmlint.spark.kubernetes_volumes import local_directories_in_memory
from spmlint.spark.numbers import LONG_MAX
from spmlint.spark.profile import check_profile, task_slots
from spmlint.spark.regions import regions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from spmlint.answer import World
    from spmlint.asked import Known, Word
    from spmlint.spark.container import Container, Cpu
    from spmlint.spark.executors import Executors
    from spmlint.spark.formula import Conf
    from spmlint.spark.profile import Slots
    from spmlint.spark.refusals import Refusal
    from spmlint.spark.regions import Regions

    Answer = TypeVar("Answer")


class Model:
    """The formulas of `spmlint.spark` over one configuration. What raises is not remembered.

    Every method may raise ``Refused`` (Spark does not compute it), ``Opaque`` and ``Split``.
    """

    __slots__ = ("_answers", "_asked", "conf", "world")

    def __init__(self, conf: Conf, world: World, asked: list[Word] | None = None) -> None:
        self.conf = conf
        self.world = world
        self._asked = [] if asked is None else asked
        """Where ``conf`` writes down what it is asked for."""
        self._answers: Known = {}

    def _once(self, formula: Callable[..., Answer], *arguments: object) -> Answer:
        return remembered(
            self._asked, self._answers, (formula, *arguments), lambda: formula(self.conf, self.world, *arguments)
        )

    def heap_mib(self, role: str) -> int | None:
        """The heap of a role's JVM; None for the executors a local job does not have."""
        return self._once(heap_mib, role)

    def container(self, role: str) -> Container | None:
        """The memory the cluster manager is asked for; None where it is not asked (see `containers.container`)."""
        return self._once(container, role)

    def cpu(self, role: str) -> Cpu | None:
        """The processors the cluster manager is asked for; None where it is not asked."""
        return self._once(cpu, role)

    def regions(self, role: str) -> Regions | None:
        """The regions of a heap of exactly the configured size; None where there is no heap."""
        return self._once(_regions, role, self.heap_mib(role))

    def tmpfs(self, role: str) -> bool:
        """Whether shuffle and spill files lie in memory that counts against the container."""
        return self._once(_tmpfs, role)

    def collector(self, role: str) -> str | None:
        """The garbage collector of a role's JVM; None where the machine decides."""
        from spmlint.spark.heap_checks import role_collector

        return self._once(role_collector, role)

    def executors(self) -> Executors:
        """How many executors there are at first, at least and at most."""
        return self._once(executors)

    def make_profile(self) -> None:
        """Makes the default resource profile, only to see that Spark can."""
        return self._once(check_profile)

    def task_slots(self) -> Slots:
        """How many tasks one executor runs side by side."""
        return self._once(task_slots)

    # The refusals know every step of a submission; whoever asks for sizes alone need not load them.

    def refusal(self, check: str, by: str = "spark") -> Refusal | None:
        """What one check refuses (`spmlint.spark.refusals`); None where it passes."""
        from spmlint.spark.refusals import refusal

        return remembered(self._asked, self._answers, (refusal, check, by), lambda: refusal(check, self, by))

    def refused_entries(self) -> Iterator[Refusal]:
        """Each written value its entry refuses."""
        from spmlint.spark.refusals import refused_entries

        return refused_entries(self)

    def refused_sql(self) -> Iterator[Refusal]:
        """Each written ``spark.sql.`` value a session refuses to set."""
        from spmlint.spark.refusals import refused_sql

        return refused_sql(self)

    def refusals(self, *, yarn_maximum_mib: int | None = None) -> Iterator[Refusal]:
        """Everything that is refused."""
        from spmlint.spark.refusals import refusals

        return refusals(self, yarn_maximum_mib=yarn_maximum_mib)


def _regions(conf: Conf, world: World, role: str, heap: int | None) -> Regions | None:
    return None if heap is None else regions(min(heap << 20, LONG_MAX), conf, world.spark, role=role)


def _tmpfs(conf: Conf, world: World, role: str) -> bool:
    return world.manager == KUBERNETES and local_directories_in_memory(conf, world.spark, role)
