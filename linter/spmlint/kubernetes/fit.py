"""How many equal pods a node, or what is left of a quota, has room for, and which resource decides.

The scheduler adds up requests and compares with allocatable, resource by resource (NodeResourcesFit); a pod also takes one
of the node's ``pods``. Amounts are thousandths, as in `spmlint.kubernetes.resources`.
"""

from __future__ import annotations

from spmlint.kubernetes.resources import CPU, EPHEMERAL_STORAGE, MEMORY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from spmlint.kubernetes.resources import Amounts

PODS = "pods"
ONE_POD = 1000
"""A pod, in thousandths of ``pods``."""

ORDER = (MEMORY, CPU, EPHEMERAL_STORAGE, PODS)
"""The resources in the order in which they are told."""


class Bound:
    """One resource: ``available`` of it, ``each`` pod takes; ``fits`` is how many that makes."""

    __slots__ = ("available", "each", "fits", "resource")

    def __init__(self, resource: str, available: int, each: int) -> None:
        self.resource = resource
        self.available = available
        self.each = each
        self.fits = max(available, 0) // each


class Fit:
    """The bounds of a place, each resource that is both available and asked for, in `ORDER`; ``count`` pods fit.

    ``count`` is None where nothing bounds it.
    """

    __slots__ = ("bounds", "count")

    def __init__(self, bounds: list[Bound]) -> None:
        self.bounds = bounds
        self.count = min((bound.fits for bound in bounds), default=None)

    @property
    def binding(self) -> list[Bound]:
        """The resources that allow no more."""
        return [bound for bound in self.bounds if bound.fits == self.count]


def fit(available: Amounts, each: Amounts, *, taken: Mapping[str, int] | None = None) -> Fit:
    """How many pods that each request ``each`` fit into ``available``, of which ``taken`` is in use.

    A resource of which it is not said how much there is bounds nothing.
    """
    used = taken or {}
    names = [name for name in available if each.get(name, 0) > 0]
    names.sort(key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    return Fit([Bound(name, available[name] - used.get(name, 0), each[name]) for name in names])


def counted_as_pod(requests: Amounts) -> Amounts:
    """The requests of one pod, with the pod itself."""
    return {**requests, PODS: ONE_POD}
