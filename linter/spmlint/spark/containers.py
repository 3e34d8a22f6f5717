"""What each role's container is, on whichever cluster manager the job runs."""

from __future__ import annotations

from spmlint.answer import CLIENT, EMR_SERVERLESS, KUBERNETES, LOCAL, STANDALONE, YARN
from spmlint.spark import emr_serverless_workers, kubernetes_pods
from spmlint.spark.container import DRIVER, EXECUTOR, ROLES, Container, Cpu
from spmlint.spark.formula import silent
from spmlint.spark.profile import executor_heap_mib
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import World
    from spmlint.spark.formula import Conf, Note

__all__ = ["DRIVER", "EXECUTOR", "ROLES", "Container", "Cpu", "container", "cpu", "heap_mib"]


def heap_mib(conf: Conf, world: World, role: str) -> int | None:
    """The heap a role's JVM is given, in whole MiB; None for the executor of a local job, which has none.

    Raises:
        Refused: it is no size.
    """
    manager = world.manager
    if not manager.among(KUBERNETES, YARN):
        if manager == EMR_SERVERLESS:
            return emr_serverless_workers.heap_mib(conf, world.spark, role)
        if role == EXECUTOR and manager == LOCAL:
            return None
        if manager == STANDALONE and (role == EXECUTOR or world.mode != CLIENT):
            from spmlint.spark import standalone_containers  # a run needs one manager's formulas

            return standalone_containers.heap_mib(conf, world.spark, role)
    if role == EXECUTOR:
        return executor_heap_mib(conf, world.spark)
    return int(read(conf, "spark.driver.memory", world.spark))


def container(conf: Conf, world: World, role: str, note: Note = silent) -> Container | None:
    """What the cluster manager is asked for; None for a driver in client mode, which no manager starts, and in local mode.

    Raises:
        Refused: Spark cannot compute it.
    """
    manager = world.manager
    if not manager.among(KUBERNETES, YARN, STANDALONE):
        return None if manager == LOCAL else emr_serverless_workers.worker(conf, world.spark, role, note)
    if role == DRIVER and world.mode == CLIENT:
        return None
    if manager == KUBERNETES:
        if role == DRIVER:
            return kubernetes_pods.driver_container(conf, world, note)
        return kubernetes_pods.executor_container(conf, world, note)
    if manager == YARN:
        from spmlint.spark import yarn_containers

        if role == DRIVER:
            return yarn_containers.application_master(conf, world, note)
        return yarn_containers.executor_container(conf, world, note)
    from spmlint.spark import standalone_containers

    return standalone_containers.container(conf, world.spark, role, note)


def cpu(conf: Conf, world: World, role: str) -> Cpu | None:
    """The processors the cluster manager is asked for; None where it is not asked.

    A standalone executor without `spark.executor.cores` takes all that its worker has: None too.

    Raises:
        Refused: the cores are no whole number.
    """
    manager = world.manager
    if not manager.among(KUBERNETES, YARN, STANDALONE):
        return None if manager == LOCAL else Cpu(str(emr_serverless_workers.cores(conf, world.spark, role)), None)
    if role == DRIVER and world.mode == CLIENT:
        return None
    if manager == KUBERNETES:
        return kubernetes_pods.cpu(conf, world.spark, role)
    key = f"spark.{role}.cores"
    if role == EXECUTOR and conf.get(key) is None and manager == STANDALONE:
        return None
    return Cpu(str(read(conf, key, world.spark)), None)
