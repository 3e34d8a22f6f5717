"""maximizeResourceAllocation stands beside explicit sizes, or where it does nothing.

What it does
    The classification `spark` with `maximizeResourceAllocation` makes EMR compute the sizes of driver and executors from the
    cluster's instances. Finds explicit sizes in `spark-defaults` beside it, HBase on the same cluster, and
    `spark.maximizeResourceAllocation`, which is no setting of Spark.
Why it hurts
    What holds is half of each: explicit memory with computed cores and counts, or a job that waits for ever because nodes that
    came later do not hold the executor computed from the first ones. For HBase EMR keeps back a part of each node, which the
    computation does not know of: Spark asks for containers that YARN cannot give. As a `--conf` the setting does nothing at all.
Example: configurations.json
    [
      {"Classification": "spark", "Properties": {"maximizeResourceAllocation": "true"}},
      {"Classification": "spark-defaults", "Properties": {"spark.executor.memory": "10g"}}
    ]
Use instead: configurations.json
    [
      {"Classification": "spark", "Properties": {"maximizeResourceAllocation": "true"}}
    ]
Applies to
    EMR on EC2. HBase is seen where the request for the cluster names its applications.
References
    EMR release guide, Configure Spark (maximizeResourceAllocation); awsdocs/amazon-emr-release-guide issue 34.
"""

from __future__ import annotations

from spmlint.emr.instances import has_application, property_of
from spmlint.rule import WARNING, Finding, Iterator, Related, Resource, Rule, Written

rule = Rule("SPM612", "maximize-resource-allocation-conflict", supersedes=("SPM701", "SPM709"))

SWITCH = ("spark", "maximizeResourceAllocation")
AS_SETTING = "spark.maximizeResourceAllocation"
SIZES = ("spark.executor.memory", "spark.executor.cores", "spark.executor.instances", "spark.driver.memory")


@rule.check(WARNING, triggers=("EmrClusterConfiguration",))
def sizes_beside_it(resource: Resource) -> Iterator[Finding]:
    switch = resource.word(*SWITCH)
    if switch is None or switch.strip().lower() != "true":
        return
    for key in SIZES:
        text = resource.value("spark-defaults", key)
        if text is not None:
            yield rule.finding(
                text,
                f"{key} is written and maximizeResourceAllocation computes it: leave it to one of them",
                related=[Related(resource.place(*SWITCH), "maximizeResourceAllocation is true")],
                subject=key,
            )


@rule.check(WARNING, triggers=("EmrCluster",))
def hbase_beside_it(resource: Resource) -> Iterator[Finding]:
    if has_application(resource, "HBase") and (property_of(resource, *SWITCH) or "").strip().lower() == "true":
        yield rule.finding(
            resource.place("applications"),
            "HBase runs on the cluster, and maximizeResourceAllocation computes Spark's sizes as if it did not: leave it out",
            subject="applications",
        )


@rule.check(WARNING, triggers=(AS_SETTING,))
def no_setting_of_spark(written: Written) -> Iterator[Finding]:
    yield rule.finding(
        written.setting.name or written.setting,
        f"{AS_SETTING} has no effect: it is a property of the classification spark, not a setting of Spark",
        subject=AS_SETTING,
    )
