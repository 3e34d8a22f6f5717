"""A value is beaten by another value in the same file, so it has no effect.

What it does
    Walks the layers of a job in the order its platform applies them. A value that a different value of the same key beats
    later in the same document or command is dead. (Beaten by another file or level is advice: that is what layers are for.)
Why it hurts
    Nothing is said at run time. "I raised spark.executor.memory and the pods still ask for the old size": in a
    SparkApplication the typed field `spec.executor.memory` always beats `sparkConf`; in a Livy request `executorMemory`
    beats `conf`; on the command line a flag beats `--conf`.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConf:
        spark.executor.memory: 8g
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
        memory: 8g
Applies to
    Every platform and version; which layer wins is the platform's own order.
References
    Kubeflow Spark operator, buildSparkSubmitArgs; Livy, InteractiveSession.create; Spark, SparkSubmitArguments.
"""

from __future__ import annotations

from spmlint.rule import INFO, WARNING, Finding, Iterator, Related, Rule, Setting, Written

rule = Rule("SPM707", "overridden-setting")


@rule.check(WARNING)
def dead_in_same_file(written: Written) -> Iterator[Finding]:
    winner = _winner(written)
    if winner is not None and winner.span().source is written.setting.span().source:
        yield _finding(written.setting, winner)


@rule.check(INFO, advice=True)
def beaten_by_other_file(written: Written) -> Iterator[Finding]:
    winner = _winner(written)
    if winner is not None and winner.span().source is not written.setting.span().source:
        yield _finding(written.setting, winner)


def _winner(written: Written) -> Setting | None:
    """The setting, of another layer or spelt another way, that beats this one with a different value."""
    setting = written.setting
    winner = written.job.conf.winner(written.key)
    if winner is None or winner is setting:
        return None
    if winner.layer is setting.layer and winner.label == setting.label:
        return None  # one key given twice in one place is duplicate-key
    same = winner.value.known().lower() == written.value.known().lower()
    return None if same else winner


def _finding(dead: Setting, winner: Setting) -> Finding:
    return rule.finding(
        dead,
        f"{dead.label} has no effect: {winner.label} sets {winner.key} to {winner.value.value} later and wins",
        related=[Related(winner, f"{winner.label} = {winner.value.value} wins")],
    )
