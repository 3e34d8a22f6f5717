"""The job's spark-defaults drop those of its application.

What it does
    EMR Serverless merges configurations by classification, not by key: a job that gives `spark-defaults` of its own loses every
    property of the application's `spark-defaults`. Finds jobs where properties get lost that way.
Why it hurts
    The application's metastore factory, encryption settings or Java options silently do not hold for the job: "Table or view
    not found" although the catalog is configured.
Given: application.json
    {
      "applicationId": "00f1abcdef2gh300",
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "runtimeConfiguration": [{
        "classification": "spark-defaults",
        "properties": {"spark.hadoop.hive.metastore.client.factory.class": "com.example.Factory"}
      }]
    }
Example: request.json
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
    EMR Serverless before emr-spark-8.1, which merges by key, where the application is given. `--conf` in sparkSubmitParameters
    drops nothing. An empty classification is taken to be meant.
References
    EMR Serverless user guide, Default application configuration.
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Job, Related, Rule, Setting

rule = Rule("SPM609", "classification-replaced")


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def application_settings_are_lost(job: Job) -> Iterator[Finding]:
    cleared = [layer for layer in job.layers if layer.clears and layer not in job.conf.layers]
    clearing = next((layer for layer in job.conf.layers if layer.clears and layer.settings), None)
    lost = [setting for layer in cleared for setting in layer.settings if job.conf.setting(setting.key) is None]
    if clearing is None or not lost:
        return
    place: Setting = clearing.settings[0]
    names = ", ".join(setting.key for setting in lost[:3]) + (" and others" if len(lost) > 3 else "")
    yield rule.finding(
        place.name or place,
        f"this {clearing.classification} drops the application's whole {clearing.classification}: {names}",
        related=[Related(setting, f"{setting.key} = {setting.value.value}") for setting in lost[:3]],
        subject=clearing.classification or "",
    )
