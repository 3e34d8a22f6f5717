"""The pre-initialised workers of an application are more than its maximum allows.

What it does
    Adds up the workers of initialCapacity in vCPU, memory and disk (20 GB each unless written) and compares with
    maximumCapacity.
Why it hurts
    The pools cannot be filled, and jobs beside a full pool get no worker: "Worker could not be allocated as the application
    has exceeded maximumCapacity settings".
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}},
        "EXECUTOR": {"workerCount": 10, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}}
      },
      "maximumCapacity": {"cpu": "40 vCPU", "memory": "300 GB", "disk": "1000 GB"}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}},
        "EXECUTOR": {"workerCount": 9, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}}
      },
      "maximumCapacity": {"cpu": "40 vCPU", "memory": "300 GB", "disk": "1000 GB"}
    }
Applies to
    EMR Serverless applications. Whether the service refuses to create such an application is not documented; it cannot be
    satisfied.
References
    EMR Serverless user guide, Pre-initialized capacity; botocore, MaximumAllowedResources.
"""

from __future__ import annotations

from spmlint.emr.application import maximum_capacity
from spmlint.emr.capacity import UNITS, exceeded, total
from spmlint.emr.pools import INITIAL_CAPACITY, pools
from spmlint.rule import ERROR, Finding, Iterator, Related, Resource, Rule

rule = Rule("SPM603", "initial-exceeds-maximum")


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def cannot_be_satisfied(resource: Resource) -> Iterator[Finding]:
    maximum = maximum_capacity(resource)
    found = [pool for pool, _ in pools(resource.parts(INITIAL_CAPACITY))]
    if maximum is None or not found:
        return
    wanted = total((pool.count, pool.worker) for pool in found)
    over = exceeded(wanted, maximum)
    if over:
        sums = " and ".join(f"{d} {wanted.amount(d)} {UNITS[d]}, {maximum.amount(d)} allowed" for d in over)
        yield rule.finding(
            resource.place(INITIAL_CAPACITY),
            f"initialCapacity cannot be satisfied: {sums}",
            derivation=[f"{pool}" for pool in found] + [f"together {wanted}, maximumCapacity {maximum}"],
            related=[Related(resource.place("maximumCapacity", d), f"maximumCapacity of {d}") for d in over],
            subject=INITIAL_CAPACITY,
        )
