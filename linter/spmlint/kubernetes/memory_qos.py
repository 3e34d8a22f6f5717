"""Throttling by ``memory.high`` (KEP-2570, feature gate MemoryQoS, cgroup v2 only)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.kubernetes.resources import Resources

DEFAULT_THROTTLING_FACTOR = 0.9
"""``memoryThrottlingFactor`` where it is not written, from 1.27 to 1.36."""

TIERED_RESERVATION = "TieredReservation"
"""The ``memoryReservationPolicy`` (1.36 and later) that sets memory.min of Guaranteed pods to their request."""

PAGE = 4096
"""Bytes."""


def factor_accepted(factor: float) -> bool:
    """Whether the kubelet starts with this ``memoryThrottlingFactor``.

    Source: pkg/kubelet/apis/config/validation/validation.go.
    """
    return 0 < factor <= 1


def throttling_factor(written: float | None, kubernetes: Versions) -> float | None:
    """The factor a kubelet with the gate on uses; None where no container is throttled.

    1.37 plans to have no default any more (KEP-2570), and throttles only where the factor is written.

    Raises:
        Split, Opaque: nothing is written, and the releases still possible disagree.
    """
    if written is not None:
        return written
    return None if kubernetes >= (1, 37) else DEFAULT_THROTTLING_FACTOR


def memory_high(resources: Resources, *, allocatable: int, factor: float = DEFAULT_THROTTLING_FACTOR) -> int | None:
    """``memory.high`` in bytes, above which the container is slowed down and reclaimed from; None where none is set.

    A container without a memory limit is measured against the node's ``allocatable`` memory (bytes). Where request and
    limit are equal, as in every stock Spark container, there is none. Source: ``generateLinuxContainerResources``,
    pkg/kubelet/kuberuntime/kuberuntime_container_linux.go.
    """
    request, limit = resources.memory_request, resources.memory_limit
    if request == limit:
        return None
    high = int(request + ((limit or allocatable) - request) * factor) // PAGE * PAGE
    return high if high > request else None
