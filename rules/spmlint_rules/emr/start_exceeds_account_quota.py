"""The job begins with more vCPU than a new AWS account may use.

What it does
    Adds up the vCPU of the driver and of the executors to begin with and compares with the quota of an account, 16 unless it
    was raised. Says nothing where the application's own maximumCapacity allows more, since somebody must have raised it.
Why it hurts
    "Job failed as account has reached the service limit on the maximum vCPU it can use concurrently". A job that asks for
    nothing takes exactly 16: a driver and three executors of 4.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.dynamicAllocation.enabled=false --conf spark.executor.instances=4"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.dynamicAllocation.enabled=false --conf spark.executor.instances=3"
      }}
    }
Applies to
    EMR Serverless. The quota (Max concurrent vCPUs per account, L-D05C8A75) is per region and can be raised: facts may say
    how far (`emr-serverless.account-vcpu-quota`).
References
    EMR Serverless user guide, Endpoints and quotas; Troubleshooting.
"""

from __future__ import annotations

from spmlint.emr.application import maximum_capacity
from spmlint.emr.capacity import DEFAULT_ACCOUNT_VCPU
from spmlint.place import account_vcpu
from spmlint.rule import DRIVER, EMR_SERVERLESS, EXECUTOR, INFO, Finding, Iterator, Job, Rule
from spmlint.spark.executors import INITIAL, INSTANCES, MINIMUM

rule = Rule("SPM617", "start-exceeds-account-quota")

CORES = ("spark.executor.cores", "spark.driver.cores")


@rule.check(INFO, triggers=(INSTANCES, INITIAL, MINIMUM, *CORES), platforms=(EMR_SERVERLESS,))
def more_than_the_quota(job: Job) -> Iterator[Finding]:
    if job.world.manager.known != EMR_SERVERLESS:
        return
    driver, executor = job.model.cpu(DRIVER), job.model.cpu(EXECUTOR)
    count = job.model.executors().initial
    if driver is None or executor is None or count is None:
        return
    vcpu = int(driver.request) + count * int(executor.request)
    quota = account_vcpu(job.place)
    if vcpu <= (DEFAULT_ACCOUNT_VCPU if quota is None else quota):
        return
    if quota is not None:
        allowed = f"its account may use {quota}"
    elif _is_raised(job):
        return
    else:
        allowed = f"an account may use {DEFAULT_ACCOUNT_VCPU} unless its quota was raised"
    settings = (job.conf.setting(key) for key in (INSTANCES, INITIAL, MINIMUM, *CORES))
    yield rule.finding(
        next((setting for setting in settings if setting is not None), job.span),
        f"the job begins with {vcpu} vCPU, {driver.request} for the driver and {count} x {executor.request}: {allowed}",
    )


def _is_raised(job: Job) -> bool:
    """Whether the job's application may use more than the default quota, as only an account with a larger one could."""
    maximum = None if job.place.application is None else maximum_capacity(job.place.application)
    return maximum is not None and maximum.cpu > DEFAULT_ACCOUNT_VCPU
