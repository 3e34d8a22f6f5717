"""On EMR Serverless dynamic allocation begins with 3 executors unless told otherwise, whatever the number asked for.

What it does
    EMR Serverless switches dynamic allocation on and sets `spark.dynamicAllocation.initialExecutors` to 3. A maximum below
    the number to begin with is refused; `spark.executor.instances` (`numExecutors`, `--num-executors`) below 3 is not a cap:
    Spark begins with the most of instances, minimum and initial.
Why it hurts
    "Maximum value of spark.dynamicAllocation.initialExecutors: 3 must be between spark.dynamicAllocation.minExecutor 0 and
    spark.dynamicAllocation.maxExecutors 2." before any code runs; or three workers are billed where one was asked for.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.dynamicAllocation.maxExecutors=2"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.dynamicAllocation.initialExecutors=1 --conf spark.dynamicAllocation.maxExecutors=2"
      }}
    }
Applies to
    EMR Serverless, every release. To pin a number N: `spark.dynamicAllocation.enabled=false` with
    `spark.executor.instances=N`, or minimum, initial and maximum all N.
References
    EMR Serverless user guide, Spark jobs (default properties); Spark, Utils.getDynamicAllocationInitialExecutors.
"""

from __future__ import annotations

from spmlint.rule import EMR_SERVERLESS, ERROR, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.executors import INITIAL, INSTANCES, MAXIMUM, MINIMUM, is_dynamic

rule = Rule("SPM402", "dynamic-allocation-minimum", supersedes=("SPM401", "SPM406"))


@rule.check(ERROR, triggers=(MAXIMUM,), explains=("initial_executors",), platforms=(EMR_SERVERLESS,))
def maximum_below_initial(job: Job) -> Iterator[Finding]:
    if job.world.manager != EMR_SERVERLESS or job.refusal("initial_executors") is None:
        return
    maximum, bounds = job.conf.setting(MAXIMUM), job.model.executors()
    if maximum is None or bounds.maximum is None or (bounds.minimum or 0) > bounds.maximum:
        return
    yield rule.finding(
        maximum,
        f"at most {bounds.maximum} executors, but the job begins with {bounds.initial} and is refused: "
        f"set {INITIAL} to {bounds.maximum}, or the maximum to {bounds.initial}",
        derivation=_beginning(job),
    )


@rule.check(WARNING, triggers=(INSTANCES,), platforms=(EMR_SERVERLESS,))
def more_start_than_asked(job: Job) -> Iterator[Finding]:
    if job.world.manager != EMR_SERVERLESS or not is_dynamic(job.conf, job.world):
        return
    instances, bounds = job.conf.setting(INSTANCES), job.model.executors()
    if instances is None or job.conf.get(INITIAL) is not None or job.refusal("initial_executors") is not None:
        return
    asked, initial = int(instances.value.known()), bounds.initial or 0
    if (bounds.minimum or 0) <= asked < initial:
        yield rule.finding(
            instances,
            f"{initial} executors start, not {asked}: dynamic allocation is on by default and begins with "
            f"{initial}; to pin {asked}, set spark.dynamicAllocation.enabled to false",
            derivation=[
                *_beginning(job),
                f"to keep dynamic allocation and pin {asked}: {MINIMUM}, {INITIAL} and {MAXIMUM} all {asked}",
            ],
        )


def _beginning(job: Job) -> list[str]:
    """What the number of executors to begin with is made of."""
    terms = []
    for name, key, default in (("minimum", MINIMUM, "0"), ("initial", INITIAL, "3"), ("instances", INSTANCES, "")):
        setting = job.conf.setting(key)
        if setting is not None:
            terms.append(f"{name} {setting.value.known()} ({setting.where()})")
        elif default:
            terms.append(f"{name} {default} (the default of EMR Serverless)")
    return [f"executors at first {job.model.executors().initial} = the most of {', '.join(terms)}"]
