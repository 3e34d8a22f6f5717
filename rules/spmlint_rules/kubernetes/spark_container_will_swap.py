"""A Spark container may be swapped out, and a JVM does not survive that well.

What it does
    Finds driver and executor containers whose memory request is below their limit on nodes with LimitedSwap. Stock Spark sets
    both the same; `memoryLimit` of a SparkApplication and pods written by hand do not.
Why it hurts
    The kernel moves cold heap pages to disk, and the next full collection reads every one of them back: pauses of minutes,
    lost heartbeats ("Executor heartbeat timed out after 120000 ms"), then lost executors. With `-XX:+AlwaysPreTouch` the whole
    heap is written, and so swapped, from the start. Swap also comes on top of the memory limit, so the container is killed
    later than the limit suggests, and a pod above its request is the first to be evicted.
Given: kubelet.yaml
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
Example: notebook.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: notebook
      labels:
        spark-role: driver
    spec:
      containers:
        - name: jupyter
          image: jupyter/pyspark-notebook:spark-3.5.1
          command: ["start-notebook.py"]
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 8Gi
Use instead: notebook.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: notebook
      labels:
        spark-role: driver
    spec:
      nodeSelector:
        pool: memory
      containers:
        - name: jupyter
          image: jupyter/pyspark-notebook:spark-3.5.1
          command: ["start-notebook.py"]
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 8Gi
Applies to
    Kubernetes with a KubeletConfiguration among the facts; Burstable pods that are not critical for the system.
References
    KEP-2400; GetContainerSwapBehavior and calcSwapForBurstablePods (kuberuntime_container_linux.go).
"""

from __future__ import annotations

from spmlint.kubernetes.swap import why_no_swap
from spmlint.places.job_pods import memory_limit, placement, pod_spec, request_sum, spark_resources
from spmlint.places.namespaces import completed
from spmlint.places.nodes import share_of_swap, swap_settings, swapping_kubelet
from spmlint.places.pods import SPARK_CONTAINERS, WORKLOADS, pods_of
from spmlint.rule import WARNING, Finding, Iterator, Job, Related, Resource, Rule

rule = Rule("SPM503", "spark-container-will-swap", supersedes=("SPM214",))


@rule.check(WARNING, triggers=("KubeletConfiguration",))
def memory_limit_above_request(job: Job, role: str) -> Iterator[Finding]:
    written = memory_limit(job, role)
    if written is None or not job.place.kubelets:
        return
    kubernetes = job.world.kubernetes
    resources = spark_resources(job, role)
    kubelet = swapping_kubelet(job.place, kubernetes, placement(job, role))
    if resources is None or kubelet is None or resources.memory_limit <= resources.memory_request:
        return
    spec = pod_spec(job, role)
    pod = completed(spec.pod(kubernetes, resources), job.place)
    spark = next(container for container in pod.containers if container.name == spec.spark_name)
    if why_no_swap(pod, spark, swap_settings(kubelet, kubernetes), kubernetes) is None:
        yield rule.finding(
            written,
            f"{role} pods will swap: their memory limit of {resources.memory_limit >> 20} MiB is above the "
            f"{resources.memory_request >> 20} MiB Spark requests, and the kubelet has LimitedSwap",
            derivation=lambda: [request_sum(job, role), share_of_swap(job.place, resources.memory_request)],
            related=[_offer(kubelet)],
            subject=f"{role}.memoryLimit",
        )


@rule.check(WARNING, triggers=WORKLOADS)
def written_pod_will_swap(resource: Resource) -> Iterator[Finding]:
    kubernetes = resource.world.kubernetes
    for spec in pods_of(resource):
        if spec.role not in SPARK_CONTAINERS or spec.template or spec.partial or not resource.home.kubelets:
            continue
        kubelet = swapping_kubelet(resource.home, kubernetes, spec.placement())
        if kubelet is None:
            continue
        pod = completed(spec.pod(kubernetes), resource.home)
        for written, container in zip(spec.regular, pod.containers, strict=True):
            if written.spark and why_no_swap(pod, container, swap_settings(kubelet, kubernetes), kubernetes) is None:
                limit = "is below its limit" if container.resources.memory_limit else "has no limit beside it"
                yield rule.finding(
                    written.view.place("resources", "requests", "memory"),
                    f"the {spec.role} in container {written.name} will swap: its memory request of "
                    f"{container.resources.memory_request >> 20} MiB {limit}, and the kubelet has LimitedSwap",
                    derivation=[share_of_swap(resource.home, container.resources.memory_request)],
                    related=[_offer(kubelet)],
                    subject=written.name,
                )


def _offer(kubelet: Resource) -> Related:
    return Related(kubelet.place("memorySwap", "swapBehavior"), "the kubelet offers LimitedSwap here")
