"""A Spark pod has the priority of the cluster's own components.

What it does
    Looks for `system-node-critical` and `system-cluster-critical` on driver and executor pods and their templates.
Why it hurts
    Such pods are never evicted, push everything else off a node ("Preempted by ..."), and never swap. With
    `system-node-critical` their `oom_score_adj` is -997, that of the kubelet's neighbours: an executor that takes too much
    memory makes the kernel kill all other pods of the node first.
Example: executor.yaml
    apiVersion: v1
    kind: Pod
    spec:
      priorityClassName: system-node-critical
      containers:
        - name: spark-kubernetes-executor
          image: apache/spark:3.5.1
Use instead: executor.yaml
    apiVersion: v1
    kind: Pod
    spec:
      priorityClassName: spark-jobs
      containers:
        - name: spark-kubernetes-executor
          image: apache/spark:3.5.1
Applies to
    Every version.
References
    IsCriticalPod (pkg/kubelet/types/pod_update.go); IsNodeCriticalPod and GetContainerOOMScoreAdjust (pkg/kubelet/qos).
"""

from __future__ import annotations

from spmlint.kubernetes.oom import GUARANTEED_ADJ
from spmlint.kubernetes.resources import SYSTEM_CLUSTER_CRITICAL, SYSTEM_NODE_CRITICAL
from spmlint.places.pods import POD_KINDS, SPARK_CONTAINERS, pods_of
from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM518", "system-priority-on-spark")

CONSEQUENCE = {
    SYSTEM_CLUSTER_CRITICAL: "it is never evicted and pushes other pods off the node",
    SYSTEM_NODE_CRITICAL: f"it is never evicted, and the kernel kills all else first (oom_score_adj {GUARANTEED_ADJ})",
}


@rule.check(WARNING, triggers=POD_KINDS)
def as_important_as_the_cluster(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        text = pod.priority_class()
        if pod.role in SPARK_CONTAINERS and text is not None and text.known() in CONSEQUENCE:
            message = f"the {pod.role} has the priority {text.value}: {CONSEQUENCE[text.value]}"
            yield rule.finding(text, message, subject=f"{pod.role}.priorityClassName")
