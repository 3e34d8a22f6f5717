"""The kubelet's memory QoS slows Spark down, or takes its page cache, before the limit is reached.

What it does
    Where the kubelet has the feature gate MemoryQoS on, works out `memory.high` of the container a Spark Connect server runs
    in and compares it with the server's heap and overhead; and finds Guaranteed driver and executor pods where
    `memoryReservationPolicy` is TieredReservation.
Why it hurts
    Above `memory.high` = request + factor x (limit - request) the kernel does not kill but slows every allocation down and
    reclaims: a server that fills its heap stands still, and the driver loses its heartbeats. With TieredReservation a
    Guaranteed pod has `memory.min` = `memory.max`: none of its memory can be reclaimed, not even the page cache that shuffle
    files leave, so that it is OOMKilled (exit code 137) earlier than without.
Given: kubelet.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    featureGates:
      MemoryQoS: true
    memoryThrottlingFactor: 0.8
    systemReserved:
      memory: 1Gi
Example: connect.yaml
    apiVersion: sparkoperator.k8s.io/v1alpha1
    kind: SparkConnect
    metadata:
      name: connect
    spec:
      sparkVersion: "4.0.1"
      server:
        memory: 4g
        template:
          spec:
            containers:
              - name: spark-kubernetes-driver
                image: apache/spark:4.0.1
                resources:
                  requests:
                    cpu: "1"
                    memory: 2Gi
                  limits:
                    memory: 4608Mi
      executor:
        cores: 1
        memory: 4g
        instances: 2
Use instead: connect.yaml
    apiVersion: sparkoperator.k8s.io/v1alpha1
    kind: SparkConnect
    metadata:
      name: connect
    spec:
      sparkVersion: "4.0.1"
      server:
        memory: 4g
        template:
          spec:
            containers:
              - name: spark-kubernetes-driver
                image: apache/spark:4.0.1
                resources:
                  requests:
                    cpu: "1"
                    memory: 4608Mi
                  limits:
                    memory: 4608Mi
      executor:
        cores: 1
        memory: 4g
        instances: 2
Applies to
    Kubernetes with a KubeletConfiguration among the facts. Pods that Spark sizes itself are never throttled: their memory request
    is their limit, or what they use at most where an operator's `memoryLimit` stands above it.
References
    KEP-2570; generateLinuxContainerResources (kuberuntime_container_linux.go).
"""

from __future__ import annotations

from spmlint.answer import Versions
from spmlint.kubernetes.feature_gates import MEMORY_QOS, gate_enabled
from spmlint.kubernetes.memory_qos import TIERED_RESERVATION, memory_high, throttling_factor
from spmlint.kubernetes.qos import GUARANTEED, qos_class
from spmlint.places.job_pods import placement, pod_as_created, server_container
from spmlint.places.nodes import kubelets_for
from spmlint.rule import DRIVER, KUBERNETES, WARNING, Finding, Iterator, Job, Related, Resource, Rule
from spmlint.spark.container import LEAST_OVERHEAD_MIB, computed_overhead_mib

rule = Rule("SPM513", "memory-qos-throttles-spark")

KUBELET = ("KubeletConfiguration",)
FACTOR = 0.1
MIB = 1 << 20


@rule.check(WARNING, triggers=KUBELET)
def server_is_throttled(job: Job) -> Iterator[Finding]:
    container = server_container(job)
    limit = container.lists.limits.get("memory") if container is not None else None
    heap_mib = job.model.heap_mib(DRIVER) if limit is not None else None
    if container is None or limit is None or heap_mib is None:
        return
    resources = container.container().resources.defaulted()
    needed = heap_mib + computed_overhead_mib(heap_mib, FACTOR, LEAST_OVERHEAD_MIB, "")
    for kubelet in kubelets_for(job.place, placement(job, DRIVER)):
        factor = _factor(kubelet, job.world.kubernetes)
        high = None if factor is None else memory_high(resources, allocatable=resources.memory_limit, factor=factor)
        if high is None or high // MIB >= needed or needed * MIB > resources.memory_limit:
            continue
        asked, most = resources.memory_request // MIB, resources.memory_limit // MIB
        yield rule.finding(
            container.lists.requests.get("memory") or limit,
            f"the server is slowed down above {high // MIB} MiB (memory.high), and heap and overhead take {needed} MiB: request "
            f"as much as the limit",
            derivation=[
                f"memory.high {high // MIB} MiB = request {asked} + {factor:g} x (limit {most} - request {asked})",
                f"server {needed} MiB = heap {heap_mib} + overhead {needed - heap_mib} ({FACTOR:g} x heap, at least 384)",
            ],
            related=[Related(kubelet.place("featureGates", MEMORY_QOS), f"the kubelet has {MEMORY_QOS} on")],
            subject="server",
        )


@rule.check(WARNING, triggers=KUBELET)
def page_cache_stays(job: Job, role: str) -> Iterator[Finding]:
    if job.world.manager != KUBERNETES:
        return
    pod, kubernetes = pod_as_created(job, role), job.world.kubernetes
    if pod is None:
        return
    for kubelet in kubelets_for(job.place, placement(job, role)):
        if kubelet.word("memoryReservationPolicy") != TIERED_RESERVATION or not _has_gate(kubelet, kubernetes):
            continue
        if qos_class(pod, kubernetes) == GUARANTEED:
            yield rule.finding(
                job.conf.setting(f"spark.kubernetes.{role}.limit.cores") or job.span,
                f"the {role} pod is Guaranteed and the kubelet reserves all of its memory ({TIERED_RESERVATION}): the page cache "
                f"of shuffle files cannot be reclaimed within its memory limit",
                related=[Related(kubelet.place("memoryReservationPolicy"), f"the policy is {TIERED_RESERVATION}")],
            )


def _factor(kubelet: Resource, kubernetes: Versions) -> float | None:
    """The throttling factor in force; None where the kubelet throttles nothing, or would not start with what is written."""
    if not _has_gate(kubelet, kubernetes):
        return None
    text = kubelet.word("memoryThrottlingFactor")
    try:
        return throttling_factor(None if text is None else float(text), kubernetes)
    except ValueError:
        return None


def _has_gate(kubelet: Resource, kubernetes: Versions) -> bool:
    return gate_enabled(MEMORY_QOS, kubernetes, kubelet.flag("featureGates", MEMORY_QOS))
