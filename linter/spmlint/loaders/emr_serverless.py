"""Requests to the EMR Serverless API, and its answers: applications and job runs.

Shapes: CreateApplicationRequest, GetApplicationResponse, StartJobRunRequest, GetJobRunResponse and SparkSubmit of botocore's
model emr-serverless/2021-07-13. Strongest last: the application's configuration (added by the linker), the job's, and the
flags of sparkSubmitParameters (user guide, jobs-spark).
"""

from __future__ import annotations

from spmlint.answer import World
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node
from spmlint.document.text import Source
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.emr_configuration import configuration_layers, serverless_world
from spmlint.loaders.spark_defaults import language_of
from spmlint.loaders.submit_parameters import parameters_layer
from spmlint.place import Resource

APPLICATION, JOB_RUN = "EmrServerlessApplication", "EmrServerlessJobRun"

_CAPACITIES = ("maximumCapacity", "initialCapacity")


def load(source: Source, loaded: Loaded) -> None:
    """Add the application or the job run that the file holds."""
    root = read_json(source.whole())
    load_object(root.get("application") or root.get("jobRun") or root, loaded)


def load_object(root: Node, loaded: Loaded) -> None:
    """Add what one request or answer means; nothing for one of another service."""
    if not isinstance(root, Mapping) or root.get("virtualClusterId") is not None:
        return
    if root.get("sparkSubmit") is not None:
        _add_job(root, ("sparkSubmit",), loaded)
    elif root.get("jobDriver", "sparkSubmit") is not None:
        _add_job(root, ("jobDriver", "sparkSubmit"), loaded)
    elif any(root.get(field) is not None for field in _CAPACITIES) or _is_created(root):
        name = root.string("name") or root.string("applicationId") or ""
        loaded.resources.append(Resource(root, APPLICATION, name=name))


def _is_created(root: Node) -> bool:
    return root.string("releaseLabel") is not None and root.string("type") is not None


def _add_job(root: Node, driver: tuple[str, ...], loaded: Loaded) -> None:
    """Add a job. A file with the driver alone leaves what stands beside it in the request unseen."""
    run = Resource(root, JOB_RUN, name=root.string("name") or "")
    loaded.resources.append(run)
    layers = configuration_layers(run, "configurationOverrides", "applicationConfiguration")
    parameters = run.value(*driver, "sparkSubmitParameters")
    if parameters is not None:
        layers.append(parameters_layer(parameters))
    main = run.value(*driver, "entryPoint")
    world = serverless_world(World(), run.value("releaseLabel"))
    fragment = Fragment(
        "EMR Serverless job run",
        run.place("name") if run.has("name") else run.place(*driver, "entryPoint"),
        layers,
        name=run.name,
        world=world.narrowed("language", language_of(main)),
        complete=len(driver) > 1,
        main=main,
        resource=run,
    )
    application = run.value("applicationId")
    if application is not None:
        fragment.refers["application"] = application
    loaded.fragments.append(fragment)
