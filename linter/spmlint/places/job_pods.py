"""The pods a job's driver and executors run in, on Kubernetes: what Spark asks for, and what the job's object adds."""

from __future__ import annotations

from spmlint.answer import V3_3
from spmlint.kubernetes.operator_limit import limit_bytes
from spmlint.kubernetes.quantity import milli_of
from spmlint.kubernetes.resources import CPU, MEMORY, Resources, effective_requests
from spmlint.places.operators import KUBEFLOW, webhook_is_off
from spmlint.places.pods import SPARK_APPLICATIONS, SPARK_CONNECT, ContainerSpec, PodSpec, pods_of
from spmlint.spark.containers import DRIVER, container

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from spmlint.document.text import Text
    from spmlint.job import Job
    from spmlint.kubernetes.resources import Amounts, Pod
    from spmlint.kubernetes.scheduling import Placement

MIB = 1 << 20


def pod_spec(job: Job, role: str) -> PodSpec:
    """What is written of a role's pod besides its sizes: by the object the job is, else by the pod template it names."""
    if job.resource is not None:
        for pod in pods_of(job.resource):
            if pod.role == role:
                return pod
    named = job.conf.winner(f"spark.kubernetes.{role}.podTemplateContainerName")
    container = None if named is None or named.value.holes else named.value.value
    template = job.pod_templates.get(role)
    return PodSpec(template.pod if template else None, role=role, template=True, container=container)


def server_container(job: Job) -> ContainerSpec | None:
    """The container that the server of a SparkConnect runs in, as its pod template has it; None where it has none.

    Spark adds nothing to it: the operator makes this pod.
    """
    if job.resource is None or job.resource.kind != SPARK_CONNECT:
        return None
    servers = (pod for pod in pods_of(job.resource) if pod.role == DRIVER)
    return next((container for pod in servers for container in pod.regular if container.spark), None)


def memory_limit(job: Job, role: str) -> Text | None:
    """The operator's ``memoryLimit``, which its webhook puts in the place of the limit Spark sets; None where it does not.

    Raises:
        Opaque: whether the webhook runs is a placeholder.
    """
    written = written_memory_limit(job, role)
    return None if written is None or webhook_is_off(job.place, KUBEFLOW) is not None else written


def written_memory_limit(job: Job, role: str) -> Text | None:
    """``memoryLimit`` as the resource has it, whether or not anything comes of it."""
    resource = job.resource
    if resource is None or resource.kind not in SPARK_APPLICATIONS:
        return None
    return resource.value(*SPARK_APPLICATIONS[resource.kind], role, "memoryLimit")


def spark_resources(job: Job, role: str) -> Resources | None:
    """What the container of a role asks for; None where no pod is made for it (a driver in client mode).

    Raises:
        Refused: Spark does not compute it.
        QuantityError: the CPU or the memory limit is no quantity.
        Opaque: a value is a placeholder.
    """
    memory, cpu = job.model.container(role), job.model.cpu(role)
    if memory is None or cpu is None:
        return None
    milli = memory.container_mib * MIB * 1000
    limit = memory_limit(job, role)
    requests = {CPU: milli_of(cpu.request), MEMORY: milli}
    limits = {MEMORY: milli if limit is None else limit_bytes(limit.known()) * 1000}
    if cpu.limit is not None:
        limits[CPU] = milli_of(cpu.limit)
    return Resources(requests, limits)


def request_sum(job: Job, role: str) -> str:
    """The sum that makes the memory request of a role's container."""

    def total(note: Callable[..., None]) -> object:
        made = container(job.conf, job.world, role, note)
        return None if made is None else made.container_mib

    return job.sum(f"{role} container memory request", total)


def placement(job: Job, role: str) -> Placement:
    """Which nodes the pods of a role may go to.

    Raises:
        Opaque: a part of that is a placeholder, or settings that cannot be seen may hold more labels.
    """
    prefixes = ["spark.kubernetes.node.selector."]
    if job.world.spark >= V3_3:
        prefixes.append(f"spark.kubernetes.{role}.node.selector.")
    written = {
        key.removeprefix(prefix): value
        for prefix in prefixes
        for key in job.conf.keys_with(prefix)
        if (value := job.conf.get(key)) is not None
    }
    if job.resource is not None and job.resource.kind in SPARK_APPLICATIONS:
        for name, text in job.resource.map(*SPARK_APPLICATIONS[job.resource.kind], "nodeSelector").items():
            written[name] = text.known()
    return pod_spec(job, role).placement().selecting(written)


def pod_as_created(job: Job, role: str) -> Pod | None:
    """A role's pod after admission; None where no pod is made for it.

    Raises:
        Refused, QuantityError, Opaque, Split: as `spark_resources` and `PodSpec.pod`.
    """
    resources = spark_resources(job, role)
    if resources is None:
        return None
    from spmlint.places.namespaces import completed

    return completed(pod_spec(job, role).pod(job.world.kubernetes, resources), job.place)


def requested_by(job: Job, role: str) -> Amounts | None:
    """What the scheduler counts for one pod of a role, the pod itself included; None where no pod is made for it.

    Raises as `pod_as_created` does.
    """
    from spmlint.kubernetes.fit import counted_as_pod

    pod = pod_as_created(job, role)
    return None if pod is None else counted_as_pod(effective_requests(pod, job.world.kubernetes))
