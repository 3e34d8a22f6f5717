"""All executors are given one and the same claim.

What it does
    Finds claims of executors whose `claimName` is a plain name, neither `OnDemand` nor one with `SPARK_EXECUTOR_ID` in it, where
    more than one executor may run and the mount is not read-only.
Why it hurts
    Most disks attach to one node only: "Multi-Attach error for volume", and every executor on another node stays in
    ContainerCreating. Where the disk can be shared, as a local directory it is slow and holds the shuffle files of all.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \
      --conf spark.executor.instances=4 \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=scratch \
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \
      --conf spark.executor.instances=4 \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=OnDemand \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.storageClass=gp3 \
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit=100Gi \
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes. A claim for data rather than shuffle files may be ReadWriteMany and shared on purpose: that is told as advice
    only.
References
    MountVolumesFeatureStep; SPARK-39006; Kubernetes, Persistent Volumes (access modes).
"""

from __future__ import annotations

from collections.abc import Iterator

from spmlint.rule import EXECUTOR, INFO, KUBERNETES, WARNING, Finding, Job, Rule, Setting
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, Volume, volumes

rule = Rule("SPM304", "one-claim-for-many-executors")

CLAIMS = ("spark.kubernetes.executor.volumes.persistentVolumeClaim.*",)
OF_ITS_OWN = ("OnDemand", "SPARK_EXECUTOR_ID")


@rule.check(WARNING, triggers=CLAIMS)
def executors_share_a_local_dir(job: Job) -> Iterator[Finding]:
    for volume, setting in _shared(job):
        if volume.name.startswith(LOCAL_DIRECTORY):
            yield rule.finding(
                setting,
                f"all executors write their shuffle files to the one claim {volume.options['claimName']}: most disks attach "
                "to a single node; OnDemand or SPARK_EXECUTOR_ID in the name gives each its own",
            )


@rule.check(INFO, triggers=CLAIMS)
def executors_share_a_disk(job: Job) -> Iterator[Finding]:
    for volume, setting in _shared(job):
        if not volume.name.startswith(LOCAL_DIRECTORY):
            yield rule.finding(
                setting,
                f"all executors mount the one claim {volume.options['claimName']}: unless it is ReadWriteMany, executors on "
                "other nodes than the first wait for it forever",
            )


def _shared(job: Job) -> Iterator[tuple[Volume, Setting]]:
    """The claims that more than one executor may write to, with the setting that names each."""
    if job.world.manager != KUBERNETES:
        return
    for volume in volumes(job.conf, EXECUTOR):
        setting = job.conf.setting(f"{volume.prefix}options.claimName")
        read_only = (job.conf.get(f"{volume.prefix}mount.readOnly") or "").lower() == "true"
        if volume.kind != "persistentVolumeClaim" or setting is None or read_only:
            continue
        if not any(mark in setting.value.known() for mark in OF_ITS_OWN) and _may_be_several(job):
            yield volume, setting


def _may_be_several(job: Job) -> bool:
    bounds = job.model.executors()
    most = bounds.maximum if bounds.dynamic else bounds.initial
    return most is None or most > 1
