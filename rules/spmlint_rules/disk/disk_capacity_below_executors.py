"""The capacity of the place holds fewer executors than the job asks for.

What it does
    EMR Serverless: takes the driver's worker from the application's `maximumCapacity` in each dimension that it bounds (cpu,
    memory, disk) and divides what is left by the executor's worker. In a notebook the kernel is a worker of its own (4 vCPU,
    16 GB, 20 GB of disk); that it counts is inferred from what users saw, so both counts are given. A disk left unwritten is
    20 GB for every worker, and a disk bound is what is forgotten first. Kubernetes: counts how many executors the nodes and
    the quotas among the facts hold beside the driver, in every resource; multiplies the claims each executor creates with
    their number and compares with the quota of storage; and adds up the local directories that share a node's disk. YARN:
    counts containers on the nodes.
Why it hurts
    "Worker could not be allocated as the application has exceeded maximumCapacity settings: [disk: 150 GB]" again and again in
    the driver's log, and half of the executors never come. Where not one fits, the job is abandoned after 20 minutes.
    On Kubernetes: "pods is forbidden: exceeded quota" or "0/6 nodes are available: Insufficient memory", and those executors
    never come; on a full disk the kubelet evicts the pod: "Usage of EmptyDir volume exceeds the limit", "The node was low on
    resource: ephemeral-storage".
Given: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB", "disk": "150 GB"}
    }
Example: session.md
    ```
    %%configure -f
    {"driverMemory": "4G", "driverCores": 1, "executorMemory": "4G", "executorCores": 2, "numExecutors": 10}
    ```
Use instead: session.md
    ```
    %%configure -f
    {"driverMemory": "4G", "driverCores": 1, "executorMemory": "4G", "executorCores": 2, "numExecutors": 5}
    ```
Applies to
    EMR Serverless where the application is given (facts, or a literal applicationId in the same run); Kubernetes where Nodes
    or a ResourceQuota of the job's namespace are given; YARN where its nodes and their number are. Other jobs in the same
    place leave less; a cluster that adds nodes by itself has more.
References
    EMR Serverless user guide, Understanding application behavior, and Pre-initialized capacity; Spark,
    MountVolumesFeatureStep; Kubernetes, Resource Quotas; the scheduler's NodeResourcesFit; yarn-default.xml.
"""

from __future__ import annotations

from spmlint.emr.application import Room
from spmlint.kubernetes.quantity import QuantityError, bytes_of, format_bytes
from spmlint.kubernetes.resources import EPHEMERAL_STORAGE
from spmlint.places.room import QUOTA, node_rooms, rooms
from spmlint.places.room import Room as HeldBy
from spmlint.places.workers import application_room, worker
from spmlint.rule import (
    DRIVER,
    EMR_SERVERLESS,
    ERROR,
    EXECUTOR,
    INFO,
    KUBERNETES,
    WARNING,
    Finding,
    Iterator,
    Job,
    Related,
    Rule,
    Setting,
)
from spmlint.spark.executors import INITIAL, INSTANCES, MAXIMUM, MINIMUM
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY, Volume, volumes

rule = Rule("SPM301", "disk-capacity-below-executors")

APPLICATION = "EmrServerlessApplication"
PLACES = ("Node", "ResourceQuota", "YarnCluster")
OF_CLASS = ".storageclass.storage.k8s.io/"
NOT_ALLOCATED = "Worker could not be allocated as the application has exceeded maximumCapacity settings: "


@rule.check(ERROR, triggers=(APPLICATION,))
def no_executor_fits(job: Job) -> Iterator[Finding]:
    room = _room(job)
    if room is None or room.alone.executors:
        return
    if room.alone.driver_fits:
        happens = (
            f'no executor fits beside the driver: "{NOT_ALLOCATED}{room.alone.exhausted}", abandoned after 20 minutes'
        )
    else:
        happens = (
            f"the driver, {room.driver}, does not fit into {room.maximum}: "
            '"Job failed as application has exceeded maximumCapacity settings"'
        )
    yield _finding(job, room, _asking(job), happens)


