"""What a standalone worker gives to an executor or driver: its heap, and nothing beside it.

Sources: ``SparkContext.executorMemoryInMb``, ``ApplicationInfo``, ``StandaloneRestServer``.
"""

from __future__ import annotations

from spmlint.spark.container import Container
from spmlint.spark.formula import Conflict, silent
from spmlint.spark.sizes import parse_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf, Note


def heap_mib(conf: Conf, spark: Versions, role: str) -> int:
    """`spark.ROLE.memory` in whole MiB. Unlike everywhere else a bare number counts bytes here.

    Raises:
        Refused: it is no size.
    """
    key = f"spark.{role}.memory"
    text = conf.get(key)
    if text is None:
        return 1024
    try:
        return parse_size(text, "b", spark) >> 20
    except ValueError as refusal:
        raise Conflict(str(refusal), key) from refusal


def container(conf: Conf, spark: Versions, role: str, note: Note = silent) -> Container:
    """What a worker is made smaller by. Overhead, off-heap and PySpark memory are used but not counted.

    Raises:
        Refused: the heap is no size.
    """
    heap = heap_mib(conf, spark, role)
    note("heap", heap, f"spark.{role}.memory")
    return Container(heap, 0, 0, 0, heap)
