"""The kubelet cannot read an eviction threshold, or evicts without the grace it was meant to give.

What it does
    Reads the thresholds of `evictionHard` and `evictionSoft` as the kubelet does: a quantity above zero, or a percentage from
    0% to 100%; each soft one needs a period of its own in `evictionSoftGracePeriod`.
Why it hurts
    The kubelet exits at start ("eviction threshold memory.available must be positive", "grace period must be specified for
    the soft eviction threshold"). To switch a signal off, write `0%`; a plain `0` is refused. And where
    `evictionMaxPodGracePeriod` is not set, a soft eviction gives pods no time at all: a Spark executor cannot hand over its
    shuffle data.
Example: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    evictionHard:
      memory.available: 500MB
    systemReserved:
      memory: 1Gi
Use instead: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    evictionHard:
      memory.available: 500Mi
    systemReserved:
      memory: 1Gi
Applies to
    Every version.
References
    ParseThresholdConfig and parseThresholdStatement (pkg/kubelet/eviction/helpers.go); eviction_manager.go.
"""

from __future__ import annotations

from spmlint.kubernetes.eviction import SIGNALS, ThresholdError, parse_threshold
from spmlint.places.nodes import thresholds
from spmlint.rule import ERROR, WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM510", "eviction-threshold-invalid")

KUBELET = ("KubeletConfiguration",)


@rule.check(ERROR, triggers=KUBELET)
def threshold_not_read(resource: Resource) -> Iterator[Finding]:
    for field in ("evictionHard", "evictionSoft"):
        for signal, text in thresholds(resource, field).items():
            if signal not in SIGNALS:
                continue
            try:
                parse_threshold(signal, text.known())
            except ThresholdError as error:
                message = f"the kubelet will not start: {field} {signal} {text.value}: {error.reason}"
                yield rule.finding(text, message, subject=f"{field}.{signal}")


@rule.check(ERROR, triggers=KUBELET)
def soft_without_period(resource: Resource) -> Iterator[Finding]:
    periods = thresholds(resource, "evictionSoftGracePeriod")
    for signal, text in thresholds(resource, "evictionSoft").items():
        if signal in SIGNALS and signal not in periods and text.known() not in ("0%", "100%"):
            message = f"the kubelet will not start: {signal} has no evictionSoftGracePeriod"
            yield rule.finding(text, message, subject=f"evictionSoft.{signal}")


@rule.check(WARNING, triggers=KUBELET)
def soft_without_grace(resource: Resource) -> Iterator[Finding]:
    if thresholds(resource, "evictionSoft") and (resource.word("evictionMaxPodGracePeriod") or "0") == "0":
        yield rule.finding(
            resource.place("evictionSoft"),
            "a soft eviction gives pods 0 seconds: evictionMaxPodGracePeriod is 0 unless it is written",
            subject="evictionSoft",
        )
