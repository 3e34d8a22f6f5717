"""SparkApplication and ScheduledSparkApplication of the Kubeflow Spark operator, sparkoperator.k8s.io/v1beta2.

The operator turns the resource into spark-submit arguments in a fixed order (buildSparkSubmitArgs): the overhead factor and
Python version, then sparkConf and hadoopConf, then the driver's fields and volumes, the executor's, then dynamicAllocation,
then its own pod templates; a later ``--conf`` wins. Where neither field nor sparkConf speaks it gives cores 1, memory 1g
and, without dynamic allocation, one instance (defaults.go).
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, KUBERNETES, World, parse_version
from spmlint.conf import Layer, Setting, injected
from spmlint.document.node import Node
from spmlint.job import DRIVER, EXECUTOR, ROLES
from spmlint.loaders.kubeflow_volumes import local_directories
from spmlint.loaders.manifest_settings import (
    add_fields,
    add_map,
    key_text,
    open_where_templated,
    setting_of,
    text_at,
    written_keys,
)
from spmlint.loaders.operator_job import add_job
from spmlint.loaders.spark_defaults import language_of
from spmlint.places.operators import KUBEFLOW
from spmlint.places.pods import SPARK_APPLICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from spmlint.document.text import Span, Text
    from spmlint.fragment import Loaded

BEFORE_CONF = {
    "memoryOverheadFactor": "spark.kubernetes.memoryOverheadFactor",
    "pythonVersion": "spark.kubernetes.pyspark.pythonVersion",
}
"""Fields emitted before sparkConf, which therefore beats them."""

ROLE_FIELDS = {
    "cores": "spark.{role}.cores",
    "coreRequest": "spark.kubernetes.{role}.request.cores",
    "coreLimit": "spark.kubernetes.{role}.limit.cores",
    "memory": "spark.{role}.memory",
    "memoryOverhead": "spark.{role}.memoryOverhead",
    "javaOptions": "spark.{role}.extraJavaOptions",
}
_FIELDS_OF = {role: {field: key.format(role=role) for field, key in ROLE_FIELDS.items()} for role in ROLES}
_FIELDS_OF[EXECUTOR]["instances"] = "spark.executor.instances"
_DYNAMIC = "spark.dynamicAllocation.enabled"
DYNAMIC_ALLOCATION_FIELDS = {
    "initialExecutors": "spark.dynamicAllocation.initialExecutors",
    "minExecutors": "spark.dynamicAllocation.minExecutors",
    "maxExecutors": "spark.dynamicAllocation.maxExecutors",
    "shuffleTrackingEnabled": "spark.dynamicAllocation.shuffleTracking.enabled",
    "shuffleTrackingTimeout": "spark.dynamicAllocation.shuffleTracking.timeout",
}


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of a v1beta2 resource."""
    path = SPARK_APPLICATIONS[kind]
    spec = root.get(*path)
    if spec is None:
        return
    # The schema requires these; what lacks one is a patch for another object.
    complete = all(spec.get(field) is not None for field in ("type", "driver", "executor"))
    prefix = ".".join(path)
    layers = [
        add_fields(Layer("the fields before sparkConf"), spec, BEFORE_CONF, prefix),
        spark_conf(spec, prefix, lambda name: f"spark.hadoop.{name}"),
        _role_fields(spec, prefix, DRIVER),
        *local_directories(spec, prefix, DRIVER),
        _role_fields(spec, prefix, EXECUTOR),
        *local_directories(spec, prefix, EXECUTOR),
        dynamic_allocation(spec, prefix),
        *(_pod_template(spec, prefix, role) for role in ROLES if complete or spec.get(role, "template") is not None),
    ]
    if complete:
        layers.insert(0, _defaults(spec, layers))
    add_job(
        loaded,
        root,
        kind,
        layers,
        _world(spec, complete),
        complete=complete,
        main=text_at(spec, "mainApplicationFile"),
        main_class=text_at(spec, "mainClass"),
        version=text_at(spec, "sparkVersion"),
    )


