"""The driver's memory overhead is negative, and Spark subtracts it from the pod.

What it does
    Spark refuses a negative overhead for executors, and takes it for the driver: on Kubernetes it builds a pod that is smaller
    than the heap inside it, `0Mi` for a heap of 1g with an overhead of -1g.
Why it hurts
    The API server refuses a negative amount ("must be greater than or equal to 0"); a pod that is made is killed as soon as
    the heap has grown to the limit, exit code 137.
Example: submit.sh
    spark-submit --master k8s://https://kubernetes.default.svc --deploy-mode cluster --driver-memory 2g \\
      --conf spark.kubernetes.container.image=example/nightly:1 \\
      --conf spark.driver.memoryOverhead=-512m \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://kubernetes.default.svc --deploy-mode cluster --driver-memory 2g \\
      --conf spark.kubernetes.container.image=example/nightly:1 \\
      --conf spark.driver.memoryOverhead=512m \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Kubernetes in cluster mode. In client mode there is no driver pod.
References
    BasicDriverFeatureStep; ConfigHelpers.byteFromString.
"""

from __future__ import annotations

from spmlint.rule import CLUSTER, DRIVER, ERROR, KUBERNETES, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM217", "negative-driver-overhead", supersedes=("SPM201", "SPM202"))

OVERHEAD = "spark.driver.memoryOverhead"


@rule.check(ERROR, triggers=(OVERHEAD, "spark.yarn.driver.memoryOverhead"))
def smaller_than_its_heap(job: Job) -> Iterator[Finding]:
    setting = job.written(OVERHEAD)
    if setting is None or not setting.value.known().startswith("-"):
        return
    overhead_mib = read(job.conf, OVERHEAD, job.world.spark)
    if overhead_mib < 0 and job.world.manager == KUBERNETES and job.world.mode == CLUSTER:
        yield rule.finding(
            setting,
            f"the driver pod is made {-overhead_mib} MiB smaller than the heap inside it",
            derivation=(lambda: [job.container_sum(DRIVER)]) if job.complete else (),
        )
