"""A pod of the Stackable operator gets less memory than its limit says, and next to no overhead.

What it does
    The operator takes `memory.limit` for the size of the pod: it computes a smaller heap and sets the overhead factor to 0.
    Spark then adds its minimum of 384 MiB, which is all the overhead there is: for a JVM job less than a tenth of the
    heap above a limit of 4224 MiB, for Python less than 0.4 of it above 1344 MiB.
Why it hurts
    A Python application with a limit of 8Gi runs in a pod of 6235Mi with 384 MiB for all its Python workers: "OOMKilled", exit
    code 137, while almost 2 GiB of what was asked for are not used.
Example: application.yaml
    apiVersion: spark.stackable.tech/v1alpha1
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      version: "1.0"
      sparkImage:
        productVersion: 3.5.6
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///stackable/spark/jobs/nightly.jar
      driver:
        config:
          resources:
            memory:
              limit: 1Gi
      executor:
        replicas: 2
        config:
          resources:
            memory:
              limit: 8Gi
Use instead: application.yaml
    apiVersion: spark.stackable.tech/v1alpha1
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      version: "1.0"
      sparkImage:
        productVersion: 3.5.6
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///stackable/spark/jobs/nightly.jar
      sparkConf:
        spark.executor.memoryOverhead: 745m
      driver:
        config:
          resources:
            memory:
              limit: 1Gi
      executor:
        replicas: 2
        config:
          resources:
            memory:
              limit: 8Gi
Applies to
    SparkApplication of the Stackable operator, unless its sparkConf sets an overhead, a factor or the heap.
References
    Stackable spark-k8s-operator, subtract_spark_memory_overhead (crd/mod.rs); BasicExecutorFeatureStep.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import bytes_of
from spmlint.places.pods import STACKABLE_APPLICATION
from spmlint.rule import WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.container import LEAST_OVERHEAD_MIB

rule = Rule("SPM216", "stackable-overhead-collapse")

OWN = (
    "spark.{}.memory",
    "spark.{}.memoryOverhead",
    "spark.{}.memoryOverheadFactor",
    "spark.{}.minMemoryOverhead",
    "spark.kubernetes.memoryOverheadFactor",
)
"""What sparkConf can say so that the limit alone no longer decides."""
JVM_FACTOR, OTHER_FACTOR = 0.1, 0.4
MIB = 1 << 20


@rule.check(WARNING, triggers=(STACKABLE_APPLICATION,))
def smaller_than_its_limit(job: Job, role: str) -> Iterator[Finding]:
    resource = job.resource
    if resource is None or resource.kind != STACKABLE_APPLICATION:
        return
    limit = resource.value("spec", role, "config", "resources", "memory", "limit")
    if limit is None or _decides_itself(job, role):
        return
    limit_mib = bytes_of(limit.known()) // MIB
    made = job.model.container(role)
    factor = JVM_FACTOR if resource.has("spec", "mainClass") else OTHER_FACTOR
    if made is not None and limit_mib > max(LEAST_OVERHEAD_MIB * (1 + 1 / factor), made.container_mib):
        yield rule.finding(
            limit,
            f"the {role} pod gets {made.container_mib} of {limit_mib} MiB, of which {made.overhead_mib} MiB are overhead",
            derivation=lambda: [job.container_sum(role)],
            subject=f"{role}.memory.limit",
        )


def _decides_itself(job: Job, role: str) -> bool:
    """Whether the application's own sparkConf sets one of `OWN`, and so beats what the operator computed."""
    settings = (setting for key in OWN for setting in job.conf.written(key.format(role)))
    return any(setting.label.startswith("spec.sparkConf.") for setting in settings)
