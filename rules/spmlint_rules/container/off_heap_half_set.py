"""Off-heap memory is switched on without a size, or has a size and is not switched on.

What it does
    `spark.memory.offHeap.enabled` and `spark.memory.offHeap.size` only make sense together. Enabled without a size above 0,
    Spark refuses to start. A size alone is not ignored, as one might think: it becomes a pool for blocks cached off heap, and
    no container is made larger for it.
Why it hurts
    "spark.memory.offHeap.size must be > 0 when spark.memory.offHeap.enabled == true"; or, with a size alone, Tungsten stays on
    the heap as before, and what is persisted with OFF_HEAP is killed with the container.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.memory.offHeap.size=2g \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.memory.offHeap.size=2g --conf spark.memory.offHeap.enabled=true \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. A size below 1 MiB is SPM205's.
References
    MemoryManager; Utils.checkOffHeapEnabled; ResourceProfile; configuration page, "Memory Management".
"""

from __future__ import annotations

from spmlint.rule import ERROR, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM204", "off-heap-half-set")

ENABLED, SIZE = "spark.memory.offHeap.enabled", "spark.memory.offHeap.size"
MIB = 1 << 20

REFUSED_IN = ("umm_driver", "umm_executor", "tasks", "profile", "executor_pod", "yarn_client", "dynalloc")
"""Who comes to read the size first depends on the manager."""


@rule.check(ERROR, triggers=(ENABLED,), explains=REFUSED_IN)
def enabled_without_size(job: Job) -> Iterator[Finding]:
    setting = job.written(ENABLED)
    if setting is None or not read(job.conf, ENABLED, job.world.spark):
        return
    if read(job.conf, SIZE, job.world.spark) == 0:
        yield rule.finding(
            job.written(SIZE) or setting,
            f"off-heap memory is enabled and {SIZE} is {'0' if job.written(SIZE) else 'not set'}: the driver refuses to start",
        )


@rule.check(WARNING, triggers=(SIZE,))
def size_without_enabled(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(SIZE)
    size = read(job.conf, SIZE, job.world.spark)
    if setting is not None and size > 0 and not read(job.conf, ENABLED, job.world.spark):
        amount = f"{size >> 20} MiB" if size >= MIB else f"{size} bytes"
        yield rule.finding(
            setting,
            f"{ENABLED} is not true: Tungsten stays on the heap, and the {amount} off heap are storage that no container counts",
        )
