"""The Python workers of an executor share PySpark memory, and each gets very little of it.

What it does
    Divides `spark.executor.pyspark.memory` by the Python workers of an executor, one for each core (from Spark 4.3: for each
    task that runs at once), and reports less than 128 MiB.
Why it hurts
    Each worker gets its share as a limit on its address space (RLIMIT_AS), in which an interpreter with numpy and pyarrow
    alone takes more: "MemoryError", or "OpenBLAS blas_thread_init: pthread_create failed", long before the container is full.
    From 4.3 a share below 1 MiB is refused.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-cores 8 \\
      --conf spark.executor.pyspark.memory=512m \\
      nightly.py
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster --executor-cores 8 \\
      --conf spark.executor.pyspark.memory=4g \\
      nightly.py
Applies to
    Python jobs on every manager, where the cores of an executor are known.
References
    BasePythonRunner.getWorkerMemoryMb; pyspark/worker_util.py.
"""

from __future__ import annotations

from spmlint.answer import V4_3
from spmlint.rule import EMR_SERVERLESS, JVM, KUBERNETES, WARNING, YARN, Finding, Iterator, Job, R, Rule
from spmlint.spark.emr_serverless_workers import DEFAULT_CORES
from spmlint.spark.profile import pyspark_mib
from spmlint.spark.reading import read

rule = Rule("SPM208", "little-pyspark-memory-per-worker")

KEY, CORES, TASK_CPUS = "spark.executor.pyspark.memory", "spark.executor.cores", "spark.task.cpus"
LEAST_MIB = 128


@rule.check(WARNING, triggers=(KEY,))
def too_small_a_share(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    if setting is None or job.world.language.known in (JVM, R):
        return
    mib = pyspark_mib(job.conf, job.world.spark)
    workers = _workers(job) if mib > 0 else 0
    if workers and mib < LEAST_MIB * workers:
        cores = job.conf.winner(CORES)
        yield rule.finding(
            setting,
            f"{mib} MiB for {workers} Python worker{'s' * (workers > 1)}: {mib // workers} MiB of address space for each",
            derivation=[
                f"share {mib // workers} MiB = {mib} / {workers} workers ({cores.where() if cores else 'the default'})"
            ],
        )


def _workers(job: Job) -> int:
    """How many Python workers an executor runs side by side; 0 where its cores are not known."""
    if job.conf.get(CORES) is not None:
        cores = read(job.conf, CORES, job.world.spark)
    elif job.world.manager == EMR_SERVERLESS:
        cores = DEFAULT_CORES
    else:
        cores = 1 if job.world.manager.among(KUBERNETES, YARN) else 0
    if job.conf.get(TASK_CPUS) is not None and job.world.spark >= V4_3:
        return int(cores // read(job.conf, TASK_CPUS, job.world.spark))
    return int(cores)
