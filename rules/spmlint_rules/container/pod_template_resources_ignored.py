"""Memory and CPU in a pod template do nothing: Spark writes its own into the container it runs in.

What it does
    Looks at the Spark container of a pod template. Spark overwrites its memory request and limit and its CPU request with what
    it computes from the job's settings; a CPU limit only where `spark.kubernetes.ROLE.limit.cores` is set. Other resources
    (ephemeral-storage, GPUs) and other containers keep what the template says.
Why it hurts
    "The template says 16Gi and the pod has 1433Mi." The executors are killed or stay as slow as before, and nothing says that
    the numbers in the template were dropped.
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
        template:
          spec:
            containers:
              - name: spark-kubernetes-executor
                resources:
                  requests:
                    memory: 16Gi
                    ephemeral-storage: 20Gi
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
        memoryOverhead: 8g
Applies to
    Pod templates of spark-submit and of the Kubeflow and Apache operators. Where the job is known, only amounts that differ
    from Spark's are reported. Not the server of a SparkConnect, whose pod Spark does not build.
References
    BasicDriverFeatureStep; BasicExecutorFeatureStep; "Running Spark on Kubernetes", "Pod Template".
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import format_bytes, format_millicores
from spmlint.kubernetes.resources import CPU, MEMORY
from spmlint.places.job_pods import pod_spec, request_sum, spark_resources
from spmlint.places.pods import SPARK_CONTAINERS, PodSpec, pods_of
from spmlint.places.quantities import Quantity
from spmlint.rule import KUBERNETES, WARNING, Finding, Iterator, Job, Resource, Rule

rule = Rule("SPM213", "pod-template-resources-ignored")


@rule.check(WARNING, triggers=("spark.*",))
def differs_from_what_spark_writes(job: Job, role: str) -> Iterator[Finding]:
    template = pod_spec(job, role)
    if template.view is None or template.partial or job.world.manager != KUBERNETES:
        return
    written = list(_overwritten(template))
    spark = spark_resources(job, role) if written else None
    if spark is None:
        return
    for quantity in written:
        computed = (spark.requests if quantity.field == "requests" else spark.limits).get(quantity.resource)
        if computed is None or quantity.milli() == computed:
            continue
        amount = format_bytes(computed // 1000) if quantity.resource == MEMORY else format_millicores(computed)
        yield rule.finding(
            quantity,
            f"{quantity.label} has no effect: Spark overwrites it with {amount}",
            derivation=(lambda: [request_sum(job, role)]) if quantity.resource == MEMORY else (),
            subject=quantity.label,
        )


@rule.check(WARNING, triggers=("Pod", "PodTemplate"))
def overwritten_in_a_template(resource: Resource) -> Iterator[Finding]:
    if resource.has_jobs:
        return  # with a job known, its check says it with numbers
    for spec in pods_of(resource):
        if not spec.template or spec.role not in SPARK_CONTAINERS:
            continue
        keys = {CPU: f"spark.kubernetes.{spec.role}.request.cores", MEMORY: f"spark.{spec.role}.memory"}
        for quantity in _overwritten(spec):
            # A CPU limit stays unless the job sets one.
            if (quantity.field, quantity.resource) != ("limits", CPU):
                yield rule.finding(
                    quantity,
                    f"{quantity.label} has no effect in a pod template: Spark overwrites it with what follows from "
                    f"{keys[quantity.resource]}",
                    subject=quantity.label,
                )


def _overwritten(spec: PodSpec) -> Iterator[Quantity]:
    """The amounts in the Spark container that Spark puts its own in the place of."""
    for container in spec.regular:
        for quantity in container.lists.every() if container.filled else ():
            # What is no quantity has a rule of its own.
            if container.replaces(quantity) and quantity.is_readable:
                yield quantity
