"""A volume is meant for shuffle files, but its name does not make it one of Spark's local directories.

What it does
    Spark takes for its local directories the volumes whose name begins with exactly `spark-local-dir-`. Finds names that nearly
    do (`spark-local-dirs-1`, `Spark-local-dir-1`), other volumes mounted where `spark.local.dir` points, a `spark.local.dir` that
    such a volume makes void, and, where the release of the Kubeflow operator is known, memory volumes that it makes disks.
Why it hurts
    Spark adds an emptyDir of its own at the path of `spark.local.dir`, and the API server refuses the pod: "Invalid value:
    "/scratch": must be unique". With a misspelt name nothing fails: shuffle files fill the node's root disk while the
    volume, which is paid for, stays empty.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.local.dir=/scratch \\
      --conf spark.kubernetes.executor.volumes.hostPath.scratch.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.hostPath.scratch.options.path=/mnt/nvme \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.hostPath.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.hostPath.spark-local-dir-1.options.path=/mnt/nvme \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes. A SPARK_LOCAL_DIRS variable would take the place of `spark.local.dir`; none is presumed.
References
    LocalDirsFeatureStep; kubeflow/spark-operator issues 1918, 828 and pull request 2925.
"""

from __future__ import annotations

from spmlint.places.operators import KUBEFLOW, release_known
from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import (
    CLUSTER,
    DRIVER,
    ERROR,
    KUBERNETES,
    ROLES,
    WARNING,
    Finding,
    Iterator,
    Job,
    Related,
    Resource,
    Rule,
)
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, volumes

rule = Rule("SPM306", "volume-is-not-a-local-dir")

LOCAL_DIR = "spark.local.dir"
VOLUMES = tuple(f"spark.kubernetes.{role}.volumes.*" for role in ROLES)
MEDIUM_SINCE = (2, 5, 1)


@rule.check(ERROR, triggers=(LOCAL_DIR,))
def two_mounts_at_one_path(job: Job, role: str) -> Iterator[Finding]:
    local = job.conf.setting(LOCAL_DIR)
    if local is None or not _has_pods(job, role):
        return
    declared = volumes(job.conf, role)
    if any(volume.name.startswith(LOCAL_DIRECTORY) for volume in declared):
        return
    for volume in declared:
        place = job.conf.winner(f"{volume.prefix}mount.path")
        if place is not None and volume.mount_path in _directories(job):
            yield rule.finding(
                place,
                f"Spark mounts an emptyDir of its own at {volume.mount_path}, so the {role} pod is refused: "
                f"a local directory's volume is named {LOCAL_DIRECTORY}*, not {volume.name}",
                related=[Related(local, f"{local.label} = {local.value.value}")],
            )


@rule.check(WARNING, triggers=(LOCAL_DIR,))
def local_dir_is_void(job: Job, role: str) -> Iterator[Finding]:
    local = job.conf.setting(LOCAL_DIR)
    if local is None or not _has_pods(job, role):
        return
    declared = volumes(job.conf, role)
    named = next((volume for volume in declared if volume.name.startswith(LOCAL_DIRECTORY)), None)
    for volume in declared:
        if named is not None and volume.mount_path in _directories(job) and not _is_local(volume.name):
            yield rule.finding(
                local,
                f"{local.label} has no effect: the volume {named.name} is the local directory, {volume.name} is none",
            )


@rule.check(WARNING, triggers=VOLUMES)
def nearly_the_name(job: Job, role: str) -> Iterator[Finding]:
    if not _has_pods(job, role):
        return
    for volume in volumes(job.presumed.conf, role):
        place = job.conf.winner(f"{volume.prefix}mount.path")
        if place is not None and _is_nearly_local(volume.name):
            yield rule.finding(
                place,
                f"the volume {volume.name} is no local directory: its name has to begin with {LOCAL_DIRECTORY}",
            )


@rule.check(WARNING, triggers=tuple(SPARK_APPLICATIONS))
def nearly_the_name_in_a_resource(resource: Resource) -> Iterator[Finding]:
    for volume in resource.items(*SPARK_APPLICATIONS[resource.kind], "volumes"):
        name = volume.word("name") or ""
        if _is_nearly_local(name):
            yield rule.finding(
                volume.place("name"),
                f"the volume {name} is no local directory: its name has to begin with {LOCAL_DIRECTORY}",
                subject=name,
            )


@rule.check(WARNING, triggers=tuple(SPARK_APPLICATIONS))
def memory_becomes_disk(resource: Resource) -> Iterator[Finding]:
    release = release_known(resource.home, KUBEFLOW)
    if release is None or release >= MEDIUM_SINCE:
        return
    for volume in resource.items(*SPARK_APPLICATIONS[resource.kind], "volumes"):
        name = volume.word("name") or ""
        if _is_local(name) and volume.word("emptyDir", "medium"):
            yield rule.finding(
                volume.place("emptyDir", "medium"),
                f"the operator {'.'.join(map(str, release))} does not hand on the medium of {name}: it lies on disk; "
                "2.5.1 does",
                subject=name,
            )


def _has_pods(job: Job, role: str) -> bool:
    return job.world.manager == KUBERNETES and (role != DRIVER or job.world.mode == CLUSTER)


def _directories(job: Job) -> list[str]:
    return (job.conf.get(LOCAL_DIR) or "").split(",")


def _is_local(name: str) -> bool:
    return name.startswith(LOCAL_DIRECTORY)


def _is_nearly_local(name: str) -> bool:
    """Whether case, a plural or a missing hyphen is all that keeps a name from being one."""
    plain = name.lower().replace("_", "-").replace("dirs", "dir")
    return plain.startswith(LOCAL_DIRECTORY.rstrip("-")) and not _is_local(name)
