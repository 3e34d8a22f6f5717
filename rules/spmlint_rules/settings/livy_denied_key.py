"""A Livy request sets a key that a Livy server denies to its users.

What it does
    Looks for the keys in the request's `conf` that the server's list of denied configurations holds as it is shipped: the
    master, the deploy mode, YARN's Spark jars, and the session's own idle timeout.
Why it hurts
    "Blacklisted configuration values in session config: spark.master": the session is not created.
Example: request.json
    {"kind": "pyspark", "executorMemory": "4g", "conf": {"spark.submit.deployMode": "cluster"}}
Use instead: request.json
    {"kind": "pyspark", "executorMemory": "4g"}
Applies to
    Open-source Livy and sparkmagic. The list is a template an administrator may change; EMR Serverless has one of its own.
References
    Livy, spark-blacklist.conf.template; Session.prepareConf.
"""

from __future__ import annotations

from spmlint.rule import EMR_SERVERLESS, WARNING, Finding, Iterator, Job, Rule

rule = Rule("SPM722", "livy-denied-key")

DENIED = (
    "livy.rsc.server.idle-timeout",
    "spark.master",
    "spark.submit.deployMode",
    "spark.yarn.archive",
    "spark.yarn.jar",
    "spark.yarn.jars",
)


@rule.check(WARNING, triggers=("Livy*",))
def denied(job: Job) -> Iterator[Finding]:
    if not job.kind.startswith("Livy") or job.world.platform.known == EMR_SERVERLESS:
        return
    for key in DENIED:
        setting = job.conf.setting(key)
        if setting is not None:
            yield rule.finding(
                setting.name or setting,
                f'{setting.label} is denied by a Livy server as it is shipped: "Blacklisted configuration values"',
                subject=key,
            )
