"""CloudFormation templates: applications of EMR Serverless, clusters and steps of EMR on EC2, state machines.

A resource's ``Properties`` are the request of its service in Pascal case; ``InitialCapacity`` is a list of keys and values
where the service has a map (resource schema of AWS::EMRServerless::Application). A parameter's default is no value.
"""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Scalar, Sequence
from spmlint.document.text import Source
from spmlint.fragment import Loaded
from spmlint.loaders.emr_cluster import load_object as load_cluster
from spmlint.loaders.emr_serverless import APPLICATION
from spmlint.loaders.pascal_case import camel_case
from spmlint.loaders.step_functions import load_definition
from spmlint.place import Resource


def load(source: Source, loaded: Loaded) -> None:
    """Add what each resource of the template is."""
    for root in _documents(source):
        for name, resource in root.pairs("Resources"):
            properties = resource.get("Properties")
            if isinstance(properties, Mapping):
                _load_resource(name.value, resource.string("Type") or "", properties, loaded)


def _documents(source: Source) -> list[Node]:
    if source.text.lstrip().startswith("{"):
        return [read_json(source.whole())]
    from spmlint.document.yaml import read_yaml

    return [document.root for document in read_yaml(source) if document.root is not None]


def _load_resource(name: str, kind: str, properties: Mapping, loaded: Loaded) -> None:
    if kind == "AWS::EMRServerless::Application":
        application = camel_case(properties)
        _make_map(application, "initialCapacity")
        loaded.resources.append(Resource(application, APPLICATION, name=application.string("name") or name))
    elif kind in ("AWS::EMR::Cluster", "AWS::EMR::Step"):
        load_cluster(properties, loaded)
    elif kind == "AWS::StepFunctions::StateMachine":
        for field in ("Definition", "DefinitionString"):
            definition = properties.get(field)
            if definition is not None:
                load_definition(definition, loaded)


def _make_map(node: Node, name: str) -> None:
    """Turn a list of ``Key`` and ``Value`` into the map it stands for."""
    if not isinstance(node, Mapping):
        return
    for index, (key, value) in enumerate(node.own):
        if isinstance(key, Scalar) and key.value == name and isinstance(value, Sequence):
            made = Mapping(value.source, value.start, value.end)
            for item in value.nodes:
                item_key, item_value = item.get("key"), item.get("value")
                if item_key is not None and item_value is not None:
                    made.own.append((item_key, item_value))
            node.own[index] = (key, made)
