"""A program sets for itself what its own JVM was started with: too late, if spark-submit or a session started it.

What it does
    Finds driver memory, cores, Java options and class path in a `SparkConf` or a session builder.
Why it hurts
    `spark-submit job.py` has started the driver's JVM before the first line of the program runs. The value is shown in the UI,
    and the heap is still 1 GiB: "java.lang.OutOfMemoryError: Java heap space". (`python job.py` starts the JVM itself and
    does hand the value on, so the file alone cannot tell.)
Example: job.py
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.config("spark.driver.memory", "8g").getOrCreate()
Use instead: job.py
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.getOrCreate()  # submitted with --driver-memory 8g
Applies to
    Python programs. A warning where the configuration or the command line of spmlint says the deploy mode, else advice.
References
    Spark configuration, "Spark Properties"; SPARK-5570; pyspark.java_gateway.
"""

from __future__ import annotations

from spmlint.rule import INFO, LOCAL, WARNING, Finding, Iterator, Job, Rule

rule = Rule("SPM712", "setting-applied-too-late")

PROGRAMS = ("SparkConf", "SparkSession builder")
"""The kinds of jobs that are settings of a running program."""

OF_THE_DRIVERS_PROCESS = (
    "spark.driver.cores",
    "spark.driver.defaultJavaOptions",
    "spark.driver.extraClassPath",
    "spark.driver.extraJavaOptions",
    "spark.driver.extraLibraryPath",
    "spark.driver.memory",
    "spark.driver.memoryOverhead",
    "spark.driver.memoryOverheadFactor",
)


@rule.check(INFO, triggers=PROGRAMS)
def may_be_too_late(job: Job) -> Iterator[Finding]:
    if job.kind in PROGRAMS and not _is_submitted(job):
        yield from _findings(job, "has no effect where spark-submit or a session starts this program")


@rule.check(WARNING, triggers=PROGRAMS)
def is_too_late(job: Job) -> Iterator[Finding]:
    if job.kind in PROGRAMS and _is_submitted(job):
        yield from _findings(job, "has no effect: spark-submit has started the driver before the program sets it")


def _is_submitted(job: Job) -> bool:
    """Whether somebody said how the program is submitted; a local master says nothing of that."""
    return job.world.mode.known is not None and job.world.manager.known != LOCAL


def _findings(job: Job, fate: str) -> Iterator[Finding]:
    written = [setting for key in OF_THE_DRIVERS_PROCESS for setting in job.conf.written(key)]
    for setting in written:
        yield rule.finding(setting.name or setting, f"{setting.key} {fate}", subject=setting.key)
    conf = job.presumed.conf
    for key in OF_THE_DRIVERS_PROCESS:
        if not conf.written(key):
            conf.setting(key)  # what a variable names may be any of them
