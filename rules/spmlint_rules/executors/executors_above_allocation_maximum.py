"""A job asks for more executors than it allows itself to create pods for.

What it does
    Compares `spark.kubernetes.allocation.maximum`, the number of executor pods a job may create in its whole life, with the
    executors it asks for: their fixed number, or the maximum of dynamic allocation.
Why it hurts
    "Exceed the pod creation limit": the job fails once it has created that many pods. Every lost executor that is replaced
    counts as well, so the number has to leave room.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:4.1.0 \\
      --conf spark.executor.instances=20 \\
      --conf spark.kubernetes.allocation.maximum=10 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:4.1.0 \\
      --conf spark.executor.instances=20 \\
      --conf spark.kubernetes.allocation.maximum=40 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes, Spark 4.1 and later; where the version is not known the message names those it is true for.
References
    ExecutorPodsAllocator; spark.kubernetes.allocation.maximum.
"""

from __future__ import annotations

from spmlint.answer import V4_1
from spmlint.rule import ERROR, KUBERNETES, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM416", "executors-above-allocation-maximum")

ALLOCATION = "spark.kubernetes.allocation.maximum"


@rule.check(ERROR, triggers=(ALLOCATION,))
def never_all_created(job: Job) -> Iterator[Finding]:
    if _is_read(job):
        bounds = job.model.executors()
        if not bounds.dynamic:
            yield from _above(job, bounds.initial, "are asked for")


@rule.check(WARNING, triggers=(ALLOCATION,))
def maximum_never_reached(job: Job) -> Iterator[Finding]:
    if _is_read(job):
        bounds = job.model.executors()
        if bounds.dynamic:
            yield from _above(job, bounds.maximum, "are allowed at most")


def _is_read(job: Job) -> bool:
    return job.world.manager == KUBERNETES and job.world.spark >= V4_1


def _above(job: Job, executors: int | None, how: str) -> Iterator[Finding]:
    setting, most = job.conf.setting(ALLOCATION), read(job.conf, ALLOCATION, job.world.spark)
    if setting is not None and executors is not None and executors > most:
        yield rule.finding(
            setting,
            f"{executors} executors {how}, but the job may create {most} executor pods in all: "
            '"Exceed the pod creation limit"',
        )
