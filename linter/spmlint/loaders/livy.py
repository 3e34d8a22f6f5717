"""What Livy makes of a session request: the body of ``POST /sessions`` and of a notebook's ``%%configure`` cell.

Livy puts ``conf`` into the session's properties first and its typed fields after it, so a field beats ``conf``
(InteractiveSession.create). How the session runs (manager, deploy mode) is for the server's own configuration to say, and a
session takes statements in every language, so both stay unknown here.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS, KUBERNETES, STANDALONE, YARN, World
from spmlint.conf import Layer, Setting
from spmlint.document.node import Node, Scalar
from spmlint.document.text import Span
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.manifest_settings import as_whole_number
from spmlint.place import Resource, View

SESSION = "Livy session"
REQUEST = "LivyRequest"
"""The kind of the object that a request is."""

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
    layers = [conf_layer(root), fields_layer(root)]
    name = root.string("name") or ""
    return Fragment(
        SESSION,
        place,
        layers,
        name=name,
        world=_world(layers[0]),
        complete=True,
        resource=Resource(root, REQUEST, name=name),
    )


def add_session(fragment: Fragment, loaded: Loaded) -> None:
    """Add the job of a request, and the request as an object."""
    loaded.fragments.append(fragment)
    if fragment.resource is not None:
        loaded.resources.append(fragment.resource)


def conf_layer(root: Node) -> Layer:
    """The settings of the request's ``conf``."""
    layer = Layer("conf")
    for name, value in root.pairs("conf"):
        key = name.marked
        if key.holes:
            layer.open_key(key)
        elif isinstance(value, Scalar) and not value.is_null:
            text = value.marked
            layer.add(
                Setting(name.value, text, name=name.text, label=f"conf.{name.value}", shared=not value.is_editable)
            )
    placeholder = View(root).hidden("conf")
    if placeholder is not None:
        layer.open(f"templated value {placeholder.value}", placeholder)
    return layer


def fields_layer(root: Node, fields: dict[str, str] = FIELDS) -> Layer:
    """The settings of the typed ``fields`` of a request, each with the key it sets."""
    layer = Layer("the typed fields")
    for name, value in root.pairs():
        field = name.marked
        key = fields.get(name.value)
        if field.holes:
            layer.open(f"templated field {field.value}", field, frozenset(fields.values()))
        elif key is not None and isinstance(value, Scalar) and not value.is_null:
            layer.add(
                Setting(
                    key,
                    as_whole_number(value.marked, value),
                    name=name.text,
                    label=name.value,
                    shared=not value.is_editable,
                )
            )
    return layer


def _world(conf: Layer) -> World:
    if any(setting.key.startswith(EMR_SERVERLESS_PREFIXES) for setting in conf.settings):
        return World().narrowed("platform", (EMR_SERVERLESS,)).narrowed("deploy mode", (CLUSTER,))
    return World().narrowed("platform", PLATFORMS)
