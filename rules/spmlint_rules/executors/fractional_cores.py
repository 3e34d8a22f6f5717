"""A number of cores or executors is not a whole one.

What it does
    Finds `0.5`, `1.5` or `500m` where Spark takes whole numbers: the cores of driver, executor and YARN application master,
    the number of executors, and before Spark 4.3 the cpus of a task. They are numbers of tasks side by side, and not shares
    of a processor.
Why it hurts
    "spark.executor.cores should be int, but was 0.5", "Executor cores must be a positive number"; in a SparkApplication the API
    server refuses the object: "spec.executor.cores in body must be of type integer".
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        cores: 0.5
        memory: 2g
      executor:
        cores: 2
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        coreRequest: 500m
        memory: 2g
      executor:
        cores: 2
        memory: 4g
Applies to
    Every manager. On Kubernetes a share of a processor is asked for with `spark.kubernetes.driver.request.cores` and
    `spark.kubernetes.executor.request.cores` (`coreRequest`), whatever the cores say.
References
    ConfigHelpers.toNumber; SparkSubmitArguments.validateSubmitArguments; the schema of SparkApplication.
"""

from __future__ import annotations

from spmlint.answer import V3_2
from spmlint.patterns import pattern
from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import CLIENT, ERROR, YARN, Finding, Iterator, Rule, Setting, Written
from spmlint.spark.entries import Refused, check
from spmlint.spark.manager_keys import is_never_read

rule = Rule("SPM409", "fractional-cores", supersedes=("SPM705",))

AM_CORES = "spark.yarn.am.cores"
REQUESTS = {"spark.driver.cores": "driver", "spark.executor.cores": "executor"}
NUMBERS = (*REQUESTS, AM_CORES, "spark.executor.instances", "spark.task.cpus")

FRACTION = pattern(r"(?a)\s*[0-9]*\.[0-9]+\s*|\s*[0-9]+\.\s*")
WHOLE = pattern(r"(?a)\s*[0-9]+\.0*\s*")
MILLICORES = pattern(r"(?a)\s*[0-9]+m\s*")


@rule.check(ERROR, triggers=NUMBERS, explains=("entries", "submit", "driver_pod", "executor_pod", "tasks", "dynalloc"))
def not_a_whole_number(written: Written) -> Iterator[Finding]:
    setting, text = written.setting, written.value.known()
    if text.isdecimal() or not (FRACTION.fullmatch(text) or MILLICORES.fullmatch(text)):
        return
    if written.wins and not _is_unread(written) and _is_refused(written, text):
        yield rule.finding(setting, f"{setting.label} {text} is not a whole number: {_instead(written)}")


def _is_unread(written: Written) -> bool:
    """Only the application master of a client reads its own cores; those of a driver any spark-submit reads from 3.2 on."""
    world = written.job.world
    if written.key == AM_CORES:
        return not (world.manager == YARN and world.mode == CLIENT)
    return is_never_read(written.key, world) and all(release < V3_2 for release in world.options("Spark version"))


def _is_refused(written: Written, text: str) -> bool:
    if not _is_spelt_for_spark(written.setting):
        # An API that takes numbers decodes 1.0 as 1; what Livy makes of other fractions is not known.
        return written.job.kind in SPARK_APPLICATIONS and not WHOLE.fullmatch(text)
    try:
        check(written.key, text, written.job.world.spark)
    except Refused:
        return True
    return False


def _is_spelt_for_spark(setting: Setting) -> bool:
    """Whether Spark gets the text itself, from a flag or under its own key, and not by way of a typed field."""
    return setting.label.startswith("--") or setting.label.endswith(setting.key)


def _instead(written: Written) -> str:
    if written.job.kind in SPARK_APPLICATIONS and not _is_spelt_for_spark(written.setting):
        return "the API server refuses the object; coreRequest takes parts of a core"
    role = REQUESTS.get(written.key)
    if role is None:
        return "Spark refuses it"
    return f"Spark refuses it; on Kubernetes spark.kubernetes.{role}.request.cores takes parts of a core"
