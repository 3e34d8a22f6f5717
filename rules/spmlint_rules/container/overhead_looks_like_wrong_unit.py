"""A memory overhead is written as a fraction, or in bytes, where MiB are counted.

What it does
    `spark.executor.memoryOverhead` and its relatives are sizes, and a bare number counts MiB. Reports a fraction such as `0.2`
    (a factor was meant, which has a key of its own), and bare numbers of a million and more (bytes were meant). Asked for by
    name, also an overhead above four times the heap.
Why it hurts
    A fraction is refused: "Fractional values are not supported. Input was: 0.2". A number in bytes makes a container of
    hundreds of TiB: the pod stays Pending, YARN says "Required executor memory ... is above the max threshold".
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.executor.memoryOverhead=0.2 \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.executor.memoryOverheadFactor=0.2 \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. The factors are read from Spark 3.3 on; on Kubernetes `spark.kubernetes.memoryOverheadFactor`
    before.
References
    JavaUtils.byteStringAs; ResourceProfile; BasicDriverFeatureStep; yarn.Client.
"""

from __future__ import annotations

from spmlint.rule import ERROR, INFO, WARNING, Finding, Iterator, Job, Rule, Written
from spmlint.spark.sizes import is_bare

rule = Rule("SPM209", "overhead-looks-like-wrong-unit", supersedes=("SPM704",))

OVERHEADS = ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead")
KEYS = (
    *OVERHEADS,
    "spark.driver.minMemoryOverhead",
    "spark.executor.minMemoryOverhead",
    "spark.yarn.am.memoryOverhead",
    "spark.yarn.driver.memoryOverhead",
    "spark.yarn.executor.memoryOverhead",
)
LEAST_DIGITS, MOST_DIGITS = 7, 18
"""A million MiB are almost 1 TiB; more digits than that no size has."""
TIMES_HEAP = 4


@rule.check(ERROR, triggers=OVERHEADS, explains=("entries",))
def fraction(written: Written) -> Iterator[Finding]:
    text = written.value.known().strip()
    whole, point, part = text.partition(".")
    if written.wins and point and f"{whole or 0}{part or 0}".isdecimal():
        yield rule.finding(
            written.setting,
            f"{written.setting.label} {text} is refused: it is a size in MiB; a share of the heap is {written.key}Factor",
        )


@rule.check(WARNING, triggers=KEYS)
def bytes_meant(written: Written) -> Iterator[Finding]:
    text = written.value.known().strip()
    if written.wins and is_bare(text) and LEAST_DIGITS <= len(text) <= MOST_DIGITS:
        yield rule.finding(
            written.setting,
            f"{written.setting.label} {text} has no unit and counts MiB: that is {int(text) / 2**20:.4g} TiB",
        )


@rule.check(INFO, triggers=OVERHEADS, advice=True)
def far_above_the_heap(job: Job, role: str) -> Iterator[Finding]:
    setting = job.conf.setting(f"spark.{role}.memoryOverhead")
    made = job.model.container(role) if setting is not None else None
    if setting is None or made is None or made.overhead_mib <= TIMES_HEAP * made.heap_mib:
        return
    yield rule.finding(
        setting,
        f"{role} overhead {made.overhead_mib} MiB is more than {TIMES_HEAP} times the heap of {made.heap_mib} MiB",
        derivation=lambda: [job.container_sum(role)],
    )
