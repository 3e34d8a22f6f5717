"""Dynamic allocation without a maximum: one job may take the whole cluster.

What it does
    Finds dynamic allocation that is on without `spark.dynamicAllocation.maxExecutors`, which is infinite by default, where
    nothing that is known (an application's maximumCapacity, a quota, the nodes) bounds it either.
Why it hurts
    A wide stage asks for one executor for each few tasks, thousands of them. Other jobs wait, a cluster that scales by itself
    scales, and the bill is the first to tell. No check of capacity can be made either.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.enabled=true \\
      --conf spark.dynamicAllocation.shuffleTracking.enabled=true \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.enabled=true \\
      --conf spark.dynamicAllocation.shuffleTracking.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=50 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Jobs that switch dynamic allocation on, on every manager but local mode. EMR Serverless up to emr-6.9 has a maximum of 100.
References
    spark.dynamicAllocation.maxExecutors; EMR Serverless user guide, Spark jobs (default properties).
"""

from __future__ import annotations

from spmlint.emr.application import maximum_capacity
from spmlint.emr.releases import default_max_executors
from spmlint.rule import INFO, Finding, Iterator, Job, Rule
from spmlint.spark.executors import ENABLED, MAXIMUM, is_dynamic

rule = Rule("SPM405", "unbounded-dynamic-allocation")


@rule.check(INFO, triggers=(ENABLED,))
def nothing_bounds_it(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(ENABLED)
    if setting is None or not is_dynamic(job.conf, job.world) or _is_bounded(job):
        return
    if job.model.executors().maximum is None:
        yield rule.finding(setting, f"dynamic allocation has no bound: {MAXIMUM} is not set, and so infinite")


def _is_bounded(job: Job) -> bool:
    """Whether the place is known to hold so much and no more."""
    application = job.place.application
    if application is not None:
        release = application.word("releaseLabel")
        return maximum_capacity(application) is not None or default_max_executors(release) is not None
    return bool(job.place.quotas or job.place.nodes)
