"""Clusters of EMR on EC2: their configuration objects, and the steps that stand in the same request.

Shapes: RunJobFlow, AddJobFlowSteps and Configuration of botocore's model emr/2009-03-31, and the file that
``--configurations`` names. The service spells its names ``Classification``; files in the lower-case spelling of the other
EMR services are met as well. What a cluster sets holds for every job on it unless the job says otherwise.
"""

from __future__ import annotations

from spmlint.answer import EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS, World
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Sequence
from spmlint.document.text import Source
from spmlint.emr.releases import spark_version
from spmlint.fragment import NO_COMMENTS, Fragment, Loaded
from spmlint.loaders import emr_steps
from spmlint.loaders.emr_configuration import configuration_layers
from spmlint.loaders.pascal_case import camel_case
from spmlint.place import Resource, View

COMMENTS = NO_COMMENTS

KIND = "EMR configurations"
CLUSTER_CONFIGURATION = "EmrClusterConfiguration"
"""The kind of resource that holds each classification's properties under the classification's name."""
CLUSTER = "EmrCluster"
"""The kind of resource that a request for a cluster is, in camel case."""

_EVERYWHERE = frozenset(("spark-defaults", "spark", "spark-log4j", "spark-log4j2", "hive-site", "emrfs-site"))
"""Classifications that EMR Serverless and EMR on EKS know too."""


def load(source: Source, loaded: Loaded) -> None:
    """Add what a list of configurations, or a request with one, sets and starts."""
    load_object(read_json(source.whole()), loaded)


def load_object(root: Node, loaded: Loaded) -> None:
    """Add the cluster's own settings, and the jobs of its steps over them."""
    request = camel_case(root)
    path = () if isinstance(request, Sequence) else ("configurations",)
    label = request.scalar("releaseLabel")
    version = None if label is None else spark_version(label.value)
    layers = configuration_layers(View(request), *path)
    cluster = Resource(request, CLUSTER, name=request.string("name") or "")
    if request.get("instances") is not None or request.get("applications") is not None:
        loaded.resources.append(cluster)
    before = len(loaded.fragments)
    emr_steps.load_object(root, loaded)
    steps = loaded.fragments[before:]
    for step in steps:
        step.layers[:0] = layers
        step.world = step.world.with_spark(version)
        step.resource = cluster
    configurations = [item for item in request.items(*path) if item.string("classification") is not None]
    if not configurations:
        return
    resource = Resource(_by_classification(configurations), CLUSTER_CONFIGURATION, name=cluster.name)
    loaded.resources.append(resource)
    first = next((setting for layer in layers for setting in layer.settings), None)
    if first is not None and not steps:
        place = (first.name or first.value).span()
        world = World().narrowed("platform", _platforms(root, resource)).with_spark(version)
        loaded.fragments.append(Fragment(KIND, place, layers, name=resource.name, world=world, resource=cluster))


def _by_classification(configurations: list[Node]) -> Mapping:
    """The properties of each classification under its name."""
    merged = Mapping(configurations[0].source, configurations[0].start, configurations[-1].end)
    for configuration in configurations:
        name, properties = configuration.scalar("classification"), configuration.get("properties")
        if name is not None and properties is not None:
            merged.own.append((name, properties))
    return merged


def _platforms(root: Node, resource: Resource) -> tuple[str, ...]:
    """Whose configuration it is: the spelling and the classifications tell EMR on EC2 from the other services."""
    first = next(iter(root.items()), root)
    is_capital = any(name.value in ("Classification", "Configurations") for name, _ in first.pairs())
    return (
        (EMR_ON_EC2,)
        if is_capital or set(resource.fields()) - _EVERYWHERE
        else (EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS)
    )
