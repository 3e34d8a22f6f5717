"""Job runs of EMR on EKS: StartJobRunRequest of botocore's model emr-containers/2020-10-01.

The service runs spark-submit in cluster mode on Kubernetes.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, EMR_ON_EKS, World
from spmlint.document.json import read_json
from spmlint.document.node import Node
from spmlint.document.text import Source
from spmlint.emr.releases import spark_version
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.start_job_run import job_run
from spmlint.place import Resource

COMMENTS = NO_COMMENTS

JOB_RUN = "EmrContainersJobRun"
_DRIVER = ("jobDriver", "sparkSubmitJobDriver")


def load(source: Source, loaded: Loaded) -> None:
    """Add the job run that the file holds."""
    load_object(read_json(source.whole()), loaded)


def load_object(root: Node, loaded: Loaded) -> None:
    """Add what one request means; nothing for a request without a driver for spark-submit."""
    if root.get(*_DRIVER) is None:
        return
    run = Resource(root, JOB_RUN, name=root.string("name") or "")
    loaded.resources.append(run)
    loaded.fragments.append(job_run("EMR on EKS job run", run, _DRIVER, _world(run)))


def _world(run: Resource) -> World:
    world = World().narrowed("platform", (EMR_ON_EKS,)).narrowed("deploy mode", (CLUSTER,))
    label = run.value("releaseLabel")
    return world if label is None or label.holes else world.with_spark(spark_version(label.value))
