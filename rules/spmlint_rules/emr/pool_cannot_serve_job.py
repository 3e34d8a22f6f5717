"""The application's pre-initialised workers are too small for the job, which starts cold beside them.

What it does
    Compares the pool of drivers and that of executors with what the job asks for: its cores, its memory with the overhead,
    its disk. A pre-initialised worker serves a job only if it has at least that much of each.
Why it hurts
    The pool is billed and idle while the job waits for new workers. A pool of 8 GB does not serve an executor of 8g, which
    needs 8.8 GB, and AWS's own sample pools do not serve the default of 14G.
Given: application.json
    {
      "applicationId": "00f1abcdef2gh300",
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}},
        "EXECUTOR": {"workerCount": 4, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}}
      },
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB", "disk": "2000 GB"}
    }
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.memory=15g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.memory=14g"
      }}
    }
Applies to
    EMR Serverless jobs whose application is given (facts, or a literal applicationId in the same run).
References
    EMR Serverless user guide, Pre-initialized capacity.
"""

from __future__ import annotations

from spmlint.emr.application import job_worker
from spmlint.emr.pools import INITIAL_CAPACITY, pools
from spmlint.emr.workers import MIB_PER_GB
from spmlint.rule import EMR_SERVERLESS, WARNING, Finding, Iterator, Job, Related, Rule

rule = Rule("SPM605", "pool-cannot-serve-job")


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def starts_cold(job: Job, role: str) -> Iterator[Finding]:
    application = job.place.application
    if application is None or job.world.manager != EMR_SERVERLESS:
        return
    made, cpu = job.model.container(role), job.model.cpu(role)
    of_role = [(pool, part) for pool, part in pools(application.parts(INITIAL_CAPACITY)) if pool.role == role]
    if made is None or cpu is None or not of_role:
        return
    wanted = job_worker(job.conf, role, int(cpu.request), made.container_mib)
    if wanted is None:
        return
    pool, part = of_role[0]
    lacks = []
    if pool.worker.vcpu < wanted.vcpu:
        lacks.append(f"{pool.worker.vcpu} of {wanted.vcpu} vCPU")
    if pool.worker.memory_gb * MIB_PER_GB < made.container_mib:
        lacks.append(f"{pool.worker.memory_gb * MIB_PER_GB} of {made.container_mib} MiB")
    if pool.worker.disk_gb < wanted.disk_gb:
        lacks.append(f"{pool.worker.disk_gb} of {wanted.disk_gb} GB of disk")
    if lacks:
        settings = (job.conf.setting(f"spark.{role}.{what}") for what in ("memory", "memoryOverhead", "cores"))
        yield rule.finding(
            next((setting for setting in settings if setting is not None), job.span),
            f"the pre-initialised workers for the {role} cannot serve this job: they have {', '.join(lacks)}",
            derivation=lambda: [job.container_sum(role)],
            related=[Related(part.span(), f"{pool}")],
        )
