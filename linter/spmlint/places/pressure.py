"""What happens to a role's pod when memory runs out: who acts, at which number, what is seen, and which settings decide.

Sources: pkg/kubelet/qos, pkg/kubelet/eviction and pkg/kubelet/kuberuntime at 1.36.2; KEP-2400; the controller manager's
--node-monitor-grace-period (50 s from 1.32, 40 s before) and the admission plugin DefaultTolerationSeconds (300 s); Spark's
HeartbeatReceiver.
"""

from __future__ import annotations

from spmlint.answer import KUBERNETES, Split
from spmlint.kubernetes.eviction import HARD_GRACE_S, MEMORY_AVAILABLE, MONITORING_PERIOD_S, hard_memory_threshold
from spmlint.kubernetes.oom import oom_score_adj
from spmlint.kubernetes.qos import qos_class
from spmlint.kubernetes.swap import LIMITED_SWAP, effective_behavior, swap_limit, why_no_swap
from spmlint.places.job_pods import placement, pod_as_created, pod_spec
from spmlint.places.nodes import hard_eviction, memory_capacity, nodes_for, swap_capacity, swap_settings
from spmlint.spark.start_checks import silence_allowed_ms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.job import Job
    from spmlint.kubernetes.resources import Container, Pod
    from spmlint.place import Resource

MIB = 1 << 20
TOLERATED_S = 300
"""Seconds a pod stays bound to a node that does not answer."""


class Event:
    """One way to run out of memory: ``who`` acts, ``when``, what is seen (``symptom``), and the settings that decide it."""

    __slots__ = ("decided_by", "symptom", "when", "who")

    def __init__(self, who: str, when: str, symptom: str, decided_by: str) -> None:
        self.who = who
        self.when = when
        self.symptom = symptom
        self.decided_by = decided_by

    def to_dict(self) -> dict[str, str]:
        """Plain data."""
        return {"who": self.who, "when": self.when, "symptom": self.symptom, "decided_by": self.decided_by}


class Pressure:
    """How one role's pod stands when memory runs out.

    ``qos`` is its class; ``oom_score_adj`` and ``swap_max_mib`` hold for the Spark container, None where no node's memory is
    known; ``swap_reason`` says why there is no swap; ``eviction`` who goes first; ``events`` in the order in which they act.
    """

    __slots__ = ("events", "eviction", "oom_score_adj", "qos", "swap_max_mib", "swap_reason")

    def __init__(self, job: Job, role: str, pod: Pod, spark: Container) -> None:
        kubernetes = job.world.kubernetes
        node = _first_with_memory(job, role)
        capacity = None if node is None else memory_capacity(node)
        self.qos = qos_class(pod, kubernetes)
        self.oom_score_adj = (
            None if capacity is None else oom_score_adj(pod, spark, memory_capacity=capacity, kubernetes=kubernetes)
        )
        self.swap_max_mib, self.swap_reason = _swap(job, pod, spark, node)
        self.eviction = _eviction(pod)
        self.events = list(_events(job, role, pod, spark, node, self.oom_score_adj))

    def to_dict(self) -> dict[str, Any]:
        """The object that ``explain --format json`` prints under ``pressure``."""
        return {
            "qos": self.qos,
            "oom_score_adj": self.oom_score_adj,
            "swap_max_mib": self.swap_max_mib,
            "swap_reason": self.swap_reason,
            "eviction": self.eviction,
            "events": [event.to_dict() for event in self.events],
        }


def pressure(job: Job, role: str) -> Pressure | None:
    """How a role's pod stands; None where there is no pod, or its container is not known by name.

    Raises:
        Refused, QuantityError, Opaque, Split: a size of the pod or of a node cannot be known.
    """
    pod = pod_as_created(job, role) if job.world.manager == KUBERNETES else None
    if pod is None:
        return None
    name = pod_spec(job, role).spark_name
    spark = next((container for container in pod.containers if container.name == name), None)
    return None if spark is None else Pressure(job, role, pod, spark)


def _first_with_memory(job: Job, role: str) -> Resource | None:
    if not job.place.nodes:
        return None
    return next((node for node in nodes_for(job.place, placement(job, role)) if memory_capacity(node)), None)


