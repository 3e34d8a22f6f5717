"""A volume in memory has no size limit.

What it does
    Finds emptyDir volumes with `medium: Memory` and no `sizeLimit`, in Spark's pods and in `spark.kubernetes.ROLE.volumes.*`.
Why it hurts
    What is written there counts against the memory of the containers that mount it. Without a limit it grows to the sum of
    the pod's memory limits, and where one container has none, to all that the node has: the container, or its neighbours,
    die with OOMKilled while every heap is healthy.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.shm.mount.path=/dev/shm \\
      --conf spark.kubernetes.executor.volumes.emptyDir.shm.options.medium=Memory \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.shm.mount.path=/dev/shm \\
      --conf spark.kubernetes.executor.volumes.emptyDir.shm.options.medium=Memory \\
      --conf spark.kubernetes.executor.volumes.emptyDir.shm.options.sizeLimit=256Mi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes: pods of drivers, executors and submitters, SparkApplications. Local directories of Spark (`spark-local-dir-*`) in
    memory have a rule of their own.
References
    Kubernetes, Volumes (emptyDir); kubelet, SizeMemoryBackedVolumes.
"""

from __future__ import annotations

from spmlint.places.pods import POD_KINDS, SPARK_APPLICATIONS, PodSpec, pods_of
from spmlint.rule import CLUSTER, DRIVER, KUBERNETES, ROLES, WARNING, Finding, Iterator, Job, Resource, Rule, View
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, volumes

rule = Rule("SPM307", "memory-volume-without-limit")

SETTINGS = tuple(f"spark.kubernetes.{role}.volumes.emptyDir.*" for role in ROLES)


@rule.check(WARNING, triggers=SETTINGS)
def setting_without_limit(job: Job, role: str) -> Iterator[Finding]:
    if job.world.manager != KUBERNETES or (role == DRIVER and job.world.mode != CLUSTER):
        return
    for volume in volumes(job.conf, role):
        setting = job.conf.setting(f"{volume.prefix}options.medium")
        if volume.kind != "emptyDir" or setting is None or volume.name.startswith(LOCAL_DIRECTORY):
            continue
        if setting.value.known() == "Memory" and "sizeLimit" not in volume.options:
            yield rule.finding(setting, _unbounded(volume.name, f"the memory limit of the {role} container"))


@rule.check(WARNING, triggers=POD_KINDS)
def volume_without_limit(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        if pod.role is not None:
            yield from _of_volumes(pod.view.items("volumes") if pod.view else [], pod)
    if resource.kind in SPARK_APPLICATIONS:
        yield from _of_volumes(resource.items(*SPARK_APPLICATIONS[resource.kind], "volumes"), None)


def _of_volumes(found: list[View], pod: PodSpec | None) -> Iterator[Finding]:
    for volume in found:
        name = volume.word("name") or "without a name"
        if name.startswith(LOCAL_DIRECTORY) or volume.word("emptyDir", "medium") != "Memory":
            continue
        if not volume.has("emptyDir", "sizeLimit"):
            yield rule.finding(
                volume.place("emptyDir", "medium"), _unbounded(name, _memory_of(pod)), subject=f"volume {name}"
            )


def _unbounded(name: str, what: str) -> str:
    return f"the volume {name} lies in memory without sizeLimit: it may fill {what}"


def _memory_of(pod: PodSpec | None) -> str:
    """What it may fill: the memory of the node where a container has no limit."""
    if pod is None or pod.partial or pod.template:
        return "the pod's memory limits"
    free = next((one for one in pod.containers() if not one.sidecar and "memory" not in one.lists.limits), None)
    return "the pod's memory limits" if free is None else f"the node: container {free.name} has no memory limit"
