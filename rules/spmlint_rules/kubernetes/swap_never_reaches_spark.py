"""The nodes offer swap to pods, but Spark's containers never get any.

What it does
    Compares the memory request and limit of the driver and executor containers where the kubelet's swap behavior is
    LimitedSwap. Spark gives both the same value, in every released version.
Why it hurts
    LimitedSwap serves only containers whose request is below their limit. A stock Spark pod gets `memory.swap.max=0` and is
    killed at its limit as if there were no swap ("OOMKilled", exit code 137), while the disk set aside for swap stays idle.
    What would make a container eligible: a `memoryLimit` above the request in a SparkApplication of the Kubeflow operator,
    or an admission webhook that sets request and limit apart. A pod template cannot: Spark writes both anew. A JVM heap
    that is paged out makes every full collection slow, so the better answer is memory, or nodes without swap.
Given: facts.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    failSwapOn: false
    memorySwap:
      swapBehavior: LimitedSwap
    systemReserved:
      memory: 1Gi
    ---
    apiVersion: v1
    kind: Node
    metadata:
      name: pool-a-1
      labels:
        pool: swap
    status:
      capacity:
        memory: 64Gi
      nodeInfo:
        kubeletVersion: v1.34.1
        swap:
          capacity: 34359738368
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
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
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConf:
        spark.kubernetes.node.selector.pool: memory
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    Kubernetes with a KubeletConfiguration among the facts. Where Node objects are among them too, only jobs whose node
    selector matches one of them.
References
    KEP-2400; GetContainerSwapBehavior (kuberuntime_container_linux.go); BasicDriverFeatureStep, BasicExecutorFeatureStep.
"""

from __future__ import annotations

from spmlint.places.job_pods import placement, request_sum, spark_resources
from spmlint.places.nodes import swapping_kubelet
from spmlint.places.pods import SPARK_CONTAINERS, WORKLOADS, pods_of
from spmlint.rule import KUBERNETES, WARNING, Finding, Iterator, Job, Related, Resource, Rule

rule = Rule("SPM501", "swap-never-reaches-spark")


@rule.check(WARNING, triggers=("KubeletConfiguration",))
def stock_pods_never_swap(job: Job, role: str) -> Iterator[Finding]:
    if not job.place.kubelets or job.world.manager.known != KUBERNETES:
        return
    resources = spark_resources(job, role)
    kubelet = swapping_kubelet(job.place, job.world.kubernetes, placement(job, role))
    if resources is None or kubelet is None or resources.memory_request != resources.memory_limit:
        return
    mib = resources.memory_request >> 20
    yield rule.finding(
        job.conf.setting(f"spark.{role}.memory") or job.span,
        f"{role} pods never swap: their memory request and limit are both {mib} MiB, so LimitedSwap gives them "
        f"memory.swap.max=0; only a limit above the request would change that",
        derivation=lambda: [
            request_sum(job, role),
            f"{role} container memory limit {mib} MiB = the request",
            "memory.swap.max 0 = no swap where a container's memory request equals its limit",
        ],
        related=[_offer(kubelet)],
    )


@rule.check(WARNING, triggers=WORKLOADS)
def written_pods_never_swap(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        if pod.role not in SPARK_CONTAINERS or pod.template or pod.partial or not resource.home.kubelets:
            continue
        kubelet = swapping_kubelet(resource.home, resource.world.kubernetes, pod.placement())
        if kubelet is None:
            continue
        for spec in pod.regular:
            memory = spec.lists.limits.get("memory")
            asked = spec.container().resources.defaulted()
            if spec.spark and memory is not None and asked.memory_request == asked.memory_limit:
                yield rule.finding(
                    memory,
                    f"the {pod.role} in container {spec.name} never swaps: its memory request and limit are both "
                    f"{asked.memory_limit >> 20} MiB, so LimitedSwap gives it memory.swap.max=0",
                    subject=memory.label,
                    related=[_offer(kubelet)],
                )


def _offer(kubelet: Resource) -> Related:
    return Related(kubelet.place("memorySwap", "swapBehavior"), "the kubelet offers LimitedSwap here")
