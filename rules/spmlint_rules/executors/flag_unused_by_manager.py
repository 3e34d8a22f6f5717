"""A flag or setting that this cluster manager, or this deploy mode, never reads.

What it does
    Where the master is known, finds what is for another one: `--num-executors` on a standalone cluster,
    `--total-executor-cores` and `spark.cores.max` on YARN and Kubernetes, the executor flags in local mode, `spark.yarn.*` and
    `spark.kubernetes.*` anywhere else. Where the deploy mode is known too, sizes of a driver in client mode, which is the
    process that submits, and those of the YARN application master in cluster mode, where the driver's count.
Why it hurts
    Nothing fails and nothing is logged: the job runs with other sizes than the file says. `--num-executors 10` on a standalone
    cluster takes every core there is; `--driver-cores 4` in client mode changes nothing.
Example: submit.sh
    spark-submit --master spark://example.com:7077 \\
      --num-executors 10 \\
      --executor-cores 4 \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master spark://example.com:7077 \\
      --total-executor-cores 40 \\
      --executor-cores 4 \\
      --class com.example.Nightly nightly.jar
Applies to
    Jobs whose master is known. Older names of keys that hold everywhere (`spark.yarn.executor.memoryOverhead`) are read on
    every manager. EMR Serverless has a rule of its own, and so have overhead settings that are dead by version or manager.
References
    SparkSubmit.prepareSubmitEnvironment; StandaloneSchedulerBackend; deploy.yarn.Client; deploy.k8s.Config.
"""

from __future__ import annotations

from spmlint.places.pods import SPARK_CONNECT
from spmlint.rule import (
    CLUSTER,
    EMR_SERVERLESS,
    KUBERNETES,
    LOCAL,
    STANDALONE,
    WARNING,
    YARN,
    Finding,
    Iterator,
    Rule,
    Written,
)
from spmlint.spark.catalogue import known
from spmlint.spark.executors import INSTANCES, is_dynamic
from spmlint.spark.manager_keys import OVERHEAD_FACTOR, only_mode, only_reader

rule = Rule("SPM412", "flag-unused-by-manager")

CORES_MAX = "spark.cores.max"
NAMES = {KUBERNETES: "Kubernetes", YARN: "YARN", STANDALONE: "a standalone cluster", LOCAL: "local mode"}

NUMBER = "--num-executors"
DROPPED_FLAGS = (NUMBER, "--executor-memory", "--executor-cores", "--total-executor-cores", "--driver-cores")
"""Flags that spark-submit does not even pass on in local mode."""


@rule.check(
    WARNING, triggers=(INSTANCES, CORES_MAX, "spark.executor.*", "spark.driver.*", "spark.yarn.*", "spark.kubernetes.*")
)
def never_read(written: Written) -> Iterator[Finding]:
    manager = written.job.world.manager.known
    if manager is None or manager == EMR_SERVERLESS or written.setting.is_injected or not known(written.key):
        return
    reason = _by_manager(written, manager) or _by_mode(written, manager)
    if reason is not None:
        yield rule.finding(written.setting, f"{written.setting.label} has no effect: {reason}")


def _by_manager(written: Written, manager: str) -> str | None:
    key, label = written.key, written.setting.label
    if manager == LOCAL and label in DROPPED_FLAGS:
        return "spark-submit drops it in local mode, where the driver is the only executor"
    if (
        key == INSTANCES
        and manager == STANDALONE
        and (label == NUMBER or not is_dynamic(written.job.conf, written.job.world))
    ):
        return "on a standalone cluster the number of executors is spark.cores.max / spark.executor.cores"
    if key == CORES_MAX and manager in (YARN, KUBERNETES):
        return f"{NAMES[manager]} does not read it; spark.executor.instances and spark.executor.cores decide"
    if key == OVERHEAD_FACTOR:
        return None
    reader = only_reader(key, written.job.world.spark)
    if reader is not None and reader != manager:
        return f"only {NAMES[reader]} reads it, and the job runs {_on(manager)}"
    return None


def _by_mode(written: Written, manager: str) -> str | None:
    mode, needed = written.job.world.mode.known, only_mode(written.key, manager)
    if mode is None or needed in (None, mode):
        return None
    if mode == CLUSTER:
        return "it is for the application master of a client; in cluster mode the driver is the master"
    # The pod of a Connect server is the operator's, whatever it makes of the fields.
    if written.job.kind == SPARK_CONNECT:
        return None
    return "it is a size of a driver that the cluster starts; in client mode spark-submit is the driver"


def _on(manager: str) -> str:
    return f"in {NAMES[manager]}" if manager == LOCAL else f"on {NAMES[manager]}"