@rule.check(WARNING, triggers=(APPLICATION,))
def fewer_than_asked(job: Job) -> Iterator[Finding]:
    room = _room(job)
    if room is None or not room.alone.executors:
        return
    asked = max(job.model.executors().initial or 0, 1)
    if asked > room.least.executors:
        happens = f'"{NOT_ALLOCATED}{room.least.exhausted}" in the driver log'
        yield _finding(job, room, _asking(job), f"{room.counts()}, not the {asked} asked for: {happens}")


@rule.check(INFO, triggers=(APPLICATION,))
def fewer_than_maximum(job: Job) -> Iterator[Finding]:
    room = _room(job)
    if room is None or not room.least.executors:
        return
    bounds = job.model.executors()
    if bounds.dynamic and (bounds.initial or 0) <= room.least.executors < (bounds.maximum or 0):
        message = f"{room.counts()}, never the maximum of {bounds.maximum}"
        yield _finding(job, room, job.conf.setting(MAXIMUM), message)


def _room(job: Job) -> Room | None:
    """What the job's application has room for; None elsewhere, or where a size is wrong (rules of their own)."""
    if job.place.application is None or job.world.manager != EMR_SERVERLESS:
        return None
    return application_room(job, worker(job, EXECUTOR))


def _finding(job: Job, room: Room, place: Setting | None, message: str) -> Finding:
    """A finding on the setting that asks for too many, or on the job where nobody wrote one."""
    application = job.place.application
    related = [
        Related(application.place("maximumCapacity", dimension), f"maximumCapacity of {dimension}")
        for dimension in room.least.binding
        if application is not None
    ]

    def derivation() -> list[str]:
        workers = ((DRIVER, room.driver), (EXECUTOR, room.executor))
        return [f"{role} worker {worker}: {job.container_sum(role)}" for role, worker in workers] + room.derivation()

    return rule.finding(place or job.span, message, derivation=derivation, related=related)


def _asking(job: Job) -> Setting | None:
    """The setting that makes the job begin with as many executors as it does; None where that is the default."""
    initial = job.model.executors().initial
    settings = (job.conf.setting(key) for key in (INSTANCES, INITIAL, MINIMUM))
    return next((setting for setting in settings if setting and setting.value.known().strip() == str(initial)), None)


@rule.check(ERROR, triggers=("ResourceQuota",))
def quota_holds_none(job: Job) -> Iterator[Finding]:
    """Not even one executor beside the driver; where one pod alone is too large, SPM515 says so. Nodes may be added."""
    for room in rooms(job):
        if room.kind == QUOTA and room.executors == 0 and room.holds_one:
            happens = f"holds no executor beside the driver, bound by {' and '.join(room.binding)}: {room.symptom}"
            yield _elsewhere(job, room, _asking(job), f"{room.name} {happens}")


@rule.check(WARNING, triggers=PLACES)
def place_holds_fewer_than_asked(job: Job) -> Iterator[Finding]:
    asked = job.model.executors().initial or 0
    for room in rooms(job):
        if room.executors < asked and room.holds_one and (room.executors or room.kind != QUOTA):
            what = f"{room.counts()}, not the {asked} asked for: {room.symptom}"
            yield _elsewhere(job, room, _asking(job), what)


@rule.check(INFO, triggers=PLACES)
def place_holds_fewer_than_maximum(job: Job) -> Iterator[Finding]:
    bounds = job.model.executors()
    if not bounds.dynamic or bounds.maximum is None:
        return
    for room in rooms(job):
        if (bounds.initial or 0) <= room.executors < bounds.maximum and room.executors:
            what = f"{room.counts()}, never the maximum of {bounds.maximum}"
            yield _elsewhere(job, room, job.conf.setting(MAXIMUM), what)


