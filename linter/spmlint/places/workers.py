"""The workers of EMR Serverless that a job gets, and how many of them its application has room for."""

from __future__ import annotations

from spmlint.emr.application import SESSION, Room, job_worker, maximum_capacity
from spmlint.job import DRIVER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.emr.workers import Worker
    from spmlint.job import Job


def worker(job: Job, role: str) -> Worker | None:
    """The worker of EMR Serverless that a role gets; None where the service has none of that size.

    Raises:
        Refused, Opaque: a size of the job cannot be known.
    """
    container, cpu = job.model.container(role), job.model.cpu(role)
    if container is None or cpu is None:
        return None
    return job_worker(job.conf, role, int(cpu.request), container.container_mib)


def application_room(job: Job, executor: Worker | None) -> Room | None:
    """What the job's application has room for beside the driver, were each executor such a worker.

    None where the application or its bounds are not known, or a size is wrong.

    Raises:
        Refused, Opaque: a size of the job or of the application cannot be known.
    """
    application = job.place.application
    maximum = None if application is None else maximum_capacity(application)
    driver = worker(job, DRIVER)
    if maximum is None or driver is None or executor is None:
        return None
    return Room(maximum, driver, executor, notebook=job.kind == SESSION)
