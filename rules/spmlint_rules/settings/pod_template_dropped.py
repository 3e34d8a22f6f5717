"""A pod template file is named that the operator replaces with one of its own.

What it does
    Finds `spark.kubernetes.driver.podTemplateFile` and the executor's in the `sparkConf` of a SparkApplication for which the
    operator gives the key itself: always where the resource has a `template` field, and from release 2.4.0 of the Kubeflow
    operator in any case.
Why it hurts
    Nothing is said: node selectors, volumes and tolerations of the file are not in the pod.
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
        spark.kubernetes.driver.podTemplateFile: /opt/spark/driver.yaml
      driver:
        memory: 2g
        template:
          spec:
            nodeSelector:
              disk: ssd
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
        template:
          spec:
            nodeSelector:
              disk: ssd
      executor:
        memory: 4g
Applies to
    Resources of the Kubeflow operator (without the field: from 2.4.0) and of the Apache operator.
References
    Kubeflow Spark operator, buildSparkSubmitArgs and pull request 2813; SparkAppSubmissionWorker.
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Rule, Written

rule = Rule("SPM714", "pod-template-dropped", supersedes=("SPM707",))


@rule.check(WARNING, triggers=("spark.kubernetes.driver.podTemplateFile", "spark.kubernetes.executor.podTemplateFile"))
def replaced_by_operator(written: Written) -> Iterator[Finding]:
    winner = written.job.conf.winner(written.key)
    if written.setting.is_injected or winner is None or not winner.is_injected:
        return
    since = winner.layer.since
    release = f" from its release {since[1][0]}.{since[1][1]} on" if since else ""
    yield rule.finding(
        written.setting,
        f"{written.setting.label} has no effect{release}: the operator gives Spark a template of its own "
        f"({winner.layer.name})",
    )
