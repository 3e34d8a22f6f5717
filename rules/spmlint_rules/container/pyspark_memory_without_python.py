"""PySpark memory is set for a job that runs no Python.

What it does
    `spark.executor.pyspark.memory` bounds Python workers. Reports it on a job whose main file is a jar with a main class of its
    own, and on an R job: nothing reads it there.
Why it hurts
    Nothing is added to the container and nothing is limited. Whoever set it to make room for native memory still sees
    "OOMKilled", since that room is `spark.executor.memoryOverhead`.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.executor.pyspark.memory=2g \\
      --class com.example.Nightly nightly.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --conf spark.executor.memoryOverhead=2g \\
      --class com.example.Nightly nightly.jar
Applies to
    Every manager and version. Servers and sessions (Spark Connect, Thrift, Livy, Zeppelin ...) may run Python for their
    clients and are not checked.
References
    BasePythonRunner; ResourceProfile; BasicExecutorFeatureStep.
"""

from __future__ import annotations

from spmlint.rule import JVM, WARNING, Finding, Iterator, Job, R, Rule

rule = Rule("SPM207", "pyspark-memory-without-python")

KEY = "spark.executor.pyspark.memory"
SERVERS = (
    "connect",
    "thriftserver",
    "livy",
    "zeppelin",
    "kyuubi",
    "toree",
    "jobserver",
    "repl",
    "pythonrunner",
    "python",
)
"""Words in the names of classes that run other people's programs, Python among them."""


@rule.check(WARNING, triggers=(KEY,))
def nothing_reads_it(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(KEY)
    if setting is None:
        return
    if job.world.language.known == R:
        what = "the job runs R"
    elif job.world.language.known == JVM and _runs_its_own_class(job):
        what = "the job runs on the JVM"
    else:
        return
    yield rule.finding(setting, f"{setting.label} has no effect: {what}, and only Python workers are bound by it")


def _runs_its_own_class(job: Job) -> bool:
    if job.main is None or job.main_class is None or not job.main.value.endswith(".jar"):
        return False
    name = job.main_class.known().lower()
    return not any(server in name for server in SERVERS)
