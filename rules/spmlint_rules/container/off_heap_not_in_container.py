"""Off-heap memory is enabled where nobody is known to make the container larger for it.

What it does
    Kubernetes and YARN add `spark.memory.offHeap.size` to an executor's container. EMR Serverless describes a worker as heap and
    overhead alone, so what Tungsten takes off the heap has to fit into the overhead. Compares the overhead with its default and
    the off-heap size together.
Why it hurts
    Workers end with exit code 137 while their heap is half empty.
Example: job.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "name": "nightly",
      "jobDriver": {"sparkSubmit": {"entryPoint": "s3://example/nightly.jar"}},
      "configurationOverrides": {
        "applicationConfiguration": [
          {
            "classification": "spark-defaults",
            "properties": {
              "spark.memory.offHeap.enabled": "true",
              "spark.memory.offHeap.size": "2g"
            }
          }
        ]
      }
    }
Use instead: job.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "name": "nightly",
      "jobDriver": {"sparkSubmit": {"entryPoint": "s3://example/nightly.jar"}},
      "configurationOverrides": {
        "applicationConfiguration": [
          {
            "classification": "spark-defaults",
            "properties": {
              "spark.memory.offHeap.enabled": "true",
              "spark.memory.offHeap.size": "2g",
              "spark.executor.memoryOverhead": "4g"
            }
          }
        ]
      }
    }
Applies to
    EMR Serverless; that it does not add the size is inferred from its documentation, hence only a hint. Every Spark this linter
    knows (3.1 and later) adds it on Kubernetes and YARN; standalone clusters and local mode have no container.
References
    EMR Serverless user guide, "Spark jobs" (driver and executor memory); ResourceProfile.
"""

from __future__ import annotations

from collections.abc import Iterator

from spmlint.rule import EMR_SERVERLESS, EXECUTOR, INFO, Finding, Job, Rule
from spmlint.spark.profile import off_heap_mib

rule = Rule("SPM206", "off-heap-not-in-container")

SIZE, ENABLED = "spark.memory.offHeap.size", "spark.memory.offHeap.enabled"
OVERHEADS = ("spark.executor.memoryOverhead", "spark.emr-serverless.memoryOverheadFactor")


@rule.check(INFO, triggers=(ENABLED,))
def overhead_has_to_hold_it(job: Job) -> Iterator[Finding]:
    setting = job.conf.winner(SIZE)
    if setting is None or job.world.manager != EMR_SERVERLESS:
        return
    off_heap = off_heap_mib(job.conf, job.world.spark)
    made, default = job.model.container(EXECUTOR), job.model_without(*OVERHEADS).container(EXECUTOR)
    if made is None or default is None or not off_heap or made.overhead_mib >= default.overhead_mib + off_heap:
        return
    needed = f"{default.overhead_mib + off_heap} MiB = default overhead {default.overhead_mib} + off-heap {off_heap}"
    yield rule.finding(
        setting,
        f"EMR Serverless is not known to add the {off_heap} MiB off heap to the worker, and the overhead is "
        f"{made.overhead_mib} MiB",
        derivation=lambda: [job.container_sum(EXECUTOR), f"overhead needed {needed}"],
    )
