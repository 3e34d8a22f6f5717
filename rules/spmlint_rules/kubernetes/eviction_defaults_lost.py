"""The kubelet's own eviction thresholds leave out memory, so nothing is evicted before the kernel kills.

What it does
    Looks for `evictionHard` without `memory.available` in a KubeletConfiguration that does not merge the defaults.
Why it hurts
    As soon as `evictionHard` is written, all of its defaults are gone, `memory.available<100Mi` among them. A node that runs
    out of memory then evicts no pod: the kernel's OOM killer picks processes by their score, and executors die without a
    reason in their status but exit code 137.
Example: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    evictionHard:
      nodefs.available: 5%
    systemReserved:
      memory: 1Gi
Use instead: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    evictionHard:
      memory.available: 500Mi
      nodefs.available: 5%
      nodefs.inodesFree: 5%
      imagefs.available: 15%
      imagefs.inodesFree: 5%
    systemReserved:
      memory: 1Gi
Applies to
    Linux kubelets. `mergeDefaultEvictionSettings: true` keeps the defaults of the signals that are not written.
References
    cmd/kubelet/app/server.go; pkg/kubelet/eviction/defaults_linux.go.
"""

from __future__ import annotations

from spmlint.kubernetes.eviction import DEFAULT_HARD, MEMORY_AVAILABLE
from spmlint.places.nodes import thresholds
from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM509", "eviction-defaults-lost")


@rule.check(WARNING, triggers=("KubeletConfiguration",))
def memory_is_not_watched(resource: Resource) -> Iterator[Finding]:
    written = thresholds(resource, "evictionHard")
    if written and MEMORY_AVAILABLE not in written and not resource.flag("mergeDefaultEvictionSettings"):
        yield rule.finding(
            resource.place("evictionHard"),
            f"evictionHard without {MEMORY_AVAILABLE} switches memory eviction off: the default "
            f"{DEFAULT_HARD[MEMORY_AVAILABLE]} only holds where evictionHard is not written at all",
            subject="evictionHard",
        )
