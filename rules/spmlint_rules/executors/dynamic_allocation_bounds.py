"""The bounds of dynamic allocation contradict each other, so the driver refuses to start.

What it does
    Checks what Spark checks when it starts dynamic allocation: minimum not above maximum, maximum above 0, nothing negative,
    the allocation ratio in (0, 1], backlog timeouts of at least a whole second, and, on YARN and Kubernetes, that the number
    to begin with (the most of minimum, initial and `spark.executor.instances`) is not above the maximum.
Why it hurts
    "initial executor number 10 must between min executor number 0 and max executor number 2": the driver dies at its start,
    in cluster mode after the submission succeeded. `--num-executors` does not cap dynamic allocation, it raises the start.
Example: spark-defaults.conf
    spark.master                          yarn
    spark.dynamicAllocation.enabled       true
    spark.dynamicAllocation.minExecutors  5
    spark.dynamicAllocation.maxExecutors  2
Use instead: spark-defaults.conf
    spark.master                          yarn
    spark.dynamicAllocation.enabled       true
    spark.dynamicAllocation.minExecutors  2
    spark.dynamicAllocation.maxExecutors  5
Applies to
    Every manager but local mode, where dynamic allocation is never active.
References
    ExecutorAllocationManager.validateSettings; SchedulerBackendUtils.getInitialTargetExecutorNumber.
"""

from __future__ import annotations

from spmlint.rule import ERROR, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.executors import (
    BACKLOG,
    ENABLED,
    INITIAL,
    INSTANCES,
    MAXIMUM,
    MINIMUM,
    RATIO,
    SUSTAINED_BACKLOG,
    is_dynamic,
)
from spmlint.spark.reading import read

rule = Rule("SPM401", "dynamic-allocation-bounds", supersedes=("SPM705",))

BOUNDS = (MINIMUM, MAXIMUM, INITIAL, INSTANCES, RATIO, BACKLOG, SUSTAINED_BACKLOG)


@rule.check(ERROR, triggers=BOUNDS, explains=("dynalloc", "initial_executors"))
def spark_refuses(job: Job) -> Iterator[Finding]:
    for check in ("dynalloc", "initial_executors"):
        refusal = job.refusal(check)
        if refusal is None or refusal.keys[0] not in BOUNDS:
            continue
        setting = job.refused_setting(refusal)
        if setting is not None:
            yield rule.finding(setting, f"dynamic allocation is refused when the driver starts: {refusal.message}")
            return


@rule.check(WARNING, triggers=(INITIAL,))
def initial_is_raised(job: Job) -> Iterator[Finding]:
    initial, minimum = job.conf.setting(INITIAL), job.conf.setting(MINIMUM)
    if initial is None or minimum is None or job.conf.get(ENABLED) is None or not is_dynamic(job.conf, job.world):
        return
    if read(job.conf, INITIAL, job.world.spark) < read(job.conf, MINIMUM, job.world.spark):
        yield rule.finding(
            initial,
            f"{initial.label} {initial.value.value} has no effect: it is below the minimum of {minimum.value.value}, "
            "with which Spark starts",
        )
