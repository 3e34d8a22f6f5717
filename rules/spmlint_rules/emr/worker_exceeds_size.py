"""A driver or executor needs more memory than any worker of its size has.

What it does
    Adds the overhead to the heap as EMR Serverless does (10 %, at least 384 MiB, unless told otherwise) and compares with the
    largest worker of that many vCPU: 8 GB for 1, 16 for 2, 30 for 4, 60 for 8, 120 for 16.
Why it hurts
    The job fails as it is deployed, before any code runs. `28G` on 4 cores looks like less than 30 GB and comes to 30.8.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=4 --conf spark.executor.memory=28g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=4 --conf spark.executor.memory=27g"
      }}
    }
Fix safety
    Unsafe: the job gets a smaller heap; more cores, and so a larger worker, may be what it needs.
Applies to
    EMR Serverless, every release. In a notebook whose platform is not known the message says so. Workers of 32 vCPU, whose
    sizes no AWS page confirms, are another rule's.
References
    EMR Serverless user guide, Understanding application behavior (worker configurations); Spark jobs (memory overhead).
"""

from __future__ import annotations

from spmlint.emr.application import runs_here
from spmlint.emr.workers import GRID, MIB_PER_GB, OVERHEAD_FACTOR, VERIFIED_VCPU, largest_heap_mib, memory_for
from spmlint.rule import EMR_SERVERLESS, ERROR, ROLES, UNSAFE, Finding, Fix, Iterator, Job, Rule, Setting, replace
from spmlint.spark.emr_serverless_workers import FACTOR
from spmlint.spark.numbers import parse_double

rule = Rule("SPM601", "worker-exceeds-size", fixable=UNSAFE)

SIZES = tuple(f"spark.{role}.{what}" for role in ROLES for what in ("memory", "memoryOverhead", "cores"))


@rule.check(ERROR, triggers=(*SIZES, FACTOR), platforms=(EMR_SERVERLESS,))
def no_worker_is_large_enough(job: Job, role: str) -> Iterator[Finding]:
    if not runs_here(job):
        return
    made, cpu = job.model.container(role), job.model.cpu(role)
    if made is None or cpu is None:
        return
    vcpu = int(cpu.request)
    if vcpu not in VERIFIED_VCPU or memory_for(vcpu, made.container_mib) is not None:
        return
    largest = _largest_heap_mib(job, role, vcpu, made.overhead_mib)
    spelt = f"{largest // 1024}g" if largest >= 1024 else f"{largest}m"
    yield rule.finding(
        _to_change(job, role) or job.span,
        f"the {role} needs {made.container_mib} MiB, a worker of {vcpu} vCPU has at most "
        f"{GRID[vcpu][-1]} GB ({GRID[vcpu][-1] * MIB_PER_GB} MiB): the largest heap that fits is {spelt}",
        derivation=lambda: [job.container_sum(role)],
        fix=_fix(job.conf.setting(f"spark.{role}.memory"), spelt, largest),
    )


def _largest_heap_mib(job: Job, role: str, vcpu: int, overhead_mib: int) -> int:
    if job.conf.get(f"spark.{role}.memoryOverhead") is not None:
        return largest_heap_mib(vcpu, overhead=overhead_mib)
    factor = job.conf.get(FACTOR)
    return largest_heap_mib(vcpu, factor=OVERHEAD_FACTOR if factor is None else parse_double(factor))


def _to_change(job: Job, role: str) -> Setting | None:
    """What to point at: the heap, or whatever else is written that makes it too large."""
    settings = (job.conf.setting(f"spark.{role}.{what}") for what in ("memory", "memoryOverhead", "cores"))
    return next((setting for setting in settings if setting is not None), job.conf.setting(FACTOR))


def _fix(heap: Setting | None, spelt: str, largest_mib: int) -> Fix | None:
    return replace(heap, spelt, f"write {spelt}", UNSAFE) if heap is not None and largest_mib > 0 else None
