"""Calls in Python that start Spark jobs: Airflow operators, the AWS services as boto3 has them, and commands of the system.

An operator's arguments are put together to the request it sends, and read as that (Airflow providers amazon, apache.livy,
apache.spark, cncf.kubernetes, ssh and standard; botocore's models of emr-serverless, emr-containers and emr).
"""

from __future__ import annotations

import ast

from spmlint.document.holes import mark_holes
from spmlint.document.node import Mapping, Node, Scalar, TextScalar
from spmlint.document.python_code import Block
from spmlint.document.python_values import PythonValues
from spmlint.document.shell_words import split_words
from spmlint.fragment import Loaded

PYSPARK_ARGUMENTS = "PYSPARK_SUBMIT_ARGS"
_SERVERLESS_DRIVER, _CONTAINERS_DRIVER = "sparkSubmit", "sparkSubmitJobDriver"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Loader = Callable[[Mapping, Loaded], None]


def load_call(call: ast.Call, block: Block, values: PythonValues, loaded: Loaded) -> bool:
    """Add the job or the object that one call asks for; returns whether it is a call that is known."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if call.args and name in _COMMANDS and isinstance(function, ast.Attribute):
        _load_command(values.node(call.args[0], block), loaded)
        return True
    load = _OPERATORS.get(name) or (_METHODS.get(name) if isinstance(function, ast.Attribute) else None)
    if load is None:
        return False
    load(values.keywords(call, block), loaded)
    return True


def load_environment(statement: ast.stmt, block: Block, values: PythonValues, loaded: Loaded) -> None:
    """Add the job of ``os.environ["PYSPARK_SUBMIT_ARGS"] = ...``, with which pyspark starts its own spark-submit."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not (isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)):
        return
    if target.slice.value == PYSPARK_ARGUMENTS and isinstance(statement, ast.Assign):
        from spmlint.loaders.spark_submit import Carrier, load_options

        text = values.text(statement.value, block)
        words = split_words(mark_holes(text)) if text is not None else []
        if text is not None and words:
            load_options(text, words, Carrier(loaded))
            for fragment in loaded.fragments[-1:]:
                fragment.complete = False  # the program itself may set more


def is_driver(written: ast.Dict) -> bool:
    """Whether a dict is the driver of a job run of EMR."""
    return any(
        isinstance(key, ast.Constant) and key.value in (_SERVERLESS_DRIVER, _CONTAINERS_DRIVER) for key in written.keys
    )


def load_driver(driver: Node, loaded: Loaded) -> None:
    """Add the part of a job that a driver is which no call in sight is given."""
    given = (setting.value for one in loaded.fragments for layer in one.layers for setting in layer.settings)
    if any(driver.start <= value.start and value.end <= driver.end for value in given):
        return
    from spmlint.loaders import emr_containers, emr_serverless

    found = Loaded(driver.source)
    if driver.get(_SERVERLESS_DRIVER) is not None:
        emr_serverless.load_object(driver, found)
    else:
        request = Mapping(driver.source, driver.start, driver.end)
        place = driver.source.whole().slice(driver.start, driver.start + 1)
        request.own.append((TextScalar(place, "jobDriver"), driver))
        emr_containers.load_object(request, found)
    for fragment in found.fragments:
        if any(layer.settings for layer in fragment.layers):
            fragment.complete = False
            loaded.fragments.append(fragment)


def _load_command(command: Node, loaded: Loaded) -> None:
    """Add the job of a command that the system is told to run: a line for the shell, or a list of words."""
    from spmlint.loaders.shell_script import load_script, load_words
    from spmlint.loaders.spark_submit import Carrier

    if isinstance(command, Scalar):
        load_script(command.marked, Carrier(loaded))
        return
    words = [item.marked for item in command.items() if isinstance(item, Scalar)]
    if words and len(words) == len(command.items()):
        load_words(words, Carrier(loaded))


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


def _script(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.shell_script import load_script
    from spmlint.loaders.spark_submit import Carrier

    command = arguments.scalar("bash_command") or arguments.scalar("command")
    if command is not None:
        load_script(command.marked, Carrier(loaded))


def _pod(arguments: Mapping, loaded: Loaded) -> None:
    from spmlint.loaders.shell_script import load_words
    from spmlint.loaders.spark_submit import Carrier

    items = [item for field in ("cmds", "arguments") for item in arguments.items(field)]
    words = [item.marked for item in items if isinstance(item, Scalar)]
    if len(words) == len(items):
        load_words(words, Carrier(loaded, namespace=arguments.string("namespace")))


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
_COMMANDS = frozenset(("system", "popen", "run", "call", "check_call", "check_output", "Popen", "getoutput"))
"""Functions of ``os`` and ``subprocess`` whose first argument is a command."""
_OPERATORS: dict[str, Loader] = {
    "EmrServerlessStartJobOperator": _serverless_job,
    "EmrServerlessCreateApplicationOperator": _serverless_application,
    "EmrContainerOperator": _container_job,
    "EmrAddStepsOperator": _emr_steps,
    "EmrCreateJobFlowOperator": _emr_steps,
    "LivyOperator": _livy_batch,
    "SparkSubmitOperator": _spark_submit,
    "SparkKubernetesOperator": _spark_application,
    "BashOperator": _script,
    "SSHOperator": _script,
    "KubernetesPodOperator": _pod,
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
