"""An overhead setting is never read: a stronger one replaces it, or this manager or version does not know it.

What it does
    An explicit `spark.executor.memoryOverhead` (or the driver's) replaces factor and minimum.
    `spark.kubernetes.memoryOverheadFactor` is dead where every pod has an overhead or a factor of its own. The role factors
    are read from Spark 3.3 on, the minimums from 4.0 on, the Kubernetes factor on Kubernetes only, and a standalone cluster
    counts no overhead at all.
Why it hurts
    Nothing is said at run time. "I raised the factor to 0.3 and the pods are as small as before", until the next OOMKilled.
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
      sparkConf:
        spark.executor.memoryOverheadFactor: "0.3"
      driver:
        memory: 2g
      executor:
        memory: 8g
        memoryOverhead: 4g
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
        memory: 2g
      executor:
        memory: 8g
        memoryOverhead: 4g
Applies to
    Every manager; what depends on version or manager is only said where they are known.
References
    BasicDriverFeatureStep; BasicExecutorFeatureStep; ResourceProfile; yarn.Client; ApplicationInfo.
"""

from __future__ import annotations

from spmlint.answer import V3_3, V4_0, Version
from spmlint.rule import (
    CLIENT,
    EXECUTOR,
    STANDALONE,
    WARNING,
    YARN,
    Finding,
    Iterator,
    Job,
    Related,
    Rule,
    Setting,
    Written,
)
from spmlint.spark.container import ROLES

rule = Rule("SPM203", "dead-overhead-setting", supersedes=("SPM412", "SPM703"))

OVERHEAD, FACTOR, LEAST = "spark.{}.memoryOverhead", "spark.{}.memoryOverheadFactor", "spark.{}.minMemoryOverhead"
KUBERNETES_FACTOR = "spark.kubernetes.memoryOverheadFactor"
SINCE: dict[str, Version] = {
    **{FACTOR.format(role): V3_3 for role in ROLES},
    **{LEAST.format(role): V4_0 for role in ROLES},
}
KEYS = (*map(OVERHEAD.format, ROLES), *SINCE)


@rule.check(WARNING, triggers=(*KEYS, KUBERNETES_FACTOR))
def never_read(written: Written) -> Iterator[Finding]:
    if not written.wins:
        return
    job, setting = written.job, written.setting
    if job.world.manager.known == STANDALONE:
        yield _dead(setting, "a standalone cluster takes the heap alone from a worker's memory")
    elif setting.key == KUBERNETES_FACTOR:
        if job.world.manager.known == YARN:
            yield _dead(setting, "YARN does not read it")
        elif winners := _every_pod_has_its_own(job):
            yield _dead(setting, "every pod has an overhead or a factor of its own", *winners)
    elif setting.key in SINCE:
        first = SINCE[setting.key]
        role = setting.key.split(".")[1]
        explicit = job.written(OVERHEAD.format(role))
        if _is_before(job, first):
            yield _dead(setting, f"Spark reads it from {first[0]}.{first[1]} on")
        elif explicit is not None:
            yield _dead(setting, f"{explicit.label} replaces it", explicit)


def _is_before(job: Job, first: Version) -> bool:
    releases = job.world.options("Spark version")
    return bool(releases) and max(releases) < first


def _every_pod_has_its_own(job: Job) -> list[Setting]:
    """What stands in for the factor in each pod there is; empty where one pod is left to it."""
    winners = []
    for role in (EXECUTOR,) if job.world.mode.known == CLIENT else ROLES:
        own = job.written(OVERHEAD.format(role))
        if own is None and not any(release < V3_3 for release in job.world.options("Spark version")):
            own = job.written(FACTOR.format(role))
        if own is None:
            return []
        winners.append(own)
    return winners


def _dead(setting: Setting, why: str, *winners: Setting) -> Finding:
    return rule.finding(
        setting,
        f"{setting.label} has no effect: {why}",
        related=[Related(winner, f"{winner.label} = {winner.value.value} counts") for winner in winners],
    )
