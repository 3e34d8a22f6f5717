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
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.emr_configuration import configuration_layers, serverless_world
from spmlint.loaders.start_job_run import CONFIGURATIONS, job_run
from spmlint.place import Resource, View

APPLICATION, JOB_RUN = "EmrServerlessApplication", "EmrServerlessJobRun"

COMMENTS = NO_COMMENTS

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
    elif root.get("jobDriver", "sparkSubmit") is not None or _hides_driver(root):
        _add_job(root, ("jobDriver", "sparkSubmit"), loaded)
    elif any(root.get(field) is not None for field in _CAPACITIES) or _is_created(root):
        name = root.string("name") or root.string("applicationId") or ""
        loaded.resources.append(Resource(root, APPLICATION, name=name))


def _hides_driver(root: Node) -> bool:
    """Whether a placeholder stands for the driver, and a configuration beside it is Spark's."""
    if root.get("applicationId") is None or View(root).hidden("jobDriver") is None:
        return False
    return bool(configuration_layers(View(root), *CONFIGURATIONS))


def _is_created(root: Node) -> bool:
    return root.string("releaseLabel") is not None and root.string("type") is not None


def _add_job(root: Node, driver: tuple[str, ...], loaded: Loaded) -> None:
    """Add a job. A file with the driver alone leaves what stands beside it in the request unseen."""
    run = Resource(root, JOB_RUN, name=root.string("name") or "")
    loaded.resources.append(run)
    world = serverless_world(World(), run.value("releaseLabel"))
    fragment = job_run("EMR Serverless job run", run, driver, world, complete=len(driver) > 1)
    application = run.value("applicationId")
    if application is not None:
        fragment.refers["application"] = application
    loaded.fragments.append(fragment)
