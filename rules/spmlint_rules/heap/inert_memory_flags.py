"""A Java option about memory does nothing where it stands.

What it does
    Executor pods start with -Xms as large as -Xmx, so every option that gives unused heap back (`-XX:G1PeriodicGCInterval`,
    `-XX:ZUncommitDelay`, `-XX:MaxHeapFreeRatio` ...) is without effect there. `-XX:MaxRAMPercentage` and its relatives only count
    where no -Xmx is given, and Spark always gives one.
Why it hurts
    Nothing changes: pods keep the memory they once took, and the heap is what `spark.executor.memory` says, not the percentage
    somebody computed.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --conf spark.executor.extraJavaOptions=-XX:MaxRAMPercentage=75 \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --class com.example.Nightly nightly.jar
Applies to
    The percentages: every manager. Options that give heap back: executors on Kubernetes; a driver may use them.
References
    entrypoint.sh of the Kubernetes image; SparkSubmitCommandBuilder; HotSpot, Arguments::set_heap_size; JEP 346, JEP 351.
"""

from __future__ import annotations

from spmlint.java_words import JavaOptions, written_options
from spmlint.rule import EXECUTOR, INFO, KUBERNETES, Finding, Iterator, Job, Rule
from spmlint.spark.container import ROLES

rule = Rule("SPM112", "inert-memory-flags")

OPTIONS = ("spark.{}.defaultJavaOptions", "spark.{}.extraJavaOptions")
SHARES = ("MaxRAMPercentage", "MinRAMPercentage", "MaxRAMFraction", "MinRAMFraction")
"""Of the machine's memory, for the largest heap. InitialRAMPercentage is for the first one, which only -Xms settles."""
GIVE_BACK = (
    "G1PeriodicGC",
    "ZUncommit",
    "ShenandoahUncommit",
    "ShenandoahGuaranteedGCInterval",
    "MinHeapFreeRatio",
    "MaxHeapFreeRatio",
    "InitialRAMPercentage",
)
"""How the options begin that only matter while the heap is smaller than -Xmx."""


@rule.check(INFO, triggers=tuple(key.format(role) for role in ROLES for key in OPTIONS))
def percentage_beside_xmx(job: Job, role: str) -> Iterator[Finding]:
    for options in _options(job, role):
        word = _first(options, SHARES)
        if word:
            yield _inert(options, word, f"it only counts without -Xmx, and Spark gives the {role} one")


@rule.check(INFO, triggers=tuple(key.format(EXECUTOR) for key in OPTIONS))
def heap_is_never_given_back(job: Job) -> Iterator[Finding]:
    for options in _options(job, EXECUTOR):
        word = _first(options, GIVE_BACK)
        if word and job.world.manager == KUBERNETES:
            yield _inert(options, word, "executor pods start with -Xms = -Xmx and keep the whole heap")


def _options(job: Job, role: str) -> Iterator[JavaOptions]:
    return written_options(job.conf, *(key.format(role) for key in OPTIONS))


def _first(options: JavaOptions, names: tuple[str, ...]) -> str | None:
    starts = tuple(f"-XX:{sign}{name}" for name in names for sign in ("", "+", "-"))
    return next((word for word in options.words if word.startswith(starts)), None)


def _inert(options: JavaOptions, word: str, why: str) -> Finding:
    message = f"{options.spelt(word)} has no effect: {why}"
    return rule.finding(options.place(word), message, subject=options.setting.key)
