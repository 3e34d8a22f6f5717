"""A LimitRange or ResourceQuota of the namespace refuses the pod.

What it does
    Fills in what the LimitRanges of the namespace give to containers that leave it unsaid, then checks the pod against their
    bounds and against the quotas: what they demand of every container, and whether one pod alone exceeds them.
Why it hurts
    The API server answers 403: "maximum memory usage per Container is 4Gi, but limit is 9011Mi" or "failed quota: compute: must
    specify limits.cpu for: spark-kubernetes-executor". The driver runs and asks for executors again and again; none ever
    appears ("Initial job has not accepted any resources"). Spark sets no CPU limit unless it is told to, and a LimitRange
    that only has a `max` silently gives executors one.
Given: namespace.yaml
    apiVersion: v1
    kind: LimitRange
    metadata:
      name: bounds
    spec:
      limits:
        - type: Container
          max:
            memory: 8Gi
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 8g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 7g
Applies to
    Jobs and pods with the policies of their namespace among the facts, or in the same stream.
References
    plugin/pkg/admission/limitranger; pkg/quota/v1/evaluator/core/pods.go.
"""

from __future__ import annotations

from spmlint.places.job_pods import pod_spec, request_sum, spark_resources
from spmlint.places.namespaces import Refusal, completed, refusals
from spmlint.places.pods import WORKLOADS, pods_of
from spmlint.rule import ERROR, KUBERNETES, Finding, Iterator, Job, Related, Resource, Rule, Setting

rule = Rule("SPM515", "namespace-policy-conflict")

SIZED_BY = {
    "cpu": ("spark.kubernetes.{role}.limit.cores", "spark.kubernetes.{role}.request.cores", "spark.{role}.cores"),
    "memory": ("spark.{role}.memory",),
}
"""The settings that decide about a resource of a role's container, the one to point at first."""


@rule.check(ERROR, triggers=("LimitRange", "ResourceQuota"))
def spark_pod_refused(job: Job, role: str) -> Iterator[Finding]:
    if not (job.place.limit_ranges or job.place.quotas) or job.world.manager.known != KUBERNETES:
        return
    resources = spark_resources(job, role)
    if resources is None:
        return
    spec = pod_spec(job, role)
    pod = completed(spec.pod(job.world.kubernetes, resources), job.place)
    for refusal in refusals(pod, job.place, job.world.kubernetes):
        yield rule.finding(
            _setting(job, role, refusal) or job.span,
            f"the namespace refuses the {role} pod: {refusal.container or 'it'} {refusal.message}",
            derivation=lambda: [request_sum(job, role)],
            related=[_policy(refusal)],
            subject=f"{role}.{refusal.resource}",
        )


@rule.check(ERROR, triggers=WORKLOADS)
def pod_refused(resource: Resource) -> Iterator[Finding]:
    if not (resource.home.limit_ranges or resource.home.quotas):
        return
    for spec in pods_of(resource):
        if spec.template or spec.partial:
            continue
        pod = completed(spec.pod(resource.world.kubernetes), resource.home)
        places = {container.name: container.view.place("name") for container in spec.containers()}
        for refusal in refusals(pod, resource.home, resource.world.kubernetes):
            yield rule.finding(
                places.get(refusal.container or "", resource.place("kind")),
                f"the namespace refuses the pod: {refusal.container or 'it'} {refusal.message}",
                related=[_policy(refusal)],
                subject=f"{refusal.container}.{refusal.resource}",
            )


def _setting(job: Job, role: str, refusal: Refusal) -> Setting | None:
    """The setting of Spark that the refusal is about; None where another container is at fault."""
    if refusal.container not in (None, pod_spec(job, role).spark_name):
        return None
    keys = (key.format(role=role) for key in SIZED_BY.get(refusal.resource, ()))
    return next((setting for key in keys if (setting := job.conf.setting(key)) is not None), None)


def _policy(refusal: Refusal) -> Related:
    return Related(refusal.policy.place("metadata", "name"), f"{refusal.policy.kind} {refusal.policy.name}")
