"""A number of executors is given although dynamic allocation decides about it.

What it does
    Finds `spark.executor.instances` (`--num-executors`, `instances`, `numExecutors`) in a job that switches dynamic allocation
    on. Since Spark 2.0 the number neither pins nor caps anything: the job begins with the most of instances, initial and
    minimum, and goes on from there.
Why it hurts
    "More executors than I asked for": the job grows past the number; "fewer than I asked for": idle executors go after a
    minute, down to the minimum, which is 0 unless set.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.enabled=true \\
      --conf spark.dynamicAllocation.shuffleTracking.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --num-executors 10 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.enabled=true \\
      --conf spark.dynamicAllocation.shuffleTracking.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --conf spark.dynamicAllocation.initialExecutors=10 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Every manager but local mode, Spark 2.0 and later. A number above the maximum is refused, which is another rule's.
References
    Utils.getDynamicAllocationInitialExecutors; SPARK-13723.
"""

from __future__ import annotations

from spmlint.rule import INFO, Finding, Iterator, Job, Rule
from spmlint.spark.executors import ENABLED, INSTANCES, is_dynamic

rule = Rule("SPM406", "instances-under-dynamic-allocation")


@rule.check(INFO, triggers=(INSTANCES,))
def only_raises_the_start(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(INSTANCES)
    if setting is None or setting.is_injected or job.conf.get(ENABLED) is None or not is_dynamic(job.conf, job.world):
        return
    bounds = job.model.executors()
    if bounds.maximum is not None and (bounds.initial or 0) > bounds.maximum:
        return
    most = "without bound" if bounds.maximum is None else f"to {bounds.maximum}"
    yield rule.finding(
        setting,
        f"{setting.label} {setting.value.known()} does not pin the number of executors: dynamic allocation begins with "
        f"{bounds.initial}, then goes down to {bounds.minimum} and up {most}",
    )
