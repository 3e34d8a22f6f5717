"""The sizes of driver and executor pods.

Sources: ``BasicDriverFeatureStep``, ``BasicExecutorFeatureStep``, ``ResourceProfile.getResourcesForClusterManager``.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, JVM, PYTHON
from spmlint.spark import quantities
from spmlint.spark.container import (
    DRIVER,
    EXECUTOR,
    Container,
    Cpu,
    computed_overhead_mib,
    least_overhead_mib,
    written_factor,
)
from spmlint.spark.formula import silent, wrapped_long
from spmlint.spark.profile import (
    executor_heap_mib,
    off_heap_mib,
    pyspark_mib,
    written_overhead_mib,
)
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions, World
    from spmlint.spark.formula import Conf, Note

FACTOR = "spark.kubernetes.memoryOverheadFactor"
NON_JVM_FACTOR = 0.4


def driver_container(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of the driver pod in cluster mode. Off-heap and PySpark memory are never part of it.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    heap = read(conf, "spark.driver.memory", spark)
    note("heap", heap, "spark.driver.memory")
    written = read(conf, "spark.driver.memoryOverhead", spark)
    own = written_factor(conf, spark, DRIVER)
    least = least_overhead_mib(conf, spark, DRIVER)
    if written is not None:
        overhead = int(written)
        note("overhead", overhead, "spark.driver.memoryOverhead")
    elif own is not None:
        overhead = computed_overhead_mib(heap, own, least, "spark.driver.memoryOverheadFactor", note)
    else:
        factor, how = _job_factor(conf, world)
        overhead = computed_overhead_mib(heap, factor, least, how, note)
    return Container(heap, overhead, 0, 0, wrapped_long(heap + overhead))


def _job_factor(conf: Conf, world: World) -> tuple[float, str]:
    """The factor that holds for both pods, and where it comes from."""
    if conf.get(FACTOR) is not None:
        factor = read(conf, FACTOR, world.spark)
        return factor, FACTOR
    if world.language == JVM:
        return 0.1, "the default"
    return NON_JVM_FACTOR, "Python or R on Kubernetes"


def executor_container(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of an executor pod.

    In cluster mode the driver's own builder hands on the factor for Python and R, and that the job is Python, so that
    PySpark memory is added. In client mode nobody does: the factor is 0.1, and PySpark memory is left out unless
    `spark.kubernetes.resource.type` says python.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    heap = executor_heap_mib(conf, spark)
    note("heap", heap, "spark.executor.memory")
    written = written_overhead_mib(conf, spark)
    own = written_factor(conf, spark, EXECUTOR)
    least = least_overhead_mib(conf, spark, EXECUTOR)
    if written is not None:
        overhead = written
        note("overhead", overhead, "spark.executor.memoryOverhead")
    elif own is not None:
        overhead = computed_overhead_mib(heap, own, least, "spark.executor.memoryOverheadFactor", note)
    else:
        factor, how = _handed_on_factor(conf, world)
        overhead = computed_overhead_mib(heap, factor, least, how, note)
    off_heap = off_heap_mib(conf, spark)
    if off_heap:
        note("off-heap", off_heap, "spark.memory.offHeap.size")
    pyspark = pyspark_mib(conf, spark)
    if pyspark and _is_python(conf, world):
        note("PySpark", pyspark, "spark.executor.pyspark.memory")
    else:
        pyspark = 0
    return Container(heap, overhead, off_heap, pyspark, wrapped_long(heap + overhead + off_heap + pyspark))


def _handed_on_factor(conf: Conf, world: World) -> tuple[float, str]:
    if conf.get(FACTOR) is not None or world.mode == CLUSTER:
        return _job_factor(conf, world)
    return 0.1, "the default; in client mode for every language"


def _is_python(conf: Conf, world: World) -> bool:
    if world.mode == CLUSTER:
        return world.language == PYTHON
    resource_type = read(conf, "spark.kubernetes.resource.type", world.spark)
    return bool(resource_type == "python")


def request_key(role: str) -> str:
    """The key of a role's cpu request."""
    return f"spark.kubernetes.{role}.request.cores"


def limit_key(role: str) -> str:
    """The key of a role's cpu limit."""
    return f"spark.kubernetes.{role}.limit.cores"


def cpu(conf: Conf, spark: Versions, role: str) -> Cpu:
    """The cpu quantities of a pod's container: `spark.kubernetes.ROLE.request.cores`, or the cores the role has.

    Raises:
        Refused: the cores are no whole number.
    """
    request = conf.get(request_key(role))
    if request is None:
        request = str(read(conf, f"spark.{role}.cores", spark))
    return Cpu(request, conf.get(limit_key(role)))


def guaranteed_cpu(made: Cpu) -> bool:
    """Whether the limit equals the request, as the Guaranteed class of a pod needs (memory always has both)."""
    try:
        return made.limit is not None and quantities.nanos(made.limit) == quantities.nanos(made.request)
    except ValueError:
        return False
