"""All executors are given one and the same claim.

What it does
    Finds claims of executors whose `claimName` is a plain name, neither `OnDemand` nor one with `SPARK_EXECUTOR_ID` in it, where
    more than one executor may run and the mount is not read-only. Where the claim itself is in the input its access modes decide.
Why it hurts
    Most disks attach to one node only: "Multi-Attach error for volume", and every executor on another node stays in
    ContainerCreating. A claim that is ReadWriteOncePod takes one pod and no more: all other executors stay Pending ("node has pod
    using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"). Where the disk can be shared, as a local
    directory it is slow and holds the shuffle files of all.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.executor.instances=4 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=scratch \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.executor.instances=4 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=OnDemand \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.storageClass=gp3 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit=100Gi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes. A claim for data rather than shuffle files may be ReadWriteMany and shared on purpose: that is told as advice
    only, and not at all where the claim is known to be shareable. Claims are known from the facts, or from the same stream and
    namespace.
References
    MountVolumesFeatureStep; SPARK-39006; Kubernetes, Persistent Volumes (access modes).
"""

from __future__ import annotations

from spmlint.places.quantities import listed
from spmlint.rule import (
    ERROR,
    EXECUTOR,
    INFO,
    KUBERNETES,
    WARNING,
    Finding,
    Iterator,
    Job,
    Related,
    Resource,
    Rule,
    Setting,
)
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, Volume, volumes

rule = Rule("SPM304", "one-claim-for-many-executors")

CLAIMS = ("spark.kubernetes.executor.volumes.persistentVolumeClaim.*",)
OF_ITS_OWN = ("OnDemand", "SPARK_EXECUTOR_ID")
ONE_POD, SHAREABLE = "ReadWriteOncePod", "ReadWriteMany"
"""The access modes that settle the matter."""


@rule.check(ERROR, triggers=CLAIMS)
def claim_takes_one_pod(job: Job) -> Iterator[Finding]:
    for volume, setting in _shared(job):
        claim = _claim(job, volume)
        if claim is not None and ONE_POD in _modes(claim):
            yield rule.finding(
                setting,
                f"only one executor ever starts: the claim {claim.name} is {ONE_POD}, and all executors mount it",
                related=[Related(claim.place("spec", "accessModes"), f"the claim is {ONE_POD}")],
            )


@rule.check(WARNING, triggers=CLAIMS)
def executors_share_a_local_dir(job: Job) -> Iterator[Finding]:
    for volume, setting in _shared(job):
        if volume.name.startswith(LOCAL_DIRECTORY) and ONE_POD not in _modes(_claim(job, volume)):
            yield rule.finding(
                setting,
                f"all executors write their shuffle files to the one claim {volume.options['claimName']}: most disks attach "
                "to a single node; OnDemand or SPARK_EXECUTOR_ID in the name gives each its own",
            )


@rule.check(INFO, triggers=CLAIMS)
def executors_share_a_disk(job: Job) -> Iterator[Finding]:
    for volume, setting in _shared(job):
        if not volume.name.startswith(LOCAL_DIRECTORY) and not {ONE_POD, SHAREABLE} & _modes(_claim(job, volume)):
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


def _claim(job: Job, volume: Volume) -> Resource | None:
    """The claim a volume names, where it is in the input."""
    return next((claim for claim in job.place.claims if claim.name == volume.options["claimName"]), None)


def _modes(claim: Resource | None) -> set[str]:
    """The access modes of a claim that is known; raises `Opaque` where one is a placeholder."""
    spec = None if claim is None else claim.at("spec")
    return {mode.word() or "" for mode in listed(spec, "accessModes")}


def _may_be_several(job: Job) -> bool:
    bounds = job.model.executors()
    most = bounds.maximum if bounds.dynamic else bounds.initial
    return most is None or most > 1
