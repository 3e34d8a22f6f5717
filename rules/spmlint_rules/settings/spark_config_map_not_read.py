"""A ConfigMap with a spark-defaults.conf is mounted into pods whose Spark does not read it.

What it does
    Follows `sparkConfigMap` of a SparkApplication to the ConfigMap of that name in the input and looks for a
    `spark-defaults.conf` in it.
Why it hurts
    The operator mounts the map and points SPARK_CONF_DIR at it. The driver pod starts Spark with `--properties-file`, and with
    that no spark-defaults.conf is read: every setting in it is missing, and nothing says so.
Example: job.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: nightly-conf
    data:
      spark-defaults.conf: |
        spark.sql.shuffle.partitions  400
    ---
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConfigMap: nightly-conf
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
      sparkConf:
        spark.sql.shuffle.partitions: "400"
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Resources of the Kubeflow operator, for Spark 2.4 and later. Other files in the map (log4j2.properties, ...) are read.
References
    Kubeflow Spark operator issue 691; the entrypoint of Spark's Kubernetes image; SparkSubmitArguments.
"""

from __future__ import annotations

from spmlint.answer import parse_version
from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import WARNING, Finding, Iterator, Related, Resource, Rule

rule = Rule("SPM721", "spark-config-map-not-read")

FILE = "spark-defaults.conf"
SINCE = (2, 4)
"""Before, the driver pod's Spark was given its settings one by one."""


@rule.check(WARNING, triggers=tuple(SPARK_APPLICATIONS))
def defaults_not_read(resource: Resource) -> Iterator[Finding]:
    spec = SPARK_APPLICATIONS[resource.kind]
    name = resource.word(*spec, "sparkConfigMap")
    config_map = resource.home.config_maps.get(name) if name else None
    if config_map is None or not config_map.has("data", FILE):
        return
    version = parse_version(resource.word(*spec, "sparkVersion") or "")
    if version is not None and version < SINCE:
        return
    yield rule.finding(
        resource.place(*spec, "sparkConfigMap"),
        f"the {FILE} in {name} is not read: the driver pod starts Spark with a properties file of its own",
        related=[Related(config_map.place("data", FILE), f"this {FILE}")],
    )