def _swap(job: Job, pod: Pod, spark: Container, node: Resource | None) -> tuple[int | None, str]:
    """MiB of swap the Spark container may use, and why none where it is 0; None where nobody tells of the kubelet."""
    if not job.place.kubelets:
        same = spark.resources.memory_request == spark.resources.memory_limit
        return (
            (0, "the container's memory request equals its limit") if same else (None, "no kubelet is among the facts")
        )
    kubernetes = job.world.kubernetes
    settings = swap_settings(job.place.kubelets[0], kubernetes)
    reason = why_no_swap(pod, spark, settings, kubernetes)
    if reason is not None:
        return 0, reason
    sizes = (None, None) if node is None else (memory_capacity(node), swap_capacity(node))
    if effective_behavior(settings, kubernetes) != LIMITED_SWAP or sizes[0] is None or sizes[1] is None:
        return None, "the swap of the node is not known"
    share = swap_limit(spark.resources.memory_request, memory_capacity=sizes[0], swap_capacity=sizes[1])
    return share // MIB, "request / memory of the node x swap of the node"


def _eviction(pod: Pod) -> str:
    if pod.critical:
        return "never evicted: the pod is critical for the system"
    beyond = [c.name for c in pod.containers if not 0 < c.resources.memory_limit <= c.resources.memory_request]
    if not beyond:
        return "among the last: no container can use more memory than it requests"
    return f"among the first once it uses more than it requests, as {', '.join(beyond)} may"


def _events(job: Job, role: str, pod: Pod, spark: Container, node: Resource | None, adj: int | None) -> Iterator[Event]:
    heap_mib = job.model.heap_mib(role)
    limit_mib = spark.resources.memory_limit // MIB
    yield Event(
        "the JVM",
        f"live objects need more than the heap of {heap_mib} MiB",
        "java.lang.OutOfMemoryError: Java heap space",
        f"spark.{role}.memory, spark.memory.fraction",
    )
    if limit_mib:
        tmpfs = ", tmpfs" if job.model.tmpfs(role) else ""
        yield Event(
            "the kernel, in the container",
            f"everything together passes {limit_mib} MiB: heap, and in the other {limit_mib - (heap_mib or 0)} MiB metaspace, "
            f"threads, direct buffers, Python workers{tmpfs} and file pages not yet written to disk; clean page cache is "
            "given up first",
            f"OOMKilled, exit code 137{_killed_together(job)}",
            f"spark.{role}.memoryOverhead, spark.{role}.memoryOverheadFactor",
        )
    yield Event(
        "the kubelet",
        f"{MEMORY_AVAILABLE} of the node falls below {_threshold(job, node)}, looked at every {MONITORING_PERIOD_S} s",
        f"Evicted: the node was low on resource: memory (grace {HARD_GRACE_S} s); {_eviction(pod)}",
        "evictionHard, requests of the other pods on the node: those without a request count nothing when pods are placed",
    )
    yield Event(
        "the kernel, on the node",
        f"the node runs out faster than the kubelet looks; the highest score goes first, this pod's oom_score_adj is "
        f"{'not known without a node' if adj is None else adj}",
        "exit code 137, SystemOOM on the node",
        f"spark.kubernetes.{role}.limit.cores equal to the request makes the pod Guaranteed (-997)",
    )
    if role == "executor":
        lost_after_ms, key = silence_allowed_ms(job.conf, job.world.spark)
        yield Event(
            "the driver",
            f"an executor says nothing for {lost_after_ms} ms, as in a long garbage collection or while it swaps",
            f"Executor heartbeat timed out after {lost_after_ms} ms; ExecutorLostFailure",
            f"{key}, spark.executor.heartbeatInterval",
        )
    yield Event(
        "the control plane",
        f"the node says nothing for {_grace_s(job)} s, then {TOLERATED_S} s more",
        "NodeNotReady, the pods are deleted",
        "--node-monitor-grace-period, tolerationSeconds",
    )


def _killed_together(job: Job) -> str:
    singly = job.place.kubelets and job.place.kubelets[0].flag("singleProcessOOMKill")
    if singly:
        return ": one process alone (singleProcessOOMKill)"
    return ": with cgroup v2 all its processes, from Kubernetes 1.28"


def _threshold(job: Job, node: Resource | None) -> str:
    """The hard threshold of memory in force, in MiB, as far as it is known."""
    kubelet = job.place.kubelets[0] if job.place.kubelets else None
    capacity = None if node is None else memory_capacity(node)
    if kubelet is None:
        return "100 MiB (the default)"
    hard = hard_eviction(kubelet)
    said = hard.get(MEMORY_AVAILABLE, "")
    if said.endswith("%") and capacity is None:
        return f"{said} of its memory"
    size = hard_memory_threshold(hard, capacity=capacity or 0)
    return f"{size // MIB} MiB" if size else "nothing: memory eviction is off"


def _grace_s(job: Job) -> str:
    try:
        return "50" if job.world.kubernetes >= (1, 32) else "40"
    except Split:
        return "50 (40 before Kubernetes 1.32)"
