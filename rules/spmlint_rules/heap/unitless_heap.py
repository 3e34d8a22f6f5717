"""The executor heap has no unit, and Spark reads the number once as MiB and once as bytes.

What it does
    Reports a bare number in `spark.executor.memory`. The container is sized as if it were MiB; the check that every driver
    makes at its start takes it for bytes.
Why it hurts
    The driver dies at once, on every cluster manager and in local mode: "Executor memory 2048 must be at least 471859200".
    A number large enough to pass that check asks for a container of hundreds of TiB.
Example: spark-defaults.conf
    spark.executor.memory  2048
Use instead: spark-defaults.conf
    spark.executor.memory  2048m
Fix safety
    Safe: the container keeps its size, and the job starts.
Applies to
    Every cluster manager and version.
References
    UnifiedMemoryManager.getMaxMemory; ResourceProfile; configuration page, "Spark Properties".
"""

from __future__ import annotations

from spmlint.rule import ERROR, SAFE, Finding, Iterator, Job, Rule, replace
from spmlint.spark.regions import MINIMUM_HEAP
from spmlint.spark.sizes import is_bare

rule = Rule("SPM102", "unitless-heap", fixable=SAFE)

LARGEST_FIX = 1 << 20
"""From here on (1 TiB as MiB) nobody meant MiB."""


@rule.check(ERROR, triggers=("spark.executor.memory",), explains=("umm_driver", "umm_executor"))
def bare_number(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting("spark.executor.memory")
    if setting is None:
        return
    text = setting.value.known().strip()
    if not is_bare(text):
        return
    number = int(text)
    if number < MINIMUM_HEAP:
        what = f"Spark refuses to start: it takes {text} for bytes and needs {MINIMUM_HEAP}"
    else:
        what = f"the container is sized as {number} MiB ({number >> 20} TiB)"
    fix = replace(setting, f"{text}m", f"write {text}m", SAFE) if number < LARGEST_FIX else None
    yield rule.finding(setting, f"{setting.label} {text} has no unit; {what}", fix=fix)
