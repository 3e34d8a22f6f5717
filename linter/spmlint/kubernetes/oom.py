"""How easily the kernel's OOM killer picks a container when the node itself runs out of memory.

Source: pkg/kubelet/qos/policy.go and helpers.go. The documentation prints 2 as the lower bound; the code's is 3.
"""

from __future__ import annotations

from spmlint.kubernetes.feature_gates import POD_LEVEL_RESOURCES, gate_enabled
from spmlint.kubernetes.resources import MEMORY, SYSTEM_NODE_CRITICAL, container_sum, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.kubernetes.resources import Container, Pod

GUARANTEED_ADJ = -997
"""Of Guaranteed and of node-critical pods."""
BEST_EFFORT_ADJ = 1000
LOWEST_BURSTABLE_ADJ, HIGHEST_BURSTABLE_ADJ = 3, 999


def oom_score_adj(pod: Pod, container: Container, *, memory_capacity: int, kubernetes: Versions) -> int:
    """``oom_score_adj`` of one container of ``pod`` (already `Pod.defaulted`); -1000 is never killed, 1000 first.

    ``memory_capacity`` is the node's whole memory in bytes, neither its allocatable nor with swap. What the kernel
    compares is this plus the share of memory the process uses, in thousandths. System-cluster-critical pods get nothing
    special.

    Raises:
        Split, Opaque: the pod has pod-level resources and the releases still possible disagree about them.
    """
    if pod.priority_class == SYSTEM_NODE_CRITICAL:
        return GUARANTEED_ADJ
    from spmlint.kubernetes.qos import BEST_EFFORT, GUARANTEED, qos_class

    quality = qos_class(pod, kubernetes)
    if quality == GUARANTEED:
        return GUARANTEED_ADJ
    if quality == BEST_EFFORT:
        return BEST_EFFORT_ADJ
    request = container.resources.memory_request
    if container.sidecar:
        # A sidecar is never easier to kill than the regular container with the smallest request (KEP-753).
        request = max(request, min((regular.resources.memory_request for regular in pod.containers), default=0))
    adj = 1000 - 1000 * (request + _pod_level_share(pod, kubernetes)) // memory_capacity
    return min(max(adj, LOWEST_BURSTABLE_ADJ), HIGHEST_BURSTABLE_ADJ)


def _pod_level_share(pod: Pod, kubernetes: Versions) -> int:
    """Bytes of the pod-level memory request that no container requested, divided evenly."""
    level = pod.resources
    if level is None or not level.memory_request or not gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
        return 0
    remaining = level.memory_request - whole(container_sum(pod, "requests").get(MEMORY, 0))
    return remaining // len(pod.all_containers)
