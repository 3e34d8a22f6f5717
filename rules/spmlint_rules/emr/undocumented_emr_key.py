"""A key under `spark.emr-serverless.` that EMR Serverless does not document.

What it does
    Compares `spark.emr-serverless.*` keys with those the user guide lists: driver and executor disk and disk type,
    memoryOverheadFactor, allocation.batch.size, driverEnv.*, lakeformation.enabled.
Why it hurts
    Nothing is refused and nothing happens: `spark.emr-serverless.executor.memory` leaves the executor at its default of 14G.
    Samples on the web contain such keys.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.emr-serverless.executor.memory=8g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.memory=8g"
      }}
    }
Applies to
    Wherever such a key is written.
References
    EMR Serverless user guide, Spark jobs (Spark job properties).
"""

from __future__ import annotations

from spmlint.emr.workers import DOCUMENTED_PREFIX, DOCUMENTED_PROPERTIES
from spmlint.rule import ROLES, WARNING, Finding, Iterator, Job, Rule

rule = Rule("SPM614", "undocumented-emr-key", supersedes=("SPM701",))

FAMILY = "spark.emr-serverless."
EXECUTOR_ENV = f"{FAMILY}executorEnv."
SPARKS_OWN = {f"{FAMILY}{role}.{what}": f"spark.{role}.{what}" for role in ROLES for what in ("memory", "cores")} | {
    f"{FAMILY}{role}.cpu": f"spark.{role}.cores" for role in ROLES
}


@rule.check(WARNING, triggers=(f"{FAMILY}*",))
def nobody_is_known_to_read_it(job: Job) -> Iterator[Finding]:
    for setting in job.conf.settings():
        key = setting.key
        if not key.startswith(FAMILY) or key in DOCUMENTED_PROPERTIES or key.startswith(DOCUMENTED_PREFIX):
            continue
        instead = SPARKS_OWN.get(key)
        if key.startswith(EXECUTOR_ENV):
            instead = key.replace(EXECUTOR_ENV, "spark.executorEnv.", 1)
        hint = "whether anything reads it is not known" if instead is None else f"set {instead}"
        yield rule.finding(setting.name or setting, f"{key} is not documented: {hint}", subject=key)
    job.presumed.conf.keys_with(FAMILY)  # a templated key may be one as well
