"""The executor or driver heap is smaller than Spark can start with.

What it does
    Compares the heap with 450 MiB, one and a half times what Spark keeps for itself. The executor's is checked as written;
    the driver's as the JVM reports it, which is a little less than it is given: G1 passes from 449m, Serial from 465m,
    Parallel from 505m.
Why it hurts
    The JVM starts and Spark refuses: "System memory 268435456 must be at least 471859200". In cluster mode that happens
    inside the pod, minutes after the submission succeeded.
Example: spark-defaults.conf
    spark.executor.memory  400m
Use instead: spark-defaults.conf
    spark.executor.memory  465m
Fix safety
    Unsafe: a larger heap asks the cluster for more.
Applies to
    Every cluster manager and version, local mode too.
References
    UnifiedMemoryManager.getMaxMemory (RESERVED_SYSTEM_MEMORY_BYTES); HotSpot, DefNewGeneration, ParallelScavengeHeap.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import millicores_of
from spmlint.rule import (
    CLUSTER,
    DRIVER,
    ERROR,
    EXECUTOR,
    KUBERNETES,
    UNSAFE,
    WARNING,
    YARN,
    Finding,
    Fix,
    Iterator,
    Job,
    Rule,
    Setting,
    replace,
)
from spmlint.spark.jvm import PARALLEL, SERIAL, SERVER_MEMORY_MIB, collector, smallest_heap_mib, xmx_bytes
from spmlint.spark.regions import MINIMUM_HEAP
from spmlint.spark.sizes import parse_size

rule = Rule("SPM101", "heap-below-minimum", fixable=UNSAFE)

MIB = 1 << 20
AS_WRITTEN_MIB = MINIMUM_HEAP // MIB


@rule.check(ERROR, triggers=("spark.executor.memory",), explains=("umm_driver", "umm_executor"))
def executor_too_small(job: Job) -> Iterator[Finding]:
    setting, heap_mib = _heap(job, EXECUTOR)
    if setting is not None and heap_mib < max(AS_WRITTEN_MIB, _least_mib(job, EXECUTOR)):
        yield _too_small(job, setting, heap_mib, EXECUTOR)


@rule.check(ERROR, triggers=("spark.driver.memory",), explains=("umm_driver",))
def driver_too_small(job: Job) -> Iterator[Finding]:
    setting, heap_mib = _heap(job, DRIVER)
    if setting is not None and heap_mib < _least_mib(job, DRIVER):
        yield _too_small(job, setting, heap_mib, DRIVER)


@rule.check(WARNING, triggers=("spark.executor.memory",))
def executor_too_small_for_serial(job: Job) -> Iterator[Finding]:
    setting, heap_mib = _heap(job, EXECUTOR)
    least_mib = smallest_heap_mib(MINIMUM_HEAP, SERIAL)
    if setting is None or not AS_WRITTEN_MIB <= heap_mib < least_mib:
        return
    if _collector(job, EXECUTOR) is not None or job.conf.get("spark.executor.extraJavaOptions"):
        return
    made = job.model.container(EXECUTOR) if job.world.manager == KUBERNETES else None
    if made is not None and made.container_mib < SERVER_MEMORY_MIB:
        yield rule.finding(
            setting,
            f"executor heap {heap_mib:g} MiB may be too small to start: in a container below {SERVER_MEMORY_MIB} MiB the JVM "
            f"chooses the serial collector, which reports less heap than it is given and takes {least_mib}m",
            fix=_fix(setting, least_mib),
        )


def _heap(job: Job, role: str) -> tuple[Setting | None, float]:
    """The heap somebody wrote, in MiB; nothing where no unit is written or Spark cannot read it (rules of their own)."""
    setting = job.conf.setting(f"spark.{role}.memory")
    if setting is None or setting.is_injected or _is_test(job, role):
        return None, 0
    if role == DRIVER and (job.world.manager.known, job.world.mode.known) == (YARN, CLUSTER):
        return setting, job.model.heap_mib(DRIVER) or 0  # YARN's client writes the -Xmx anew, in MiB
    text = setting.value.known().strip()
    if text.isdecimal() or (role == DRIVER and xmx_bytes(text) is None):
        return None, 0
    try:
        return setting, parse_size(text, "b", job.world.spark) / MIB
    except ValueError:
        return None, 0


def _is_test(job: Job, role: str) -> bool:
    """Spark's own tests lift the check; the driver's also by naming its memory."""
    keys = ["spark.testing", "spark.testing.reservedMemory"] + ["spark.testing.memory"] * (role == DRIVER)
    return any(job.conf.winner(key) for key in keys)


def _collector(job: Job, role: str) -> str | None:
    """The collector the written options or a CPU limit of one settle, None where the machine does."""
    options = [job.conf.winner(f"spark.{role}.{name}JavaOptions") for name in ("default", "extra")]
    words = [word for setting in options if setting for word in setting.value.value.split()]
    limit = job.conf.winner(f"spark.kubernetes.{role}.limit.cores")
    if limit is None or job.world.manager.known != KUBERNETES:
        return collector(words)
    try:
        return collector(words, cpu_limit=millicores_of(limit.value.value) / 1000)
    except ValueError:
        return collector(words)


def _least_mib(job: Job, role: str) -> int:
    chosen = _collector(job, role)
    # Executor pods commit their whole heap at once, which leaves the parallel collector a smaller survivor space.
    committed = role == EXECUTOR and chosen == PARALLEL and job.world.manager == KUBERNETES
    return smallest_heap_mib(MINIMUM_HEAP, chosen, committed=committed)


def _too_small(job: Job, setting: Setting, heap_mib: float, role: str) -> Finding:
    chosen = _collector(job, role)
    least_mib = max(smallest_heap_mib(MINIMUM_HEAP, chosen or SERIAL), AS_WRITTEN_MIB)
    gc = f" under the {chosen} collector" if chosen else ""
    return rule.finding(
        setting,
        f"{role} heap {heap_mib:g} MiB is below the {_least_mib(job, role) if chosen else AS_WRITTEN_MIB} MiB "
        f"Spark needs to start{gc}",
        derivation=(f"minimum heap {AS_WRITTEN_MIB} MiB = 1.5 x 300 MiB reserved by Spark ({MINIMUM_HEAP} bytes)",),
        fix=_fix(setting, least_mib),
    )


def _fix(setting: Setting, least_mib: int) -> Fix | None:
    return replace(setting, f"{least_mib}m", f"the smallest heap that starts everywhere: {least_mib}m", UNSAFE)
