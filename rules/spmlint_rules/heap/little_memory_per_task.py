"""The tasks of an executor share its execution memory, and each gets very little.

What it does
    Divides the execution memory of an executor's heap by the tasks that run in it at once, and reports less than 128 MiB for
    each. Advice: asked for by name only.
Why it hurts
    Sorts, joins and aggregations spill to disk over and over ("Task ... spilling in-memory map to disk"), and with a share below
    what one page needs: "SparkOutOfMemoryError: Unable to acquire 65536 bytes of memory, got 0".
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 2g --executor-cores 8 \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g --executor-cores 8 \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager where the cores of an executor are known. A task may use more while others use less.
References
    UnifiedMemoryManager; ExecutionMemoryPool; tuning guide, "Memory Management Overview".
"""

from __future__ import annotations

from spmlint.rule import EXECUTOR, INFO, Finding, Iterator, Job, Rule

rule = Rule("SPM111", "little-memory-per-task")

HEAP, CORES = "spark.executor.memory", "spark.executor.cores"
LEAST_MIB = 128
MIB = 1 << 20


@rule.check(INFO, triggers=(HEAP, CORES), advice=True)
def too_small_a_share(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(HEAP) or job.conf.setting(CORES)
    slots, made = job.model.task_slots(), job.model.regions(EXECUTOR)
    if setting is None or made is None or not slots.cores_known:
        return
    share_mib = made.execution / slots.tasks / MIB
    if share_mib < LEAST_MIB:
        yield rule.finding(
            setting,
            f"each of the {slots.tasks} tasks of an executor has {share_mib:.0f} MiB of execution memory",
            derivation=[
                f"share {share_mib:.0f} MiB = execution memory {made.execution // MIB} / {slots.tasks} tasks",
                f"execution memory {made.execution // MIB} MiB = unified memory {made.spark // MIB} - storage "
                f"{made.storage // MIB}, of a heap of {made.heap // MIB} MiB",
            ],
        )
