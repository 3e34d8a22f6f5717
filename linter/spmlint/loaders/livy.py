"""What Livy makes of a session request: the body of ``POST /sessions`` and of a notebook's ``%%configure`` cell.

Livy puts ``conf`` into the session's properties first and its typed fields after it, so a field beats ``conf``
(InteractiveSession.create). How the session runs (manager, deploy mode) is for the server's own configuration to say, and a
session takes statements in every language, so both stay unknown here.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS, KUBERNETES, STANDALONE, YARN, World
from spmlint.document.holes import mark_holes
from spmlint.document.node import Node, Scalar
from spmlint.document.text import Span
from spmlint.fragment import Fragment
from spmlint.job import Layer, Setting

SESSION = "Livy session"

FIELDS = {
    "driverMemory": "spark.driver.memory",
    "driverCores": "spark.driver.cores",
    "executorMemory": "spark.executor.memory",
    "executorCores": "spark.executor.cores",
    "numExecutors": "spark.executor.instances",
    "name": "spark.app.name",
    "queue": "spark.yarn.queue",
}
"""The typed fields that are Spark settings (CreateInteractiveRequest)."""

PLATFORMS = (EMR_SERVERLESS, YARN, EMR_ON_EC2, KUBERNETES, EMR_ON_EKS, STANDALONE)
"""Where Livy runs sessions; its local master is for trying it out."""

EMR_SERVERLESS_PREFIXES = ("emr-serverless.", "spark.emr-serverless.")
"""Keys only the Livy endpoint and the Spark of EMR Serverless know."""


def session(root: Node, place: Span) -> Fragment:
    """The job a request starts; ``place`` is what to point at when speaking of all of it."""
    layers = [_conf(root), _fields(root)]
    name = root.scalar("name")
    return Fragment(SESSION, place, layers, name=name.value if name else "", world=_world(layers[0]), complete=True)


def _conf(root: Node) -> Layer:
    layer = Layer("conf")
    for name, value in root.pairs("conf"):
        if isinstance(value, Scalar) and not value.is_null:
            key = mark_holes(name.text)
            if key.holes:
                layer.open(f"templated key {key.value}", key)
            else:
                layer.add(Setting(name.value, mark_holes(value.text), name=name.text, label=f"conf.{name.value}"))
    return layer


def _fields(root: Node) -> Layer:
    layer = Layer("the typed fields")
    for name, value in root.pairs():
        key = FIELDS.get(name.value)
        if key is not None and isinstance(value, Scalar) and not value.is_null:
            layer.add(Setting(key, mark_holes(value.text), name=name.text, label=name.value))
    return layer


def _world(conf: Layer) -> World:
    if any(setting.key.startswith(EMR_SERVERLESS_PREFIXES) for setting in conf.settings):
        return World().narrowed("platform", (EMR_SERVERLESS,)).narrowed("deploy mode", (CLUSTER,))
    return World().narrowed("platform", PLATFORMS)
