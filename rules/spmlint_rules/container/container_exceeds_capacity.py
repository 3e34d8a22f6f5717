"""A pod asks for more memory than a node can give, so it waits for ever.

What it does
    Adds up what a driver or executor pod requests (heap, overhead, off-heap and PySpark memory, side containers, the pod's own
    overhead) and compares it with the allocatable memory of the nodes among the facts that its node selector leaves.
Why it hurts
    The pod stays Pending: "0/12 nodes are available: 12 Insufficient memory". Spark waits without an error, and the log repeats
    "Initial job has not accepted any resources".
Given: node.yaml
    apiVersion: v1
    kind: Node
    metadata:
      name: pool-a-1
    status:
      capacity:
        memory: 16Gi
      allocatable:
        memory: 14Gi
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 14g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 12g
Applies to
    Kubernetes with Nodes among the facts that say their allocatable memory. LimitRange and ResourceQuota are SPM515's, YARN on
    EMR SPM613's. Too large for every node is an error, too large for some a warning.
References
    Kubernetes, "Resource Management for Pods and Containers"; BasicExecutorFeatureStep; component-helpers, PodRequests.
"""

from __future__ import annotations

from collections.abc import Iterator

from spmlint.job_pods import node_selector, pod_spec, request_sum, spark_resources
from spmlint.kubernetes.resources import MEMORY, effective_requests
from spmlint.namespaces import completed
from spmlint.nodes import allocatable_memory, nodes_for
from spmlint.rule import ERROR, KUBERNETES, WARNING, Finding, Job, Related, Resource, Rule

rule = Rule("SPM211", "container-exceeds-capacity")

TRIGGERS = ("Node",)
MIB = 1 << 20


@rule.check(ERROR, triggers=TRIGGERS)
def fits_no_node(job: Job, role: str) -> Iterator[Finding]:
    request, nodes = _request_and_nodes(job, role)
    if nodes and request > max(nodes.values()):
        yield _finding(job, role, request, nodes, "no node can run it")


@rule.check(WARNING, triggers=TRIGGERS)
def fits_some_nodes(job: Job, role: str) -> Iterator[Finding]:
    request, nodes = _request_and_nodes(job, role)
    small = {node: size for node, size in nodes.items() if request > size}
    if 0 < len(small) < len(nodes):
        yield _finding(job, role, request, small, f"{len(small)} of {len(nodes)} nodes cannot run it")


def _request_and_nodes(job: Job, role: str) -> tuple[int, dict[Resource, int]]:
    """The bytes a role's pod requests, and what each node it may run on has for it; no nodes where one does not say."""
    if job.world.manager.known != KUBERNETES:
        return 0, {}
    resources = spark_resources(job, role)
    if resources is None:
        return 0, {}
    pod = completed(pod_spec(job, role).pod(job.world.kubernetes, resources), job.place)
    request = effective_requests(pod, job.world.kubernetes).get(MEMORY, 0) // 1000
    sizes = {node: allocatable_memory(node) for node in nodes_for(job.place, node_selector(job, role))}
    known = {node: size for node, size in sizes.items() if size is not None}
    return request, known if len(known) == len(sizes) else {}


def _finding(job: Job, role: str, request: int, nodes: dict[Resource, int], what: str) -> Finding:
    largest = max(nodes, key=lambda node: nodes[node])
    heap = job.conf.winner(f"spark.{role}.memory")
    return rule.finding(
        heap if heap is not None else job.span,
        f"the {role} pod requests {request // MIB} MiB of memory and {what}: {largest.name} has {nodes[largest] // MIB} MiB "
        "allocatable",
        derivation=lambda: [request_sum(job, role)],
        related=[Related(largest.place("status", "allocatable", "memory"), f"node {largest.name}")],
        subject=f"{role}.capacity",
    )
