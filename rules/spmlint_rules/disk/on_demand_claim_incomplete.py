"""A claim on demand lacks its storage class or its size, so nobody creates it.

What it does
    Finds volumes whose `claimName` holds `OnDemand` without both `options.storageClass` and `options.sizeLimit`. Spark makes the
    claim only where it knows both; the default storage class of the cluster does not help.
Why it hurts
    The pod refers to a claim that never comes, `<pod>-pvc-0`, and stays Pending: "persistentvolumeclaim not found". The
    volumes of a SparkApplication carry the name of a claim and nothing else, so there `OnDemand` never works.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=OnDemand \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit=100Gi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/scratch \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=OnDemand \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.storageClass=gp3 \\
      --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit=100Gi \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes. In a lone spark-defaults.conf the missing half may come from elsewhere, so nothing is said there.
References
    MountVolumesFeatureStep; kubeflow/spark-operator issue 1461.
"""

from __future__ import annotations

from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import CLUSTER, DRIVER, ERROR, KUBERNETES, ROLES, Finding, Iterator, Job, Rule
from spmlint.spark.kubernetes_volumes import volumes

rule = Rule("SPM305", "on-demand-claim-incomplete")

VOLUMES = tuple(f"spark.kubernetes.{role}.volumes.persistentVolumeClaim.*" for role in ROLES)
NEEDED = ("storageClass", "sizeLimit")


@rule.check(ERROR, triggers=VOLUMES)
def claim_is_never_created(job: Job, role: str) -> Iterator[Finding]:
    if job.world.manager != KUBERNETES or (role == DRIVER and job.world.mode != CLUSTER):
        return
    for volume in volumes(job.conf, role):
        missing = [option for option in NEEDED if option not in volume.options]
        on_demand = volume.kind == "persistentVolumeClaim" and "OnDemand" in volume.options.get("claimName", "")
        setting = job.conf.setting(f"{volume.prefix}options.claimName")
        if on_demand and missing and setting is not None:
            hint = ""
            if job.kind in SPARK_APPLICATIONS and not setting.label.endswith(setting.key):
                hint = f"; a volume of the resource cannot say it, sparkConf can: {volume.prefix}options.*"
            yield rule.finding(
                setting,
                f"the claim of {role} volume {volume.name} is never created and the pod stays Pending: "
                f"{' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} missing{hint}",
            )
