"""A `memoryLimit` does not change what Spark asks for, only when its pod is killed.

What it does
    `memoryLimit` of the Kubeflow operator never reaches Spark. The operator's webhook writes it over the memory limit of the
    finished pod, while the request stays heap + overhead. Compares it with that request, and tells of a limit that nothing
    writes because the values of the operator's chart switch the webhook off.
Why it hurts
    Below the request the API server refuses the pod: "must be less than or equal to memory limit". Above it the heap stays as
    it was, the pod is Burstable, and the node's kubelet evicts it before others when memory gets short. Without the webhook the
    pod runs as if the field were not there.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 8g
        memoryLimit: 8g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 8g
        memoryOverhead: 2g
Applies to
    SparkApplication and ScheduledSparkApplication of the Kubeflow operator from 2.2, with its webhook. On nodes that are known to
    swap, SPM503 speaks. That the webhook is off is known from Helm values among the facts (`webhook.enable: false`).
References
    Kubeflow Spark operator, addMemoryLimit (sparkpod_defaulter.go); Kubernetes, ValidateResourceRequirements.
"""

from __future__ import annotations

from spmlint.kubernetes.resources import Resources
from spmlint.places.job_pods import memory_limit, request_sum, spark_resources, written_memory_limit
from spmlint.places.operators import KUBEFLOW, webhook_is_off
from spmlint.rule import ERROR, WARNING, Finding, Iterator, Job, Related, Rule, Text

rule = Rule("SPM214", "memory-limit-misread")

TRIGGERS = ("spark.driver.memory", "spark.executor.memory")
MIB = 1 << 20


@rule.check(ERROR, triggers=TRIGGERS)
def below_the_request(job: Job, role: str) -> Iterator[Finding]:
    written = memory_limit(job, role)
    resources = spark_resources(job, role) if written else None
    if written and resources and resources.memory_limit < resources.memory_request:
        yield _finding(job, role, written, resources, "below", "the API server refuses the pod")


@rule.check(WARNING, triggers=TRIGGERS)
def above_the_request(job: Job, role: str) -> Iterator[Finding]:
    written = memory_limit(job, role)
    resources = spark_resources(job, role) if written else None
    if written and resources and resources.memory_limit > resources.memory_request:
        yield _finding(
            job, role, written, resources, "above", "the heap stays as it is, and the pod is evicted earlier"
        )


@rule.check(WARNING, triggers=("SparkOperator",))
def nothing_writes_it(job: Job, role: str) -> Iterator[Finding]:
    written, off = written_memory_limit(job, role), webhook_is_off(job.place, KUBEFLOW)
    if written is not None and off is not None:
        yield rule.finding(
            written,
            f"{role} memoryLimit has no effect: the operator's webhook, which would write it, is switched off",
            related=[Related(off.span(), "webhook.enable is false")],
            subject=f"{role}.memoryLimit",
        )


def _finding(job: Job, role: str, written: Text, resources: Resources, where: str, then: str) -> Finding:
    return rule.finding(
        written,
        f"{role} memoryLimit of {resources.memory_limit // MIB} MiB is {where} the {resources.memory_request // MIB} MiB "
        f"Spark requests: {then}",
        derivation=lambda: [request_sum(job, role)],
        subject=f"{role}.memoryLimit",
    )
