"""A quarter or more of a worker's memory is paid for and cannot be used.

What it does
    Rounds heap and overhead up to the size of worker that EMR Serverless offers for that many cores, and tells where 25 % or
    more of it is left over.
Why it hurts
    Workers are billed whole: 4 cores with 4g need 4.4 GB and are billed 8. The rest is no heap and no overhead, nothing uses
    it.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=4 --conf spark.executor.memory=4g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=4 --conf spark.executor.memory=7g"
      }}
    }
Applies to
    EMR Serverless. Advice, off by default.
References
    EMR Serverless user guide, Understanding application behavior (worker configurations).
"""

from __future__ import annotations

from spmlint.emr.application import job_worker, runs_here
from spmlint.emr.workers import MIB_PER_GB, wasted_mib
from spmlint.rule import EMR_SERVERLESS, INFO, ROLES, Finding, Iterator, Job, Rule

rule = Rule("SPM611", "rounding-waste")

SIZES = tuple(f"spark.{role}.{what}" for role in ROLES for what in ("memory", "memoryOverhead", "cores"))


@rule.check(INFO, triggers=SIZES, platforms=(EMR_SERVERLESS,), advice=True)
def a_quarter_is_left(job: Job, role: str) -> Iterator[Finding]:
    if not runs_here(job):
        return
    made, cpu = job.model.container(role), job.model.cpu(role)
    setting = job.conf.setting(f"spark.{role}.memory") or job.conf.setting(f"spark.{role}.cores")
    if made is None or cpu is None or setting is None:
        return
    worker = job_worker(job.conf, role, int(cpu.request), made.container_mib)
    if worker is not None and 4 * wasted_mib(worker, made.container_mib) >= worker.memory_gb * MIB_PER_GB:
        yield rule.finding(
            setting,
            f"the {role} needs {made.container_mib} MiB and is billed {worker.memory_gb} GB: "
            f"{wasted_mib(worker, made.container_mib)} MiB stay unused",
            derivation=lambda: [job.container_sum(role)],
        )
