"""The driver pod is no harder to kill than any other pod of its node.

What it does
    Finds driver pods of the QoS class Burstable that have no priority class, and works out what a CPU limit equal to the CPU
    request would make of them.
Why it hurts
    An executor that is lost is replaced; with the driver the whole job is lost. When a node runs short the kernel picks by
    `oom_score_adj`, which is the higher the less memory a pod requests: the small driver goes before the large executors. When
    another pod needs the room, the scheduler preempts by priority.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.driver.memory=2g \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.driver.memory=2g \\
      --conf spark.kubernetes.driver.limit.cores=1 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes in cluster mode. A CPU limit throttles as well, and a priority class has to exist first, so this is advice and off
    by default.
References
    ComputePodQOS (pkg/apis/core/v1/helper/qos/qos.go); pkg/kubelet/qos/policy.go; Pod Priority and Preemption.
"""

from __future__ import annotations

from spmlint.kubernetes.oom import GUARANTEED_ADJ
from spmlint.kubernetes.qos import BURSTABLE, qos_class, spoilers
from spmlint.kubernetes.quantity import format_millicores
from spmlint.kubernetes.resources import CPU, Resources
from spmlint.places.job_pods import pod_spec, spark_resources
from spmlint.places.namespaces import completed
from spmlint.places.nodes import burstable_scores
from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import CLUSTER, DRIVER, INFO, KUBERNETES, Finding, Iterator, Job, Opaque, Rule

rule = Rule("SPM514", "driver-easy-to-kill")

TEMPLATE = "spark.kubernetes.driver.podTemplateFile"


@rule.check(INFO, triggers=("spark.driver.*", "spark.kubernetes.*"), advice=True)
def burstable_without_priority(job: Job) -> Iterator[Finding]:
    if job.world.manager.known != KUBERNETES or job.world.mode != CLUSTER or _has_priority(job):
        return
    resources, kubernetes = spark_resources(job, DRIVER), job.world.kubernetes
    if resources is None:
        return
    spec = pod_spec(job, DRIVER)
    pod = completed(spec.pod(kubernetes, resources), job.place)
    if qos_class(pod, kubernetes) != BURSTABLE:
        return
    spark = next(container for container in pod.containers if container.name == spec.spark_name)
    yield rule.finding(
        job.conf.setting("spark.driver.memory") or job.span,
        f"the driver pod is Burstable and has no priority class: oom_score_adj is "
        f"{burstable_scores(pod, spark, job.place, kubernetes)}; {_remedy(job, resources)}",
        subject="driver",
    )


def _has_priority(job: Job) -> bool:
    """Whether the driver pod has a priority class; raises `Opaque` where its pod template is not given."""
    spec = pod_spec(job, DRIVER)
    if spec.priority_class() is not None:
        return True
    if job.resource is not None and job.resource.kind in SPARK_APPLICATIONS:
        path = SPARK_APPLICATIONS[job.resource.kind]
        return job.resource.has(*path, "batchSchedulerOptions", "priorityClassName")
    named = job.conf.setting(TEMPLATE)
    if named is not None and spec.view is None:
        raise Opaque("the pod template is not given", named.value)
    return False


def _remedy(job: Job, resources: Resources) -> str:
    """What would make the pod harder to kill: a CPU limit, unless other containers stand in its way."""
    cpu = resources.requests[CPU]
    limited = Resources(resources.requests, {**resources.limits, CPU: cpu})
    pod = completed(pod_spec(job, DRIVER).pod(job.world.kubernetes, limited), job.place)
    others = [container.name for container in spoilers(pod)]
    if others or pod.resources is not None:
        return "a priority class would protect it from preemption"
    return f"a CPU limit of {format_millicores(cpu)}, its request, makes it Guaranteed: {GUARANTEED_ADJ}"
