"""A share of the heap lies outside what Spark accepts, or far from what it is made for.

What it does
    `spark.memory.fraction` (0.6) is the part of the heap that execution and caches share, `spark.memory.storageFraction` (0.5)
    the part of that which caches keep. The first has to be above 0 and at most 1, the second at least 0 and below 1. Asked for
    by name, the rule also points at fractions above 0.9 and below 0.3.
Why it hurts
    "spark.memory.fraction should be between 0 and 1 (was '60')": the driver dies at its start. Near 1 nothing is left for the
    objects of your own code ("GC overhead limit exceeded"); near 0 every join and sort spills.
Example: spark-defaults.conf
    spark.memory.fraction         60
    spark.memory.storageFraction  0.5
Use instead: spark-defaults.conf
    spark.memory.fraction         0.6
    spark.memory.storageFraction  0.5
Applies to
    Every manager and version.
References
    SparkConf.validateSettings; UnifiedMemoryManager; tuning guide, "Memory Management Overview".
"""

from __future__ import annotations

from spmlint.rule import ERROR, INFO, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM105", "memory-fraction-out-of-range", supersedes=("SPM705",))

FRACTION, STORAGE_FRACTION = KEYS = ("spark.memory.fraction", "spark.memory.storageFraction")
MOST, LEAST = 0.9, 0.3


@rule.check(ERROR, triggers=KEYS, explains=("validate", "umm_driver", "umm_executor", "entries"))
def outside_the_range(job: Job) -> Iterator[Finding]:
    for check in ("validate", "umm_driver", "umm_executor"):
        refusal = job.refusal(check)
        setting = job.refused_setting(refusal) if refusal and refusal.keys[0] in KEYS else None
        if refusal is not None and setting is not None:
            yield rule.finding(setting, f"{setting.label} {setting.value.value} is refused: {refusal.message}")
            return


@rule.check(INFO, triggers=(FRACTION,), advice=True)
def far_from_the_default(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(FRACTION)
    fraction = read(job.conf, FRACTION, job.world.spark)
    if setting is None or not 0 < fraction <= 1:
        return
    if fraction > MOST:
        yield rule.finding(
            setting, f"{fraction:g} of the heap for Spark leaves {1 - fraction:.2g} for the job's own objects"
        )
    elif fraction < LEAST:
        yield rule.finding(setting, f"only {fraction:g} of the heap is left for execution and caches, which then spill")
