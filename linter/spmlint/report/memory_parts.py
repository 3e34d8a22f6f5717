"""What a container's memory is divided into, as one tree: every picture of a job's memory is drawn from it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MIB = 1 << 20

BESIDE_THE_HEAP = (("overhead", "overhead_mib"), ("off-heap", "off_heap_mib"), ("PySpark", "pyspark_mib"))
"""What stands in a container beside the heap, and how the footprint names it."""


class Part:
    """A stretch of memory and those it is divided into.

    ``start_mib`` counts from the beginning of the whole. Children fill their part, but for a container in what is granted.
    """

    __slots__ = ("children", "name", "size_mib", "start_mib")

    def __init__(self, name: str, size_mib: float, start_mib: float = 0) -> None:
        self.name = name
        self.size_mib = size_mib
        self.start_mib = start_mib
        self.children: list[Part] = []

    def add(self, name: str, size_mib: float) -> Part:
        """Append a child behind the last one."""
        last = self.children[-1] if self.children else None
        part = Part(name, size_mib, last.end_mib if last else self.start_mib)
        self.children.append(part)
        return part

    @property
    def end_mib(self) -> float:
        return self.start_mib + self.size_mib

    def walk(self, depth: int = 0) -> Iterator[tuple[Part, int]]:
        """This part and all below it, from top to bottom, with their depths."""
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)


def memory_of(role: dict[str, Any]) -> Part | None:
    """The memory of a driver or executor (an object of that name in what `explain` knows); None where no size is known.

    The root is what is granted for the container where that is another size, else the container, or the heap where there is
    none. Sizes that are zero, or no sizes (Spark's own overflows), are left out.
    """
    heap_mib, container_mib = role["heap_mib"], role["container_mib"]
    if heap_mib is None or heap_mib <= 0 or (container_mib is not None and container_mib <= 0):
        return None
    if container_mib is None:
        heap = Part("heap", heap_mib)
        _divide_heap(heap, role["regions"])
        return heap
    granted_mib = role.get("granted_mib") or container_mib
    root = container = Part("container", container_mib)
    if granted_mib > container_mib:
        root = Part("granted", granted_mib)
        container = root.add("container", container_mib)
    _divide_heap(container.add("heap", heap_mib), role["regions"])
    for name, key in BESIDE_THE_HEAP:
        size_mib = role.get(key)
        if size_mib and size_mib > 0:
            container.add(name, size_mib)
    return root


def _divide_heap(heap: Part, regions: dict[str, int | None]) -> None:
    """Add what Spark makes of a heap, where it does not refuse to."""
    sizes_mib = {name: size / MIB for name, size in regions.items() if size is not None}
    if "spark" not in sizes_mib:
        return
    heap.add("reserved", sizes_mib["reserved"])
    heap.add("user", sizes_mib["user"])
    spark = heap.add("spark", sizes_mib["spark"])
    spark.add("storage", sizes_mib["storage"])
    spark.add("execution", sizes_mib["execution"])
