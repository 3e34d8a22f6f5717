"""Claims of lost executors are to be reused, but half of what that needs is missing.

What it does
    `spark.kubernetes.driver.reusePersistentVolumeClaim` works on claims that belong to the driver, so
    `ownPersistentVolumeClaim` has to be true beside it; `waitToReusePersistentVolumeClaim` needs both. Without the shuffle plugin
    KubernetesLocalDiskShuffleDataIO the disks are reused and what lies on them is not.
Why it hurts
    Nothing fails: each claim dies with its executor, a new disk is created and attached for its successor, and the lost
    shuffle data is computed again, which reuse was meant to save.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.driver.ownPersistentVolumeClaim=false \\
      --conf spark.kubernetes.driver.reusePersistentVolumeClaim=true \\
      --conf spark.shuffle.sort.io.plugin.class=org.apache.spark.shuffle.KubernetesLocalDiskShuffleDataIO \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.kubernetes.driver.ownPersistentVolumeClaim=true \\
      --conf spark.kubernetes.driver.reusePersistentVolumeClaim=true \\
      --conf spark.shuffle.sort.io.plugin.class=org.apache.spark.shuffle.KubernetesLocalDiskShuffleDataIO \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes, Spark 3.2 and later. Both are true by default from 3.4, false before; a setting left at its default is never
    reported.
References
    ExecutorPodsAllocator; KubernetesLocalDiskShuffleDataIO; SPARK-35182, SPARK-41515.
"""

from __future__ import annotations

from spmlint.answer import V3_2, V3_4
from spmlint.rule import INFO, KUBERNETES, WARNING, Finding, Iterator, Job, Related, Rule
from spmlint.spark.reading import read

rule = Rule("SPM308", "claim-reuse-incomplete")

OWN = "spark.kubernetes.driver.ownPersistentVolumeClaim"
REUSE = "spark.kubernetes.driver.reusePersistentVolumeClaim"
WAIT = "spark.kubernetes.driver.waitToReusePersistentVolumeClaim"
PLUGIN = "spark.shuffle.sort.io.plugin.class"


@rule.check(WARNING, triggers=(REUSE,))
def reuse_needs_ownership(job: Job) -> Iterator[Finding]:
    if _is_on(job, REUSE):
        yield from _without(job, REUSE, OWN)


@rule.check(WARNING, triggers=(WAIT,))
def waiting_needs_both(job: Job) -> Iterator[Finding]:
    if job.conf.winner(WAIT) is not None and job.world.spark >= V3_4 and _is_on(job, WAIT):
        yield from _without(job, WAIT, REUSE)
        if read(job.conf, REUSE, job.world.spark):
            yield from _without(job, WAIT, OWN)


@rule.check(INFO, triggers=(REUSE,))
def shuffle_data_is_not_reused(job: Job) -> Iterator[Finding]:
    setting = job.conf.winner(REUSE)
    if setting is None or not _is_on(job, REUSE) or not read(job.conf, OWN, job.world.spark):
        return
    if job.conf.get(PLUGIN) is None:
        yield rule.finding(
            setting,
            "disks of lost executors are reused, the shuffle data on them is not: that takes "
            f"{PLUGIN}=org.apache.spark.shuffle.KubernetesLocalDiskShuffleDataIO",
        )


def _is_on(job: Job, key: str) -> bool:
    """Whether somebody wrote true, and this job reads it."""
    if job.conf.setting(key) is None or job.world.manager != KUBERNETES or not job.world.spark >= V3_2:
        return False
    return bool(read(job.conf, key, job.world.spark))


def _without(job: Job, key: str, needed: str) -> Iterator[Finding]:
    setting, other = job.conf.winner(key), job.conf.setting(needed)
    if setting is None or read(job.conf, needed, job.world.spark):
        return
    why = "false by default before Spark 3.4" if other is None else "false here"
    yield rule.finding(
        setting,
        f"{setting.label} has no effect: it needs {needed}, which is {why}",
        related=[] if other is None else [Related(other, f"{other.label} = {other.value.value}")],
    )
