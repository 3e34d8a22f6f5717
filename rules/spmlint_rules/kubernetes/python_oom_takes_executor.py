"""A Python worker that takes too much memory takes the whole executor with it.

What it does
    Finds Python jobs without `spark.executor.pyspark.memory` on nodes with cgroup v2, where the kubelet has the kernel kill a
    container as a whole.
Why it hurts
    Without a bound of its own a Python worker grows until the container's limit. With cgroup v1 the kernel then killed that
    worker and Spark started the task again; now `memory.oom.group` is set and the executor's JVM dies as well ("OOMKilled",
    exit code 137), with its cached blocks and shuffle files. With the setting the worker gets a Python MemoryError instead,
    and its task fails alone.
Given: node.yaml
    apiVersion: v1
    kind: Node
    metadata:
      name: pool-a-1
    status:
      nodeInfo:
        kubeletVersion: v1.35.2
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Python
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Python
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      sparkConf:
        spark.executor.pyspark.memory: 2g
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Python jobs on Kubernetes 1.28 and later, where facts tell that the nodes have cgroup v2: Node objects of 1.35 or later (whose
    kubelets refuse v1 unless told otherwise), or a KubeletConfiguration with `failCgroupV1: true` or with LimitedSwap.
    `singleProcessOOMKill: true` (1.32) restores the old way.
References
    Kubernetes pull requests 117793 (memory.oom.group) and 126096 (singleProcessOOMKill); KEP-5573; pyspark/worker.py.
"""

from __future__ import annotations

from spmlint.places.job_pods import placement
from spmlint.places.nodes import kubelets_for, nodes_for, swapping_kubelet
from spmlint.rule import EXECUTOR, INFO, KUBERNETES, PYTHON, Finding, Iterator, Job, Rule

rule = Rule("SPM516", "python-oom-takes-executor")

BOUND = "spark.executor.pyspark.memory"


@rule.check(INFO, triggers=("KubeletConfiguration", "Node"))
def no_bound_of_its_own(job: Job) -> Iterator[Finding]:
    if job.world.manager.known != KUBERNETES or job.world.language.known != PYTHON or job.conf.get(BOUND) is not None:
        return
    if _kills_whole_containers(job):
        made = job.model.container(EXECUTOR)
        room = f" of {made.container_mib} MiB" if made is not None else ""
        yield rule.finding(
            job.conf.setting("spark.executor.memory") or job.span,
            f"a Python worker that grows beyond the container{room} takes the executor's JVM with it: {BOUND} bounds the workers "
            "alone",
            derivation=lambda: [job.container_sum(EXECUTOR)],
            subject=BOUND,
        )


def _kills_whole_containers(job: Job) -> bool:
    """Whether the nodes the executors may meet are known to have cgroup v2 and kubelets that set memory.oom.group."""
    where = placement(job, EXECUTOR)
    kubelets = kubelets_for(job.place, where)
    if any(kubelet.flag("singleProcessOOMKill") or kubelet.flag("failCgroupV1") is False for kubelet in kubelets):
        return False
    if any(kubelet.flag("failCgroupV1") for kubelet in kubelets):
        return True
    kubernetes = job.world.kubernetes
    if swapping_kubelet(job.place, kubernetes, where) is not None:
        return True
    return bool(nodes_for(job.place, where)) and kubernetes >= (1, 35)
