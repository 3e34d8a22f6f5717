"""No operator serves the group or the version that a Spark resource names.

What it does
    Compares `apiVersion` with the groups and versions the operators serve: `sparkoperator.k8s.io/v1beta2` (Kubeflow; SparkConnect
    is v1alpha1), `spark.apache.org/v1` (Apache), `spark.stackable.tech/v1alpha1` (Stackable). A group that is nearly one of
    these is a misspelling; any other is somebody else's.
Why it hurts
    "no matches for kind "SparkApplication" in version "spark-operator.k8s.io/v1alpha1"": nothing is created. Versions that only
    old operators served work until the operator is upgraded.
Example: job.yaml
    apiVersion: spark-operator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
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
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    SparkApplication, ScheduledSparkApplication, SparkConnect and SparkCluster.
References
    The CRDs of the Kubeflow, Apache and Stackable Spark operators.
"""

from __future__ import annotations

from spmlint.rule import ERROR, WARNING, Finding, Iterator, Rule, Trouble

rule = Rule("SPM717", "wrong-api-group")


@rule.check(ERROR, triggers=("api-group-misspelled", "api-version-not-served"))
def not_served(trouble: Trouble) -> Iterator[Finding]:
    yield rule.finding(trouble.span, f"{trouble.message}; write {trouble.hint}")


@rule.check(WARNING, triggers=("api-version-old",))
def served_by_old_releases(trouble: Trouble) -> Iterator[Finding]:
    yield rule.finding(trouble.span, f"{trouble.message}, which only old releases of the operator serve")
