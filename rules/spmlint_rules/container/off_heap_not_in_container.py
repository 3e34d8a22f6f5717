"""Off-heap memory is enabled where nobody is known to make the container larger for it.

What it does
    Kubernetes (from Spark 3.1) and YARN (from 3.0) add `spark.memory.offHeap.size` to an executor's container. Older releases do
    not, and EMR Serverless describes a worker as heap and overhead alone, so what Tungsten takes off the heap has to fit into
    the overhead. Compares the overhead with its default and the off-heap size together.
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
    EMR Serverless; that it does not add the size is inferred from its documentation, hence only a hint. Resources of an operator
    whose `sparkVersion` is older than 3.1. Standalone clusters and local mode have no container.
References
    EMR Serverless user guide, "Spark jobs" (driver and executor memory); ResourceProfile; SPARK-32661.
"""

from __future__ import annotations

from spmlint.answer import V3_1, parse_version
from spmlint.rule import EMR_SERVERLESS, EXECUTOR, INFO, KUBERNETES, WARNING, Finding, Iterator, Job, Rule, Setting
from spmlint.spark.profile import off_heap_mib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

rule = Rule("SPM206", "off-heap-not-in-container")

SIZE, ENABLED = "spark.memory.offHeap.size", "spark.memory.offHeap.enabled"
OVERHEADS = ("spark.executor.memoryOverhead", "spark.emr-serverless.memoryOverheadFactor")


@rule.check(INFO, triggers=(ENABLED,))
def overhead_has_to_hold_it(job: Job) -> Iterator[Finding]:
    setting = job.conf.winner(SIZE)
    if setting is not None and job.world.manager == EMR_SERVERLESS:
        says = "EMR Serverless is not known to add the {} MiB off heap to the worker"
        yield from _short(job, setting, says, lambda: [job.container_sum(EXECUTOR)])


@rule.check(WARNING, triggers=(ENABLED,))
def old_release_does_not_add_it(job: Job) -> Iterator[Finding]:
    setting, release = job.conf.winner(SIZE), parse_version(job.version or "")
    if setting is None or release is None or release >= V3_1 or job.world.manager != KUBERNETES:
        return
    # What 3.1 counts apart an older release does not count at all; heap and overhead are the same.
    since = job.within(job.world.with_spark(V3_1))
    says = f"Spark {release[0]}.{release[1]} on Kubernetes does not add the {{}} MiB off heap to the container"
    yield from _short(since, setting, says)


def _short(job: Job, setting: Setting, says: str, sums: Callable[[], list[str]] = list) -> Iterator[Finding]:
    """What is missing where the overhead does not hold the off-heap memory beside its own default."""
    off_heap = off_heap_mib(job.conf, job.world.spark)
    made, default = job.model.container(EXECUTOR), job.model_without(*OVERHEADS).container(EXECUTOR)
    if made is None or default is None or not off_heap or made.overhead_mib >= default.overhead_mib + off_heap:
        return
    needed = f"{default.overhead_mib + off_heap} MiB = default overhead {default.overhead_mib} + off-heap {off_heap}"
    yield rule.finding(
        setting,
        f"{says.format(off_heap)}, and the overhead is {made.overhead_mib} MiB",
        derivation=lambda: [*sums(), f"overhead needed {needed}"],
    )
