"""What is written of the nodes pods run on: how kubelets treat swap, what they reserve, what the machines have."""

from __future__ import annotations

from spmlint.kubernetes.eviction import MEMORY_AVAILABLE, NODEFS_AVAILABLE, hard_threshold, hard_thresholds
from spmlint.kubernetes.oom import HIGHEST_BURSTABLE_ADJ, LOWEST_BURSTABLE_ADJ, oom_score_adj
from spmlint.kubernetes.resources import EPHEMERAL_STORAGE, MEMORY
from spmlint.kubernetes.scheduling import Taint
from spmlint.kubernetes.swap import LIMITED_SWAP, SwapSettings, effective_behavior, swap_limit
from spmlint.places.quantities import Quantity, amounts, listed, quantities, refuse_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spmlint.answer import Versions
    from spmlint.document.text import Text
    from spmlint.kubernetes.resources import Amounts, Container, Pod
    from spmlint.kubernetes.scheduling import Placement
    from spmlint.place import Place, Resource

RESERVATIONS = ("systemReserved", "kubeReserved")
"""The fields of a KubeletConfiguration that keep memory back from pods."""


def swap_settings(kubelet: Resource, kubernetes: Versions, nodes: Iterable[Resource] = ()) -> SwapSettings:
    """What a KubeletConfiguration says of swap, on the machines that are known.

    Where the release is not known, whoever sets a behavior without the feature gate is taken to run one that has it on by
    default (1.30 and later), as everybody else would have been refused.

    Raises:
        Opaque: one of its fields is a placeholder.
    """
    behavior = kubelet.word("memorySwap", "swapBehavior")
    gate = kubelet.flag("featureGates", "NodeSwap")
    if behavior and gate is None and kubernetes.known is None:
        gate = True
    known = [swap for node in nodes if (swap := swap_capacity(node)) is not None]
    return SwapSettings(
        behavior,
        fail_swap_on=kubelet.flag("failSwapOn"),
        gate=gate,
        node_has_swap=any(known) if known else None,
    )


def swapping_kubelet(place: Place, kubernetes: Versions, placement: Placement) -> Resource | None:
    """A kubelet with LimitedSwap that pods of this placement may meet, or None.

    Raises:
        Split, Opaque: the releases still possible disagree, or a field is a placeholder.
    """
    for kubelet in kubelets_for(place, placement):
        settings = swap_settings(kubelet, kubernetes)
        if settings.tolerates_swap and effective_behavior(settings, kubernetes) == LIMITED_SWAP:
            return kubelet
    return None


def kubelets_for(place: Place, placement: Placement) -> list[Resource]:
    """The kubelets that pods of this placement may meet.

    Nodes are known only where facts name some; pods that none of them takes go elsewhere.
    """
    return [] if place.nodes and not nodes_for(place, placement) else place.kubelets


def nodes_for(place: Place, placement: Placement) -> list[Resource]:
    """The nodes that the scheduler may put a pod of this placement on; raises `Opaque` for a placeholder."""
    return [node for node in place.nodes if _takes(node, placement)]


def _takes(node: Resource, placement: Placement) -> bool:
    labels = {name: text.known() for name, text in node.map("metadata", "labels").items()}
    labels["metadata.name"] = node.name  # what matchFields asks for
    taints = [
        Taint(view.word("key") or "", view.word("value") or "", view.word("effect") or "")
        for view in listed(node.at("spec"), "taints")
    ]
    return placement.allows(labels, taints, unschedulable=node.flag("spec", "unschedulable") is True)


def share_of_swap(place: Place, request: int) -> str:
    """What ``memory.swap.max`` comes to for a memory request in bytes: the sum where a node's sizes are known."""
    for node in place.nodes:
        memory, swap = memory_capacity(node), swap_capacity(node)
        if memory and swap and request <= memory:
            share = swap_limit(request, memory_capacity=memory, swap_capacity=swap)
            sizes = f"{request >> 20} MiB request / {memory >> 20} MiB memory x {swap >> 20} MiB swap of {node.name}"
            return f"memory.swap.max {share >> 20} MiB = {sizes}"
    return "memory.swap.max = memory request / memory of the node x swap of the node"