def spark_conf(spec: Node, prefix: str, hadoop_key: Callable[[str], str]) -> Layer:
    """``sparkConf``, then ``hadoopConf`` under the keys that ``hadoop_key`` makes."""
    layer = Layer(f"{prefix}.sparkConf")
    add_map(layer, spec, "sparkConf", prefix)
    return add_map(layer, spec, "hadoopConf", prefix, hadoop_key)


def _role_fields(spec: Node, prefix: str, role: str) -> Layer:
    title = f"{prefix}.{role}"
    return add_fields(Layer(title), spec.get(role), _FIELDS_OF[role], title)


def dynamic_allocation(spec: Node, prefix: str) -> Layer:
    """The operator says nothing unless the field is enabled; then it always says shuffle tracking, true by default."""
    title = f"{prefix}.dynamicAllocation"
    layer = Layer(title)
    node = spec.get("dynamicAllocation")
    enabled = spec.scalar("dynamicAllocation", "enabled")
    if node is None or (enabled is not None and enabled.is_false):
        return layer
    if enabled is None:
        open_where_templated(layer, node, frozenset((_DYNAMIC, *DYNAMIC_ALLOCATION_FIELDS.values())))
        return layer
    name = next(name for name, _ in node.pairs() if name.value == "enabled")
    layer.add(setting_of(_DYNAMIC, name, enabled, f"{title}.enabled"))
    add_fields(layer, node, DYNAMIC_ALLOCATION_FIELDS, title)
    if node.get("shuffleTrackingEnabled") is None:
        layer.add(injected("spark.dynamicAllocation.shuffleTracking.enabled", "true", enabled.text))
    return layer


def _pod_template(spec: Node, prefix: str, role: str) -> Layer:
    """The pod template the operator writes to a file: where the field is given, and from 2.4.0 on in any case."""
    title = f"{prefix}.{role}.template"
    field = key_text(spec, role, "template")
    layer = Layer(title, injected=True, since=None if field else (KUBEFLOW, (2, 4)))
    layer.add(pod_template_file(role, field or key_text(spec, role) or spec.span(), title))
    return layer


def pod_template_file(role: str, place: Span | Text, title: str) -> Setting:
    """Where the operator puts a pod template."""
    return injected(f"spark.kubernetes.{role}.podTemplateFile", f"/tmp/spark/{role}-pod-template.yaml", place, title)


def _defaults(spec: Node, layers: list[Layer]) -> Layer:
    """What the operator gives where neither a field nor sparkConf speaks."""
    layer = Layer("the operator", injected=True)
    written = written_keys(layers)
    wanted = {f"spark.{role}.{what}": value for role in ROLES for what, value in (("cores", "1"), ("memory", "1g"))}
    if not _may_be_dynamic(layers):
        wanted["spark.executor.instances"] = "1"
    for key, value in wanted.items():
        if key not in written:
            role = DRIVER if ".driver." in key else EXECUTOR
            layer.add(injected(key, value, key_text(spec, role) or spec.span()))
    return layer


def _may_be_dynamic(layers: list[Layer]) -> bool:
    """Whether dynamic allocation is on, or a placeholder keeps it unknown."""
    return any(
        setting.key == _DYNAMIC and setting.value.value.strip().lower() != "false"
        for layer in layers
        for setting in layer.settings
    )


def _world(spec: Node, complete: bool) -> World:
    world = World().narrowed("platform", (KUBERNETES,))
    mode = text_at(spec, "mode")
    if mode is None:
        world = world.narrowed("deploy mode", (CLUSTER,)) if complete else world
    elif mode.value in (CLUSTER, CLIENT):
        world = world.narrowed("deploy mode", (mode.value,))
    version = text_at(spec, "sparkVersion")
    if version is not None and not version.holes:
        world = world.with_spark(parse_version(version.value))
    main = text_at(spec, "mainApplicationFile")
    if main is not None or complete:
        world = world.narrowed("language", language_of(main))
    return world
