"""The kubelet keeps no memory back for the system, or more than the node has.

What it does
    Looks for `memory` in `systemReserved` and `kubeReserved` of a KubeletConfiguration, and adds both and the eviction
    threshold up against the memory of the nodes that are known.
Why it hurts
    Without reservations all but 100Mi of the node is given to pods. Executors that use what they asked for leave the kubelet,
    the container runtime and the kernel nothing, and the node stops answering: "NodeNotReady", and some minutes later every
    executor on it is lost. With more reserved than there is, no pod is ever scheduled.
Example: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    cgroupDriver: systemd
Use instead: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    cgroupDriver: systemd
    kubeReserved:
      memory: 1Gi
Applies to
    Every version. Reservations given as kubelet flags are not seen. A warning where nodes are among the facts, advice else: a
    kubelet's configuration alone does not say that Spark runs there.
References
    pkg/kubelet/cm/node_container_manager_linux.go; Reserve Compute Resources for System Daemons.
"""

from __future__ import annotations

from spmlint.kubernetes.eviction import allocatable_memory, hard_memory_threshold
from spmlint.places.nodes import hard_eviction, memory_capacity, reservations
from spmlint.rule import ERROR, INFO, WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM511", "no-reserved-memory")

KUBELET = ("KubeletConfiguration",)


@rule.check(INFO, triggers=KUBELET)
def nothing_reserved(resource: Resource) -> Iterator[Finding]:
    """Advice as long as nobody tells of the nodes it is for."""
    if not resource.home.nodes:
        yield from _nothing_reserved(resource)


@rule.check(WARNING, triggers=KUBELET)
def nothing_reserved_on_nodes(resource: Resource) -> Iterator[Finding]:
    if resource.home.nodes:
        yield from _nothing_reserved(resource)


def _nothing_reserved(kubelet: Resource) -> Iterator[Finding]:
    if not any(quantity.resource == "memory" for quantity in reservations(kubelet)):
        yield rule.finding(
            kubelet.place("kind"),
            "neither systemReserved nor kubeReserved keeps memory back: pods may take all of the node but the eviction "
            "threshold",
        )


@rule.check(ERROR, triggers=KUBELET)
def nothing_left(resource: Resource) -> Iterator[Finding]:
    reserved = [quantity for quantity in reservations(resource) if quantity.resource == "memory"]
    if not reserved:
        return
    kept = sum(quantity.whole() for quantity in reserved)
    hard = hard_eviction(resource)
    for node in resource.home.nodes:
        capacity = memory_capacity(node)
        if capacity is None:
            continue
        threshold = hard_memory_threshold(hard, capacity=capacity)
        left = allocatable_memory(capacity, system_reserved=kept, eviction_hard=threshold)
        if left <= 0:
            yield rule.finding(
                reserved[0],
                f"nothing is left for pods: {kept + threshold >> 20} MiB are kept back on node {node.name}, which has "
                f"{capacity >> 20} MiB",
                derivation=[
                    f"allocatable {left >> 20} MiB = memory {capacity >> 20} - reserved {kept >> 20} "
                    f"- evictionHard {threshold >> 20}"
                ],
                subject=reserved[0].label,
            )
