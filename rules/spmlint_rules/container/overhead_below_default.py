"""An explicit memory overhead is smaller than the one Spark would have chosen.

What it does
    `spark.driver.memoryOverhead` and `spark.executor.memoryOverhead` replace the default, they do not top it up: no factor
    and no minimum of 384 MiB applies any more. Compares the written overhead with what the same job would get without it.
Why it hurts
    Threads, class metadata, network buffers and native libraries live in the overhead. Too little of it and the container is
    killed with exit code 137 or "Container killed by YARN for exceeding memory limits", while the heap looks healthy.
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
        memory: 2g
      executor:
        memory: 8g
        memoryOverhead: 256m
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
Applies to
    Kubernetes, YARN, EMR. Not standalone or local mode, and not a driver in client mode: there is no container. Python and R
    jobs are SPM201's.
References
    BasicExecutorFeatureStep; BasicDriverFeatureStep; ResourceProfile; yarn.Client.
"""

from __future__ import annotations

from spmlint.rule import LOCAL, PYTHON, STANDALONE, WARNING, Finding, Iterator, Job, R, Rule

rule = Rule("SPM202", "overhead-below-default")


@rule.check(WARNING, triggers=("spark.driver.memoryOverhead", "spark.executor.memoryOverhead"))
def replaces_a_larger_default(job: Job, role: str) -> Iterator[Finding]:
    key = f"spark.{role}.memoryOverhead"
    setting = job.conf.setting(key)
    if setting is None or job.world.language.known in (PYTHON, R) or job.world.manager.among(STANDALONE, LOCAL):
        return
    made = job.model.container(role)
    default = job.model_without(key).container(role)
    if made is None or default is None or made.overhead_mib >= default.overhead_mib:
        return
    yield rule.finding(
        setting,
        f"{role} overhead {made.overhead_mib} MiB replaces the default of {default.overhead_mib} MiB and is smaller",
        derivation=lambda: [job.container_sum(role)],
    )
