"""The garbage collector keeps a part of the heap back, so Spark has less memory than the settings say.

What it does
    Spark divides what the JVM reports, not what -Xmx says. The parallel collector reports about 89 % of it (96 % in executor
    pods, whose heap is taken at once), the serial one about 97 %, G1 all. Shows the regions that are really there, where the
    Java options choose one of the two, allow one processor only (`-XX:ActiveProcessorCount=1`), or a pod's CPU limit is one or
    less.
Why it hurts
    More spilling and earlier cache evictions than the same heap has under G1. With the parallel collector a heap of 8 GiB has
    about half a GiB less for execution and storage.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --conf spark.executor.extraJavaOptions=-XX:+UseParallelGC \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --conf spark.executor.extraJavaOptions=-XX:+UseG1GC \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. Cores and CPU requests prove nothing: only a limit bounds the processors a JVM sees.
References
    UnifiedMemoryManager.getMaxMemory; HotSpot, DefNewGeneration and ParallelScavengeHeap.
"""

from __future__ import annotations

from spmlint.java_words import written_options
from spmlint.kubernetes.quantity import millicores_of
from spmlint.rule import EXECUTOR, INFO, KUBERNETES, Finding, Iterator, Job, Rule, Setting
from spmlint.spark.container import ROLES
from spmlint.spark.jvm import PARALLEL, SERIAL, collector, reported_heap
from spmlint.spark.regions import regions

rule = Rule("SPM106", "parallel-gc-shrinks-heap")

OPTIONS = ("spark.{}.defaultJavaOptions", "spark.{}.extraJavaOptions")
CPU_LIMIT = "spark.kubernetes.{}.limit.cores"
TRIGGERS = tuple(key.format(role) for key in (*OPTIONS, CPU_LIMIT) for role in ROLES)
MIB = 1 << 20


@rule.check(INFO, triggers=TRIGGERS)
def less_than_the_settings_say(job: Job, role: str) -> Iterator[Finding]:
    setting, chosen = _chosen(job, role)
    heap_mib = job.model.heap_mib(role) if setting is not None and chosen in (PARALLEL, SERIAL) else None
    if setting is None or heap_mib is None:
        return
    committed = role == EXECUTOR and job.world.manager == KUBERNETES
    reported = reported_heap(heap_mib * MIB, chosen, committed=committed)
    whole = regions(heap_mib * MIB, job.conf, job.world.spark, role=role)
    left = regions(reported, job.conf, job.world.spark, role=role)
    yield rule.finding(
        setting,
        f"the {chosen} collector reports {reported // MIB} of {heap_mib} MiB {role} heap, which leaves {left.spark // MIB} MiB "
        f"for execution and storage instead of {whole.spark // MIB}",
        derivation=[
            f"unified memory {left.spark // MIB} MiB = ({reported // MIB} - {left.reserved // MIB} reserved) x "
            f"{left.spark / (reported - left.reserved):.2g}, of which storage {left.storage // MIB} MiB, "
            f"execution {left.execution // MIB} MiB; user memory {left.user // MIB} MiB"
        ],
    )


def _chosen(job: Job, role: str) -> tuple[Setting | None, str | None]:
    """The setting that settles the collector, and the collector; None where the machine does."""
    options = list(written_options(job.conf, *(key.format(role) for key in OPTIONS)))
    words = [word for one in options for word in one.words]
    told = collector(words)
    if told is not None:
        names = next(one for one in reversed(options) if collector(one.words) == told)
        return names.setting, told
    limit = job.conf.setting(CPU_LIMIT.format(role))
    if limit is None or limit.is_injected or job.world.manager != KUBERNETES:
        return None, None
    return limit, collector(words, cpu_limit=millicores_of(limit.value.known()) / 1000)
