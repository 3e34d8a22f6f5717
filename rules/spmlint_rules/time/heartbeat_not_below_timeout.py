"""The driver gives executors up sooner than it looks at them or they report to it.

What it does
    Checks what Spark checks when the driver starts: `spark.executor.heartbeatInterval` below `spark.network.timeout`, of which
    only whole seconds count; and neither the heartbeat nor `spark.network.timeoutInterval` (60 s, how often the driver looks)
    above the time after which a silent executor is lost.
Why it hurts
    The driver dies at its start: "The value of spark.network.timeout=10s must be greater than the value of
    spark.executor.heartbeatInterval=30s", or "spark.network.timeoutInterval should be less than or equal to
    spark.network.timeout" where the timeout alone was lowered below a minute.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.network.timeout=30s \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.network.timeout=60s \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version, local mode too.
References
    SparkConf.validateSettings; HeartbeatReceiver; configuration page, "Networking".
"""

from __future__ import annotations

from spmlint.rule import ERROR, INFO, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read
from spmlint.spark.start_checks import silence_allowed_ms

rule = Rule("SPM801", "heartbeat-not-below-timeout")

HEARTBEAT = "spark.executor.heartbeatInterval"
TIMEOUT = "spark.network.timeout"
LOST_AFTER = "spark.storage.blockManagerHeartbeatTimeoutMs"
KEYS = (HEARTBEAT, TIMEOUT, "spark.network.timeoutInterval", LOST_AFTER, "spark.storage.blockManagerSlaveTimeoutMs")

BEATS = 4
"""An executor that may miss fewer heartbeats than this is lost to one long garbage collection."""


@rule.check(ERROR, triggers=KEYS, explains=("validate", "heartbeat"))
def never_starts(job: Job) -> Iterator[Finding]:
    for check in ("validate", "heartbeat"):
        refusal = job.refusal(check)
        # A value that is no duration has one key only, and another rule.
        if refusal is None or len(refusal.keys) < 2 or not set(refusal.keys) <= set(KEYS):
            continue
        setting = job.refused_setting(refusal)
        if setting is not None:
            yield rule.finding(setting, f"the driver refuses to start: {refusal.message}")
            return


@rule.check(INFO, triggers=(HEARTBEAT, TIMEOUT, LOST_AFTER), advice=True)
def few_heartbeats(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(HEARTBEAT) or job.conf.setting(LOST_AFTER) or job.conf.setting(TIMEOUT)
    interval = read(job.conf, HEARTBEAT, job.world.spark)
    lost_after, _ = silence_allowed_ms(job.conf, job.world.spark)
    if setting is not None and interval < lost_after < BEATS * interval:
        yield rule.finding(
            setting,
            f"an executor speaks every {interval} ms and is lost after {lost_after} ms of silence: "
            f"fewer than {BEATS} missed heartbeats",
        )
