"""State machines of Step Functions whose tasks start Spark: ``emr-serverless:startJobRun`` and its like.

A task's ``Parameters`` (``Arguments`` in JSONata) are the request of the service it names, in Pascal case. What begins a
name with ``.$`` or stands in ``{% %}`` is filled in when the machine runs.
"""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem, Scalar, Sequence, resolve
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders import emr_cluster, emr_containers, emr_serverless
from spmlint.loaders.pascal_case import camel_case

COMMENTS = NO_COMMENTS

_EMR_ON_EC2 = ("elasticmapreduce:createCluster", "elasticmapreduce:addStep", "emr:runJobFlow", "emr:addJobFlowSteps")


def load(source: Source, loaded: Loaded) -> None:
    """Add what the tasks of one machine start."""
    load_definition(read_json(source.whole()), loaded)


def load_definition(definition: Node, loaded: Loaded) -> None:
    """Add what each task starts, wherever it stands; ``definition`` may be a string that holds the machine."""
    if isinstance(definition, Scalar):
        try:
            definition = read_json(definition.marked)
        except Problem as problem:
            # What a template engine puts in may be any piece of it.
            loaded.unread.append((definition.span(), f"not read as JSON: {problem.message}"))
            return
    pending: list[Node | None] = [definition]
    seen: set[int] = set()
    while pending:
        node = resolve(pending.pop())
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Sequence):
            pending.extend(reversed(node.nodes))
        elif isinstance(node, Mapping):
            _load_task(node, loaded)
            pending.extend(value for _, value in reversed(node.own))


def _load_task(task: Mapping, loaded: Loaded) -> None:
    resource = task.string("Resource") or ""
    request = task.get("Parameters") or task.get("Arguments")
    if not resource.startswith("arn:") or request is None:
        return
    service = resource.partition(":states:::")[2].removeprefix("aws-sdk:").partition(".")[0]
    if service in ("emr-serverless:startJobRun", "emrserverless:startJobRun", "emr-serverless:createApplication"):
        emr_serverless.load_object(camel_case(request), loaded)
    elif service in ("emr-containers:startJobRun", "emrcontainers:startJobRun"):
        emr_containers.load_object(camel_case(request), loaded)
    elif service in _EMR_ON_EC2:
        emr_cluster.load_object(request, loaded)
