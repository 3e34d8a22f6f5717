"""The kubelet refuses a memory setting of its configuration and does not start.

What it does
    Checks `memoryThrottlingFactor`, `memoryReservationPolicy` and the names of the eviction signals.
Why it hurts
    "invalid configuration: memoryThrottlingFactor 1.5 must be greater than 0 and less than or equal to 1.0": the kubelet
    exits, and the node drops out of the cluster with every pod on it.
Example: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    featureGates:
      MemoryQoS: true
    memoryThrottlingFactor: 1.5
    systemReserved:
      memory: 1Gi
Use instead: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    featureGates:
      MemoryQoS: true
    memoryThrottlingFactor: 0.9
    systemReserved:
      memory: 1Gi
Applies to
    Every version; the policy TieredReservation came with 1.36.
References
    pkg/kubelet/apis/config/validation/validation.go; pkg/kubelet/eviction/helpers.go; KEP-2570.
"""

from __future__ import annotations

from spmlint.kubernetes.eviction import SIGNALS
from spmlint.kubernetes.feature_gates import MEMORY_QOS, gate_enabled
from spmlint.kubernetes.memory_qos import factor_accepted
from spmlint.places.nodes import thresholds
from spmlint.rule import ERROR, Finding, Iterator, Resource, Rule

rule = Rule("SPM517", "kubelet-value-refused")

KUBELET = ("KubeletConfiguration",)


@rule.check(ERROR, triggers=KUBELET)
def throttling_factor(resource: Resource) -> Iterator[Finding]:
    text = resource.value("memoryThrottlingFactor")
    if text is None or resource.is_quoted("memoryThrottlingFactor"):
        return
    try:
        accepted = factor_accepted(float(text.known()))
    except ValueError:
        accepted = False
    if not accepted:
        message = f"the kubelet will not start: memoryThrottlingFactor {text.value} is not above 0 and at most 1"
        yield rule.finding(text, message, subject="memoryThrottlingFactor")


@rule.check(ERROR, triggers=KUBELET)
def reservation_without_its_gate(resource: Resource) -> Iterator[Finding]:
    policy = resource.value("memoryReservationPolicy")
    if policy is None or policy.known() != "TieredReservation":
        return
    if not gate_enabled(MEMORY_QOS, resource.world.kubernetes, resource.flag("featureGates", MEMORY_QOS)):
        message = f"the kubelet will not start: TieredReservation needs the feature gate {MEMORY_QOS}"
        yield rule.finding(policy, message, subject="memoryReservationPolicy")


@rule.check(ERROR, triggers=KUBELET)
def unknown_signal(resource: Resource) -> Iterator[Finding]:
    for field in ("evictionHard", "evictionSoft", "evictionSoftGracePeriod", "evictionMinimumReclaim"):
        for signal in thresholds(resource, field):
            key = resource.key_of(field, signal)
            if signal not in SIGNALS and key is not None:
                message = f"the kubelet will not start: {signal} is no eviction signal"
                yield rule.finding(key, message, subject=f"{field}.{signal}")
