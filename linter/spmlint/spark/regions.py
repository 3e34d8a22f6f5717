"""The regions of a Spark heap: reserved, user, and the unified pool that storage and execution share.

Sources: ``UnifiedMemoryManager.getMaxMemory``, ``UnifiedMemoryManager.apply``, ``MemoryManager``.
"""

from __future__ import annotations

from spmlint.spark.formula import Conflict, silent, to_long
from spmlint.spark.profile import no_off_heap
from spmlint.spark.reading import read
from spmlint.spark.sizes import parse_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf, Note

RESERVED = 300 << 20
"""Bytes that Spark keeps for itself."""

MINIMUM_HEAP = RESERVED * 3 // 2
"""Bytes (450 MiB) below which Spark refuses to start, in the driver as in every executor."""

_MIB = 1 << 20


class Regions:
    """What one heap is divided into, in bytes.

    ``reserved + user + spark`` is the heap; ``spark = storage + execution`` is the unified pool. ``storage`` is the part
    of cached blocks that execution cannot evict. ``off_heap`` is `spark.memory.offHeap.size`, which counts as storage
    whether off-heap is enabled or not; ``off_heap_storage`` is its protected part. ``tungsten_off_heap`` says where
    Tungsten allocates.
    """

    __slots__ = (
        "execution",
        "heap",
        "off_heap",
        "off_heap_storage",
        "reserved",
        "spark",
        "storage",
        "tungsten_off_heap",
        "user",
    )

    def __init__(
        self, heap: int, spark: int, storage: int, off_heap: int, off_heap_storage: int, tungsten_off_heap: bool
    ) -> None:
        self.heap = heap
        self.reserved = RESERVED
        self.user = heap - RESERVED - spark
        self.spark = spark
        self.storage = storage
        self.execution = spark - storage
        self.off_heap = off_heap
        self.off_heap_storage = off_heap_storage
        self.tungsten_off_heap = tungsten_off_heap

    def to_dict(self) -> dict[str, int]:
        """The parts of the heap, as they stand in a footprint."""
        return {
            "reserved": self.reserved,
            "user": self.user,
            "spark": self.spark,
            "storage": self.storage,
            "execution": self.execution,
        }


def regions(heap_bytes: int, conf: Conf, spark: Versions, note: Note = silent, *, role: str = "executor") -> Regions:
    """How Spark divides a heap for which the JVM reports exactly ``heap_bytes``; ``role`` says whose it is.

    Raises:
        Refused: Spark does not start with this heap, or with these settings. `spark.executor.memory` is checked in the
            driver too, and a bare number there counts bytes (for the container it counts MiB).
    """
    memory = f"spark.{role}.memory"
    if heap_bytes < MINIMUM_HEAP:
        raise Conflict(f"a heap of {heap_bytes} bytes is below the {MINIMUM_HEAP} (450 MiB) Spark needs", memory)
    _check_executor_memory(conf, spark)
    fraction = read(conf, "spark.memory.fraction", spark)
    usable = heap_bytes - RESERVED
    pool = to_long(usable * fraction)
    storage_fraction = read(conf, "spark.memory.storageFraction", spark)
    storage = to_long(pool * storage_fraction)
    if pool - storage <= 0:
        raise Conflict("no memory is left for execution", "spark.memory.fraction", "spark.memory.storageFraction")
    off_heap = read(conf, "spark.memory.offHeap.size", spark)
    enabled = read(conf, "spark.memory.offHeap.enabled", spark)
    if enabled and off_heap <= 0:
        raise no_off_heap(conf)
    read(conf, "spark.buffer.pageSize", spark)
    made = Regions(heap_bytes, pool, storage, off_heap, to_long(off_heap * storage_fraction), enabled)
    if note is not silent:
        note("heap", heap_bytes, memory)
        note("reserved", RESERVED, "Spark's own 300 MiB")
        note("unified memory", pool, f"(heap - reserved) x {fraction} of spark.memory.fraction")
        note("storage", storage, f"unified memory x {storage_fraction} of spark.memory.storageFraction")
        note("execution", made.execution, "unified memory - storage")
        note("user", made.user, "heap - reserved - unified memory")
    return made


def _check_executor_memory(conf: Conf, spark: Versions) -> None:
    text = conf.get("spark.executor.memory")
    if text is None:
        return
    try:
        written = parse_size(text, "b", spark)
    except ValueError as refusal:
        raise Conflict(str(refusal), "spark.executor.memory") from refusal
    if written < MINIMUM_HEAP:
        means = f"'{text}' means {written} bytes here" if text.strip().isdecimal() else f"'{text}'"
        raise Conflict(f"{means}, below the {MINIMUM_HEAP} bytes (450 MiB) Spark needs", "spark.executor.memory")
