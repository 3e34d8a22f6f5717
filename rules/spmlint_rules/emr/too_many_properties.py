"""A request to EMR holds more, or something else, than its API takes.

What it does
    Counts the properties of each configuration (100 at most, values of up to 1024 characters), and finds two drivers in one
    request, sparkSubmitParameters that are not one string, and `Classification` and `Properties` with capitals, which other
    AWS services write so.
Why it hurts
    "Value at 'configurationOverrides...properties' failed to satisfy constraint: Member must have length less than or equal to
    100", "Unknown parameter in input: Classification". What does not fit goes into sparkSubmitParameters as `--conf`.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "configurationOverrides": {"applicationConfiguration": [{
        "Classification": "spark-defaults",
        "Properties": {"spark.executor.memory": "12g"}
      }]},
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "configurationOverrides": {"applicationConfiguration": [{
        "classification": "spark-defaults",
        "properties": {"spark.executor.memory": "12g"}
      }]},
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py"
      }}
    }
Applies to
    EMR Serverless and EMR on EKS, their JSON requests. Not CloudFormation, Step Functions and EMR on EC2, which write capitals.
References
    botocore, emr-serverless/2021-07-13 and emr-containers/2020-10-01: Configuration, JobDriver, SparkSubmit.
"""

from __future__ import annotations

from spmlint.rule import ERROR, Finding, Iterator, Resource, Rule, View

rule = Rule("SPM610", "too-many-properties", supersedes=("SPM710",))

DRIVERS = {
    "EmrServerlessJobRun": ("sparkSubmit", "hive"),
    "EmrContainersJobRun": ("sparkSubmitJobDriver", "sparkSqlJobDriver"),
}
"""The members of each API's union of drivers, of which exactly one is set."""

LISTS = (("runtimeConfiguration",), ("configurationOverrides", "applicationConfiguration"))
KINDS = ("EmrServerlessApplication", *DRIVERS)
MOST_PROPERTIES = 100
LONGEST_VALUE = 1024
CAMEL_CASE = {"Classification": "classification", "Properties": "properties", "Configurations": "configurations"}


@rule.check(ERROR, triggers=KINDS)
def configuration_is_refused(resource: Resource) -> Iterator[Finding]:
    for path in LISTS:
        resource.word(*path)  # a placeholder may stand for the whole list
        for configuration in resource.items(*path):
            yield from _of(configuration)


@rule.check(ERROR, triggers=tuple(DRIVERS))
def driver_is_refused(resource: Resource) -> Iterator[Finding]:
    members = [member for member in DRIVERS[resource.kind] if resource.has("jobDriver", member)]
    if len(members) > 1:
        yield rule.finding(
            resource.place("jobDriver"),
            f"jobDriver holds {' and '.join(members)}: it takes exactly one",
            subject="driver",
        )
    for member in members:
        parameters = resource.at("jobDriver", member, "sparkSubmitParameters")
        if parameters is not None and parameters.value() is None:
            yield rule.finding(parameters, "sparkSubmitParameters is one string, not a list or an object")


def _of(configuration: View) -> Iterator[Finding]:
    for field in configuration.fields():
        if field in CAMEL_CASE:
            yield rule.finding(
                configuration.key_of(field) or configuration,
                f"unknown parameter {field}: this API writes {CAMEL_CASE[field]}",
                subject=field,
            )
    properties = configuration.parts("properties")
    if len(properties) > MOST_PROPERTIES:
        yield rule.finding(
            configuration.place("properties"),
            f"{len(properties)} properties, and a configuration takes {MOST_PROPERTIES}: "
            "move some to sparkSubmitParameters as --conf",
            subject="properties",
        )
    for name, part in properties.items():
        text = part.value()
        if text is not None and not text.holes and len(text.value) > LONGEST_VALUE:
            yield rule.finding(
                text, f"the value of {name} has {len(text.value)} characters, {LONGEST_VALUE} at most", subject=name
            )
