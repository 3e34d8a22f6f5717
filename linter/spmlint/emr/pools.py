"""The pools of pre-initialised workers that an EMR Serverless application keeps: its ``initialCapacity``.

Shape: InitialCapacityConfigMap of botocore's model emr-serverless/2021-07-13, a map from a kind of worker to a count and a size.
Page pre-init-capacity writes the kinds in capitals, other sources do not.
"""

from __future__ import annotations

from spmlint.emr.sizes import STANDARD, SizeError, parse_cpu, parse_disk_gb, parse_disk_type, parse_memory_gb
from spmlint.emr.workers import DEFAULT_DISK_GB, Worker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol, TypeVar

    class Part(Protocol):
        """A part of an object that answers for its strings by path."""

        def word(self, *path: str) -> str | None:
            """The string at ``path``, None where there is none; may raise `spmlint.answer.Opaque`."""

    AnyPart = TypeVar("AnyPart", bound=Part)

INITIAL_CAPACITY = "initialCapacity"
SIZE = "workerConfiguration"


class Pool:
    """One pool: ``count`` workers of one size for the ``role`` in lower case (``driver``, ``executor``, ``tez_task``)."""

    __slots__ = ("count", "disk_type", "name", "role", "worker")

    def __init__(self, name: str, count: int, worker: Worker, disk_type: str) -> None:
        self.name = name
        self.role = name.lower()
        self.count = count
        self.worker = worker
        self.disk_type = disk_type

    def __str__(self) -> str:
        return f"{self.count} {self.name} of {self.worker}"


def pool_of(name: str, part: Part) -> Pool | None:
    """One entry of ``initialCapacity``; None where a size is missing or one the service refuses.

    Raises:
        Opaque: a size is a placeholder.
    """
    count = part.word("workerCount")
    cpu, memory, disk, disk_type = (part.word(SIZE, field) for field in ("cpu", "memory", "disk", "diskType"))
    if count is None or not count.isdecimal() or cpu is None or memory is None:
        return None
    try:
        worker = Worker(
            parse_cpu(cpu), parse_memory_gb(memory), DEFAULT_DISK_GB if disk is None else parse_disk_gb(disk)
        )
        return Pool(name, int(count), worker, STANDARD if disk_type is None else parse_disk_type(disk_type))
    except SizeError:
        return None


def pools(parts: Mapping[str, AnyPart]) -> list[tuple[Pool, AnyPart]]:
    """The pools among the entries of ``initialCapacity``, each with where it is written.

    Raises:
        Opaque: a size is a placeholder.
    """
    found = ((pool_of(name, part), part) for name, part in parts.items())
    return [(pool, part) for pool, part in found if pool is not None]
