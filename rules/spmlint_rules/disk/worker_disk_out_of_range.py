"""A worker's disk has a size or a type that EMR Serverless does not offer.

What it does
    Standard disks have 20 to 200 GB, shuffle-optimised ones 20 to 2000 GB and need emr-7.1.0. Checks
    `spark.emr-serverless.ROLE.disk` and the pre-initialised workers of applications.
Why it hurts
    More disk than the type offers cannot be had; whether the job is refused or gets what there is, is not documented. The
    usual cause is a large standard disk where a shuffle-optimised one was meant.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.emr-serverless.executor.disk=500G"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.emr-serverless.executor.disk=200G"
      }}
    }
Applies to
    EMR Serverless. The release where the application is given.
References
    EMR Serverless user guide, Understanding application behavior; Using shuffle-optimized disks.
"""

from __future__ import annotations

from spmlint.emr.pools import INITIAL_CAPACITY, SIZE, pools
from spmlint.emr.releases import DISK_TYPE, has_feature
from spmlint.emr.sizes import SHUFFLE_OPTIMIZED, STANDARD, SizeError, parse_disk_type, parse_property_disk_gb
from spmlint.emr.workers import DISK_GB, disk_in_range
from spmlint.rule import ERROR, ROLES, WARNING, Finding, Iterator, Job, Related, Resource, Rule

rule = Rule("SPM302", "worker-disk-out-of-range")

DISKS = tuple(f"spark.emr-serverless.{role}.disk" for role in ROLES)
TYPES = tuple(f"{disk}.type" for disk in DISKS)


@rule.check(WARNING, triggers=DISKS)
def no_disk_has_that_size(job: Job, role: str) -> Iterator[Finding]:
    key = f"spark.emr-serverless.{role}.disk"
    setting, disk_type = job.conf.setting(key), _type_of(job, role)
    if setting is None or disk_type is None:
        return
    try:
        size_gb = parse_property_disk_gb(setting.value.known())
    except SizeError:
        return  # which spellings the service takes is not documented
    if not disk_in_range(size_gb, disk_type):
        yield rule.finding(setting, f"{setting.label}: {_outside(size_gb, disk_type)}")


@rule.check(ERROR, triggers=TYPES)
def release_has_no_such_type(job: Job, role: str) -> Iterator[Finding]:
    application = job.place.application
    release = None if application is None else application.word("releaseLabel")
    setting = job.conf.setting(f"spark.emr-serverless.{role}.disk.type")
    if application is None or release is None or setting is None or _type_of(job, role) != SHUFFLE_OPTIMIZED:
        return
    if has_feature(release, DISK_TYPE) is False:
        yield rule.finding(
            setting,
            f"{release} has no shuffle-optimised disks: they begin with emr-7.1.0",
            related=[Related(application.place("releaseLabel"), release)],
        )


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def no_worker_has_that_disk(resource: Resource) -> Iterator[Finding]:
    for pool, part in pools(resource.parts(INITIAL_CAPACITY)):
        if not disk_in_range(pool.worker.disk_gb, pool.disk_type):
            yield rule.finding(
                part.place(SIZE, "disk"),
                f"{pool.name}: {_outside(pool.worker.disk_gb, pool.disk_type)}",
                subject=f"{pool.name} disk",
            )


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def release_has_no_such_disk(resource: Resource) -> Iterator[Finding]:
    release = resource.word("releaseLabel")
    for pool, part in pools(resource.parts(INITIAL_CAPACITY)):
        if pool.disk_type == SHUFFLE_OPTIMIZED and release and has_feature(release, DISK_TYPE) is False:
            yield rule.finding(
                part.place(SIZE, "diskType"),
                f"{pool.name}: {release} has no shuffle-optimised disks: they begin with emr-7.1.0",
                subject=f"{pool.name} diskType",
            )


def _type_of(job: Job, role: str) -> str | None:
    """The type of a role's disk; None where it is written as something else."""
    text = job.conf.get(f"spark.emr-serverless.{role}.disk.type")
    try:
        # Which cases the property takes is not documented; the API's fields take some.
        return STANDARD if text is None else parse_disk_type(text.upper())
    except SizeError:
        return None


def _outside(size_gb: int, disk_type: str) -> str:
    sizes = DISK_GB[disk_type]
    hint = "" if disk_type == SHUFFLE_OPTIMIZED or size_gb < sizes[0] else "; shuffle_optimized disks have up to 2000"
    return f"{size_gb} GB is no {disk_type.lower()} disk: they have {sizes[0]} to {sizes[-1]} GB{hint}"
