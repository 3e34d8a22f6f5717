"""A task takes more cpus than an executor has, so no task could ever run.

What it does
    Compares `spark.task.cpus` with the cores of an executor: those written, or the default where the manager has one (1 on
    YARN and Kubernetes, 4 on EMR Serverless). As advice, tells of cores that no task can use because `spark.task.cpus` does not
    divide them.
Why it hurts
    "The number of cores per executor (=1) has to be >= the number of cpus per task = 2.": the driver refuses to start. On
    Kubernetes and YARN that also happens where only `spark.task.cpus` was raised.
Example: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --executor-cores 2 \\
      --conf spark.task.cpus=4 \\
      --class com.example.Train train.jar
Use instead: submit.sh
    spark-submit --master yarn --deploy-mode cluster \\
      --executor-cores 4 \\
      --conf spark.task.cpus=4 \\
      --class com.example.Train train.jar
Applies to
    Every manager where the cores of an executor are written. On standalone clusters and in local mode an executor otherwise
    takes all the cores there are, which no file tells; EMR on EC2 gives its own default to each cluster.
References
    ResourceProfile.calculateTasksAndLimitingResource; ResourceUtils.validateTaskCpusLargeEnough; SPARK-27192.
"""

from __future__ import annotations

from spmlint.rule import EMR_ON_EC2, ERROR, INFO, Finding, Iterator, Job, Rule
from spmlint.spark.reading import read

rule = Rule("SPM407", "cores-below-task-cpus")

CORES, TASK_CPUS = "spark.executor.cores", "spark.task.cpus"


@rule.check(ERROR, triggers=(CORES, TASK_CPUS), explains=("tasks", "dynalloc"))
def no_task_fits(job: Job) -> Iterator[Finding]:
    refusal = job.refusal("tasks")
    if refusal is None or refusal.keys != (TASK_CPUS, CORES):
        return
    if job.conf.winner(CORES) is None and job.world.platform.known == EMR_ON_EC2:
        return
    setting = job.refused_setting(refusal)
    if setting is not None:
        yield rule.finding(setting, f"{refusal.message}: no task fits, and the driver refuses to start")


@rule.check(INFO, triggers=(TASK_CPUS,), advice=True)
def cores_left_over(job: Job) -> Iterator[Finding]:
    setting = job.conf.setting(TASK_CPUS)
    if setting is None or job.conf.get(CORES) is None:
        return
    cores, cpus = read(job.conf, CORES, job.world.spark), read(job.conf, TASK_CPUS, job.world.spark)
    if cores >= cpus > 0 and cores % cpus:
        yield rule.finding(
            setting,
            f"{cores % cpus} of the {cores} cores of an executor stay idle: it runs {cores // cpus} tasks of {cpus} cpus",
        )
