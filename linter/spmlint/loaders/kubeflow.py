"""SparkApplication and ScheduledSparkApplication of the Kubeflow Spark operator, sparkoperator.k8s.io/v1beta2.

The operator turns the resource into spark-submit arguments in a fixed order (buildSparkSubmitArgs): the overhead factor and
Python version, then sparkConf and hadoopConf, then the driver's and the executor's fields, then dynamicAllocation; a later
``--conf`` wins. Where neither field nor sparkConf speaks it gives cores 1, memory 1g and, without dynamic allocation, one
instance (defaults.go).
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, KUBERNETES, World, parse_version
from spmlint.document.holes import mark_holes
from spmlint.document.node import Node, Scalar
from spmlint.document.text import Text
from spmlint.fragment import Fragment, Loaded
from spmlint.job import DRIVER, EXECUTOR, Layer, Setting, injected
from spmlint.loaders.kubernetes import resource_of
from spmlint.loaders.spark_defaults import language_of
from spmlint.pods import SPARK_APPLICATIONS

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
DYNAMIC_ALLOCATION_FIELDS = {
    "initialExecutors": "spark.dynamicAllocation.initialExecutors",
    "minExecutors": "spark.dynamicAllocation.minExecutors",
    "maxExecutors": "spark.dynamicAllocation.maxExecutors",
    "shuffleTrackingEnabled": "spark.dynamicAllocation.shuffleTracking.enabled",
    "shuffleTrackingTimeout": "spark.dynamicAllocation.shuffleTracking.timeout",
}


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of a v1beta2 resource. Other versions have other schemas and are left alone."""
    if root.string("apiVersion") != "sparkoperator.k8s.io/v1beta2" or kind not in SPARK_APPLICATIONS:
        return
    path = SPARK_APPLICATIONS[kind]
    spec = root.get(*path)
    if spec is None:
        return
    # The schema requires these; what lacks one is a patch for another object.
    complete = all(spec.get(field) is not None for field in ("type", "driver", "executor"))
    prefix = ".".join(path)
    layers = [
        _fields(spec, BEFORE_CONF, prefix, "the fields before sparkConf"),
        _spark_conf(spec, prefix),
        _role_fields(spec, prefix, DRIVER),
        _role_fields(spec, prefix, EXECUTOR),
        _dynamic_allocation(spec, prefix),
    ]
    if complete:
        layers.insert(0, _defaults(spec, layers))
    name = root.scalar("metadata", "name")
    resource = resource_of(root, kind, partial=not complete)
    loaded.resources.append(resource)
    fragment = Fragment(
        kind,
        name.text.span() if name else resource.place("kind"),
        layers,
        name=resource.name,
        namespace=resource.namespace,
        world=_world(spec, complete),
        complete=complete,
        main=_text(spec, "mainApplicationFile"),
        resource=resource,
    )
    fragment.version = spec.string("sparkVersion")
    loaded.fragments.append(fragment)


def _text(node: Node, *path: str) -> Text | None:
    scalar = node.scalar(*path)
    return mark_holes(scalar.text) if scalar else None


def _setting(key: str, name: Scalar, value: Scalar, label: str) -> Setting:
    return Setting(key, mark_holes(value.text), name=name.text, label=label, shared=value.shared)


def _fields(node: Node, table: dict[str, str], prefix: str, title: str) -> Layer:
    """A layer of the typed fields of ``node`` that ``table`` maps to keys, in the operator's order."""
    layer = Layer(title)
    written = {name.value: (name, value) for name, value in node.pairs()}
    for field, key in table.items():
        if field in written:
            name, value = written[field]
            if isinstance(value, Scalar) and not value.is_null:
                layer.add(_setting(key, name, value, f"{prefix}.{field}"))
    return layer


def _spark_conf(spec: Node, prefix: str) -> Layer:
    layer = Layer(f"{prefix}.sparkConf")
    for field, start in (("sparkConf", ""), ("hadoopConf", "spark.hadoop.")):
        for name, value in spec.pairs(field):
            if not isinstance(value, Scalar):
                continue
            key = mark_holes(name.text)
            if key.holes:
                layer.open(f"templated key {key.value}", key)
            else:
                layer.add(_setting(start + name.value, name, value, f"{prefix}.{field}.{name.value}"))
    return layer


def _role_fields(spec: Node, prefix: str, role: str) -> Layer:
    node = spec.get(role)
    table = {field: key.format(role=role) for field, key in ROLE_FIELDS.items()}
    if role == EXECUTOR:
        table["instances"] = "spark.executor.instances"
    title = f"{prefix}.{role}"
    return _fields(node, table, title, title) if node else Layer(title)


def _dynamic_allocation(spec: Node, prefix: str) -> Layer:
    """The operator says nothing unless the field is enabled; then it always says shuffle tracking, true by default."""
    title = f"{prefix}.dynamicAllocation"
    layer = Layer(title)
    enabled = spec.scalar("dynamicAllocation", "enabled")
    node = spec.get("dynamicAllocation")
    if enabled is None or node is None or enabled.is_false:
        return layer
    name = next(name for name, value in node.pairs() if name.value == "enabled")
    layer.add(_setting("spark.dynamicAllocation.enabled", name, enabled, f"{title}.enabled"))
    for setting in _fields(node, DYNAMIC_ALLOCATION_FIELDS, title, title).settings:
        layer.add(setting)
    if node.get("shuffleTrackingEnabled") is None:
        layer.add(injected("spark.dynamicAllocation.shuffleTracking.enabled", "true", enabled.text))
    return layer


def _defaults(spec: Node, layers: list[Layer]) -> Layer:
    """What the operator gives where neither a field nor sparkConf speaks."""
    layer = Layer("the operator", injected=True)
    written = {setting.key for other in layers for setting in other.settings}
    wanted = {
        f"spark.{role}.{what}": value
        for role in (DRIVER, EXECUTOR)
        for what, value in (("cores", "1"), ("memory", "1g"))
    }
    if "spark.dynamicAllocation.enabled" not in written:
        wanted["spark.executor.instances"] = "1"
    for key, value in wanted.items():
        if key not in written:
            role = DRIVER if ".driver." in key else EXECUTOR
            name = next((name for name, _ in spec.pairs() if name.value == role), None)
            layer.add(injected(key, value, name.text if name else spec.span()))
    return layer


def _world(spec: Node, complete: bool) -> World:
    world = World().with_manager(KUBERNETES).narrowed("platform", (KUBERNETES,))
    mode = _text(spec, "mode")
    if mode is None:
        world = world.narrowed("deploy mode", (CLUSTER,)) if complete else world
    elif mode.value in (CLUSTER, CLIENT):
        world = world.narrowed("deploy mode", (mode.value,))
    version = _text(spec, "sparkVersion")
    if version is not None and not version.holes:
        parsed = parse_version(version.value)
        world = world.with_spark(parsed)
    main = _text(spec, "mainApplicationFile")
    if main is not None or complete:
        world = world.narrowed("language", language_of(main))
    return world
