"""A time without a unit counts something else than its number suggests.

What it does
    Half of Spark's timeouts count milliseconds where no unit is written, the other half seconds. Reports bare numbers below
    1000 where milliseconds are counted (`spark.executor.heartbeatInterval=60` is 60 ms), and from 10000 where seconds are
    (`spark.network.timeout=120000` is 33 hours). A value with a unit is never reported.
Why it hurts
    Sixty milliseconds between heartbeats flood the driver; with a timeout of 33 hours a dead executor holds its tasks until
    somebody kills the job. Spark says nothing to either.
Example: spark-defaults.conf
    spark.executor.heartbeatInterval  20
    spark.network.timeout             300000
Use instead: spark-defaults.conf
    spark.executor.heartbeatInterval  20s
    spark.network.timeout             300000ms
Fix safety
    Unsafe: the unit that was probably meant, which changes what the setting does.
Applies to
    Every manager and version.
References
    JavaUtils.timeStringAs; configuration page, "Spark Properties".
"""

from __future__ import annotations

from spmlint.rule import UNSAFE, WARNING, Finding, Iterator, Rule, Written, replace
from spmlint.spark.sizes import is_bare

rule = Rule("SPM802", "timeout-unit-mistake", fixable=UNSAFE)

MILLISECONDS = (
    "spark.executor.heartbeatInterval",
    "spark.network.timeoutInterval",
    "spark.storage.blockManagerHeartbeatTimeoutMs",
    "spark.storage.blockManagerSlaveTimeoutMs",
    "spark.storage.blockManagerTimeoutIntervalMs",
    "spark.locality.wait",
    "spark.locality.wait.node",
    "spark.locality.wait.process",
    "spark.locality.wait.rack",
    "spark.dynamicAllocation.shuffleTracking.timeout",
    "spark.kubernetes.allocation.batch.delay",
    "spark.kubernetes.allocation.executor.timeout",
    "spark.kubernetes.executor.missingPodDetectDelta",
)
SECONDS = (
    "spark.network.timeout",
    "spark.rpc.askTimeout",
    "spark.rpc.lookupTimeout",
    "spark.sql.broadcastTimeout",
    "spark.dynamicAllocation.executorIdleTimeout",
    "spark.dynamicAllocation.cachedExecutorIdleTimeout",
    "spark.dynamicAllocation.schedulerBacklogTimeout",
    "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout",
    "spark.executor.decommission.killInterval",
    "spark.executor.decommission.forceKillTimeout",
    "spark.kubernetes.executor.terminationGracePeriodSeconds",
)
SHORT_MILLISECONDS, LONG_SECONDS = 1000, 10_000
MOST_DIGITS = 18


@rule.check(WARNING, triggers=(*MILLISECONDS, *SECONDS))
def other_unit_meant(written: Written) -> Iterator[Finding]:
    text = written.value.known().strip()
    if not (written.wins and is_bare(text) and len(text) <= MOST_DIGITS):
        return
    number = int(text)
    if written.key in MILLISECONDS and 0 < number < SHORT_MILLISECONDS:
        counts, meant = f"{number} milliseconds", "s"
    elif written.key in SECONDS and number >= LONG_SECONDS:
        counts, meant = f"seconds, which is {_long(number)}", "ms"
    else:
        return
    yield rule.finding(
        written.setting,
        f"{written.setting.label} {text} has no unit and counts {counts}; {text}{meant} was probably meant",
        fix=replace(written.setting, f"{text}{meant}", f"write {text}{meant}", UNSAFE),
    )


def _long(seconds: int) -> str:
    hours = seconds / 3600
    return f"{hours:.3g} hours" if hours < 48 else f"{hours / 24:.3g} days"
