"""Shuffle and spill files of the executors land on the node's root disk.

What it does
    Finds jobs on Kubernetes without a volume for Spark's local directories (`spark-local-dir-*`), not in memory either, whose
    pod template asks for no ephemeral storage. Where there is no template at all it is advice, off by default.
Why it hurts
    Spark writes to an emptyDir without a limit, on the disk of the node's operating system and of all its pods. The scheduler
    does not count what nobody asks for: "The node was low on resource: ephemeral-storage", and the executor is evicted
    together with its neighbours.
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
        memory: 4g
        template:
          spec:
            containers:
              - name: spark-kubernetes-executor
                env:
                  - name: TZ
                    value: UTC
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
        memory: 4g
        template:
          spec:
            containers:
              - name: spark-kubernetes-executor
                env:
                  - name: TZ
                    value: UTC
                resources:
                  requests:
                    ephemeral-storage: 50Gi
Applies to
    Executors on Kubernetes. Spark has no setting for ephemeral storage; only a pod template, a LimitRange or a volume helps.
References
    LocalDirsFeatureStep; Kubernetes, Local ephemeral storage.
"""

from __future__ import annotations

from spmlint.places.job_pods import pod_spec
from spmlint.rule import EXECUTOR, INFO, KUBERNETES, Finding, Iterator, Job, Opaque, Rule
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, volumes
from spmlint.spark.reading import read

rule = Rule("SPM303", "local-dir-on-node-disk")

STORAGE = "ephemeral-storage"
TMPFS = "spark.kubernetes.local.dirs.tmpfs"
TEMPLATE = "spark.kubernetes.executor.podTemplateFile"
ON_KUBERNETES = ("spark.master", "spark.kubernetes.*", "spark.executor.*")


@rule.check(INFO, triggers=ON_KUBERNETES)
def template_asks_for_no_storage(job: Job) -> Iterator[Finding]:
    if not _is_on_node_disk(job):
        return
    pod = pod_spec(job, EXECUTOR)
    if pod.view is None:
        return
    spark = [container for container in pod.regular if container.spark]
    mounts = (mount.word("name") or "" for one in spark for mount in one.view.items("volumeMounts"))
    if any(name.startswith(LOCAL_DIRECTORY) for name in mounts):
        return
    if not any(STORAGE in one.lists.requests or STORAGE in one.lists.limits for one in spark):
        yield rule.finding(
            spark[0].view if spark else pod.view,
            f"shuffle files land on the node's root disk, and the pod asks for no {STORAGE}: "
            f"request it here, or mount a volume named {LOCAL_DIRECTORY}*",
        )


@rule.check(INFO, triggers=ON_KUBERNETES, advice=True)
def nothing_asks_for_storage(job: Job) -> Iterator[Finding]:
    if not _is_on_node_disk(job) or pod_spec(job, EXECUTOR).view is not None:
        return
    named = job.conf.winner(TEMPLATE)
    if named is not None and not named.is_injected:
        raise Opaque("the pod template is not given", named.value)
    yield rule.finding(
        job.span,
        f"shuffle files land on the node's root disk: no volume is named {LOCAL_DIRECTORY}*, no pod template given",
    )


def _is_on_node_disk(job: Job) -> bool:
    if not job.complete or job.world.manager.known != KUBERNETES or job.place.limit_ranges:
        return False
    if any(volume.name.startswith(LOCAL_DIRECTORY) for volume in volumes(job.conf, EXECUTOR)):
        return False
    return not read(job.conf, TMPFS, job.world.spark)
