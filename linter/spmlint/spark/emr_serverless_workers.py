"""What a worker of EMR Serverless is asked to hold, before it is rounded up to a size the service offers.

Source: EMR Serverless user guide, "Spark jobs" (properties and defaults) and "Configuring an application" (workers).
"""

from __future__ import annotations

from spmlint.spark.container import LEAST_OVERHEAD_MIB, Container, computed_overhead_mib
from spmlint.spark.formula import Conflict, silent
from spmlint.spark.numbers import parse_double
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf, Note

FACTOR = "spark.emr-serverless.memoryOverheadFactor"
DEFAULT_HEAP_MIB = 14 * 1024
DEFAULT_CORES = 4
DEFAULT_INSTANCES = 3


def heap_mib(conf: Conf, spark: Versions, role: str) -> int:
    """`spark.ROLE.memory` in whole MiB, 14 GiB where it is not written.

    Raises:
        Refused: it is no size.
    """
    key = f"spark.{role}.memory"
    if conf.get(key) is None:
        return DEFAULT_HEAP_MIB
    heap = read(conf, key, spark)
    return int(heap)


def cores(conf: Conf, spark: Versions, role: str) -> int:
    """`spark.ROLE.cores`, 4 where it is not written.

    Raises:
        Refused: it is no whole number.
    """
    key = f"spark.{role}.cores"
    if conf.get(key) is None:
        return DEFAULT_CORES
    written = read(conf, key, spark)
    return int(written)


def worker(conf: Conf, spark: Versions, role: str, note: Note = silent) -> Container:
    """The memory asked of a worker: heap and overhead, by the same factor for both roles and every language.

    Raises:
        Refused: a size is none.
    """
    heap = heap_mib(conf, spark, role)
    note("heap", heap, f"spark.{role}.memory")
    written = read(conf, f"spark.{role}.memoryOverhead", spark)
    if written is None:
        factor, how = _factor(conf)
        overhead = computed_overhead_mib(heap, factor, LEAST_OVERHEAD_MIB, how, note)
    else:
        overhead = written
        note("overhead", overhead, f"spark.{role}.memoryOverhead")
    return Container(heap, overhead, 0, 0, heap + overhead)


def _factor(conf: Conf) -> tuple[float, str]:
    text = conf.get(FACTOR)
    if text is None:
        return 0.1, "the default of EMR Serverless"
    try:
        return parse_double(text), FACTOR
    except ValueError as refusal:
        raise Conflict(str(refusal), FACTOR) from refusal
