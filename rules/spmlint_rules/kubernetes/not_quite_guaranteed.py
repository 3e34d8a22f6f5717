"""A side container keeps a Spark pod from the QoS class it was sized for.

What it does
    Finds driver and executor pods whose Spark container has a CPU and a memory limit equal to its requests, as the class
    Guaranteed needs, beside another container, init container or sidecar that has not.
Why it hurts
    The class belongs to the whole pod: one log shipper without limits makes it Burstable. The Spark container's
    `oom_score_adj` is then not -997 but between 3 and 999, so that the kernel kills it long before Guaranteed pods of the
    node, and exclusive CPUs are not given either.
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
        cores: 2
        coreLimit: "2"
        memory: 2g
        sidecars:
          - name: shipper
            image: fluent/fluent-bit:3.1
            resources:
              limits:
                memory: 128Mi
      executor:
        memory: 4g
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
        cores: 2
        coreLimit: "2"
        memory: 2g
        sidecars:
          - name: shipper
            image: fluent/fluent-bit:3.1
            resources:
              limits:
                cpu: 100m
                memory: 128Mi
      executor:
        memory: 4g
Applies to
    Kubernetes. The score is computed where a Node among the facts tells how much memory there is.
References
    ComputePodQOS (pkg/apis/core/v1/helper/qos/qos.go); pkg/kubelet/qos/policy.go.
"""

from __future__ import annotations

from spmlint.answer import Versions
from spmlint.kubernetes.oom import GUARANTEED_ADJ
from spmlint.kubernetes.qos import spoilers
from spmlint.kubernetes.resources import Pod
from spmlint.places.job_pods import pod_spec, spark_resources
from spmlint.places.namespaces import completed
from spmlint.places.nodes import burstable_scores
from spmlint.places.pods import SPARK_CONTAINERS, WORKLOADS, PodSpec, pods_of
from spmlint.rule import INFO, KUBERNETES, Finding, Iterator, Job, Place, Resource, Rule

rule = Rule("SPM505", "not-quite-guaranteed")


@rule.check(INFO, triggers=("spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.limit.cores"))
def job_not_guaranteed(job: Job, role: str) -> Iterator[Finding]:
    limit = job.conf.setting(f"spark.kubernetes.{role}.limit.cores")
    if limit is None or job.world.manager != KUBERNETES:
        return
    spec = pod_spec(job, role)
    if all(container.spark for container in spec.containers()):
        return  # nobody else is there to stand in the way
    resources = spark_resources(job, role)
    if resources is not None:
        message = _spoilt(spec, spec.pod(job.world.kubernetes, resources), job.place, job.world.kubernetes)
        if message:
            yield rule.finding(limit, message)


@rule.check(INFO, triggers=WORKLOADS)
def pod_not_guaranteed(resource: Resource) -> Iterator[Finding]:
    kubernetes = resource.world.kubernetes
    for spec in pods_of(resource):
        if spec.role in SPARK_CONTAINERS and not spec.template and not spec.partial:
            message = _spoilt(spec, spec.pod(kubernetes), resource.home, kubernetes)
            if message:
                place = next(container for container in spec.regular if container.spark).view.place("name")
                yield rule.finding(place, message, subject=spec.role or "")


def _spoilt(spec: PodSpec, pod: Pod, place: Place, kubernetes: Versions) -> str | None:
    """What to say of a pod in which only other containers than Spark's stand in the way; None of any other pod."""
    pod = completed(pod, place)
    others = [container.name for container in spoilers(pod)]
    if pod.resources is not None or not others or spec.spark_name in others:
        return None
    spark = next(container for container in pod.containers if container.name == spec.spark_name)
    return (
        f"the {spec.role} pod is Burstable, not Guaranteed, because of {', '.join(others)}, without CPU and memory limits equal "
        f"to its requests: oom_score_adj is {burstable_scores(pod, spark, place, kubernetes)} instead of {GUARANTEED_ADJ}"
    )
