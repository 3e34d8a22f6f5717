"""An application's maximumCapacity can never be used up, or is too small for any job.

What it does
    Compares memory with vCPU: workers have 1.875 to 8 GB for each vCPU, so a bound outside that ratio is reached by the one
    before the other is used up. Compares the whole with the smallest driver and executor there are (2 vCPU, 4 GB, 40 GB of
    disk) and, where no job is known, with those of a job that asks for nothing (8 vCPU, 32 GB, 40 GB).
Why it hurts
    200 vCPU and 100 GB look like room for 50 executors and hold 5 default ones: "Worker could not be allocated as the
    application has exceeded maximumCapacity settings: [memory: 100 GB]". Below two workers no job ever runs.
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "maximumCapacity": {"cpu": "200 vCPU", "memory": "100 GB"}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "maximumCapacity": {"cpu": "200 vCPU", "memory": "800 GB"}
    }
Applies to
    EMR Serverless applications of type Spark. Where the job is known too, its own workers decide, which is another rule.
References
    EMR Serverless user guide, Understanding application behavior; Spark jobs (defaults).
"""

from __future__ import annotations

from spmlint.emr.application import maximum_capacity
from spmlint.emr.capacity import CPU, MEMORY, Capacity, exceeded, needed, never_used
from spmlint.emr.workers import DEFAULT_WORKER, SMALLEST_WORKER
from spmlint.rule import ERROR, INFO, WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM615", "capacity-cannot-be-used")

SMALLEST_JOB = needed(SMALLEST_WORKER, SMALLEST_WORKER, 1)
DEFAULT_JOB = needed(DEFAULT_WORKER, DEFAULT_WORKER, 1)


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def no_job_ever_runs(resource: Resource) -> Iterator[Finding]:
    maximum = _of_spark(resource)
    over = exceeded(SMALLEST_JOB, maximum) if maximum is not None else ()
    if over:
        yield rule.finding(
            resource.place("maximumCapacity", over[0]),
            f"no job ever runs in {maximum}: the smallest driver and executor take {SMALLEST_JOB}",
            subject="maximumCapacity",
        )


@rule.check(INFO, triggers=("EmrServerlessApplication",))
def no_default_job_runs(resource: Resource) -> Iterator[Finding]:
    maximum = _of_spark(resource)
    if maximum is None or resource.has_jobs or exceeded(SMALLEST_JOB, maximum):
        return
    over = exceeded(DEFAULT_JOB, maximum)
    if over:
        yield rule.finding(
            resource.place("maximumCapacity", over[0]),
            f"a job that asks for no sizes does not run in {maximum}: its driver and one executor take {DEFAULT_JOB}",
            subject="maximumCapacity",
        )


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def never_used_up(resource: Resource) -> Iterator[Finding]:
    maximum = _of_spark(resource)
    unused = never_used(maximum) if maximum is not None else None
    if maximum is None or unused is None or exceeded(SMALLEST_JOB, maximum):
        return
    if unused == CPU:
        said = (
            f"the {maximum.cpu} vCPU: workers have at least 1.875 GB for each, and {maximum.memory_gb} GB are allowed"
        )
    else:
        said = f"the {maximum.memory_gb} GB: workers have at most 8 for each vCPU, and {maximum.cpu} vCPU are allowed"
    yield rule.finding(
        resource.place("maximumCapacity", CPU if unused == CPU else MEMORY),
        f"no mix of workers can use up {said}",
        subject="maximumCapacity",
    )


def _of_spark(resource: Resource) -> Capacity | None:
    """The bound of an application that runs Spark; Hive has other workers by default."""
    kind = resource.word("type")
    return maximum_capacity(resource) if kind is None or kind.lower() == "spark" else None
