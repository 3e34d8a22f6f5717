"""The node keeps so little memory back that the kernel kills before the kubelet evicts.

What it does
    Finds jobs on nodes whose kubelet reserves no memory for the system and evicts below 100Mi at most, its default. Says in which
    order the kernel's OOM killer takes the job's pods.
Why it hurts
    The kubelet looks every 10 seconds; executors that fill their heaps need less time for the last 100 MiB of a node. The
    kernel then chooses by `oom_score_adj` and what each process uses, not by who is above its request: pods of the class
    BestEffort first, then those that request least. In a Spark job that is the driver, before the executors that took the
    memory ("OOMKilled" or a vanished process, the event "SystemOOM" on the node).
Given: facts.yaml
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    cgroupDriver: systemd
    ---
    apiVersion: v1
    kind: Node
    metadata:
      name: pool-a-1
      labels:
        pool: bare
    status:
      capacity:
        memory: 64Gi
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
        memory: 8g
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
      nodeSelector:
        pool: memory
      driver:
        memory: 2g
      executor:
        memory: 8g
Applies to
    Kubernetes with a KubeletConfiguration among the facts. Reservations given as kubelet flags are not seen.
References
    pkg/kubelet/eviction (monitoring period, defaults_linux.go); pkg/kubelet/qos/policy.go; node-pressure eviction.
"""

from __future__ import annotations

from spmlint.kubernetes.eviction import MEMORY_AVAILABLE, MONITORING_PERIOD_S, parse_threshold
from spmlint.kubernetes.oom import BEST_EFFORT_ADJ, oom_score_adj
from spmlint.places.job_pods import placement, pod_as_created, pod_spec
from spmlint.places.nodes import hard_eviction, kubelets_for, memory_capacity, nodes_for, reservations
from spmlint.rule import EXECUTOR, INFO, KUBERNETES, ROLES, Finding, Iterator, Job, Related, Resource, Rule

rule = Rule("SPM520", "eviction-loses-to-the-kernel")

MIB = 1 << 20
TOO_LATE = 100 * MIB
"""The kubelet's own threshold, in bytes of available memory."""


@rule.check(INFO, triggers=("KubeletConfiguration",))
def kernel_is_first(job: Job) -> Iterator[Finding]:
    if job.world.manager.known != KUBERNETES:
        return
    for kubelet in kubelets_for(job.place, placement(job, EXECUTOR)):
        threshold = _threshold(kubelet)
        if threshold is None or any(quantity.resource == "memory" for quantity in reservations(kubelet)):
            continue
        order = list(_order(job))
        yield rule.finding(
            job.conf.setting("spark.executor.memory") or job.span,
            "when the node runs short the kernel is likely to kill before the kubelet evicts, which looks every "
            f"{MONITORING_PERIOD_S} s for less than {threshold // MIB} MiB and keeps nothing back: first BestEffort pods "
            f"({BEST_EFFORT_ADJ})" + "".join(f", then the {name} ({adj})" for name, adj, _ in order),
            derivation=[f"BestEffort pods: oom_score_adj {BEST_EFFORT_ADJ}", *(line for _, _, line in order)],
            related=[Related(kubelet.place("evictionHard", MEMORY_AVAILABLE), "the kubelet reserves no memory")],
        )


def _threshold(kubelet: Resource) -> int | None:
    """Bytes below which the kubelet evicts, where that is too late; None where it is not, or it does not evict at all."""
    text = hard_eviction(kubelet).get(MEMORY_AVAILABLE)
    threshold = None if text is None else parse_threshold(MEMORY_AVAILABLE, text)
    if threshold is None or threshold.size is None or threshold.size > TOO_LATE:
        return None
    return threshold.size


def _order(job: Job) -> Iterator[tuple[str, int, str]]:
    """Each role's pod on the smallest node that is known, the one that is killed first at the front: name, score, its sum."""
    capacities = [memory_capacity(node) for node in nodes_for(job.place, placement(job, EXECUTOR))]
    capacity = min((capacity for capacity in capacities if capacity), default=None)
    scores = []
    for role in ROLES if capacity else ():
        pod = pod_as_created(job, role)
        if pod is None or capacity is None:
            continue
        spark = next(container for container in pod.containers if container.name == pod_spec(job, role).spark_name)
        adj = oom_score_adj(pod, spark, memory_capacity=capacity, kubernetes=job.world.kubernetes)
        asked = spark.resources.memory_request // MIB
        scores.append((role, adj, f"{role}: oom_score_adj {adj}, requests {asked} MiB of the node's {capacity // MIB}"))
    yield from sorted(scores, key=lambda score: -score[1])
