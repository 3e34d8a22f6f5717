"""A field of a request to EMR lies outside the range the service takes.

What it does
    Checks idleTimeoutMinutes (1 to 10080), maxConcurrentRuns (1 to 1000), queueTimeoutMinutes (15 to 720), workerCount (1 to
    1000000) and architecture (ARM64 or X86_64), that a scheduler is not asked for before emr-7.0.0, and that the `logUri` of
    s3MonitoringConfiguration is an address in S3.
Why it hurts
    "ValidationException ... failed to satisfy constraint: Member must have value less than or equal to 10080". The SDK and the
    command line do not check ranges and words, so it comes back from the service. Where logs cannot be written there is nothing
    to read when the job has failed.
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "autoStopConfiguration": {"enabled": true, "idleTimeoutMinutes": 20000}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "autoStopConfiguration": {"enabled": true, "idleTimeoutMinutes": 10080}
    }
Applies to
    Applications of EMR Serverless; job runs of EMR Serverless and of EMR on EKS for `logUri`, where the service's reaction is not
    documented.
References
    botocore, emr-serverless/2021-07-13: AutoStopConfig, SchedulerConfiguration, WorkerCounts, Architecture; EMR on EKS
    development guide, "Configure a job run to use S3 logs".
"""

from __future__ import annotations

from spmlint.emr.pools import INITIAL_CAPACITY
from spmlint.emr.releases import SCHEDULER, has_feature
from spmlint.rule import ERROR, WARNING, Finding, Iterator, Resource, Rule, View

rule = Rule("SPM618", "emr-field-out-of-range")

RANGES = {
    ("autoStopConfiguration", "idleTimeoutMinutes"): (1, 10080),
    ("schedulerConfiguration", "maxConcurrentRuns"): (1, 1000),
    ("schedulerConfiguration", "queueTimeoutMinutes"): (15, 720),
}
WORKERS = (1, 1_000_000)
ARCHITECTURES = ("ARM64", "X86_64")
LOGS = ("monitoringConfiguration", "s3MonitoringConfiguration", "logUri")


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def service_refuses(resource: Resource) -> Iterator[Finding]:
    for path, bounds in RANGES.items():
        yield from _outside(resource, path, bounds, path[-1])
    for name, pool in resource.parts(INITIAL_CAPACITY).items():
        yield from _outside(pool, ("workerCount",), WORKERS, f"workerCount of {name}")
    architecture = resource.word("architecture")
    if architecture is not None and architecture not in ARCHITECTURES:
        yield rule.finding(
            resource.place("architecture"),
            f"architecture '{architecture}' is refused: it is {' or '.join(ARCHITECTURES)}",
            subject="architecture",
        )


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def release_has_no_scheduler(resource: Resource) -> Iterator[Finding]:
    release = resource.word("releaseLabel")
    scheduled = resource.has("schedulerConfiguration")
    if release is not None and scheduled and has_feature(release, SCHEDULER) is False:
        yield rule.finding(
            resource.place("schedulerConfiguration"),
            f"{release} does not queue jobs: schedulerConfiguration begins with emr-7.0.0",
            subject="schedulerConfiguration",
        )


@rule.check(WARNING, triggers=("EmrServerlessApplication", "EmrServerlessJobRun", "EmrContainersJobRun"))
def logs_go_nowhere(resource: Resource) -> Iterator[Finding]:
    for path in (LOGS, ("configurationOverrides", *LOGS)):
        address = resource.value(*path)
        if address is not None and not address.value.lower().startswith("s3://"):
            yield rule.finding(
                address,
                f"logUri {address.known()} is no address in S3: it begins with s3://",
                subject="logUri",
            )


def _outside(view: View, path: tuple[str, ...], bounds: tuple[int, int], name: str) -> Iterator[Finding]:
    text = view.word(*path)
    if text is None or not text.removeprefix("-").isdecimal():
        return
    low, high = bounds
    if not low <= int(text) <= high:
        yield rule.finding(view.place(*path), f"{name} {text} is refused: it is {low} to {high}", subject=name)
