"""The heap is just large enough for the JVM to stop compressing its pointers.

What it does
    Reports heaps from 32 GiB up to 48 GiB. Below 32 GiB the JVM keeps references in 4 bytes, from there on in 8, so that objects
    take up more room than the larger heap has. Advice: asked for by name only.
Why it hurts
    Nothing fails: an executor of 32 GiB holds less than one of 31 GiB, and collects garbage for longer.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 34g \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 31g \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version; HotSpot with its default object alignment of 8 bytes. ZGC never compresses.
References
    HotSpot, CompressedOops; Spark hardware provisioning guide.
"""

from __future__ import annotations

from spmlint.java_words import written_options
from spmlint.rule import INFO, Finding, Iterator, Job, Rule
from spmlint.spark.container import ROLES

rule = Rule("SPM107", "heap-loses-compressed-oops")

FIRST_MIB, LAST_MIB = 32 << 10, 48 << 10
SETTLED_BY = ("-XX:ObjectAlignmentInBytes=", "-XX:+UseZGC", "-XX:-UseCompressedOops")


@rule.check(INFO, triggers=tuple(f"spark.{role}.memory" for role in ROLES), advice=True)
def pointers_take_twice_the_room(job: Job, role: str) -> Iterator[Finding]:
    setting = job.conf.setting(f"spark.{role}.memory")
    heap_mib = job.model.heap_mib(role) if setting is not None else None
    if setting is None or heap_mib is None or not FIRST_MIB <= heap_mib < LAST_MIB:
        return
    keys = (f"spark.{role}.defaultJavaOptions", f"spark.{role}.extraJavaOptions")
    words = [word for options in written_options(job.conf, *keys) for word in options.words]
    if not any(word.startswith(SETTLED_BY) for word in words):
        yield rule.finding(
            setting,
            f"{role} heap {heap_mib} MiB: from 32 GiB on pointers take 8 bytes instead of 4, so it may hold less than 31 GiB do",
        )
