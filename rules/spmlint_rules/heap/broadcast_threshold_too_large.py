"""Tables up to a size that cannot be broadcast, or not by this driver, are chosen for broadcast joins.

What it does
    Compares `spark.sql.autoBroadcastJoinThreshold` (and the adaptive one) with what Spark lets through, 8 GiB or, from 4.1,
    `spark.sql.maxBroadcastTableSize`; and three times the threshold with the driver's heap, since the driver collects such a
    table, builds the relation from it and serialises that.
Why it hurts
    "Cannot broadcast the table that is larger than 8.0 GiB", in the middle of a query that a sort-merge join would have
    finished; or "Not enough memory to build and broadcast the table to all worker nodes".
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --driver-memory 4g \\
      --conf spark.sql.autoBroadcastJoinThreshold=2g \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --driver-memory 8g \\
      --conf spark.sql.autoBroadcastJoinThreshold=2g \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. -1 switches broadcast joins by size off and is left alone.
References
    BroadcastExchangeExec; SQLConf; SQL performance tuning guide.
"""

from __future__ import annotations

from spmlint.answer import V4_1
from spmlint.rule import DRIVER, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.catalogue import entry
from spmlint.spark.reading import read

rule = Rule("SPM109", "broadcast-threshold-too-large")

THRESHOLDS = ("spark.sql.autoBroadcastJoinThreshold", "spark.sql.adaptive.autoBroadcastJoinThreshold")
LARGEST = "spark.sql.maxBroadcastTableSize"
MIB, GIB = 1 << 20, 1 << 30
COPIES = 3


@rule.check(WARNING, triggers=(*THRESHOLDS, LARGEST))
def refused_at_run_time(job: Job) -> Iterator[Finding]:
    for key in THRESHOLDS:
        setting, threshold = job.conf.winner(key), _threshold(job, key)
        if setting is None or (threshold <= 8 * GIB and job.conf.winner(LARGEST) is None):
            continue
        largest = read(job.conf, LARGEST, job.world.spark) if job.world.spark >= V4_1 else 8 * GIB
        if threshold > largest:
            yield rule.finding(
                setting,
                f"tables of up to {threshold // MIB} MiB are chosen for a broadcast, and one above {largest // MIB} MiB "
                "stops the query",
            )


@rule.check(WARNING, triggers=THRESHOLDS)
def too_much_for_the_driver(job: Job) -> Iterator[Finding]:
    for key in THRESHOLDS:
        setting, threshold = job.conf.winner(key), _threshold(job, key)
        heap_mib = job.model.heap_mib(DRIVER) if setting is not None and threshold > 0 else None
        if setting is not None and heap_mib is not None and COPIES * threshold > heap_mib * MIB:
            heap = job.conf.winner("spark.driver.memory")
            yield rule.finding(
                setting,
                f"a table of {threshold // MIB} MiB takes about {COPIES} times as much to broadcast, and the driver heap is "
                f"{heap_mib} MiB",
                derivation=[f"driver heap {heap_mib} MiB ({heap.where() if heap else 'the default'})"],
            )


def _threshold(job: Job, key: str) -> int:
    """The threshold in bytes; 0 where nobody wrote one."""
    if job.conf.winner(key) is None or entry(key, job.world.spark) is None:
        return 0
    return int(read(job.conf, key, job.world.spark))
