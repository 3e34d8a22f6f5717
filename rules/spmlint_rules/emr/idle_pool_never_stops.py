"""Pre-initialised workers are kept, and billed, for ever.

What it does
    Finds applications with initialCapacity whose auto-stop is switched off.
Why it hurts
    Pre-initialised workers are billed from the start of the application to its stop, whether a job runs or not. Without
    auto-stop, which would end an idle application after 15 minutes, only a person stops it: AWS's page warns of "unexpected
    charges".
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}},
        "EXECUTOR": {"workerCount": 4, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}}
      },
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB", "disk": "2000 GB"},
      "autoStopConfiguration": {"enabled": false}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}},
        "EXECUTOR": {"workerCount": 4, "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB"}}
      },
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB", "disk": "2000 GB"},
      "autoStopConfiguration": {"enabled": true, "idleTimeoutMinutes": 30}
    }
Applies to
    EMR Serverless applications.
References
    EMR Serverless user guide, Pre-initialized capacity; Understanding application behavior (auto-stop).
"""

from __future__ import annotations

from spmlint.emr.capacity import total
from spmlint.emr.pools import INITIAL_CAPACITY, pools
from spmlint.rule import WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM616", "idle-pool-never-stops")


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def billed_for_ever(resource: Resource) -> Iterator[Finding]:
    found = [pool for pool, _ in pools(resource.parts(INITIAL_CAPACITY))]
    if found and resource.flag("autoStopConfiguration", "enabled") is False:
        kept = total((pool.count, pool.worker) for pool in found)
        yield rule.finding(
            resource.place("autoStopConfiguration", "enabled"),
            f"{kept} of pre-initialised workers are billed until somebody stops the application: auto-stop is off",
            subject="autoStopConfiguration",
        )
