"""The buffer of the Kryo serializer is 2 GiB or larger, more than a Java array holds.

What it does
    Compares `spark.kryoserializer.buffer.max` (a bare number counts MiB) and `spark.kryoserializer.buffer` (KiB) with 2048 MiB,
    which Spark refuses; 2047m is the largest it takes.
Why it hurts
    "spark.kryoserializer.buffer.max must be less than 2048 mb, got: + 4096 mb.": the driver dies at its start, even where the
    Java serializer is used, because Spark makes a Kryo serializer in any case.
Example: spark-defaults.conf
    spark.kryoserializer.buffer.max  4g
Use instead: spark-defaults.conf
    spark.kryoserializer.buffer.max  2047m
Fix safety
    Unsafe: the largest buffer Spark takes, which may not be the one the job needs.
Applies to
    Every manager and version.
References
    KryoSerializer.
"""

from __future__ import annotations

from spmlint.rule import ERROR, UNSAFE, Finding, Iterator, Job, Rule, replace
from spmlint.spark.reading import read

rule = Rule("SPM110", "kryo-buffer-too-large", fixable=UNSAFE)

BUFFERS = ("spark.kryoserializer.buffer.max", "spark.kryoserializer.buffer")
OLD_NAMES = ("spark.kryoserializer.buffer.max.mb", "spark.kryoserializer.buffer.mb")
LARGEST = "2047m"


@rule.check(ERROR, triggers=(*BUFFERS, *OLD_NAMES), explains=("kryo",))
def above_an_array(job: Job) -> Iterator[Finding]:
    refusal = job.refusal("kryo")
    if refusal is None or refusal.keys[0] not in BUFFERS:
        return
    setting = job.refused_setting(refusal)
    read(job.conf, refusal.keys[0], job.world.spark)  # what is no size ends the check here: SPM704 tells of it
    if setting is not None and not setting.value.value.strip().startswith("-"):
        yield rule.finding(
            setting,
            f"the driver refuses to start with {setting.label} {setting.value.value}: {refusal.message}",
            fix=replace(setting, LARGEST, f"the largest buffer there is: {LARGEST}", UNSAFE)
            if setting.key in BUFFERS
            else None,
        )
