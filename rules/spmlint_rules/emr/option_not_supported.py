"""A job for EMR Serverless sets what the service decides itself.

What it does
    Finds `spark.master` and `spark.driver.extraClassPath`, which are refused, and what is for clusters with another manager:
    the deploy mode, YARN, Kubernetes and shuffle service settings, an executor's extra class path.
Why it hurts
    "ValidationException: Option 'spark.master' is not supported" at submission. The others are ignored at best: there is no
    queue to submit to, no pod to label, no shuffle service to register with.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.master=yarn --conf spark.executor.memory=12g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.memory=12g"
      }}
    }
Applies to
    EMR Serverless. Older names of keys that hold everywhere (`spark.yarn.executor.memoryOverhead`) are read there too. Only the
    refusal of the first two was observed; the others are warnings.
References
    EMR Serverless user guide, Spark jobs (properties and submit parameters); StartJobRun.
"""

from __future__ import annotations

from spmlint.rule import EMR_SERVERLESS, ERROR, WARNING, Finding, Iterator, Rule, Written
from spmlint.spark.manager_keys import only_reader

rule = Rule("SPM607", "option-not-supported")

REFUSED = ("spark.master", "spark.driver.extraClassPath")
SHUFFLE_SERVICE = "spark.shuffle.service.enabled"
UNUSED = {
    "spark.executor.extraClassPath": "EMR Serverless most likely refuses it as it does the driver's; spark.jars adds jars",
    "spark.submit.deployMode": "every job runs in cluster mode",
    SHUFFLE_SERVICE: "there is no external shuffle service",
}


@rule.check(ERROR, triggers=REFUSED, explains=("emr_options",))
def service_refuses(written: Written) -> Iterator[Finding]:
    if written.job.world.manager.known == EMR_SERVERLESS and not _is_master_flag(written):
        yield rule.finding(written.setting, f"EMR Serverless refuses the job: Option '{written.key}' is not supported")


@rule.check(
    WARNING, triggers=("spark.master", *UNUSED, "spark.yarn.*", "spark.kubernetes.*"), explains=("emr_options",)
)
def nothing_reads_it(written: Written) -> Iterator[Finding]:
    if written.job.world.manager.known != EMR_SERVERLESS or written.setting.is_injected:
        return
    if written.key == SHUFFLE_SERVICE and written.value.known().strip().lower() != "true":
        return
    reason = "the service is the cluster" if _is_master_flag(written) else UNUSED.get(written.key)
    if reason is None and only_reader(written.key, written.job.world.spark) is not None:
        reason = "it is for another cluster manager"
    if reason is not None:
        yield rule.finding(written.setting, f"{written.setting.label} has no place on EMR Serverless: {reason}")


def _is_master_flag(written: Written) -> bool:
    return written.key == "spark.master" and written.setting.label == "--master"
