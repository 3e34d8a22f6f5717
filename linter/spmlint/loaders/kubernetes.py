"""Streams of Kubernetes objects: one YAML file, many documents, each read by what its kind means."""

from __future__ import annotations

from spmlint.document.node import Mapping, Node, Problem, Scalar
from spmlint.document.text import Source, Span, Text
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Loaded
from spmlint.place import Resource, View
from spmlint.places.operators import OPERATOR, image_of
from spmlint.places.pods import POD_SPECS, SPARK_CONTAINERS

IGNORE_ANNOTATION = "spmlint.io/ignore"

FACT_KINDS = ("KubeletConfiguration", "LimitRange", "ResourceQuota", "Node", "PersistentVolumeClaim")

OTHER_KINDS = ("PodDisruptionBudget",)
"""Kinds that describe no place a job runs in, but something rules look at."""

SPARK_KINDS = (
    "SparkApplication",
    "ScheduledSparkApplication",
    "SparkApplicationTemplate",
    "SparkCluster",
    "SparkConnect",
    "SparkConnectServer",
    "SparkHistoryServer",
)
"""The kinds of the operators of Spark; more than one operator has a SparkApplication."""


def load(source: Source, loaded: Loaded) -> None:
    """Add what each document of the stream means."""
    try:
        for document in iter_yaml(source):
            if document.root is not None:
                load_object(document.root, loaded)
    except Problem as problem:
        from spmlint.document.template_lines import is_recoverable

        if problem.kind != "syntax" or not is_recoverable(source.text):
            raise
        from spmlint.loaders.kubernetes_template import load_template

        load_template(source, loaded)


def load_object(root: Node, loaded: Loaded) -> None:
    """Add what one object means; the items of a List one by one; nothing for a kind that is not ours."""
    kind = root.string("kind") or ""
    group = (root.string("apiVersion") or "").partition("/")[0]
    if kind == "List" or (kind.endswith("List") and root.items("items")):
        for item in root.items("items"):
            load_object(item, loaded)
        return
    if not isinstance(root, Mapping):
        return
    if kind in SPARK_KINDS:
        from spmlint.loaders.spark_resources import load_resource

        load_resource(root, kind, loaded)
    elif group == "batch.volcano.sh":
        from spmlint.loaders.volcano import load_object as load_volcano

        load_volcano(root, loaded)
    elif kind in POD_SPECS:
        _load_workload(root, kind, loaded)
    elif kind == "ConfigMap":
        from spmlint.loaders.config_map import load_config_map

        load_config_map(root, loaded)
    elif (group, kind) == ("argoproj.io", "Application"):
        from spmlint.loaders.helm_release import load_application

        load_application(root, loaded)
    elif kind == "HelmRelease":
        from spmlint.loaders.helm_release import load_release

        load_release(root, loaded)
    elif group == "argoproj.io":
        from spmlint.loaders.argo_workflow import load_workflow

        load_workflow(root, kind, loaded)
    elif kind in FACT_KINDS or kind in OTHER_KINDS:
        loaded.resources.append(resource_of(root, kind))
    else:
        return
    _take_ignore(root, loaded)


def resource_of(
    root: Node, kind: str, *, pod: View | None = None, role: str | None = None, partial: bool = False
) -> Resource:
    """The object with its literal name and namespace."""
    return Resource(
        root,
        kind,
        name=root.string("metadata", "name") or "",
        namespace=root.string("metadata", "namespace"),
        pod=pod,
        role=role,
        partial=partial,
    )


def _load_workload(root: Node, kind: str, loaded: Loaded) -> None:
    path = POD_SPECS[kind]
    spec = View(root).at(*path)
    if spec is None:
        return
    containers = spec.items("containers")
    # A strategic-merge patch names a container and little else; a whole one has an image.
    partial = not containers or not all(container.has("image") for container in containers)
    resource = resource_of(root, kind, pod=spec, role=_spark_role(root, path, spec), partial=partial)
    loaded.resources.append(resource)
    if image_of(resource) is not None:
        loaded.resources.append(resource_of(root, OPERATOR, pod=spec))
    if not partial:
        for container in [*spec.items("initContainers"), *spec.items("containers")]:
            load_command(container, root.string("metadata", "namespace"), loaded)


def load_command(container: View, namespace: str | None, loaded: Loaded) -> None:
    """Add the job that a container starts, if it starts one."""
    words = _words(container)
    if any("spark" in word.value.lower() for word in words):
        from spmlint.loaders.shell_script import load_words
        from spmlint.loaders.spark_submit import Carrier

        load_words(words, Carrier(loaded, namespace=namespace))


def _spark_role(root: Node, path: tuple[str, ...], spec: View) -> str | None:
    """``driver``, ``executor`` or ``submitter`` where the pod runs a part of a Spark job, by names Spark itself uses."""
    label = root.string(*path[:-1], "metadata", "labels", "spark-role")
    if label in ("driver", "executor"):
        return label
    for container in spec.items("containers"):
        name = container.value("name")
        for role, spark in SPARK_CONTAINERS.items():
            if name is not None and name.value == spark:
                return role
        if any("spark-submit" in word.value for word in _words(container)):
            return "submitter"
    return None


def _words(container: View) -> list[Text]:
    """What a container runs: its command and its arguments."""
    items = [item for field in ("command", "args") for item in container.items(field)]
    return [text for item in items if (text := item.value()) is not None]


def _take_ignore(root: Node, loaded: Loaded) -> None:
    annotation = root.get("metadata", "annotations", IGNORE_ANNOTATION)
    if isinstance(annotation, Scalar):
        loaded.ignores.append((Span(root.source, root.start, root.end), annotation.text))
