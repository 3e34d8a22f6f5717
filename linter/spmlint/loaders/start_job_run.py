"""What StartJobRun of EMR Serverless and of EMR on EKS have in common: a driver, and configuration that stands below it.

Strongest last: the configurations of the request, and the options of sparkSubmitParameters. What a placeholder stands in
place of, a whole structure or any of its fields, leaves open what else is set.
"""

from __future__ import annotations

from spmlint.answer import World
from spmlint.conf import Layer
from spmlint.document.text import Text
from spmlint.fragment import Fragment
from spmlint.loaders.emr_configuration import configuration_layers
from spmlint.loaders.spark_defaults import language_of
from spmlint.loaders.submit_parameters import NAME, parameters_layer
from spmlint.place import Resource

CONFIGURATIONS = ("configurationOverrides", "applicationConfiguration")


def job_run(kind: str, run: Resource, driver: tuple[str, ...], world: World, *, complete: bool = True) -> Fragment:
    """The job that a request starts, whose driver stands at ``driver``."""
    layers = configuration_layers(run, *CONFIGURATIONS)
    parameters = run.value(*driver, NAME) or run.hidden(*driver, NAME)
    if parameters is not None:
        layers.append(_parameters(run, parameters, driver))
    main = run.value(*driver, "entryPoint") or run.hidden(*driver, "entryPoint")
    return Fragment(
        kind,
        run.place("name") if run.has("name") else run.place(*driver, "entryPoint"),
        layers,
        name=run.name,
        world=world.narrowed("language", language_of(main)),
        complete=complete,
        main=main,
        resource=run,
    )


def _parameters(run: Resource, parameters: Text, driver: tuple[str, ...]) -> Layer:
    layer = parameters_layer(parameters)
    for setting in layer.settings:
        setting.shared = run.is_fixed(*driver, NAME)
    return layer
