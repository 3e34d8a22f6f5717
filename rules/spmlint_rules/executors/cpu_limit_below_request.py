"""The CPU limit of a pod is below what the pod requests.

What it does
    Compares `spark.kubernetes.ROLE.limit.cores` (`coreLimit`) with the request Spark makes: `spark.kubernetes.ROLE.request.cores`
    (`coreRequest`), or else the role's cores, of which there is 1 by default.
Why it hurts
    "Pod is invalid: spec.containers[0].resources.requests: Invalid value: "1": must be less than or equal to cpu limit of
    200m". The submission fails for a driver; for executors the driver asks again and again and none ever comes. From Spark 4.1
    the driver itself refuses an executor: "The executor cpu request (1) should be less than or equal to cpu limit (200m)".
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
        cores: 4
        coreLimit: 2500m
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
      driver:
        memory: 2g
      executor:
        cores: 4
        coreRequest: 2500m
        coreLimit: 2500m
        memory: 4g
Applies to
    Kubernetes; the driver in cluster mode only, as there is no driver pod in client mode.
References
    BasicDriverFeatureStep; BasicExecutorFeatureStep; ValidateResourceRequirements of the API server.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import milli_of
from spmlint.rule import CLUSTER, DRIVER, ERROR, KUBERNETES, ROLES, Finding, Iterator, Job, Related, Rule

rule = Rule("SPM408", "cpu-limit-below-request")

LIMITS = tuple(f"spark.kubernetes.{role}.limit.cores" for role in ROLES)


@rule.check(ERROR, triggers=LIMITS, explains=("driver_pod", "executor_pod"))
def pod_is_refused(job: Job, role: str) -> Iterator[Finding]:
    limit = job.conf.setting(f"spark.kubernetes.{role}.limit.cores")
    if limit is None or job.world.manager != KUBERNETES or (role == DRIVER and job.world.mode != CLUSTER):
        return
    made = job.model.cpu(role)
    if made is None or made.limit is None or milli_of(made.request) <= milli_of(made.limit):
        return
    settings = (job.conf.setting(key) for key in (f"spark.kubernetes.{role}.request.cores", f"spark.{role}.cores"))
    request = next((setting for setting in settings if setting is not None), None)
    by_default = request is None or request.is_injected
    said = "by default" if by_default or request is None else request.label
    yield rule.finding(
        limit,
        f"the {role} requests {made.request} cpu ({said}), above its limit of {made.limit}: the pod is refused",
        related=[] if by_default or request is None else [Related(request, f"{request.label} {made.request}")],
    )
