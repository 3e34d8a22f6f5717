"""What a ResourceQuota demands of every pod of its namespace.

Source: pkg/quota/v1/evaluator/core/pods.go.
"""

from __future__ import annotations

from spmlint.kubernetes.feature_gates import POD_LEVEL_RESOURCES, gate_enabled
from spmlint.kubernetes.resources import CPU, EPHEMERAL_STORAGE, HUGEPAGES, MEMORY, effective_limits, effective_requests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.answer import Versions
    from spmlint.kubernetes.resources import Amounts, Pod


def counted(quota_key: str) -> tuple[str, str] | None:
    """What a key of ``spec.hard`` counts: (``"requests"`` or ``"limits"``, resource); None where it is no pod resource.

    A bare ``cpu``, ``memory``, ``ephemeral-storage`` or ``hugepages-*`` counts requests. ``requests.storage`` is of
    volume claims.
    """
    kind, _, resource = quota_key.partition(".")
    if kind in ("requests", "limits"):
        return None if resource == "storage" else (kind, resource)
    if quota_key in (CPU, MEMORY, EPHEMERAL_STORAGE) or quota_key.startswith(HUGEPAGES):
        return "requests", quota_key
    return None


def unstated(pod: Pod, hard: Iterable[str], kubernetes: Versions) -> list[tuple[str, str]]:
    """Each (container, quota key) that has to be stated and is not: 403, "must specify limits.memory for: c".

    ``pod`` is as it stands after LimitRange defaulting. Ordinary and init containers count; a pod with pod-level
    resources is exempt. Only CPU and memory must be stated; of the other resources a quota merely adds up what is.

    Raises:
        Split, Opaque: pod-level resources are written and the releases disagree about them.
    """
    level = pod.resources
    if level is not None and (level.requests or level.limits) and gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
        return []
    missing = []
    for key in hard:
        what = counted(key)
        if what is None or what[1] not in (CPU, MEMORY):
            continue
        kind, resource = what
        for container in pod.all_containers:
            stated: Amounts = getattr(container.resources, kind)
            if resource not in stated:
                missing.append((container.name, key))
    return missing


def usage(pod: Pod, hard: Iterable[str], kubernetes: Versions) -> Amounts:
    """What one pod takes from each key of the quota that counts a pod resource, in thousandths of the unit.

    Raises:
        Split, Opaque: as `unstated`.
    """
    sums = {"requests": effective_requests(pod, kubernetes), "limits": effective_limits(pod, kubernetes)}
    taken: Amounts = {}
    for key in hard:
        what = counted(key)
        if what is not None:
            taken[key] = sums[what[0]].get(what[1], 0)
    return taken
