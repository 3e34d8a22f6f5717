"""The master is spelt in a way that the target version no longer takes.

What it does
    Finds `yarn-cluster` and `yarn-client`, which are gone since Spark 3, and `mesos://`, which is gone since Spark 4.
Why it hurts
    "Master must either be yarn or start with spark, k8s, or local": spark-submit stops before anything else.
Example: nightly.sh
    spark-submit --master yarn-cluster --class com.example.Nightly nightly.jar
Use instead: nightly.sh
    spark-submit --master yarn --deploy-mode cluster --class com.example.Nightly nightly.jar
Applies to
    Every release spmlint models (3.1 and later); `mesos://` from 4.0 on.
References
    SparkSubmit.prepareSubmitEnvironment; SPARK-43831 (Mesos removed).
"""

from __future__ import annotations

from spmlint.answer import V4_0
from spmlint.rule import ERROR, Finding, Iterator, Job, Rule

rule = Rule("SPM715", "legacy-master")

KEY = "spark.master"
YARN_MODES = {"yarn-cluster": "cluster", "yarn-client": "client"}


@rule.check(ERROR, triggers=(KEY,), explains=("submit",))
def gone(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    if setting is None:
        return
    master = setting.value.known()
    if master in YARN_MODES:
        yield rule.finding(
            setting,
            f"{setting.label} {master} is refused since Spark 3; write yarn with deploy mode {YARN_MODES[master]}",
        )
    elif master.startswith("mesos") and job.world.spark >= V4_0:
        yield rule.finding(setting, f"{setting.label} {master} is refused: Spark 4 has no Mesos")
