"""Settings of dynamic allocation in a job where it is off.

What it does
    Finds `spark.dynamicAllocation.*` settings where nothing sets `spark.dynamicAllocation.enabled`, which is false by default,
    perhaps because the switch itself is misspelled. A job that says false means it, and nothing is reported.
Why it hurts
    The job keeps the fixed number of executors (2 unless told otherwise), however busy or idle it is; the bounds in the file
    suggest that it grows.
Example: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Use instead: submit.sh
    spark-submit --master k8s://https://example.com:6443 --deploy-mode cluster \\
      --conf spark.kubernetes.container.image=example/spark:3.5.1 \\
      --conf spark.dynamicAllocation.enabled=true \\
      --conf spark.dynamicAllocation.shuffleTracking.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --class com.example.Nightly local:///opt/app/nightly.jar
Applies to
    Complete jobs (a command, a resource, a request) whose manager is known. Not EMR, which switches dynamic allocation on
    itself: on YARN, which may be EMR's, the message is one step weaker.
References
    Utils.isDynamicAllocationEnabled; spark.dynamicAllocation.enabled.
"""

from __future__ import annotations

from spmlint.rule import EMR_ON_EC2, LOCAL, WARNING, Finding, Iterator, Job, Rule, Setting
from spmlint.spark.catalogue import known
from spmlint.spark.executors import ENABLED, is_dynamic

rule = Rule("SPM410", "dead-dynamic-allocation-settings")

FAMILY = "spark.dynamicAllocation."


@rule.check(WARNING, triggers=(f"{FAMILY}*",))
def switch_is_missing(job: Job) -> Iterator[Finding]:
    if not job.complete or job.world.manager.known in (None, LOCAL):
        return
    if job.conf.get(ENABLED) is not None or job.world.platform == EMR_ON_EC2 or is_dynamic(job.conf, job.world):
        return
    switch = next((one for one in job.conf.settings() if _is_misspelt_switch(one)), None)
    spelt = f"{ENABLED} is not set" if switch is None else f"the switch is {ENABLED}, not {switch.key}"
    for setting in job.conf.settings():
        if setting.key.startswith(FAMILY) and known(setting.key) and not setting.is_injected:
            yield rule.finding(setting, f"{setting.label} has no effect: dynamic allocation is off, {spelt}")


def _is_misspelt_switch(setting: Setting) -> bool:
    """``enable``, ``Enabled``, ``active``: a key of the family nobody reads, with a boolean."""
    text = setting.value.value.strip().lower()
    return setting.key.lower().startswith(FAMILY.lower()) and not known(setting.key) and text == "true"
