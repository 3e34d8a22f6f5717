"""The containers Spark asks YARN for, and what its client refuses before it asks.

Sources: ``deploy.yarn.Client``, ``YarnAllocator``, ``ResourceProfile.getResourcesForClusterManager``.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, EMR_ON_EC2, PYTHON, V3_1, V4_0
from spmlint.spark.container import (
    DRIVER,
    EXECUTOR,
    LEAST_OVERHEAD_MIB,
    Container,
    computed_overhead_mib,
    least_overhead_mib,
    written_factor,
)
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Conflict, check_written, silent, to_long, wrapped_int, wrapped_long
from spmlint.spark.numbers import parse_double
from spmlint.spark.profile import executor_heap_mib, off_heap_mib, pyspark_mib, written_overhead_mib
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.answer import Version, World
    from spmlint.spark.formula import Conf, Note
    from spmlint.spark.model import Model

KEYTAB, PRINCIPAL = "spark.kerberos.keytab", "spark.kerberos.principal"
EMR_FACTOR = "spark.yarn.executor.memoryOverheadFactor"
"""A key of EMR's own Spark (release guide, emr-5.22.0): Apache Spark ignores it."""

# Entries whose values matter to nothing here, but which the client reads, and the release that first read them.
_READ_BY_CLIENT: dict[str, Version] = {
    "spark.buffer.size": V3_1,
    "spark.yarn.unmanagedAM.enabled": V3_1,
    "spark.yarn.client.statCache.preload.enabled": V4_0,
    "spark.yarn.client.statCache.preload.perDirectoryThreshold": V4_0,
}


def application_master(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of the application master: in cluster mode the driver runs in it, in client mode it only asks for executors.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    if world.mode == CLUSTER:
        heap_key, overhead_key = "spark.driver.memory", "spark.driver.memoryOverhead"
        own = written_factor(conf, spark, DRIVER)
        how = "the default" if own is None else "spark.driver.memoryOverheadFactor"
        factor, least = 0.1 if own is None else own, least_overhead_mib(conf, spark, DRIVER)
    else:
        heap_key, overhead_key = "spark.yarn.am.memory", "spark.yarn.am.memoryOverhead"
        factor, how, least = 0.1, "the default", LEAST_OVERHEAD_MIB
    heap = read(conf, heap_key, spark)
    heap = wrapped_int(heap)
    note("heap", heap, heap_key)
    written = read(conf, overhead_key, spark)
    if written is None:
        overhead = _long_overhead_mib(heap, factor, least, how, note)
    else:
        overhead = wrapped_int(written)
        note("overhead", overhead, overhead_key)
    return Container(heap, overhead, 0, 0, wrapped_int(heap + overhead))


def _long_overhead_mib(heap_mib: int, factor: float, least_mib: int, how: str, note: Note) -> int:
    """As everywhere, except that the client counts in 64 bits and keeps 32 of them."""
    if abs(factor * heap_mib) < 2**31:
        return wrapped_int(computed_overhead_mib(heap_mib, factor, least_mib, how, note))
    return wrapped_int(max(to_long(factor * heap_mib), least_mib))


def executor_container(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of an executor. There is no factor of its own for Python here, but PySpark memory is part of it.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    heap = executor_heap_mib(conf, spark)
    note("heap", heap, "spark.executor.memory")
    own = written_factor(conf, spark, EXECUTOR)
    least = least_overhead_mib(conf, spark, EXECUTOR)
    written = written_overhead_mib(conf, spark)
    if written is not None:
        overhead = written
        note("overhead", overhead, "spark.executor.memoryOverhead")
    elif own is not None:
        overhead = computed_overhead_mib(heap, own, least, "spark.executor.memoryOverheadFactor", note)
    else:
        factor, how = _unwritten_factor(conf, world)
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


def _is_python(conf: Conf, world: World) -> bool:
    """spark-submit sets it for Python, in both deploy modes; by hand it can be set for anything."""
    if conf.get("spark.yarn.isPython") is None or world.language == PYTHON:
        return bool(world.language == PYTHON)
    return bool(read(conf, "spark.yarn.isPython", world.spark))


def _unwritten_factor(conf: Conf, world: World) -> tuple[float, str]:
    if world.platform.known != EMR_ON_EC2:
        return 0.1, "the default"
    text = conf.get(EMR_FACTOR)
    if text is None:
        return 0.1875, "the default of EMR on EC2"
    try:
        return parse_double(text), EMR_FACTOR
    except ValueError as refusal:
        raise Conflict(str(refusal), EMR_FACTOR) from refusal


def check_executor(model: Model) -> None:
    """Asks for an executor.

    Raises:
        Refused: Spark cannot say what it has to be.
    """
    model.make_profile()
    model.container(EXECUTOR)


def check_client(model: Model) -> None:
    """Makes YARN's client.

    Raises:
        Refused: it cannot be made.
    """
    conf, world = model.conf, model.world
    _client_executor_mib(conf, world)


def _client_executor_mib(conf: Conf, world: World) -> int:
    """What the client takes an executor to be. It does not mind negative sizes."""
    spark = world.spark
    application_master(conf, world)
    read(conf, "spark.driver.cores" if world.mode == CLUSTER else "spark.yarn.am.cores", spark)
    heap = read(conf, "spark.executor.memory", spark)
    off_heap = off_heap_mib(conf, spark)
    own = written_factor(conf, spark, EXECUTOR)
    least = least_overhead_mib(conf, spark, EXECUTOR)
    written = read(conf, "spark.executor.memoryOverhead", spark)
    if written is None:
        overhead = _long_overhead_mib(heap, 0.1 if own is None else own, least, "", silent)
    else:
        overhead = wrapped_int(written)
    pyspark: Any = 0
    if conf.get("spark.executor.pyspark.memory") is not None and _is_python(conf, world):
        pyspark = read(conf, "spark.executor.pyspark.memory", spark)
        pyspark = wrapped_int(pyspark)
    check_written(conf, spark, _READ_BY_CLIENT)
    if world.mode == CLUSTER:
        check_written(conf, spark, {"spark.yarn.submit.waitAppCompletion": V3_1})
    if world.mode == CLUSTER and conf.get(KEYTAB) is not None and read(conf, PRINCIPAL, spark) is None:
        raise Conflict("it needs spark.kerberos.principal beside it", KEYTAB, PRINCIPAL)
    return wrapped_long(heap + overhead + off_heap + pyspark)


def check_maximum(model: Model, maximum_mib: int) -> None:
    """Compares the containers with ``yarn.scheduler.maximum-allocation-mb`` (``Client.verifyClusterResources``).

    Raises:
        Refused: one is larger than ``maximum_mib``. A client that cannot be made compares nothing.
    """
    conf, world = model.conf, model.world
    try:
        executor_mib = _client_executor_mib(conf, world)
    except Refused:
        return
    if executor_mib > maximum_mib:
        raise Conflict(
            f"an executor takes {executor_mib} MiB and the cluster gives at most {maximum_mib}",
            "spark.executor.memory",
            "spark.executor.memoryOverhead",
        )
    master = application_master(conf, world)
    if master.container_mib > maximum_mib:
        role = "driver" if world.mode == CLUSTER else "yarn.am"
        raise Conflict(
            f"the application master takes {master.container_mib} MiB and the cluster gives at most {maximum_mib}",
            f"spark.{role}.memory",
            f"spark.{role}.memoryOverhead",
        )
