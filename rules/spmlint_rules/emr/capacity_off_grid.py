"""A pre-initialised worker has a size that no worker has.

What it does
    Looks each worker of initialCapacity up among the sizes of EMR Serverless: 1 vCPU has 2 to 8 GB, 2 have 4 to 16, 4 have 8
    to 30, 8 have 16 to 60 in steps of 4, 16 have 32 to 120 in steps of 8.
Why it hurts
    More memory than the largest worker of that many vCPU cannot be had at all. What the service does with a size between the
    steps, or with 3 vCPU, is not documented: it refuses the application or rounds up, and bills what it rounds to.
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "2 vCPU", "memory": "8 GB"}},
        "EXECUTOR": {"workerCount": 4, "workerConfiguration": {"cpu": "4 vCPU", "memory": "32 GB"}}
      },
      "maximumCapacity": {"cpu": "40 vCPU", "memory": "300 GB", "disk": "1000 GB"}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "initialCapacity": {
        "DRIVER": {"workerCount": 1, "workerConfiguration": {"cpu": "2 vCPU", "memory": "8 GB"}},
        "EXECUTOR": {"workerCount": 4, "workerConfiguration": {"cpu": "4 vCPU", "memory": "30 GB"}}
      },
      "maximumCapacity": {"cpu": "40 vCPU", "memory": "300 GB", "disk": "1000 GB"}
    }
Applies to
    initialCapacity of EMR Serverless applications.
References
    EMR Serverless user guide, Understanding application behavior (worker configurations); Pre-initialized capacity.
"""

from __future__ import annotations

from spmlint.emr.pools import INITIAL_CAPACITY, SIZE, pools
from spmlint.emr.workers import GRID, VERIFIED_VCPU
from spmlint.rule import ERROR, WARNING, Finding, Iterator, Resource, Rule

rule = Rule("SPM604", "capacity-off-grid")


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def larger_than_any_worker(resource: Resource) -> Iterator[Finding]:
    for pool, part in pools(resource.parts(INITIAL_CAPACITY)):
        vcpu, memory_gb = pool.worker.vcpu, pool.worker.memory_gb
        if vcpu in VERIFIED_VCPU and memory_gb > GRID[vcpu][-1]:
            yield rule.finding(
                part.place(SIZE, "memory"),
                f"{pool.name}: no worker of {vcpu} vCPU has {memory_gb} GB, {GRID[vcpu][-1]} GB at most",
                subject=f"{pool.name} memory",
            )


@rule.check(WARNING, triggers=("EmrServerlessApplication",))
def between_the_sizes(resource: Resource) -> Iterator[Finding]:
    for pool, part in pools(resource.parts(INITIAL_CAPACITY)):
        vcpu, memory_gb = pool.worker.vcpu, pool.worker.memory_gb
        if vcpu not in GRID:
            message, field = f"no worker has {vcpu} vCPU, only {', '.join(map(str, GRID))}", "cpu"
        elif pool.worker.on_grid or (vcpu in VERIFIED_VCPU and memory_gb > GRID[vcpu][-1]):
            continue
        else:
            larger = [size for size in GRID[vcpu] if size > memory_gb]
            nearest = f"; the next larger one has {larger[0]} GB" if larger else ""
            message, field = f"no worker of {vcpu} vCPU has {memory_gb} GB{nearest}", "memory"
        yield rule.finding(part.place(SIZE, field), f"{pool.name}: {message}", subject=f"{pool.name} {field}")
