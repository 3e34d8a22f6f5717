"""``SparkSubmitOperator`` of Airflow: a spark-submit whose options are arguments of the operator.

The hook writes ``conf`` as ``--conf`` and most other arguments as the option of their name (SparkSubmitHook,
_build_spark_submit_command), and an option beats ``--conf``. Master and deploy mode come from the Airflow connection unless
an argument says them.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, EMR_SERVERLESS
from spmlint.document.node import Mapping
from spmlint.fragment import PROPERTIES_FILE, Fragment, Loaded
from spmlint.loaders.livy import conf_layer, fields_layer
from spmlint.loaders.spark_defaults import language_of, world_of
from spmlint.place import View

OPTIONS = {
    "num_executors": "spark.executor.instances",
    "total_executor_cores": "spark.cores.max",
    "executor_cores": "spark.executor.cores",
    "executor_memory": "spark.executor.memory",
    "driver_memory": "spark.driver.memory",
    "driver_class_path": "spark.driver.extraClassPath",
    "deploy_mode": "spark.submit.deployMode",
    "name": "spark.app.name",
    "queue": "spark.yarn.queue",
    "yarn_queue": "spark.yarn.queue",
}


def load_arguments(arguments: Mapping, loaded: Loaded) -> None:
    """Add the job of one operator."""
    view = View(arguments)
    layers = [conf_layer(arguments), fields_layer(arguments, OPTIONS)]
    if not any(layer.settings for layer in layers):
        return
    world = world_of(layers[0])
    mode = view.value("deploy_mode")
    if mode is not None and mode.value in (CLIENT, CLUSTER):
        world = world.narrowed("deploy mode", (mode.value,))
    platforms = [platform for platform in world.options("platform") if platform != EMR_SERVERLESS]
    main = view.value("application") or view.hidden("application")
    name, application = view.value("task_id"), view.value("application")
    place = name or application
    fragment = Fragment(
        "SparkSubmitOperator",
        place.span() if place is not None else view.span(),
        layers,
        name=name.value if name is not None else "",
        world=world.narrowed("platform", platforms).narrowed("language", language_of(main)),
        complete=True,
        main=main,
    )
    named = view.value("properties_file")
    if named is not None:
        fragment.refers[PROPERTIES_FILE] = named
    loaded.fragments.append(fragment)
