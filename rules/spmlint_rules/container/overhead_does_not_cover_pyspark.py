"""The executor container of a Python job has no room for its Python workers.

What it does
    Python workers are processes beside the JVM. Without `spark.executor.pyspark.memory` they live in the overhead; with it
    they get memory of their own, where the platform adds it to the container. Compares what is left for them with what Spark
    itself would leave: 0.4 of the heap on Kubernetes in cluster mode, 0.1 elsewhere, 384 MiB at least.
Why it hurts
    "OOMKilled", exit code 137, "Container killed by YARN for exceeding memory limits", without a Java OutOfMemoryError. With
    cgroup v2 and Kubernetes 1.28 or later one worker over the limit takes the whole executor with it.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Python
      mode: cluster
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 4g
        memoryOverhead: 512m
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Python
      mode: cluster
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Python jobs on Kubernetes, YARN and EMR. PySpark memory is added to the container on YARN and in Kubernetes cluster mode
    only; in Kubernetes client mode (notebooks, Spark Connect) it is not.
References
    BasicExecutorFeatureStep; BasicDriverFeatureStep; ResourceProfile; PythonRunner; EMR Serverless, "Spark job properties".
"""

from __future__ import annotations

from spmlint.rule import (
    EMR_SERVERLESS,
    ERROR,
    EXECUTOR,
    INFO,
    KUBERNETES,
    LOCAL,
    PYTHON,
    STANDALONE,
    WARNING,
    YARN,
    Finding,
    Iterator,
    Job,
    Rule,
)
from spmlint.spark.container import Container
from spmlint.spark.profile import pyspark_mib

rule = Rule("SPM201", "overhead-does-not-cover-pyspark")

PYSPARK = "spark.executor.pyspark.memory"
OVERHEAD = "spark.executor.memoryOverhead"
FACTORS = (
    "spark.executor.memoryOverheadFactor",
    "spark.kubernetes.memoryOverheadFactor",
    "spark.emr-serverless.memoryOverheadFactor",
)
SMALL_HEAP_MIB = 8 * 1024


@rule.check(ERROR, triggers=(PYSPARK,))
def memory_nobody_adds(job: Job) -> Iterator[Finding]:
    if job.world.language.known == PYTHON and job.world.manager == KUBERNETES:
        yield from _not_added(job, "Kubernetes in client mode does not add it to the pod")


@rule.check(WARNING, triggers=(PYSPARK,))
def memory_nobody_is_known_to_add(job: Job) -> Iterator[Finding]:
    if job.world.language.known == PYTHON and job.world.manager == EMR_SERVERLESS:
        yield from _not_added(job, "EMR Serverless is not known to add it to the worker")


@rule.check(WARNING, triggers=(OVERHEAD, *FACTORS))
def less_than_the_default(job: Job) -> Iterator[Finding]:
    written = next((s for key in (OVERHEAD, *FACTORS) if (s := job.conf.setting(key)) is not None), None)
    if written is None or written.is_injected:  # an operator's own arithmetic is SPM216's
        return
    if job.world.language.known != PYTHON or job.conf.get(PYSPARK) is not None:
        return
    if job.world.manager.among(STANDALONE, LOCAL):
        return
    made, default = job.model.container(EXECUTOR), job.model_without(OVERHEAD, *FACTORS).container(EXECUTOR)
    if made is not None and default is not None and made.overhead_mib < default.overhead_mib:
        yield rule.finding(
            written,
            f"overhead {made.overhead_mib} MiB leaves the Python workers less than the default of "
            f"{default.overhead_mib} MiB, and {PYSPARK} is not set",
            derivation=lambda: [job.container_sum(EXECUTOR)],
        )


@rule.check(INFO, triggers=("spark.executor.memory",), advice=True)
def small_default(job: Job) -> Iterator[Finding]:
    heap = job.conf.setting("spark.executor.memory")
    if heap is None or job.world.language.known != PYTHON:
        return
    if any(job.conf.get(key) is not None for key in (PYSPARK, OVERHEAD, *FACTORS)):
        return
    made = job.model.container(EXECUTOR) if job.world.manager.among(YARN, KUBERNETES, EMR_SERVERLESS) else None
    if made is not None and made.heap_mib < SMALL_HEAP_MIB and made.overhead_mib < 0.4 * made.heap_mib:
        yield rule.finding(
            heap,
            f"the Python workers of an executor share {made.overhead_mib} MiB of overhead with the JVM",
            derivation=lambda: [job.container_sum(EXECUTOR)],
        )


def _not_added(job: Job, why: str) -> Iterator[Finding]:
    setting = job.conf.setting(PYSPARK)
    made = job.model.container(EXECUTOR)
    if setting is None or made is None or made.pyspark_mib:
        return
    pyspark, least = _needed(job, made)
    if made.overhead_mib < pyspark + least:
        yield rule.finding(
            setting,
            f"the Python workers may use {pyspark} MiB, but {why}, and the overhead is {made.overhead_mib} MiB",
            derivation=lambda: [
                job.container_sum(EXECUTOR),
                f"overhead needed {pyspark + least} MiB = PySpark {pyspark} + default overhead {least}",
            ],
        )


def _needed(job: Job, made: Container) -> tuple[int, int]:
    """PySpark memory and the default overhead beside it, in MiB."""
    default = job.model_without(OVERHEAD).container(EXECUTOR)
    return pyspark_mib(job.conf, job.world.spark), (default or made).overhead_mib
