"""The pod of a Spark Connect server does not have the memory its heap needs.

What it does
    The operator makes the server's pod as `server.template` says and adds no memory to it, while the server's heap is
    `server.memory` (or `spark.driver.memory`, 1g by default). Compares the memory limit of its container with the heap and the
    overhead a driver pod would have: a tenth of the heap, at least 384 MiB.
Why it hurts
    "OOMKilled", exit code 137, of the server, and with it of every session: Spark adds overhead to the pods it makes itself,
    and this is none of them. Without a limit the pod may take the whole node, and is the first to be evicted.
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
                    memory: 4Gi
                  limits:
                    memory: 4Gi
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
    SparkConnect of the Kubeflow operator.
References
    Kubeflow Spark operator, internal/controller/sparkconnect (reconciler, options); BasicDriverFeatureStep.
"""

from __future__ import annotations

from spmlint.places.job_pods import server_container
from spmlint.places.pods import SPARK_CONNECT
from spmlint.places.quantities import Quantity
from spmlint.rule import DRIVER, ERROR, WARNING, Finding, Iterator, Job, Rule, Span
from spmlint.spark.container import LEAST_OVERHEAD_MIB, computed_overhead_mib

rule = Rule("SPM215", "connect-server-without-memory", supersedes=("SPM504",))

FACTOR = 0.1
MIB = 1 << 20


@rule.check(ERROR, triggers=(SPARK_CONNECT,))
def limit_is_all_heap(job: Job) -> Iterator[Finding]:
    limit, _ = _limit(job)
    heap_mib = job.model.heap_mib(DRIVER) if limit else None
    # Equal is a warning: a server that never fills its heap lives in it, as a published example of the operator does.
    if limit and heap_mib is not None and limit.whole() // MIB < heap_mib:
        yield _finding(limit, heap_mib, "is below")


@rule.check(WARNING, triggers=(SPARK_CONNECT,))
def limit_is_tight(job: Job) -> Iterator[Finding]:
    limit, _ = _limit(job)
    heap_mib = job.model.heap_mib(DRIVER) if limit else None
    if limit and heap_mib is not None and heap_mib <= limit.whole() // MIB < heap_mib + _overhead_mib(heap_mib):
        yield _finding(limit, heap_mib, "leaves too little beside")


@rule.check(WARNING, triggers=(SPARK_CONNECT,))
def no_limit(job: Job) -> Iterator[Finding]:
    limit, place = _limit(job)
    if limit is None and place is not None and not job.place.limit_ranges:
        yield rule.finding(
            place,
            "the server's container has no memory limit: the operator sets none, whatever server.memory says",
            subject="server",
        )


def _limit(job: Job) -> tuple[Quantity | None, Span | None]:
    """The memory limit of the server's container; without one, where it should stand. Neither for what is no server."""
    resource = job.resource
    if resource is None or resource.kind != SPARK_CONNECT or resource.partial:
        return None, None
    container = server_container(job)
    if container is None:
        return None, resource.place("spec", "server")
    return container.lists.limits.get("memory"), container.view.place("name")


def _overhead_mib(heap_mib: int) -> int:
    return computed_overhead_mib(heap_mib, FACTOR, LEAST_OVERHEAD_MIB, "")


def _finding(limit: Quantity, heap_mib: int, relation: str) -> Finding:
    needed = heap_mib + _overhead_mib(heap_mib)
    return rule.finding(
        limit,
        f"the memory limit of {limit.whole() // MIB} MiB {relation} the server's heap of {heap_mib} MiB; it takes {needed} MiB",
        derivation=[
            f"server {needed} MiB = heap {heap_mib} + overhead {needed - heap_mib} ({FACTOR:g} x heap, at least 384)"
        ],
        subject="server",
    )
