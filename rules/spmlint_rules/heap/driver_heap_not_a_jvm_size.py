"""The driver heap is a size to Spark and none to the JVM, which gets the text as it is.

What it does
    Where the driver runs beside the submission (client mode) or in a Kubernetes driver pod, the text of
    `spark.driver.memory` is put behind `-Xmx` unchanged. The JVM takes digits and one letter k, m, g or t; Spark also takes
    `1gb`, `2Gi` (4.2) and blanks. A number without a unit counts bytes to the JVM and MiB to the pod.
Why it hurts
    "Invalid maximum heap size: -Xmx1gb", or "Too small maximum heap": the driver never starts. On Kubernetes the pod is
    there, and its log holds that one line.
Example: spark-defaults.conf
    spark.master             k8s://https://kubernetes.default.svc
    spark.submit.deployMode  cluster
    spark.driver.memory      2gb
Use instead: spark-defaults.conf
    spark.master             k8s://https://kubernetes.default.svc
    spark.submit.deployMode  cluster
    spark.driver.memory      2g
Fix safety
    Safe: the same size, in the spelling both understand.
Applies to
    Client mode on every manager, and Kubernetes cluster mode. YARN in cluster mode and EMR Serverless compute the text.
References
    SparkSubmitCommandBuilder.buildSparkSubmitCommand; the entrypoint of the Kubernetes image; SPARK-31900.
"""

from __future__ import annotations

from spmlint.answer import KUBERNETES, MANAGER_OF
from spmlint.rule import (
    CLIENT,
    CLUSTER,
    EMR_SERVERLESS,
    ERROR,
    INFO,
    LOCAL,
    SAFE,
    STANDALONE,
    WARNING,
    YARN,
    Finding,
    Fix,
    Iterator,
    Job,
    Rule,
    Setting,
    replace,
)
from spmlint.spark.jvm import xmx_bytes
from spmlint.spark.regions import MINIMUM_HEAP
from spmlint.spark.sizes import is_bare, parse_size, spell_size

rule = Rule("SPM103", "driver-heap-not-a-jvm-size", fixable=SAFE)

KEY = "spark.driver.memory"
MIB = 1 << 20


@rule.check(ERROR, triggers=(KEY,), explains=("launcher",))
def refused_everywhere(job: Job) -> Iterator[Finding]:
    yield from _judge(job, certain=True)


@rule.check(INFO, triggers=(KEY,))
def refused_somewhere(job: Job) -> Iterator[Finding]:
    yield from _judge(job, certain=False)


@rule.check(WARNING, triggers=(KEY,))
def bare_number_on_yarn(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    if setting is None or not is_bare(setting.value.known().strip()):
        return
    if job.world.manager.known == YARN and job.world.mode.known == CLUSTER:
        text = setting.value.known().strip()
        yield rule.finding(
            setting,
            f"{setting.label} {text} has no unit: {text} MiB on YARN in cluster mode, {text} bytes everywhere else",
            fix=_fix(setting, job),
        )


def _judge(job: Job, *, certain: bool) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    if setting is None or not _is_size(setting.value.known(), job):
        return
    text = setting.value.known()
    fates = {
        _is_refused(text, MANAGER_OF[platform], mode)
        for platform in job.world.options("platform")
        for mode in job.world.options("deploy mode")
        if not (platform == LOCAL and mode == CLUSTER)
    }
    if fates == ({True} if certain else {True, False}):
        where = "" if certain else " in client mode and on Kubernetes"
        yield rule.finding(
            setting,
            f"{setting.label} {text.strip()} is no heap size to the JVM{where}: {_symptom(text)}",
            fix=_fix(setting, job),
        )


def _is_refused(text: str, manager: str, mode: str) -> bool:
    """Whether no driver starts: the raw text goes to -Xmx, or Spark's own arithmetic leaves nothing."""
    if manager == EMR_SERVERLESS:
        return False
    if mode == CLIENT:
        heap_bytes = xmx_bytes(text)
        return heap_bytes is None or (is_bare(text.strip()) and heap_bytes < MINIMUM_HEAP)
    if manager == KUBERNETES:
        return xmx_bytes(text) is None or is_bare(text.strip())
    return manager == STANDALONE and is_bare(text.strip()) and int(text) < MIB


def _is_size(text: str, job: Job) -> bool:
    try:
        return parse_size(text, "m", job.world.spark) > 0
    except ValueError:
        return False


def _symptom(text: str) -> str:
    if not is_bare(text.strip()):
        return f'"Invalid maximum heap size: -Xmx{text}"'
    if int(text) < MINIMUM_HEAP:
        return f"{text.strip()} without a unit counts bytes"
    return f"the pod is sized as {text.strip()} MiB"


def _fix(setting: Setting, job: Job) -> Fix | None:
    """The same size with a unit both read; a bare number was meant as MiB."""
    text = setting.value.value.strip().lower()
    if is_bare(text):
        return replace(setting, f"{text}m", f"write {text}m", SAFE) if int(text) < MIB else None
    try:
        spelt = spell_size(parse_size(text, "b", job.world.spark))
    except ValueError:  # more bytes than 64 bits count
        return None
    return replace(setting, spelt, f"write {spelt}", SAFE)
