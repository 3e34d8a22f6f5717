"""Dynamic allocation is on and nothing keeps the shuffle files of executors that go, so the driver refuses to start.

What it does
    Looks for one of what Spark accepts: shuffle tracking (on by default only since 3.4), decommissioning with shuffle blocks,
    the external shuffle service, or, from 3.5, a shuffle plugin with storage of its own.
Why it hurts
    "Dynamic allocation of executors requires the external shuffle service": the driver pod starts and fails at once. The same
    file works on Spark 3.4 and fails on 3.3.
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
      sparkVersion: "3.3.4"
      sparkConf:
        spark.dynamicAllocation.enabled: "true"
        spark.dynamicAllocation.maxExecutors: "20"
      driver:
        memory: 2g
      executor:
        memory: 4g
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
      sparkVersion: "3.3.4"
      sparkConf:
        spark.dynamicAllocation.enabled: "true"
        spark.dynamicAllocation.maxExecutors: "20"
        spark.dynamicAllocation.shuffleTracking.enabled: "true"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Complete jobs on Kubernetes. On YARN the cluster's own defaults decide; EMR Serverless sets up tracking itself.
References
    ExecutorAllocationManager.validateSettings; SPARK-39846 (tracking on by default).
"""

from __future__ import annotations

from spmlint.rule import ERROR, INFO, KUBERNETES, Finding, Iterator, Job, Rule
from spmlint.spark.executors import ENABLED, SHUFFLE_TRACKING

rule = Rule("SPM403", "dynamic-allocation-without-shuffle-data")


@rule.check(ERROR, triggers=(ENABLED,), explains=("dynalloc",))
def nothing_keeps_shuffle_files(job: Job) -> Iterator[Finding]:
    if _is_for_certain(job):
        yield from _refused(job)


@rule.check(INFO, triggers=(ENABLED,))
def depends_on_the_version(job: Job) -> Iterator[Finding]:
    possible = job.world.options("Spark version")
    if possible and _is_on_kubernetes(job) and not _is_for_certain(job):
        for finding in _refused(job.within(job.world.with_spark(possible[0]))):
            finding.message += ", before Spark 3.4; the version is not known here"
            yield finding


def _is_on_kubernetes(job: Job) -> bool:
    return job.complete and job.world.manager.known == KUBERNETES


def _is_for_certain(job: Job) -> bool:
    """The default of shuffle tracking changed in 3.4, so either the version or the key must be there."""
    decided = job.world.spark.known is not None or job.conf.get(SHUFFLE_TRACKING) is not None
    return _is_on_kubernetes(job) and decided


def _refused(job: Job) -> Iterator[Finding]:
    refusal = job.refusal("dynalloc")
    setting = job.conf.setting(ENABLED)
    if refusal is not None and SHUFFLE_TRACKING in refusal.keys and setting is not None:
        yield rule.finding(setting, f"dynamic allocation is refused when the driver starts: {refusal.message}")
