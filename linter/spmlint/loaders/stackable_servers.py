"""The other resources of the Stackable operator: SparkConnectServer, SparkHistoryServer and SparkApplicationTemplate.

A Connect server reads the ``configOverrides`` of its two roles, the server's over the executor's, from a properties file
that the operator completes (server_properties in connect/server.rs); it runs in client mode. A history server reads
``sparkConf``. What the operator adds depends on its release, so each of them is a part of a job.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, JVM, KUBERNETES, World, parse_version
from spmlint.conf import Layer
from spmlint.document.node import Node
from spmlint.fragment import Loaded
from spmlint.loaders.manifest_settings import add_map, text_at
from spmlint.loaders.operator_job import add_job

FILE = "spark-defaults.conf"


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add what a resource sets."""
    spec = root.get("spec")
    if spec is None:
        return
    layers = [Layer("spec.sparkConf")]
    add_map(layers[0], spec, "sparkConf", "spec")
    for role in ("executor", "server"):
        overrides = spec.get(role, "configOverrides")
        title = f"spec.{role}.configOverrides"
        layers.append(Layer(title) if overrides is None else add_map(Layer(title), overrides, FILE, title))
    world = World().narrowed("platform", (KUBERNETES,))
    if kind != "SparkApplicationTemplate":
        world = world.narrowed("deploy mode", (CLIENT,)).narrowed("language", (JVM,))
    version = text_at(spec, "image", "productVersion") or text_at(spec, "sparkImage", "productVersion")
    if version is not None and not version.holes:
        world = world.with_spark(parse_version(version.value))
    add_job(loaded, root, f"{kind}.spark.stackable.tech", layers, world, complete=False, version=version)
