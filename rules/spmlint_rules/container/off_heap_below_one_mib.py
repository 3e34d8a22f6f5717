"""The off-heap memory is smaller than 1 MiB, nearly always because its unit is missing.

What it does
    Reports an enabled `spark.memory.offHeap.size` between 1 byte and 1 MiB. Unlike the heap sizes, a bare number counts bytes
    here: `2048` are two kibibytes.
Why it hurts
    Spark counts whole MiB, finds none, and the driver dies at its start: "spark.memory.offHeap.size must be > 0 when
    spark.memory.offHeap.enabled == true" (from 4.3: "must be at least 1MiB").
Example: spark-defaults.conf
    spark.memory.offHeap.enabled  true
    spark.memory.offHeap.size     2048
Use instead: spark-defaults.conf
    spark.memory.offHeap.enabled  true
    spark.memory.offHeap.size     2048m
Fix safety
    Unsafe: MiB is what such a number usually means, and containers grow by that much.
Applies to
    Every manager and version.
References
    Utils.checkOffHeapEnabled; ResourceProfile; configuration page, "Memory Management".
"""

from __future__ import annotations

from spmlint.rule import ERROR, UNSAFE, Finding, Iterator, Job, Rule, replace
from spmlint.spark.reading import read
from spmlint.spark.sizes import is_bare

rule = Rule("SPM205", "off-heap-below-one-mib", fixable=UNSAFE)

ENABLED, SIZE = "spark.memory.offHeap.enabled", "spark.memory.offHeap.size"
MIB = 1 << 20


@rule.check(ERROR, triggers=(SIZE,), explains=("tasks", "profile", "executor_pod", "yarn_client", "dynalloc"))
def less_than_spark_counts(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(SIZE)
    size = read(job.conf, SIZE, job.world.spark)
    if setting is None or not 0 < size < MIB or not read(job.conf, ENABLED, job.world.spark):
        return
    text = setting.value.value.strip()
    bare = is_bare(text)
    means = f"{text} without a unit counts bytes" if bare else f"{text} is less than 1 MiB"
    yield rule.finding(
        setting,
        f"{setting.label}: {means}, and the driver refuses to start with less than 1 MiB off heap",
        fix=replace(setting, f"{text}m", f"write {text}m", UNSAFE) if bare else None,
    )
