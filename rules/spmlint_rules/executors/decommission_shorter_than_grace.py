"""Executors are to hand over their blocks before they go, and have only half a minute to do it.

What it does
    With `spark.decommission.enabled` a pod that Kubernetes deletes sends its shuffle and cached blocks to others before it
    ends. Looks for the time it has: `terminationGracePeriodSeconds` of the executor's pod, which is 30 unless the operator's
    field, the pod template or, from Spark 4.1, `spark.kubernetes.executor.terminationGracePeriodSeconds` says more.
Why it hurts
    Spot nodes give two minutes, the pod takes half of one: after 30 s the kubelet kills it in the middle of the transfer. The
    lost blocks are computed again ("FetchFailedException"), which decommissioning was switched on to avoid.
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
      sparkConf:
        spark.decommission.enabled: "true"
        spark.storage.decommission.enabled: "true"
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
      sparkVersion: "3.5.1"
      sparkConf:
        spark.decommission.enabled: "true"
        spark.storage.decommission.enabled: "true"
      driver:
        memory: 2g
      executor:
        memory: 4g
        terminationGracePeriodSeconds: 120
Applies to
    Kubernetes. Where a pod template is named and not given, the time is not known and nothing is said.
References
    CoarseGrainedExecutorBackend; BlockManagerDecommissioner; Kubernetes, Pod lifecycle (termination).
"""

from __future__ import annotations

from spmlint.answer import V4_1
from spmlint.places.job_pods import pod_spec
from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import EXECUTOR, KUBERNETES, WARNING, Finding, Iterator, Job, Opaque, Rule, Setting, Text
from spmlint.spark.reading import read

rule = Rule("SPM413", "decommission-shorter-than-grace")

ENABLED = "spark.decommission.enabled"
GRACE = "spark.kubernetes.executor.terminationGracePeriodSeconds"
TEMPLATE = "spark.kubernetes.executor.podTemplateFile"
FIELD = "terminationGracePeriodSeconds"
DEFAULT_S = 30


@rule.check(WARNING, triggers=(ENABLED,))
def killed_while_it_hands_over(job: Job) -> Iterator[Finding]:
    enabled = job.conf.setting(ENABLED)
    if enabled is None or job.world.manager != KUBERNETES or not read(job.conf, ENABLED, job.world.spark):
        return
    written = _written(job)
    seconds, said = DEFAULT_S, f"{DEFAULT_S} s by default"
    if isinstance(written, Setting):
        seconds = int(read(job.conf, GRACE, job.world.spark))
        said = f"{seconds} s ({written.label})"
    elif written is not None:
        seconds = int(written.known())
        said = f"{seconds} s ({FIELD})"
    if seconds <= DEFAULT_S:
        yield rule.finding(
            written or enabled,
            f"a decommissioned executor has {said} to hand over its blocks, then Kubernetes kills it: "
            f"raise {FIELD} of its pod",
        )


def _written(job: Job) -> Setting | Text | None:
    """Where the time an executor has to end is written, the strongest place first; None where it is the default.

    Raises:
        Opaque: in a pod template that is not given, or may be.
    """
    resource = job.resource
    if resource is not None and resource.kind in SPARK_APPLICATIONS:
        field = resource.value(*SPARK_APPLICATIONS[resource.kind], EXECUTOR, FIELD)
        if field is not None:
            return field
    setting = job.conf.setting(GRACE)
    if setting is not None and job.world.spark >= V4_1:
        return setting
    template = pod_spec(job, EXECUTOR).view
    if template is not None:
        return template.value(FIELD)
    named = job.conf.winner(TEMPLATE)
    if named is not None and not named.is_injected:
        raise Opaque("the pod template is not given", named.value)
    if not job.complete:
        job.conf.get(TEMPLATE)
    return None
