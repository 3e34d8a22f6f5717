"""Dynamic allocation removes executors together with what they cache, or never lets go of those that cache.

What it does
    `spark.dynamicAllocation.cachedExecutorIdleTimeout` is infinite unless it is set: an executor with cached blocks is kept
    until the job ends. Set, it drops the cache of an executor that was idle for so long. Reports a finite timeout, and an
    infinite one in a job whose settings prepare for caching. Advice: asked for by name only.
Why it hurts
    With a finite timeout a cached table is computed again after a pause, for no visible reason. With an infinite one a notebook
    keeps its executors, and their cost, over night.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.dynamicAllocation.enabled=true --conf spark.shuffle.service.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --conf spark.dynamicAllocation.cachedExecutorIdleTimeout=60s \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.dynamicAllocation.enabled=true --conf spark.shuffle.service.enabled=true \\
      --conf spark.dynamicAllocation.maxExecutors=20 \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager with dynamic allocation.
References
    ExecutorMonitor; configuration page, "Dynamic Allocation".
"""

from __future__ import annotations

from spmlint.rule import INFO, Finding, Iterator, Job, Rule
from spmlint.spark.executors import ENABLED, is_dynamic
from spmlint.spark.numbers import INT_MAX
from spmlint.spark.reading import read

rule = Rule("SPM803", "idle-timeout-drops-cache")

TIMEOUT = "spark.dynamicAllocation.cachedExecutorIdleTimeout"
CACHING = (
    "spark.memory.storageFraction",
    "spark.sql.inMemoryColumnarStorage.batchSize",
    "spark.sql.inMemoryColumnarStorage.compressed",
    "spark.sql.defaultCacheStorageLevel",
)
"""Settings that nobody writes who does not cache."""


@rule.check(INFO, triggers=(TIMEOUT,), advice=True)
def cache_is_dropped(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(TIMEOUT)
    seconds = read(job.conf, TIMEOUT, job.world.spark)
    if setting is not None and seconds < INT_MAX and is_dynamic(job.conf, job.world):
        yield rule.finding(
            setting,
            f"what an executor caches is lost once it has been idle for {seconds} s, and computed again when needed",
        )


@rule.check(INFO, triggers=CACHING, advice=True)
def executors_are_never_released(job: Job) -> Iterator[Finding]:
    caching = next((setting for key in CACHING if (setting := job.conf.winner(key)) is not None), None)
    if caching is None or not is_dynamic(job.conf, job.world) or read(job.conf, TIMEOUT, job.world.spark) < INT_MAX:
        return
    yield rule.finding(
        job.conf.winner(ENABLED) or caching,
        f"{caching.label} prepares for caching, and without {TIMEOUT} an executor that caches is kept until the job ends",
    )
