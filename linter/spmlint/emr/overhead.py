"""EMR's own default for the memory overhead of an executor on EC2; EMR Serverless has its in `spmlint.emr.workers`.

Source: EMR release guide, release notes of 5.22.0: from that release ``spark.yarn.executor.memoryOverheadFactor`` is 0.1875
with a minimum of 384 MiB, and an explicit overhead takes its place as it does in Apache Spark.
"""

from __future__ import annotations

from spmlint.emr.releases import EC2_OVERHEAD_FACTOR, has_feature

EC2_FACTOR = 0.1875
"""From emr-5.22.0."""

SPARK_FACTOR = 0.1
"""Apache Spark's own, on YARN for every language."""

MINIMUM_MIB = 384


def ec2_executor_overhead_mib(heap_mib: int, label: str | None) -> int:
    """MiB of default overhead on EMR on EC2; a ``label`` that is not known (None) is taken for a recent release."""
    old = label is not None and has_feature(label, EC2_OVERHEAD_FACTOR) is False
    return max(int((SPARK_FACTOR if old else EC2_FACTOR) * heap_mib), MINIMUM_MIB)
