"""The limit on collected results does not protect the driver, or stops every collect.

What it does
    `spark.driver.maxResultSize` (1g) stops a job before its results fill the driver's heap. Reports a limit as large as that
    heap; no limit at all (0 or less) with a driver of less than 4 GiB; and a number without a unit below a million, which
    counts bytes.
Why it hurts
    Without a working limit a `collect()` or `toPandas()` ends in "java.lang.OutOfMemoryError: Java heap space" in the driver.
    With `2048` the first collect aborts: "Total size of serialized results of 1 tasks (3.5 KiB) is bigger than
    spark.driver.maxResultSize (2.0 KiB)".
Example: spark-defaults.conf
    spark.driver.memory         8g
    spark.driver.maxResultSize  2048
Use instead: spark-defaults.conf
    spark.driver.memory         8g
    spark.driver.maxResultSize  2048m
Fix safety
    Unsafe: MiB is what such a number usually means.
Applies to
    Every manager and version. Only a limit that somebody wrote is judged, never the default.
References
    TaskSetManager.canFetchMoreResults; configuration page, "Application Properties".
"""

from __future__ import annotations

from spmlint.rule import DRIVER, UNSAFE, WARNING, Finding, Iterator, Job, Rule, replace
from spmlint.spark.reading import read
from spmlint.spark.sizes import is_bare

rule = Rule("SPM108", "result-size-exceeds-driver", fixable=UNSAFE)

KEY, HEAP = "spark.driver.maxResultSize", "spark.driver.memory"
MIB = 1 << 20
SMALL_HEAP_MIB = 4096


@rule.check(WARNING, triggers=(KEY,))
def no_protection(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    limit = read(job.conf, KEY, job.world.spark)
    if setting is None:
        return
    text = setting.value.value.strip()
    if is_bare(text) and 0 < limit < MIB:
        yield rule.finding(
            setting,
            f"{setting.label} {text} has no unit and counts bytes: larger results abort the job",
            fix=replace(setting, f"{text}m", f"write {text}m", UNSAFE),
        )
        return
    heap_mib = job.model.heap_mib(DRIVER)
    if heap_mib is None:
        return
    written = job.conf.winner(HEAP)
    if limit <= 0 and written is not None and not written.is_injected and heap_mib < SMALL_HEAP_MIB:
        yield rule.finding(
            setting, f"{setting.label} {text} lifts the limit on results that all go into a heap of {heap_mib} MiB"
        )
    elif limit >= heap_mib * MIB:
        yield rule.finding(
            setting,
            f"results of up to {limit // MIB} MiB are let into a driver heap of {heap_mib} MiB",
            derivation=lambda: [f"driver heap {heap_mib} MiB ({written.where() if written else 'the default'})"],
        )
