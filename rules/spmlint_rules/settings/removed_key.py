"""The target version of Spark does not read this key: no longer, or not yet.

What it does
    Looks up every key in the tables of all releases. One that the target version only warns about, has dropped or does not have
    yet has no effect there. Of an unknown version only what newer releases dropped is said, with the releases.
Why it hurts
    At best Spark logs one line. `spark.storage.memoryFraction` has done nothing since 2.0, and a file that carries it from job
    to job gives everybody a wrong idea of where the memory goes.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "4.1.0"
      sparkConf:
        spark.blacklist.enabled: "true"
      driver:
        memory: 2g
      executor:
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "4.1.0"
      sparkConf:
        spark.excludeOnFailure.enabled: "true"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Every platform. Overhead keys have a rule of their own (dead-overhead-setting); a removed SQL key that a session refuses is
    value-not-accepted.
References
    SparkConf.deprecatedConfigs; SQLConf.removedSQLConfigs; the ConfigEntry registry of Spark 3.1 to 4.3.
"""

from __future__ import annotations

from spmlint.answer import SPARK_VERSIONS
from spmlint.rule import WARNING, Finding, Iterator, Rule, Written
from spmlint.spark.catalogue import deprecation, versions_of

BEFORE_THE_CATALOGUE = {
    "spark.akka.threads": "1.6",
    "spark.kubernetes.driver.docker.image": "2.2",
    "spark.kubernetes.executor.docker.image": "2.2",
    "spark.memory.useLegacyMode": "2.4",
    "spark.shuffle.consolidateFiles": "1.6",
    "spark.shuffle.memoryFraction": "2.4",
    "spark.storage.memoryFraction": "2.4",
    "spark.storage.unrollFraction": "2.4",
}
"""Keys still met in public files, and the last release (for ``docker.image``: fork) that read them in any mode."""

rule = Rule("SPM703", "removed-key", supersedes=("SPM702",))


@rule.check(WARNING, triggers=("spark.*",))
def without_effect(written: Written) -> Iterator[Finding]:
    why = None if written.setting.is_injected or "emoryOverhead" in written.key else _why(written)
    if why is not None:
        yield rule.finding(
            written.setting.name or written.setting, f"{written.key} has no effect: {why}", subject=written.key
        )


def _why(written: Written) -> str | None:
    if written.key in BEFORE_THE_CATALOGUE:
        return f"Spark {BEFORE_THE_CATALOGUE[written.key]} was the last that read it"
    spark = written.job.world.spark
    old = deprecation(written.key, spark)
    if old is not None:
        if old.read or (old.default is not None and old.default != written.value.known()):
            return None
        since = "Spark ignores it"
        if old.first > SPARK_VERSIONS[0]:
            since = f"Spark has ignored it since {old.first[0]}.{old.first[1]}"
        return f"{since}; write {old.replacement}" if old.replacement else since
    having = versions_of(written.key)
    if not having:
        return None
    first, last = having[0], having[-1]
    if spark.options and max(spark.options) < first:
        return f"it comes with Spark {first[0]}.{first[1]}"
    if last != SPARK_VERSIONS[-1] and spark > last:
        return f"Spark {last[0]}.{last[1]} is the last that reads it"
    return None
