"""A retry policy sets the number that the job's mode does not use.

What it does
    `maxAttempts` is for jobs of mode BATCH, which is the default, and `maxFailedAttemptsPerHour` for STREAMING. Finds the one
    beside the other mode.
Why it hurts
    The limit that was meant is not set: a batch job is not retried at all, a streaming job is retried 5 times an hour.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "retryPolicy": {"maxFailedAttemptsPerHour": 3},
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "retryPolicy": {"maxAttempts": 3},
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py"
      }}
    }
Applies to
    Job runs of EMR Serverless, emr-7.1.0 and later.
References
    botocore, emr-serverless/2021-07-13: RetryPolicy; EMR Serverless user guide, Job resiliency.
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM619", "retry-policy-mode-mismatch")

FIELD_OF = {"BATCH": "maxAttempts", "STREAMING": "maxFailedAttemptsPerHour"}


@rule.check(WARNING, triggers=("EmrServerlessJobRun",))
def for_the_other_mode(resource: Resource) -> Iterator[Finding]:
    mode = resource.word("mode") or "BATCH"
    for other, field in FIELD_OF.items():
        if mode in FIELD_OF and other != mode and resource.has("retryPolicy", field):
            said = mode if resource.has("mode") else f"{mode}, the default"
            yield rule.finding(
                resource.place("retryPolicy", field),
                f"{field} is for jobs of mode {other}, and this one's is {said}: set {FIELD_OF[mode]}",
                subject=field,
            )
