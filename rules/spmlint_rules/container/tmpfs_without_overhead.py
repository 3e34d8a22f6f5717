"""Shuffle files are kept in memory, and the container has no memory for them.

What it does
    With `spark.kubernetes.local.dirs.tmpfs`, or a local directory (a volume named `spark-local-dir-*`) that is an emptyDir with
    medium Memory, what Spark spills and shuffles counts against the container's memory limit, and nobody adds it to that limit.
    Compares the overhead beyond its default with the size of the volume. Also reports a tmpfs switch that is ignored because a
    local directory is declared.
Why it hurts
    "OOMKilled", exit code 137, as soon as a shuffle is larger than what the overhead leaves; the heap looks healthy.
Example: submit.sh
    spark-submit --master k8s://https://kubernetes.default.svc --deploy-mode cluster --executor-memory 8g \\
      --conf spark.kubernetes.container.image=example/nightly:1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.medium=Memory \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.sizeLimit=2Gi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://kubernetes.default.svc --deploy-mode cluster --executor-memory 8g \\
      --conf spark.kubernetes.container.image=example/nightly:1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.medium=Memory \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.sizeLimit=2Gi \\
      --conf spark.executor.memoryOverhead=3g \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes. A local directory that a pod template mounts is not looked at.
References
    LocalDirsFeatureStep; "Running Spark on Kubernetes", "Using RAM for local storage"; Kubernetes, emptyDir.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import bytes_of
from spmlint.rule import (
    CLIENT,
    DRIVER,
    ERROR,
    EXECUTOR,
    KUBERNETES,
    WARNING,
    Finding,
    Iterator,
    Job,
    Opaque,
    Rule,
    Setting,
)
from spmlint.spark.container import ROLES
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, Volume, volumes
from spmlint.spark.reading import read

rule = Rule("SPM210", "tmpfs-without-overhead")

TMPFS = "spark.kubernetes.local.dirs.tmpfs"
VOLUMES = tuple(f"spark.kubernetes.{role}.volumes.emptyDir.{LOCAL_DIRECTORY}*" for role in ROLES)
KUBERNETES_FACTOR = "spark.kubernetes.memoryOverheadFactor"
OVERHEADS = ("spark.{}.memoryOverhead", "spark.{}.memoryOverheadFactor", "spark.{}.minMemoryOverhead")
MIB = 1 << 20


@rule.check(ERROR, triggers=VOLUMES)
def heap_and_files_exceed_the_limit(job: Job) -> Iterator[Finding]:
    for setting, limit_mib, role in _in_memory(job):
        made = job.model.container(role) if limit_mib else None
        if made is not None and limit_mib is not None and made.heap_mib + limit_mib > made.container_mib:
            yield rule.finding(
                setting,
                f"heap {made.heap_mib} MiB and {limit_mib} MiB of files in memory exceed the {role} container of "
                f"{made.container_mib} MiB",
                derivation=[job.container_sum(role)],
            )


@rule.check(WARNING, triggers=(TMPFS, *VOLUMES))
def no_memory_added(job: Job) -> Iterator[Finding]:
    for setting, limit_mib, role in _in_memory(job):
        made = job.model.container(role)
        default = job.model_without(KUBERNETES_FACTOR, *(key.format(role) for key in OVERHEADS)).container(role)
        if made is None or default is None:
            continue
        added = made.overhead_mib - default.overhead_mib
        if added < (1 if limit_mib is None else limit_mib) and made.heap_mib + (limit_mib or 0) <= made.container_mib:
            files = "files" if limit_mib is None else f"up to {limit_mib} MiB of files"
            above = f"{added} MiB above" if added > 0 else "not above"
            yield rule.finding(
                setting,
                f"{files} in memory count against the {role} container, whose overhead is {above} the default of "
                f"{default.overhead_mib} MiB",
                derivation=[job.container_sum(role)],
            )


@rule.check(WARNING, triggers=(TMPFS,))
def switch_is_ignored(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(TMPFS)
    if setting is None or not read(job.conf, TMPFS, job.world.spark) or job.world.manager != KUBERNETES:
        return
    declared = {role: next(iter(_local_directories(job, role)), None) for role in ROLES if _has_pod(job, role)}
    if declared and all(declared.values()):
        names = ", ".join(dict.fromkeys(volume.name for volume in declared.values() if volume))
        yield rule.finding(
            setting,
            f"{setting.label} has no effect: local directories are declared ({names}), which have a medium of their own",
        )


def _in_memory(job: Job) -> Iterator[tuple[Setting, int | None, str]]:
    """What puts the files of a role into memory, and up to how many MiB; None where nothing bounds them."""
    if job.world.manager != KUBERNETES:
        return
    for role in (EXECUTOR, DRIVER):
        if not _has_pod(job, role):
            continue
        declared = _local_directories(job, role)
        for volume in declared:
            medium = job.conf.setting(f"{volume.prefix}options.medium")
            if volume.kind == "emptyDir" and medium is not None and medium.value.known() == "Memory":
                size = volume.sized()
                yield medium, None if size is None else bytes_of(size) // MIB, role
        tmpfs = job.conf.setting(TMPFS) if not declared else None
        if tmpfs is not None and read(job.conf, TMPFS, job.world.spark):
            template = job.conf.winner(f"spark.kubernetes.{role}.podTemplateFile")
            if template is not None:
                raise Opaque("a pod template may mount local directories", template.value)
            yield tmpfs, None, role


def _has_pod(job: Job, role: str) -> bool:
    return role != DRIVER or job.world.mode != CLIENT


def _local_directories(job: Job, role: str) -> list[Volume]:
    return [volume for volume in volumes(job.conf, role) if volume.name.startswith(LOCAL_DIRECTORY)]
