"""SparkApplication of the Stackable operator, spark.stackable.tech/v1alpha1.

The operator turns ``resources`` into settings: cores are the CPU maximum rounded up, request and limit the quantities as
written, and the heap what is left of ``memory.limit`` after an overhead of its own, for which it sets Spark's overhead
factor to 0. ``sparkConf`` comes last and wins (build_command in crd/mod.rs).
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, KUBERNETES, World, parse_version
from spmlint.conf import Layer, Setting, injected
from spmlint.document.node import Node
from spmlint.document.text import Text
from spmlint.fragment import Loaded
from spmlint.job import DRIVER, EXECUTOR, ROLES
from spmlint.loaders.manifest_settings import add_fields, add_map, key_text, text_at
from spmlint.loaders.operator_job import add_job
from spmlint.loaders.spark_defaults import language_of
from spmlint.loaders.stackable_resources import DEFAULTS, cores, heap_mib
from spmlint.places.pods import STACKABLE_APPLICATION

_MERGE = "spark-application.template.merge"
"""The annotation that has SparkApplicationTemplates merged below the application."""

_CONTAINER = "spark"


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of an application; one that templates are merged into is incomplete."""
    spec = root.get("spec")
    if spec is None:
        return
    merged = root.string("metadata", "annotations", _MERGE) not in (None, "false")
    complete = not merged and all(spec.get(field) for field in ("mode", "mainApplicationFile", "sparkImage"))
    layers = [_forced(root, spec)] if complete else []
    for role in ROLES:
        layers.extend(_resources(spec, role, complete=complete))
    replicas = Layer("spec.executor")
    layers.append(add_fields(replicas, spec.get(EXECUTOR), {"replicas": "spark.executor.instances"}, "spec.executor"))
    layers.append(add_map(Layer("spec.sparkConf"), spec, "sparkConf", "spec"))
    version = text_at(spec, "sparkImage", "productVersion")
    add_job(
        loaded,
        root,
        STACKABLE_APPLICATION,
        layers,
        _world(spec, version, complete=complete),
        complete=complete,
        main=text_at(spec, "mainApplicationFile"),
        version=version,
    )


def _forced(root: Node, spec: Node) -> Layer:
    """What the operator gives before anything of the application; its sparkConf may still say otherwise."""
    place = key_text(root, "kind") or root.span()
    layer = Layer("the operator", injected=True)
    layer.add(injected("spark.kubernetes.memoryOverheadFactor", "0.0", place))
    for role in ROLES:
        file = f"/stackable/spark/{role}-pod-templates/template.yaml"
        layer.add(injected(f"spark.kubernetes.{role}.podTemplateFile", file, key_text(spec, role) or place))
        layer.add(injected(f"spark.kubernetes.{role}.podTemplateContainerName", _CONTAINER, place))
        layer.add(injected(f"spark.{role}.extraClassPath", "/stackable/spark/extra-jars/*", place))
    return layer


def _resources(spec: Node, role: str, *, complete: bool) -> list[Layer]:
    """The settings computed from a role's resources, and where those are not given, from the operator's own."""
    title = f"spec.{role}.config.resources"
    given = Layer("the operator", injected=True)
    layer = Layer(title)
    place = key_text(spec, role) or spec.span()
    is_java = spec.get("mainClass") is not None
    for field, keys in _keys_of(role).items():
        text = text_at(spec, role, "config", "resources", *field.split("."))
        label = f"{title}.{field}"
        if text is not None and text.holes:
            layer.open(f"templated value {text.value}", text, frozenset(keys))
            continue
        for key in keys:
            value = _value(key, text.value if text else DEFAULTS[field], is_java)
            if value is None:
                layer.open(f"the operator cannot compute {key}", text, frozenset((key,)))
            elif text is None and complete:
                given.add(injected(key, value, place))
            elif text is not None and value == text.value:
                layer.add(Setting(key, text, name=key_text(spec, role, "config", "resources"), label=label))
            elif text is not None:
                layer.add(injected(key, value, text, label))
    return [given, layer]


def _keys_of(role: str) -> dict[str, tuple[str, ...]]:
    return {
        "cpu.min": (f"spark.kubernetes.{role}.request.cores",),
        "cpu.max": (f"spark.{role}.cores", f"spark.kubernetes.{role}.limit.cores"),
        "memory.limit": (f"spark.{role}.memory",),
    }


def _value(key: str, quantity: str, is_java: bool) -> str | None:
    if key.endswith(".memory"):
        mib = heap_mib(quantity, is_java=is_java)
        return None if mib is None else f"{mib}m"
    if key in (f"spark.{DRIVER}.cores", f"spark.{EXECUTOR}.cores"):
        whole = cores(quantity)
        return None if whole is None else str(whole)
    return quantity


def _world(spec: Node, version: Text | None, *, complete: bool) -> World:
    world = World().narrowed("platform", (KUBERNETES,))
    mode = text_at(spec, "mode")
    if mode is not None and mode.value in (CLUSTER, CLIENT):
        world = world.narrowed("deploy mode", (mode.value,))
    if version is not None and not version.holes:
        world = world.with_spark(parse_version(version.value))
    main = text_at(spec, "mainApplicationFile")
    return world.narrowed("language", language_of(main)) if main is not None or complete else world
