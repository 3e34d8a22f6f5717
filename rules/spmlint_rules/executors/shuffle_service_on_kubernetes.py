"""The external shuffle service is switched on where there is none.

What it does
    Finds `spark.shuffle.service.enabled=true` in a job on Kubernetes. Spark has no shuffle service there.
Why it hurts
    The setting satisfies dynamic allocation's own check, so the driver starts; then every executor tries to register with a
    server on its node, port 7337, that does not exist: "Unable to create executor due to Unable to register with external
    shuffle server". Shuffle tracking, which would work, is not what keeps the files then.
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
        spark.dynamicAllocation.enabled: "true"
        spark.dynamicAllocation.maxExecutors: "20"
        spark.shuffle.service.enabled: "true"
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
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConf:
        spark.dynamicAllocation.enabled: "true"
        spark.dynamicAllocation.maxExecutors: "20"
        spark.dynamicAllocation.shuffleTracking.enabled: "true"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Kubernetes, EMR on EKS. A remote shuffle (Celeborn, Uniffle) does not need the setting either. EMR Serverless has a rule of
    its own.
References
    BlockManager.registerWithExternalShuffleServer; Running Spark on Kubernetes, Future Work.
"""

from __future__ import annotations

from spmlint.rule import KUBERNETES, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM404", "shuffle-service-on-kubernetes")

SERVICE = "spark.shuffle.service.enabled"


@rule.check(WARNING, triggers=(SERVICE,))
def there_is_no_such_service(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(SERVICE)
    if setting is not None and job.world.manager.known == KUBERNETES and read(job.conf, SERVICE, job.world.spark):
        yield rule.finding(
            setting,
            "Kubernetes has no external shuffle service: executors fail as they try to register with one on port 7337; "
            "spark.dynamicAllocation.shuffleTracking.enabled keeps shuffle files without it",
        )
