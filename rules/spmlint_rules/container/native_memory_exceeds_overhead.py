"""The JVM is allowed more native memory than the container has beside the heap.

What it does
    Adds up the native areas that the Java options bound (`-XX:MaxDirectMemorySize`, `-XX:MaxMetaspaceSize`,
    `-XX:ReservedCodeCacheSize`) and compares the sum with the memory overhead, in which all of them live.
Why it hurts
    "OOMKilled", exit code 137, "Container killed by YARN for exceeding memory limits": the JVM takes what it was allowed and
    never sees an OutOfMemoryError of its own.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --conf spark.executor.extraJavaOptions=-XX:MaxDirectMemorySize=2g \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\
      --conf spark.executor.extraJavaOptions=-XX:MaxDirectMemorySize=2g \\
      --conf spark.executor.memoryOverhead=3g \\
      --class com.example.Nightly nightly.jar
Applies to
    Kubernetes, YARN and EMR. Only what is written counts: the defaults are unbounded or small.
References
    HotSpot options; ResourceProfile; BasicExecutorFeatureStep.
"""

from __future__ import annotations

from spmlint.java_words import JavaOptions, written_options
from spmlint.rule import LOCAL, STANDALONE, WARNING, Finding, Iterator, Job, Rule
from spmlint.spark.container import ROLES
from spmlint.spark.jvm import xmx_bytes

rule = Rule("SPM212", "native-memory-exceeds-overhead")

OPTIONS = ("spark.{}.defaultJavaOptions", "spark.{}.extraJavaOptions")
AREAS = {
    "-XX:MaxDirectMemorySize=": "direct memory",
    "-XX:MaxMetaspaceSize=": "metaspace",
    "-XX:ReservedCodeCacheSize=": "code cache",
}
MIB = 1 << 20


@rule.check(WARNING, triggers=tuple(key.format(role) for role in ROLES for key in OPTIONS))
def more_than_the_overhead(job: Job, role: str) -> Iterator[Finding]:
    written: dict[str, tuple[JavaOptions, str, int]] = {}
    for options in written_options(job.conf, *(key.format(role) for key in OPTIONS)):
        for word in options.words:
            name, equals, text = word.partition("=")
            size = xmx_bytes(text) if f"{name}{equals}" in AREAS else None
            if size is not None:
                written[f"{name}{equals}"] = (options, word, size)
    if not written or job.world.manager.among(STANDALONE, LOCAL):
        return
    made = job.model.container(role)
    total_mib = sum(size for _, _, size in written.values()) // MIB
    if made is None or total_mib <= made.overhead_mib:
        return
    options, word, _ = max(written.values(), key=lambda area: area[2])
    terms = " + ".join(f"{AREAS[name]} {size // MIB}" for name, (_, _, size) in written.items())
    yield rule.finding(
        options.place(word),
        f"the {role} may use {total_mib} MiB of native memory, and its overhead is {made.overhead_mib} MiB",
        derivation=lambda: [f"native memory {total_mib} MiB = {terms}", job.container_sum(role)],
        subject=options.setting.key,
    )
