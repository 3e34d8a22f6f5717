"""Configuration objects of EMR Serverless: a classification and its properties, at the application and at the job.

The application's ``runtimeConfiguration`` holds for each of its jobs. A job that gives a classification of its own, be it
empty, drops the application's whole classification and not the keys it repeats (user guide, default-configs); from
emr-spark-8.1 the two are merged.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, EMR_SERVERLESS, World
from spmlint.conf import Layer, Setting
from spmlint.document.holes import mark_holes
from spmlint.emr.releases import MERGED_CONFIGURATION, has_feature, spark_version
from spmlint.place import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Text
    from spmlint.place import Resource

SPARK_DEFAULTS = "spark-defaults"
"""The classification that holds Spark settings; others configure Hive, logging and EMR itself."""


def configuration_layers(owner: View, *path: str) -> list[Layer]:
    """The Spark settings of the list of configurations at ``path``, each a layer that drops what stands below it."""
    layers = []
    for configuration in owner.items(*path):
        classification = configuration.value("classification") or configuration.hidden("classification")
        if classification is None or classification.value != SPARK_DEFAULTS:
            if classification is not None and classification.holes:
                layers.append(_unseen(" ".join(path[-1:]), classification))
            continue
        layer = Layer(" ".join((*path[-1:], SPARK_DEFAULTS)), classification=SPARK_DEFAULTS, clears=True)
        for name, part in configuration.parts("properties").items():
            value = part.value()
            if part.key is None:
                continue
            key = mark_holes(part.key)
            if key.holes:
                layer.open_key(key)
            elif value is not None:
                layer.add(Setting(name, value, name=key, shared=part.is_fixed()))
        properties = configuration.hidden("properties")
        if properties is not None:
            layer.open(f"templated value {properties.value}", properties)
        layers.append(layer)
    placeholder = owner.hidden(*path)
    if placeholder is not None:
        layers.append(_unseen(" ".join(path[-1:]), placeholder))
    return layers


def _unseen(name: str, placeholder: Text) -> Layer:
    """A layer of which only the placeholder is known that stands for it."""
    layer = Layer(name)
    layer.open(f"templated value {placeholder.value}", placeholder)
    return layer


def application_layers(application: Resource) -> list[Layer]:
    """The settings an application gives to each of its jobs."""
    layers = configuration_layers(application, "runtimeConfiguration")
    label = _release(application)
    if label is not None and has_feature(label.value, MERGED_CONFIGURATION):
        for layer in layers:
            layer.classification = None
    return layers


def application_world(application: Resource, world: World) -> World:
    """``world`` with what an application says of the jobs in it."""
    return serverless_world(world, _release(application))


def serverless_world(world: World, label: Text | None) -> World:
    """``world`` on EMR Serverless, with the Spark of a release where one is given and Spark's version is not known yet."""
    world = world.narrowed("platform", (EMR_SERVERLESS,)).narrowed("deploy mode", (CLUSTER,))
    if label is None or label.holes or world.spark.known is not None:
        return world
    return world.with_spark(spark_version(label.value))


def _release(application: Resource) -> Text | None:
    return application.value("releaseLabel")
