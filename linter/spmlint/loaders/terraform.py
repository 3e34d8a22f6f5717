"""Terraform: EMR Serverless applications, state machines, EMR clusters with their steps, and Kubernetes manifests.

Arguments are the fields of CreateApplication in snake case; blocks that repeat are its maps and lists (documentation of
aws_emrserverless_application). A variable has the value that a ``.tfvars`` file of the same folder gives it; its default is
none, since whoever applies the module may give another.
"""

from __future__ import annotations

from spmlint.document.hcl import Block, read_hcl
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem, Scalar, Sequence, TextScalar
from spmlint.document.text import Source
from spmlint.fragment import Loaded
from spmlint.loaders.embedded_file import load_manifest
from spmlint.loaders.emr_cluster import load_object as load_cluster
from spmlint.loaders.emr_serverless import APPLICATION
from spmlint.loaders.kubernetes import load_object
from spmlint.loaders.step_functions import load_definition
from spmlint.place import Resource


def load(source: Source, loaded: Loaded) -> None:
    """Add what the file defines, or, of a ``.tfvars`` file, the values of variables."""
    read = read_hcl(source)
    loaded.references = read.references
    if source.path.lower().endswith(".tfvars"):
        loaded.variables = {f"var.{name.value}": value for name, value in read.body.pairs()}
        return
    for kind, block in read.body.pairs():
        if kind.value == "locals":
            own = block.own if isinstance(block, Mapping) else ()
            loaded.variables.update((f"local.{name.value}", value) for name, value in own if isinstance(name, Scalar))
        elif kind.value == "resource" and isinstance(block, Block) and len(block.labels) == 2:
            _load_resource(block, loaded)


def _load_resource(block: Block, loaded: Loaded) -> None:
    kind, name = block.labels
    if kind == "aws_emrserverless_application":
        loaded.resources.append(Resource(_request(block), APPLICATION, name=name))
    elif kind == "aws_sfn_state_machine":
        definition = block.get("definition")
        if definition is not None:
            load_definition(definition, loaded)
    elif kind == "aws_emr_cluster":
        _load_cluster(block, loaded)
    elif kind == "kubernetes_manifest":
        manifest = block.get("manifest")
        if manifest is not None:
            load_object(manifest, loaded)
    elif kind == "kubectl_manifest":
        body = block.scalar("yaml_body")
        if body is not None:
            load_manifest(body.marked, loaded)


def _load_cluster(block: Block, loaded: Loaded) -> None:
    """Add the configurations of a cluster and its steps, which are a request of Pascal case in blocks and JSON."""
    request = Mapping(block.source, block.start, block.end)
    for name, value in block.pairs():
        if name.value == "release_label":
            request.own.append((TextScalar(name.text, "ReleaseLabel"), value))
        elif name.value == "configurations_json":
            try:
                configurations = read_json(value.text) if isinstance(value, Scalar) else value
            except Problem as problem:
                loaded.unread.append((value.span(), f"not read as JSON: {problem.message}"))
                continue
            request.own.append((TextScalar(name.text, "Configurations"), configurations))
        elif name.value == "step":
            arguments = value.get("hadoop_jar_step", "args")
            if arguments is not None:
                step = Mapping(block.source, value.start, value.end)
                step.own.append((TextScalar(name.text, "Args"), arguments))
                request.own.append((name, step))
    load_cluster(request, loaded)


def _request(block: Mapping) -> Mapping:
    """The request that a block makes."""
    request = Mapping(block.source, block.start, block.end)
    pools = Mapping(block.source, block.start, block.end)
    configurations = Sequence(block.source, block.start, block.end)
    for name, value in block.own:
        if not isinstance(name, Scalar):
            continue
        if not isinstance(value, Block):
            request.own.append((_camel_case(name), value))
        elif name.value == "initial_capacity":
            _add(request, TextScalar(name.text, "initialCapacity"), pools)
            kind = value.scalar("initial_capacity_type")
            config = value.get("initial_capacity_config")
            if kind is not None and isinstance(config, Mapping):
                pools.own.append((kind, _request(config)))
        elif name.value == "runtime_configuration":
            _add(request, TextScalar(name.text, "runtimeConfiguration"), configurations)
            configurations.nodes.append(_request(value))
        elif name.value == "dynamic" and value.labels:
            placeholder = TextScalar(name.text.with_holes([(0, len(name.value))]))
            request.own.append((placeholder, placeholder))
        else:
            request.own.append((_camel_case(name), _request(value)))
    return request


def _add(request: Mapping, name: TextScalar, node: Node) -> None:
    """Add a field that gathers several blocks, once."""
    if all(value is not node for _, value in request.own):
        request.own.append((name, node))


def _camel_case(name: Scalar) -> TextScalar:
    first, *others = name.value.split("_")
    return TextScalar(name.text, first + "".join(other.capitalize() for other in others))