def swap_capacity(node: Resource) -> int | None:
    """Bytes of swap that a Node reports (``status.nodeInfo.swap.capacity``), None where it reports nothing of it."""
    capacity = quantities(node.at("status", "nodeInfo"), "swap", owner="the node").get("capacity")
    return None if capacity is None else capacity.whole()


def thresholds(kubelet: Resource, field: str) -> dict[str, Text]:
    """What ``evictionHard``, ``evictionSoft`` ... says of each signal; raises `Opaque` where a placeholder stands for it."""
    refuse_hole(kubelet, field)
    return kubelet.map(field)


def hard_eviction(kubelet: Resource) -> dict[str, str]:
    """The hard thresholds in force, by signal, the defaults among them; raises as `thresholds`."""
    written = {signal: text.known() for signal, text in thresholds(kubelet, "evictionHard").items()} or None
    return hard_thresholds(written, merge_defaults=bool(kubelet.flag("mergeDefaultEvictionSettings")))


def memory_capacity(node: Resource) -> int | None:
    """Bytes of memory that a Node has (``status.capacity.memory``), None where it does not say."""
    capacity = quantities(node.at("status"), "capacity", owner="the node").get(MEMORY)
    return None if capacity is None else capacity.whole()


def burstable_scores(pod: Pod, container: Container, place: Place, kubernetes: Versions) -> str:
    """``oom_score_adj`` of a container of a Burstable pod, over the nodes whose memory is known: ``860``, ``860 to 930``.

    Raises:
        Split, Opaque: the pod has pod-level resources and the releases still possible disagree about them.
    """
    scores = {
        oom_score_adj(pod, container, memory_capacity=capacity, kubernetes=kubernetes)
        for node in place.nodes
        if (capacity := memory_capacity(node))
    } or {LOWEST_BURSTABLE_ADJ, HIGHEST_BURSTABLE_ADJ}
    return " to ".join(str(score) for score in sorted({min(scores), max(scores)}))


def allocatable(node: Resource, kubelets: Sequence[Resource] = ()) -> Amounts:
    """What a Node gives to pods (``status.allocatable``), in thousandths; empty where that is not known.

    Where it only says what it has, one kubelet among the facts decides what is left: capacity less ``systemReserved``,
    ``kubeReserved`` and the hard eviction threshold (pkg/kubelet/cm/node_container_manager_linux.go).

    Raises:
        Opaque, QuantityError, ThresholdError: an amount is a placeholder, no quantity, or no threshold.
    """
    written = amounts(quantities(node.at("status"), "allocatable", owner="the node"))
    if written or len(kubelets) != 1:
        return written
    has = amounts(quantities(node.at("status"), "capacity", owner="the node"))
    hard, kept = hard_eviction(kubelets[0]), reservations(kubelets[0])
    left = {name: size - sum(one.milli() for one in kept if one.resource == name) for name, size in has.items()}
    for name, signal in EVICTED_FOR.items():
        if name in left:
            left[name] -= hard_threshold(signal, hard, capacity=has[name] // 1000) * 1000
    return left


EVICTED_FOR = {MEMORY: MEMORY_AVAILABLE, EPHEMERAL_STORAGE: NODEFS_AVAILABLE}
"""The signal whose hard threshold is kept back of a resource."""


def reserved(node: Resource) -> Amounts:
    """What is taken on every such node before any job comes, as facts say (``reserved``); raises as `allocatable`."""
    return amounts(quantities(node.at("facts"), "reserved", owner="the node"))


def how_many(node: Resource) -> int:
    """How many nodes a resource stands for: ``count`` of an entry of the facts, 1 for a Node of a cluster."""
    count = node.word("facts", "count")
    return int(count) if count is not None and count.isdecimal() else 1


def reservations(kubelet: Resource) -> list[Quantity]:
    """What a KubeletConfiguration keeps back, `RESERVATIONS` being the fields; raises `Opaque` for a placeholder."""
    return [quantity for field in RESERVATIONS for quantity in quantities(kubelet, field, owner="the kubelet").values()]
