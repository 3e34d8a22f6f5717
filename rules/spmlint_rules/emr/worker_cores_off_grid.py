"""A driver or executor has a number of cores that no worker has.

What it does
    Workers of EMR Serverless have 1, 2, 4, 8 or 16 vCPU, and lately 32 with 60, 120 or 244 GB of memory, of which up to 8 GB
    may be left over. Finds other numbers of cores, and needs of memory that fall between the three sizes of 32.
Why it hurts
    What the service makes of it is not documented: the job is refused as it is deployed, or gets a larger worker than it
    pays attention to.
Example: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=3 --conf spark.executor.memory=12g"
      }}
    }
Use instead: request.json
    {
      "applicationId": "00f1abcdef2gh300",
      "executionRoleArn": "arn:aws:iam::111122223333:role/job",
      "jobDriver": {"sparkSubmit": {
        "entryPoint": "s3://example/job.py",
        "sparkSubmitParameters": "--conf spark.executor.cores=4 --conf spark.executor.memory=12g"
      }}
    }
Applies to
    EMR Serverless. A warning, because no AWS page tells what happens; the sizes of 32 vCPU come from AWS's own tools and from
    users.
References
    EMR Serverless user guide, Understanding application behavior (worker configurations).
"""

from __future__ import annotations

from spmlint.emr.application import runs_here
from spmlint.emr.workers import GRID, TIER_REACH_GB, within_tier
from spmlint.rule import EMR_SERVERLESS, ROLES, WARNING, Finding, Iterator, Job, Rule

rule = Rule("SPM602", "worker-cores-off-grid")

CORES = tuple(f"spark.{role}.cores" for role in ROLES)
LARGEST = max(GRID)


@rule.check(WARNING, triggers=CORES, platforms=(EMR_SERVERLESS,))
def no_worker_has_that_many(job: Job, role: str) -> Iterator[Finding]:
    if not runs_here(job):
        return
    setting, cpu = job.conf.setting(f"spark.{role}.cores"), job.model.cpu(role)
    if setting is not None and cpu is not None and int(cpu.request) not in GRID:
        sizes = ", ".join(map(str, GRID))
        yield rule.finding(setting, f"no worker has {cpu.request} vCPU: the {role} may have {sizes}")


@rule.check(WARNING, triggers=CORES, platforms=(EMR_SERVERLESS,))
def between_the_tiers(job: Job, role: str) -> Iterator[Finding]:
    if not runs_here(job):
        return
    setting, cpu = job.conf.setting(f"spark.{role}.cores"), job.model.cpu(role)
    if setting is None or cpu is None or int(cpu.request) != LARGEST:
        return
    made = job.model.container(role)
    if made is not None and not within_tier(made.container_mib):
        tiers = ", ".join(map(str, GRID[LARGEST]))
        yield rule.finding(
            job.conf.setting(f"spark.{role}.memory") or setting,
            f"the {role} needs {made.container_mib} MiB, a worker of {LARGEST} vCPU takes up to {TIER_REACH_GB} GB less than "
            f"{tiers} GB",
            derivation=lambda: [job.container_sum(role)],
        )
