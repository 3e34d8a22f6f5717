"""A volume for Spark's pods has a size, a type or a place that Spark or Kubernetes refuses.

What it does
    Reads the `options.sizeLimit` of volumes as the Kubernetes quantity it is (`10Gi`, `500G`); Spark's own spelling (`2g`,
    `100gb`) is none. Also finds a bare number below 1024 from Spark 4.0 on, a type of volume that Spark does not know, a volume
    that is mounted nowhere, and a path where two are mounted.
Why it hurts
    Spark passes a size on unread, and the API server answers "quantities must match the regular expression", for an executor
    once for each pod the driver asks for. The others end the submission: "Volume size `100` is smaller than 1KiB. Missing
    units?", "Kubernetes Volume type `pvc` is not supported", "Found duplicated mountPath".
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.sizeLimit=100g \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.options.sizeLimit=100Gi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Fix safety
    Unsafe: `100gb` may have meant 100,000,000,000 bytes, and `100Gi` is 7.4 % more.
Applies to
    Kubernetes. The size of a claim is read only where a `storageClass` stands beside it. Volumes of pods and resources have a
    rule of their own.
References
    KubernetesVolumeUtils; MountVolumesFeatureStep; resource.ParseQuantity (k8s.io/apimachinery).
"""

from __future__ import annotations

from spmlint.answer import V4_0
from spmlint.kubernetes.quantity import QuantityError, parse_quantity, size_meant
from spmlint.rule import (
    CLUSTER,
    DRIVER,
    ERROR,
    KUBERNETES,
    ROLES,
    UNSAFE,
    Finding,
    Iterator,
    Job,
    Related,
    Rule,
    Setting,
    Written,
    replace,
)
from spmlint.spark.kubernetes_volumes import REQUIRED_OPTIONS, Volume, volumes

rule = Rule("SPM309", "volume-size-not-a-quantity", fixable=UNSAFE)

VOLUMES = tuple(f"spark.kubernetes.{role}.volumes.*" for role in ROLES)
SIZE, CLAIM, CLASS = ".options.sizeLimit", "persistentVolumeClaim", ".options.storageClass"
LEAST = 1024
"""Bytes; from 4.0 on Spark takes a smaller bare number for a forgotten unit."""


@rule.check(ERROR, triggers=VOLUMES, explains=("driver_pod", "executor_pod"))
def size_is_refused(written: Written) -> Iterator[Finding]:
    # Typed fields of a resource are quantities already for the API server.
    if not (written.key.endswith(SIZE) and written.setting.label.endswith(written.key) and written.wins):
        return
    _, _, _, role, _, kind, *_ = f".{written.key}".split(".")
    if kind not in ("emptyDir", CLAIM) or not _is_mounted(written.job, role):
        return
    text = written.value.known()
    reason = _refusal(written, kind, text)
    if reason is not None:
        meant = size_meant(text)
        fix = replace(written.setting, meant, f"write {meant}", UNSAFE) if meant and meant != text else None
        yield rule.finding(written.setting, f"{written.setting.label}: '{text}' {reason}", fix=fix)


def _is_mounted(job: Job, role: str) -> bool:
    """Whether Spark makes pods of that role."""
    return job.world.manager == KUBERNETES and (role != DRIVER or job.world.mode == CLUSTER)


def _refusal(written: Written, kind: str, text: str) -> str | None:
    if (text.isdecimal() and text.isascii() and int(text) < LEAST) and written.job.world.spark >= V4_0:
        return f"is {text} bytes, less than 1 KiB: Spark refuses it, the unit is missing"
    if kind == CLAIM and written.job.conf.get(written.key.removesuffix(SIZE) + CLASS) is None:
        return None
    try:
        nanos = parse_quantity(text)
    except QuantityError:
        return "is not a Kubernetes quantity: the API server refuses the pod"
    if nanos < 0 or (nanos == 0 and kind == CLAIM):
        return "is no size for a volume: the API server refuses it"
    return None


@rule.check(ERROR, triggers=VOLUMES, explains=("driver_pod", "executor_pod"))
def volume_is_refused(job: Job, role: str) -> Iterator[Finding]:
    if not _is_mounted(job, role):
        return
    mounted: dict[str, Setting] = {}
    for volume in volumes(job.presumed.conf, role):
        path = job.conf.winner(f"{volume.prefix}mount.path")
        place = path or next(one for one in job.conf.settings() if f"{one.key}.".startswith(volume.prefix))
        if volume.kind not in REQUIRED_OPTIONS:
            yield rule.finding(place, f"Spark refuses the volume {volume.name}: {_unknown_type(volume)}")
        elif path is None or volume.mount_path is None:
            if job.conf.setting(f"{volume.prefix}mount.path") is None:
                yield rule.finding(place, f"Spark refuses the volume {volume.name}: it has no mount.path")
        elif volume.mount_path in mounted:
            other = mounted[volume.mount_path]
            yield rule.finding(
                path,
                f"two volumes are mounted at {volume.mount_path}: Spark refuses the pod",
                related=[Related(other, f"{other.label} = {volume.mount_path}")],
            )
        else:
            mounted[volume.mount_path] = path


def _unknown_type(volume: Volume) -> str:
    return f"there is no type '{volume.kind}', only {', '.join(REQUIRED_OPTIONS)}"
