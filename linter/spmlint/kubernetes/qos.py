"""The QoS class the API server gives a pod when it is created.

Source: ``ComputePodQOS``, pkg/apis/core/v1/helper/qos/qos.go. Only ``cpu`` and ``memory`` count, zero is the same as
absent, every container counts whether it is ordinary, init or sidecar, and the overhead of the runtime class does not.
Pods given here are already `Pod.defaulted` and past the LimitRanges.
"""

from __future__ import annotations

from spmlint.kubernetes.feature_gates import POD_LEVEL_QOS_FIX, POD_LEVEL_RESOURCES, gate_enabled
from spmlint.kubernetes.resources import CPU, MEMORY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.answer import Versions
    from spmlint.kubernetes.resources import Amounts, Container, Pod, Resources

GUARANTEED, BURSTABLE, BEST_EFFORT = "Guaranteed", "Burstable", "BestEffort"


def qos_class(pod: Pod, kubernetes: Versions) -> str:
    """``"Guaranteed"``, ``"Burstable"`` or ``"BestEffort"``.

    Raises:
        Split, Opaque: the pod has pod-level resources and the releases still possible disagree about them.
    """
    level = pod.resources
    if level is not None and _level_decides(level, kubernetes):
        # Without pod-level limits the comparison below finds none equal to the requests, so nothing is guaranteed.
        return _class_of([level], guaranteed=not level.limits or _has_both(level.limits))
    resources = [container.resources for container in pod.all_containers]
    return _class_of(resources, guaranteed=all(_has_both(each.limits) for each in resources))


def empty_level_decides(pod: Pod, kubernetes: Versions) -> bool:
    """Whether ``spec.resources: {}`` makes the pod BestEffort, whatever its containers say: 1.34 to 1.36.

    The field is tested for being there, not for saying anything; 1.37 has a gate that puts that right.

    Raises:
        Split, Opaque: the field is there and empty, and the releases still possible disagree.
    """
    level = pod.resources
    return level is not None and not level.requests and not level.limits and _level_decides(level, kubernetes)


def spoilers(pod: Pod) -> list[Container]:
    """The containers that keep a pod without pod-level resources from being Guaranteed; empty where it is.

    A container is one where it lacks a CPU or memory limit, or requests something else than its limit.
    """
    return [c for c in pod.all_containers if _class_of([c.resources], _has_both(c.resources.limits)) != GUARANTEED]


def _level_decides(level: Resources, kubernetes: Versions) -> bool:
    """Whether pod-level resources decide; for present but empty ones only as long as the fix is missing."""
    if not gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
        return False
    return bool(level.requests or level.limits) or not gate_enabled(POD_LEVEL_QOS_FIX, kubernetes)


def _class_of(resources: Iterable[Resources], guaranteed: bool) -> str:
    requests: Amounts = {}
    limits: Amounts = {}
    for each in resources:
        _add_positive(requests, each.requests)
        _add_positive(limits, each.limits)
    if not requests and not limits:
        return BEST_EFFORT
    return GUARANTEED if guaranteed and requests == limits else BURSTABLE


def _add_positive(total: Amounts, amounts: Amounts) -> None:
    for name in (CPU, MEMORY):
        if amounts.get(name, 0) > 0:
            total[name] = total.get(name, 0) + amounts[name]


def _has_both(limits: Amounts) -> bool:
    return limits.get(CPU, 0) > 0 and limits.get(MEMORY, 0) > 0
