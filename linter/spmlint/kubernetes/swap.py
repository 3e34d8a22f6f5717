"""Who may swap, how much, and whether the kubelet accepts how it is configured (KEP-2400).

Kubernetes 1.30 and later are described by ``GetContainerSwapBehavior`` and ``calcSwapForBurstablePods`` in
pkg/kubelet/kuberuntime/kuberuntime_container_linux.go at 1.36.2; the same is assumed of 1.28 and 1.29, where the gate
was off unless set. That critical pods are left out holds since about 1.31; the exact release is not verified.
"""

from __future__ import annotations

from spmlint.kubernetes.feature_gates import NODE_SWAP, gate_enabled, gate_refused
from spmlint.kubernetes.qos import BURSTABLE, qos_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.answer import Versions
    from spmlint.kubernetes.resources import Container, Pod

NO_SWAP, LIMITED_SWAP, UNLIMITED_SWAP = "NoSwap", "LimitedSwap", "UnlimitedSwap"

REFUSED, INERT, OBSOLETE, HARMLESS = "refused", "inert", "obsolete", "harmless"
"""What a `SwapTrouble` comes to: the kubelet does not start; the setting does nothing; a later kubelet will not start;
pods are not touched by it."""


class SwapSettings:
    """What a KubeletConfiguration says of swap; None where it says nothing.

    ``behavior`` is ``memorySwap.swapBehavior`` (an empty string is the same as nothing), ``gate`` is
    ``featureGates.NodeSwap``, ``cgroup`` the node's version, 1 or 2, and ``node_has_swap`` whether the machine has any.
    """

    __slots__ = ("behavior", "cgroup", "fail_swap_on", "gate", "node_has_swap")

    def __init__(
        self,
        behavior: str | None = None,
        *,
        fail_swap_on: bool | None = None,
        gate: bool | None = None,
        cgroup: int | None = None,
        node_has_swap: bool | None = None,
    ) -> None:
        self.behavior = behavior or ""
        self.fail_swap_on = fail_swap_on
        self.gate = gate
        self.cgroup = cgroup
        self.node_has_swap = node_has_swap

    @property
    def tolerates_swap(self) -> bool:
        """Whether the kubelet runs on a machine with swap: ``failSwapOn`` is true where it is not written."""
        return self.fail_swap_on is False


class SwapTrouble:
    """``effect`` is one of `REFUSED`, `INERT`, `OBSOLETE`, `HARMLESS`; ``field`` is the key at fault; ``why`` a phrase."""

    __slots__ = ("effect", "field", "why")

    def __init__(self, effect: str, field: str, why: str) -> None:
        self.effect = effect
        self.field = field
        self.why = why

    def __repr__(self) -> str:
        return f"<{self.effect} {self.field}: {self.why}>"


def swap_troubles(settings: SwapSettings, kubernetes: Versions) -> Iterator[SwapTrouble]:
    """What is wrong with the swap settings of a kubelet.

    Source: pkg/kubelet/apis/config/validation/validation.go, cmd/kubelet/app/server.go, pkg/kubelet/cm/
    container_manager_linux.go at 1.36.2; KEP-2400 for ``UnlimitedSwap`` and the stages of the gate.

    Raises:
        Split, Opaque: the releases still possible disagree.
    """
    behavior = settings.behavior
    if settings.gate is not None and gate_refused(NODE_SWAP, kubernetes, settings.gate):
        yield SwapTrouble(REFUSED, "featureGates.NodeSwap", "the feature gate NodeSwap is locked to true since 1.34")
    elif behavior and not gate_enabled(NODE_SWAP, kubernetes, settings.gate):
        why = "a swap behavior may only be set where the feature gate NodeSwap is on"
        yield SwapTrouble(REFUSED, "featureGates.NodeSwap", why)
    if behavior == UNLIMITED_SWAP:
        if kubernetes >= (1, 30):
            yield SwapTrouble(REFUSED, "memorySwap.swapBehavior", "UnlimitedSwap is not known since 1.30")
        else:
            yield SwapTrouble(OBSOLETE, "memorySwap.swapBehavior", "UnlimitedSwap is refused from 1.30")
    elif behavior not in ("", NO_SWAP, LIMITED_SWAP):
        yield SwapTrouble(REFUSED, "memorySwap.swapBehavior", f"{behavior} is neither NoSwap nor LimitedSwap")
    if behavior == LIMITED_SWAP:
        if settings.cgroup == 1:
            yield SwapTrouble(REFUSED, "memorySwap.swapBehavior", "LimitedSwap needs cgroup v2")
        if not settings.tolerates_swap:
            if settings.node_has_swap:
                why = "the node has swap, which failSwapOn true, the default, does not tolerate"
                yield SwapTrouble(REFUSED, "failSwapOn", why)
            else:
                why = "with failSwapOn true, the default, the kubelet only runs on nodes without swap"
                yield SwapTrouble(INERT, "failSwapOn", why)
    elif settings.tolerates_swap and effective_behavior(settings, kubernetes) == NO_SWAP:
        yield SwapTrouble(HARMLESS, "failSwapOn", "system daemons and the kubelet may swap, pods get none")


def effective_behavior(settings: SwapSettings, kubernetes: Versions) -> str:
    """The behavior the kubelet applies; an unset one is NoSwap from 1.30 and was UnlimitedSwap before, with the gate on.

    Source: KEP-2400; the documentation of 1.28 and 1.29.

    Raises:
        Split, Opaque: the releases still possible disagree.
    """
    if not gate_enabled(NODE_SWAP, kubernetes, settings.gate):
        return NO_SWAP
    return settings.behavior or (NO_SWAP if kubernetes >= (1, 30) else UNLIMITED_SWAP)


def why_no_swap(pod: Pod, container: Container, settings: SwapSettings, kubernetes: Versions) -> str | None:
    """Why a container of ``pod`` (already `Pod.defaulted`) gets ``memory.swap.max=0``, or None where it may swap.

    The answer is per container: beside a Spark container that may not swap a sidecar may. The stock Spark container has
    its memory request equal to its limit, and so never swaps.

    Raises:
        Split, Opaque: the releases still possible disagree.
    """
    behavior = effective_behavior(settings, kubernetes)
    if behavior != LIMITED_SWAP:
        return f"the kubelet's swap behavior is {behavior}" if behavior == NO_SWAP else None
    if settings.cgroup == 1:
        return "the node has cgroup v1"
    if pod.critical:
        return "the pod is critical for the system"
    quality = qos_class(pod, kubernetes)
    if quality != BURSTABLE:
        return f"the pod is {quality}, and only Burstable pods swap"
    resources = container.resources
    if not resources.memory_request and not resources.memory_limit:
        return "the container has neither a memory request nor a memory limit"
    if resources.memory_request == resources.memory_limit:
        return "the container's memory request equals its limit"
    return None


def swap_limit(request: int, *, memory_capacity: int, swap_capacity: int) -> int:
    """``memory.swap.max`` in bytes of a container that may swap: its share of the node's memory, of the node's swap.

    Bytes throughout. The whole swap is divided: documentation and KEP subtract something for the system, the code does
    not. The limit comes on top of the memory limit, which bounds RAM alone.

    Raises:
        ValueError: the request exceeds the node's memory; the kubelet then gives no swap.
    """
    if request > memory_capacity:
        raise ValueError("the memory request exceeds the node's memory")
    return int(request / memory_capacity * swap_capacity)
