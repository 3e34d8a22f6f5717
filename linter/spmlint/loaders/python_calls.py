"""Calls in Python that start Spark jobs: Airflow operators, and the AWS services as boto3 has them.

An operator's arguments are put together to the request it sends, and read as that (Airflow providers amazon, apache.livy,
apache.spark and cncf.kubernetes; botocore's models of emr-serverless, emr-containers and emr).
"""

from __future__ import annotations

import ast

from spmlint.document.node import Mapping, TextScalar
from spmlint.document.python_code import Block
from spmlint.document.python_values import PythonValues
from spmlint.fragment import Loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Loader = Callable[[Mapping, Loaded], None]


def load_call(call: ast.Call, block: Block, values: PythonValues, loaded: Loaded) -> None:
    """Add the job or the object that one call asks for; nothing for a call of anything else."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    load = _OPERATORS.get(name) or (_METHODS.get(name) if isinstance(function, ast.Attribute) else None)
    if load is not None:
        load(values.keywords(call, block), loaded)


def _serverless_job(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.emr_serverless import load_object

    load_object(_request(arguments, _JOB_RUN, spread="config"), loaded)


def _serverless_application(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.emr_serverless import load_object

    load_object(_request(arguments, {"release_label": "releaseLabel", "job_type": "type"}, spread="config"), loaded)


def _container_job(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.emr_containers import load_object

    load_object(_request(arguments, {**_JOB_RUN, "release_label": "releaseLabel"}), loaded)


def _livy_batch(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.livy_files import load_request

    load_request(_request(arguments, _LIVY), loaded)


def _spark_submit(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.airflow_spark_submit import load_arguments

    load_arguments(arguments, loaded)


def _spark_application(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.kubernetes import load_object

    template = arguments.get("template_spec")
    if isinstance(template, Mapping):
        load_object(template.get("spark") or template, loaded)


def _emr_steps(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.emr_cluster import load_object

    load_object(arguments.get("job_flow_overrides") or arguments, loaded)


def _job_run(arguments: Mapping, loaded: Loaded) -> None:
    """``start_job_run`` of two services, told apart by what they need; AWS Glue has a third."""
    from spmlint.loaders import emr_containers, emr_serverless

    emr_serverless.load_object(arguments, loaded)
    emr_containers.load_object(arguments, loaded)


def _application(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.emr_serverless import load_object

    load_object(arguments, loaded)


_JOB_RUN = {
    "application_id": "applicationId",
    "virtual_cluster_id": "virtualClusterId",
    "execution_role_arn": "executionRoleArn",
    "job_driver": "jobDriver",
    "configuration_overrides": "configurationOverrides",
    "name": "name",
}
_LIVY = {
    "file": "file",
    "conf": "conf",
    "driver_memory": "driverMemory",
    "driver_cores": "driverCores",
    "executor_memory": "executorMemory",
    "executor_cores": "executorCores",
    "num_executors": "numExecutors",
    "name": "name",
    "queue": "queue",
}
_OPERATORS: dict[str, Loader] = {
    "EmrServerlessStartJobOperator": _serverless_job,
    "EmrServerlessCreateApplicationOperator": _serverless_application,
    "EmrContainerOperator": _container_job,
    "EmrAddStepsOperator": _emr_steps,
    "EmrCreateJobFlowOperator": _emr_steps,
    "LivyOperator": _livy_batch,
    "SparkSubmitOperator": _spark_submit,
    "SparkKubernetesOperator": _spark_application,
}
_METHODS: dict[str, Loader] = {
    "start_job_run": _job_run,
    "create_application": _application,
    "update_application": _application,
    "add_job_flow_steps": _emr_steps,
    "run_job_flow": _emr_steps,
}


def _request(arguments: Mapping, fields: dict[str, str], spread: str = "") -> Mapping:
    """The request that an operator makes of its arguments; those of the dict ``spread`` go into it one by one."""
    request = Mapping(arguments.source, arguments.start, arguments.end)
    for name, value in arguments.pairs():
        if name.value in fields:
            request.own.append((TextScalar(name.text, fields[name.value]), value))
        elif name.value == spread and isinstance(value, Mapping):
            request.own.extend(value.own)
        elif name.value == spread:
            request.own.append((value, value))  # a placeholder for any of its entries
        elif name.text.holes:
            request.own.append((name, value))
    return request
