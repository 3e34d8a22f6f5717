"""The kubelet's swap settings do not fit together: it will not start, or pods get no swap.

What it does
    Reads `failSwapOn`, `memorySwap.swapBehavior` and the feature gate `NodeSwap` of a KubeletConfiguration together, for
    the Kubernetes versions that are possible.
Why it hurts
    Swap needs `failSwapOn: false` beside the behavior. Without it the kubelet exits on a node that has swap ("running with
    swap on is not supported, please disable swap or set --fail-swap-on flag to false"), and on a node without swap the
    behavior does nothing at all. A behavior that the release does not know is refused too: `UnlimitedSwap` is gone since
    1.30, and before 1.30 every behavior needs the gate.
Example: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    memorySwap:
      swapBehavior: LimitedSwap
    systemReserved:
      memory: 1Gi
Use instead: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    failSwapOn: false
    memorySwap:
      swapBehavior: LimitedSwap
    systemReserved:
      memory: 1Gi
Applies to
    Kubernetes 1.28 and later. The release is taken from Node objects among the facts; where it is not known, what differs
    between releases is reported one step lower.
References
    KEP-2400 Node Swap; pkg/kubelet/apis/config/validation/validation.go; pkg/kubelet/cm/container_manager_linux.go.
"""

from __future__ import annotations

from spmlint.kubernetes.swap import HARMLESS, INERT, OBSOLETE, REFUSED, SwapTrouble, swap_troubles
from spmlint.places.nodes import swap_settings
from spmlint.rule import ERROR, INFO, WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM502", "swap-pairing")

KUBELET = ("KubeletConfiguration",)


@rule.check(ERROR, triggers=KUBELET)
def kubelet_does_not_start(resource: Resource) -> Iterator[Finding]:
    for trouble in _troubles(resource, REFUSED):
        yield _finding(resource, trouble, f"the kubelet will not start: {trouble.why}")


@rule.check(WARNING, triggers=KUBELET)
def no_pod_gets_swap(resource: Resource) -> Iterator[Finding]:
    for trouble in _troubles(resource, INERT):
        yield _finding(resource, trouble, f"LimitedSwap gives no pod any swap: {trouble.why}")


@rule.check(WARNING, triggers=KUBELET)
def later_kubelet_does_not_start(resource: Resource) -> Iterator[Finding]:
    for trouble in _troubles(resource, OBSOLETE):
        yield _finding(resource, trouble, f"a later kubelet will not start: {trouble.why}")


@rule.check(INFO, triggers=KUBELET)
def only_daemons_swap(resource: Resource) -> Iterator[Finding]:
    for trouble in _troubles(resource, HARMLESS):
        yield _finding(resource, trouble, f"failSwapOn false without LimitedSwap: {trouble.why}")


def _troubles(resource: Resource, effect: str) -> Iterator[SwapTrouble]:
    kubernetes = resource.world.kubernetes
    settings = swap_settings(resource, kubernetes, resource.home.nodes)
    return (trouble for trouble in swap_troubles(settings, kubernetes) if trouble.effect == effect)


def _finding(resource: Resource, trouble: SwapTrouble, message: str) -> Finding:
    path = trouble.field.split(".")
    written = path if resource.has(*path) else ["memorySwap", "swapBehavior"]
    return rule.finding(resource.place(*written), message, subject=trouble.field)
