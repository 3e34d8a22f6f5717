"""The operator waits for more executors than the job asks for.

What it does
    `applicationTolerations.instanceConfig` tells the Apache operator how many executors make an application healthy; it asks
    for none. Compares initExecutors with `spark.executor.instances`, or with the maximum of dynamic allocation, and
    minExecutors with maxExecutors.
Why it hurts
    The application never gets beyond "InitializedBelowThresholdExecutors": after executorStartTimeout, five minutes unless
    set, the operator stops it, though every executor it asked for runs.
Example: job.yaml
    apiVersion: spark.apache.org/v1
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      mainClass: com.example.Nightly
      jars: local:///opt/app/nightly.jar
      runtimeVersions:
        sparkVersion: "4.0.1"
      sparkConf:
        spark.kubernetes.container.image: apache/spark:4.0.1
        spark.executor.instances: "3"
      applicationTolerations:
        instanceConfig:
          initExecutors: 5
          minExecutors: 1
          maxExecutors: 5
Use instead: job.yaml
    apiVersion: spark.apache.org/v1
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      mainClass: com.example.Nightly
      jars: local:///opt/app/nightly.jar
      runtimeVersions:
        sparkVersion: "4.0.1"
      sparkConf:
        spark.kubernetes.container.image: apache/spark:4.0.1
        spark.executor.instances: "3"
      applicationTolerations:
        instanceConfig:
          initExecutors: 3
          minExecutors: 1
          maxExecutors: 5
Applies to
    SparkApplication of spark.apache.org.
References
    spark-kubernetes-operator, ExecutorInstanceConfig; AppInitStep and the configuration of timeouts in its documentation.
"""

from __future__ import annotations

from spmlint.places.pods import APACHE_APPLICATION
from spmlint.rule import ERROR, Finding, Iterator, Job, Rule, View

rule = Rule("SPM411", "operator-tolerance-never-met")

TOLERANCES = ("spec", "applicationTolerations", "instanceConfig")


@rule.check(ERROR, triggers=(APACHE_APPLICATION,))
def never_healthy(job: Job) -> Iterator[Finding]:
    tolerances = _tolerances(job)
    wanted = None if tolerances is None else _number(tolerances, "initExecutors")
    if tolerances is None or wanted is None:
        return
    bounds = job.model.executors()
    most = bounds.maximum if bounds.dynamic else bounds.initial
    if most is not None and wanted > most:
        asked = f"may have {most} at most" if bounds.dynamic else f"asks for {most}"
        yield rule.finding(
            tolerances.place("initExecutors"),
            f"the operator waits for {wanted} executors and the job {asked}: it is stopped as never started",
            subject="initExecutors",
        )


@rule.check(ERROR, triggers=(APACHE_APPLICATION,))
def bounds_out_of_order(job: Job) -> Iterator[Finding]:
    tolerances = _tolerances(job)
    if tolerances is None:
        return
    least, most = _number(tolerances, "minExecutors"), _number(tolerances, "maxExecutors")
    if least is not None and most is not None and least > most:
        yield rule.finding(
            tolerances.place("minExecutors"),
            f"minExecutors {least} is above maxExecutors {most}: no number of executors is healthy",
            subject="minExecutors",
        )


def _tolerances(job: Job) -> View | None:
    resource = job.resource
    return None if resource is None or resource.kind != APACHE_APPLICATION else resource.at(*TOLERANCES)


def _number(view: View, field: str) -> int | None:
    text = view.word(field)
    return int(text) if text is not None and text.isdecimal() else None
