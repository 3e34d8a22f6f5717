"""A heap size, or a setting of Spark, stands in the Java options instead of where it belongs.

What it does
    Looks for `-Xmx` and `-Dspark` in the options of executors and of YARN's application master, and for `-Xmx` in those of the
    driver: Spark refuses them. `-XX:MaxHeapSize` is the same option under another name, which Spark does not notice; `-Xms` on
    a Kubernetes executor stands before Spark's own and loses.
Why it hurts
    "spark.executor.extraJavaOptions is not allowed to specify max heap memory settings", or "Not allowed to specify max
    heap(Xmx) memory settings through java options". With MaxHeapSize the job starts, with a heap the container was not sized
    for.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf "spark.executor.extraJavaOptions=-XX:+UseG1GC -Xmx6g" \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.executor.extraJavaOptions=-XX:+UseG1GC --executor-memory 6g \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. `spark.executor.defaultJavaOptions` is checked from 4.0 on; until 3.5 the driver's options may not
    hold "Xmx" anywhere, later no option may begin with it.
References
    SparkConf.validateSettings; SparkSubmitCommandBuilder.checkJavaOptions; yarn.Client; entrypoint.sh of the Kubernetes image.
"""

from __future__ import annotations

from spmlint.answer import V4_0
from spmlint.conf import LAUNCH
from spmlint.java_words import JavaOptions, written_options
from spmlint.rule import (
    CLIENT,
    DRIVER,
    EMR_SERVERLESS,
    ERROR,
    EXECUTOR,
    KUBERNETES,
    WARNING,
    YARN,
    Finding,
    Iterator,
    Job,
    Rule,
)
from spmlint.spark.container import ROLES

rule = Rule("SPM104", "heap-size-in-java-options")

EXTRA, DEFAULT = "spark.{}.extraJavaOptions", "spark.{}.defaultJavaOptions"
DRIVER_KEYS = (DEFAULT.format(DRIVER), EXTRA.format(DRIVER))
EXECUTOR_KEYS = (DEFAULT.format(EXECUTOR), EXTRA.format(EXECUTOR))
MASTER_KEY = "spark.yarn.am.extraJavaOptions"


@rule.check(ERROR, triggers=EXECUTOR_KEYS, explains=("validate",))
def executor_refused(job: Job) -> Iterator[Finding]:
    for options in written_options(job.conf, *EXECUTOR_KEYS):
        holds = _first(options, "-Xmx", "-Dspark")
        if holds and (options.setting.key == EXTRA.format(EXECUTOR) or job.world.spark >= V4_0):
            yield _refused(options, holds, EXECUTOR)


@rule.check(ERROR, triggers=DRIVER_KEYS, explains=("launcher",))
def driver_refused(job: Job) -> Iterator[Finding]:
    # What the program sets for itself comes after its JVM was started.
    for options in written_options(job.conf_at(LAUNCH), *DRIVER_KEYS):
        begins = next((word for word in options.words if word.startswith("-Xmx")), None)
        holds = begins or _first(options, "Xmx")
        if holds and (begins or not job.world.spark >= V4_0):
            yield _refused(options, holds, DRIVER)


@rule.check(ERROR, triggers=(MASTER_KEY,))
def application_master_refused(job: Job) -> Iterator[Finding]:
    for options in written_options(job.conf, MASTER_KEY):
        holds = _first(options, "-Xmx", "-Dspark")
        if holds and job.world.manager == YARN and job.world.mode == CLIENT:
            yield _refused(options, holds, "yarn.am")


@rule.check(WARNING, triggers=EXECUTOR_KEYS)
def initial_heap_is_beaten(job: Job) -> Iterator[Finding]:
    for options in written_options(job.conf, *EXECUTOR_KEYS):
        initial = next((word for word in options.words if word.startswith("-Xms")), None)
        if initial and job.world.manager == KUBERNETES:
            yield rule.finding(
                options.place(initial),
                f"{options.spelt(initial)} has no effect: executor pods start with -Xms and -Xmx of the whole heap behind it",
                subject=options.setting.key,
            )


@rule.check(WARNING, triggers=(*EXECUTOR_KEYS, *DRIVER_KEYS))
def another_name_for_the_heap(job: Job) -> Iterator[Finding]:
    for role in ROLES:
        for options in written_options(job.conf, DEFAULT.format(role), EXTRA.format(role)):
            size = next((word for word in options.words if word.startswith("-XX:MaxHeapSize=")), None)
            if size is None or job.world.manager.known == EMR_SERVERLESS:
                continue
            if role == EXECUTOR and job.world.manager == KUBERNETES:
                what = "has no effect: executor pods start with Spark's -Xmx behind it"
            else:
                what = f"comes behind Spark's -Xmx and wins: the {role} heap is no longer spark.{role}.memory"
            yield rule.finding(options.place(size), f"{options.spelt(size)} {what}", subject=options.setting.key)


def _first(options: JavaOptions, *marks: str) -> str | None:
    """The first word, as spelt, that holds one of ``marks`` anywhere."""
    return next((word for word in options.text.split() if any(mark in word for mark in marks)), None)


def _refused(options: JavaOptions, word: str, part: str) -> Finding:
    word = word.strip("\"'")
    if "-Dspark" in word:
        what = "Spark's own settings are refused here; give it as a setting of its own"
    else:
        what = f"Spark refuses a heap size here; set spark.{part}.memory"
    message = f"{options.spelt(word)} in {options.setting.label}: {what}"
    return rule.finding(options.setting, message)