@rule.check(WARNING, triggers=("Node",))
def local_directories_exceed_disk(job: Job) -> Iterator[Finding]:
    if job.world.manager != KUBERNETES:
        return
    directories = [volume for volume in volumes(job.conf, EXECUTOR) if _is_on_node_disk(volume)]
    each = sum(_size(volume.options.get("sizeLimit", "")) or 0 for volume in directories)
    for room in node_rooms(job) if each else ():
        disk = room.has.get(EPHEMERAL_STORAGE, 0) // 1000
        if disk and room.executors > 1 and each * room.executors > disk:
            yield rule.finding(
                job.conf.setting(directories[0].size_key),
                f"{room.executors} executors fit on {room.node.name} and may each fill {format_bytes(each)} of local "
                f"directories: {format_bytes(each * room.executors)} of the {disk >> 20} MiB of disk there; the kubelet evicts "
                "pods before it is full",
                derivation=lambda room=room: list(room.lines()),
                related=[
                    Related(room.node.place("status", "allocatable", EPHEMERAL_STORAGE), f"disk of {room.node.name}")
                ],
            )


def _is_on_node_disk(volume: Volume) -> bool:
    """Whether a local directory lies on the disk that all pods of a node share."""
    return (
        volume.kind == "emptyDir"
        and volume.name.startswith(LOCAL_DIRECTORY)
        and volume.options.get("medium") != "Memory"
    )


def _elsewhere(job: Job, room: HeldBy, place: Setting | None, message: str) -> Finding:
    related = [Related(room.span, f"{' and '.join(room.binding)} of {room.name}")]
    subject = f"executors.{room.kind}"
    return rule.finding(place or job.span, message, derivation=room.derivation, related=related, subject=subject)


@rule.check(ERROR, triggers=("ResourceQuota",))
def claims_exceed_quota(job: Job) -> Iterator[Finding]:
    if job.world.manager == KUBERNETES:
        bounds = job.model.executors()
        if not bounds.dynamic:
            yield from _claims_above_quota(job, bounds.initial or 0, "")


@rule.check(WARNING, triggers=("ResourceQuota",))
def claims_may_exceed_quota(job: Job) -> Iterator[Finding]:
    if job.world.manager == KUBERNETES:
        bounds = job.model.executors()
        if bounds.dynamic:
            yield from _claims_above_quota(job, bounds.maximum or 0, " at most")


def _claims_above_quota(job: Job, executors: int, how: str) -> Iterator[Finding]:
    claims = [volume for volume in volumes(job.conf, EXECUTOR) if _is_claimed_by_each(volume)]
    for quota in job.place.quotas:
        for key, hard in quota.map("spec", "hard").items():
            storage_class, _, counted = key.rpartition(OF_CLASS)
            bound = [claim for claim in claims if storage_class in ("", claim.options["storageClass"])]
            limit, each = _size(hard.known()), sum(_size(claim.options["sizeLimit"]) or 0 for claim in bound)
            if counted == "requests.storage" and limit is not None and each * executors > limit:
                yield rule.finding(
                    job.conf.setting(bound[0].size_key),
                    f"{executors} executors{how} with claims of {format_bytes(each)} each ask for "
                    f"{format_bytes(each * executors)} of storage, the quota allows {format_bytes(limit)}: "
                    f"enough for {limit // each}",
                    related=[Related(hard, f"{key} of ResourceQuota {quota.name}")],
                )


def _is_claimed_by_each(volume: Volume) -> bool:
    """Whether Spark creates a claim for each executor: the name differs, and both class and size are given."""
    name = volume.options.get("claimName", "")
    if volume.kind != "persistentVolumeClaim" or not ("OnDemand" in name or "SPARK_EXECUTOR_ID" in name):
        return False
    return "storageClass" in volume.options and "sizeLimit" in volume.options


def _size(text: str) -> int | None:
    """Bytes; None for what is no quantity, which rules of their own tell of."""
    try:
        return bytes_of(text)
    except QuantityError:
        return None
