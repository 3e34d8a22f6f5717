"""SparkConnect of the Kubeflow Spark operator, sparkoperator.k8s.io/v1alpha1.

The operator makes the server's pod itself, as ``server.template`` says, and starts ``start-connect-server.sh`` in it: a
driver in client mode, whose memory Spark does not add to the pod. It gives the arguments in a fixed order
(buildStartConnectServerArgs): sparkConf and hadoopConf, the server's fields, the executor's, the executor's pod template,
dynamicAllocation. It has no defaults of its own.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, JVM, KUBERNETES, World, parse_version
from spmlint.conf import Layer, injected
from spmlint.document.node import Node
from spmlint.fragment import Loaded
from spmlint.job import EXECUTOR
from spmlint.loaders.kubeflow import dynamic_allocation, pod_template_file, spark_conf
from spmlint.loaders.manifest_settings import add_fields, key_text, text_at
from spmlint.loaders.operator_job import add_job
from spmlint.places.pods import SPARK_CONNECT

_SERVER_FIELDS = {"cores": "spark.driver.cores", "memory": "spark.driver.memory"}
_EXECUTOR_FIELDS = {
    "instances": "spark.executor.instances",
    "cores": "spark.executor.cores",
    "memory": "spark.executor.memory",
}
_FORCED = {
    "spark.driver.bindAddress": "0.0.0.0",
    "spark.driver.port": "7078",
    "spark.driver.blockManager.port": "7079",
}


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job that a server is."""
    spec = root.get("spec")
    if spec is None:
        return
    complete = all(spec.get(field) is not None for field in ("sparkVersion", "server", "executor"))
    place = key_text(spec, "server") or spec.span()
    forced = Layer("the operator", [injected(key, value, place) for key, value in _FORCED.items()], injected=True)
    template = Layer("spec.executor.template", injected=True)
    field = key_text(spec, EXECUTOR, "template")
    if field is not None:
        template.add(pod_template_file(EXECUTOR, field, template.name))
    layers = [
        spark_conf(spec, "spec", _hadoop_key),
        add_fields(Layer("spec.server"), spec.get("server"), _SERVER_FIELDS, "spec.server"),
        forced,
        add_fields(Layer("spec.executor"), spec.get("executor"), _EXECUTOR_FIELDS, "spec.executor"),
        template,
        dynamic_allocation(spec, "spec"),
    ]
    version = text_at(spec, "sparkVersion")
    world = World().narrowed("platform", (KUBERNETES,)).narrowed("deploy mode", (CLIENT,)).narrowed("language", (JVM,))
    if version is not None and not version.holes:
        world = world.with_spark(parse_version(version.value))
    add_job(loaded, root, SPARK_CONNECT, layers, world, complete=complete, version=version)


def _hadoop_key(name: str) -> str:
    return name if name.startswith("spark.hadoop.") else f"spark.hadoop.{name}"
