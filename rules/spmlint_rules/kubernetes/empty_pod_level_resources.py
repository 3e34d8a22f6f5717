"""An empty `resources` field on the pod itself throws away what its containers ask for.

What it does
    Looks for `spec.resources: {}` in pods for a cluster that is known to run Kubernetes 1.34 to 1.36.
Why it hurts
    There the QoS class is computed from the pod-level resources as soon as the field is there, whatever it holds. Empty, it
    makes the pod BestEffort: `oom_score_adj` 1000 and first to be evicted, although every container has requests and
    limits. Templates that render an empty block produce it without anybody writing it.
Given: node.yaml
    apiVersion: v1
    kind: Node
    metadata:
      name: pool-a-1
    status:
      nodeInfo:
        kubeletVersion: v1.34.1
Example: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      resources: {}
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4Gi
Use instead: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4Gi
Applies to
    Kubernetes 1.34 to 1.36, known from Node objects among the facts. Older clusters drop the field, newer ones ignore an
    empty one.
References
    ComputePodQOS (pkg/apis/core/v1/helper/qos/qos.go); KEP-2837.
"""

from __future__ import annotations

from spmlint.kubernetes.oom import BEST_EFFORT_ADJ
from spmlint.kubernetes.qos import empty_level_decides
from spmlint.kubernetes.resources import Pod, Resources
from spmlint.places.pods import WORKLOADS, pods_of
from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM506", "empty-pod-level-resources")

EMPTY = Pod((), resources=Resources())


@rule.check(WARNING, triggers=WORKLOADS)
def best_effort_whatever_the_containers_say(resource: Resource) -> Iterator[Finding]:
    if not resource.home.nodes:
        return
    for pod in pods_of(resource):
        level = pod.level
        if level is not None and not level.every() and empty_level_decides(EMPTY, resource.world.kubernetes):
            yield rule.finding(
                level.span(),
                f"an empty resources field on the pod makes it BestEffort (oom_score_adj {BEST_EFFORT_ADJ}) whatever its "
                "containers ask for",
                subject="spec.resources",
            )
