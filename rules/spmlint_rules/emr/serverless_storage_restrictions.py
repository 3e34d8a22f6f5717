"""Serverless storage is switched on where EMR Serverless does not support it.

What it does
    Looks at what stands beside `spark.aws.serverlessStorage.enabled=true`: a release before emr-7.12.0, workers of 1 or 2 vCPU,
    a streaming job, an interactive session, a timeout above 24 hours; and, as a warning, sizes of a local disk and
    pre-initialised workers, which it does not use.
Why it hurts
    The job fails, some of them only when they have waited for workers. With a disk size beside it nothing fails, and the disk
    stays at 20 GB: "No space left on device" where sorting still spills to it (before emr-7.14).
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.aws.serverlessStorage.enabled=true --executor-cores 2 --executor-memory 8g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.aws.serverlessStorage.enabled=true --executor-cores 4 --executor-memory 16g"
      }}
    }
Applies to
    EMR Serverless; the release where the application is given.
References
    EMR Serverless user guide, Serverless storage.
"""

from __future__ import annotations

from spmlint.emr.application import SESSION, runs_here
from spmlint.emr.pools import INITIAL_CAPACITY
from spmlint.emr.releases import SERVERLESS_STORAGE, has_feature
from spmlint.rule import ERROR, ROLES, WARNING, Finding, Iterator, Job, Related, Rule, Setting

rule = Rule("SPM608", "serverless-storage-restrictions")

STORAGE = "spark.aws.serverlessStorage.enabled"
FEWEST_VCPU = 4
LONGEST_MINUTES = 24 * 60
JOB_RUN = "EmrServerlessJobRun"


@rule.check(ERROR, triggers=(STORAGE,))
def not_supported_here(job: Job) -> Iterator[Finding]:
    storage = _switched_on(job)
    if storage is None:
        return
    if job.kind == SESSION:
        yield rule.finding(storage, "interactive sessions have no serverless storage")
    application = job.place.application
    release = None if application is None else application.word("releaseLabel")
    if application is not None and release is not None and has_feature(release, SERVERLESS_STORAGE) is False:
        related = [Related(application.place("releaseLabel"), release)]
        yield rule.finding(storage, f"{release} has no serverless storage: it begins with emr-7.12.0", related=related)


@rule.check(ERROR, triggers=(STORAGE,))
def workers_too_small(job: Job, role: str) -> Iterator[Finding]:
    storage = _switched_on(job)
    cpu = None if storage is None else job.model.cpu(role)
    if storage is not None and cpu is not None and int(cpu.request) < FEWEST_VCPU:
        yield rule.finding(
            job.conf.setting(f"spark.{role}.cores") or storage,
            f"serverless storage needs workers of {FEWEST_VCPU} vCPU or more, the {role} has {cpu.request}",
        )


@rule.check(ERROR, triggers=(STORAGE,))
def request_does_not_allow_it(job: Job) -> Iterator[Finding]:
    run = job.resource
    if run is None or run.kind != JOB_RUN or _switched_on(job) is None:
        return
    if run.word("mode") == "STREAMING":
        yield rule.finding(run.place("mode"), "streaming jobs have no serverless storage")
    minutes = run.word("executionTimeoutMinutes")
    if minutes is not None and minutes.isdecimal() and int(minutes) > LONGEST_MINUTES:
        yield rule.finding(
            run.place("executionTimeoutMinutes"),
            f"jobs with serverless storage may take {LONGEST_MINUTES} minutes at most, not {minutes}",
        )


@rule.check(WARNING, triggers=(STORAGE,))
def not_used_beside_it(job: Job) -> Iterator[Finding]:
    storage = _switched_on(job)
    if storage is None:
        return
    for role in ROLES:
        for key in (f"spark.emr-serverless.{role}.disk", f"spark.emr-serverless.{role}.disk.type"):
            setting = job.conf.setting(key)
            if setting is not None:
                yield rule.finding(setting, f"{setting.label} has no use: shuffle data lies in serverless storage")
    application = job.place.application
    if application is not None and application.has(INITIAL_CAPACITY):
        yield rule.finding(
            storage,
            "jobs with serverless storage never use the pre-initialised workers of their application",
            related=[Related(application.place(INITIAL_CAPACITY), "the pre-initialised workers")],
        )


def _switched_on(job: Job) -> Setting | None:
    setting = job.conf.setting(STORAGE) if runs_here(job) else None
    return setting if setting is not None and setting.value.known().strip().lower() == "true" else None
