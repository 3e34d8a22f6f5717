"""A pod that runs Spark asks for no memory and no CPU at all, so it is the first to be killed.

What it does
    Works out the QoS class of pods that run a driver, an executor or spark-submit, after the defaults of the API server
    and of the LimitRanges that are known. Pod templates are left alone: Spark fills in their sizes.
Why it hurts
    Without any CPU or memory request or limit the class is BestEffort: `oom_score_adj` 1000, so the kernel kills this
    process before all others when the node runs short, the kubelet evicts it first ("The node was low on resource:
    memory"), and a node under memory pressure takes no such pod at all. In client mode the driver dies with it.
Example: submit.yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: nightly-submit
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: submit
              image: apache/spark:3.5.1
              command: ["/opt/spark/bin/spark-submit"]
              args: ["--properties-file", "/conf/spark.properties", "local:///opt/app/nightly.jar"]
Use instead: submit.yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: nightly-submit
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: submit
              image: apache/spark:3.5.1
              command: ["/opt/spark/bin/spark-submit"]
              args: ["--properties-file", "/conf/spark.properties", "local:///opt/app/nightly.jar"]
              resources:
                requests:
                  cpu: 500m
                  memory: 1Gi
                limits:
                  memory: 1Gi
Applies to
    Pods, and workloads that hold a pod template of their own.
References
    ComputePodQOS (pkg/apis/core/v1/helper/qos); pkg/kubelet/qos/policy.go; node-pressure eviction.
"""

from __future__ import annotations

from spmlint.kubernetes.oom import BEST_EFFORT_ADJ
from spmlint.kubernetes.qos import BEST_EFFORT, empty_level_decides, qos_class
from spmlint.places.namespaces import completed
from spmlint.places.pods import WORKLOADS, pods_of
from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM504", "best-effort-spark-pod")


@rule.check(WARNING, triggers=WORKLOADS)
def killed_first(resource: Resource) -> Iterator[Finding]:
    for spec in pods_of(resource):
        if spec.role is None or spec.template or spec.partial:
            continue
        kubernetes = resource.world.kubernetes
        pod = completed(spec.pod(kubernetes), resource.home)
        if qos_class(pod, kubernetes) == BEST_EFFORT and not empty_level_decides(pod, kubernetes):
            yield rule.finding(
                spec.regular[0].view.place("name"),
                f"the {spec.role} pod asks for neither CPU nor memory: its QoS class is BestEffort, so it is the first to be "
                f"killed or evicted when the node runs short (oom_score_adj {BEST_EFFORT_ADJ})",
                subject=spec.role,
            )
