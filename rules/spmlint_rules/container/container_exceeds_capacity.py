"""A container asks for more than a node can give, so it is refused or waits for ever.

What it does
    Kubernetes: adds up what a driver or executor pod requests (heap, overhead, off-heap and PySpark memory, cores, side
    containers, the pod's own overhead) and compares it, resource by resource, with what is allocatable on the nodes among the
    facts that its node selector, its affinity and its tolerations leave. YARN: compares the containers with the largest
    allocation and with the memory of a node.
Why it hurts
    The pod stays Pending: "0/12 nodes are available: 12 Insufficient memory". Spark waits without an error, and the log repeats
    "Initial job has not accepted any resources". YARN's client says "Required executor memory (16384), overhead (2048 MB), and
    PySpark memory (0 MB) is above the max threshold (11520 MB) of this cluster!"
Given: nodes.yaml
    spmlint: facts
    nodes:
      - name: pool-a
        count: 3
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
    Kubernetes with Nodes among the facts that say what is allocatable; YARN with yarn-site.xml, or its sizes, among the facts.
    LimitRange and ResourceQuota are SPM515's, EMR on EC2 SPM613's. Too large for every node is an error, for some a warning.
References
    Kubernetes, "Resource Management for Pods and Containers"; BasicExecutorFeatureStep; component-helpers, PodRequests;
    deploy.yarn.Client, verifyClusterResources; yarn-default.xml.
"""

from __future__ import annotations

from spmlint.kubernetes.fit import Bound, fit
from spmlint.places.job_pods import placement, request_sum, requested_by
from spmlint.places.nodes import allocatable, nodes_for, reserved
from spmlint.places.room import amount
from spmlint.places.yarn_nodes import MAXIMUM, NODE, YarnNodes
from spmlint.rule import ERROR, EXECUTOR, KUBERNETES, WARNING, YARN, Finding, Iterator, Job, Related, Resource, Rule
from spmlint.spark.refusals import yarn_fits

rule = Rule("SPM211", "container-exceeds-capacity")

ON_NODES = ("Node",)
ON_YARN = ("YarnCluster",)


@rule.check(ERROR, triggers=ON_NODES)
def fits_no_node(job: Job, role: str) -> Iterator[Finding]:
    small, nodes = _too_small(job, role)
    if small and len(small) == nodes:
        yield _finding(job, role, small, "no node can run it")


@rule.check(WARNING, triggers=ON_NODES)
def fits_some_nodes(job: Job, role: str) -> Iterator[Finding]:
    small, nodes = _too_small(job, role)
    if 0 < len(small) < nodes:
        yield _finding(job, role, small, f"{len(small)} of {nodes} nodes cannot run it")


@rule.check(ERROR, triggers=ON_YARN, explains=("yarn_fits",))
def above_largest_allocation(job: Job) -> Iterator[Finding]:
    for cluster in _yarn(job):
        refusal = None if cluster.maximum_mib is None else yarn_fits(job.model, cluster.maximum_mib)
        if refusal is not None:
            yield rule.finding(
                job.refused_setting(refusal) or job.span,
                f'spark-submit refuses the job: {refusal.message} ("above the max threshold of this cluster")',
                derivation=lambda: [job.container_sum(EXECUTOR)],
                related=[Related(cluster.place(MAXIMUM), MAXIMUM)],
                subject="yarn.capacity",
            )


@rule.check(ERROR, triggers=ON_YARN)
def fits_no_yarn_node(job: Job, role: str) -> Iterator[Finding]:
    for cluster in _yarn(job):
        container = job.model.container(role)
        if container is None or cluster.node_mib is None or container.container_mib <= cluster.node_mib:
            continue
        if cluster.maximum_mib is None or container.container_mib <= cluster.maximum_mib:
            yield rule.finding(
                job.conf.winner(f"spark.{role}.memory") or job.span,
                f"the {role} container takes {container.container_mib} MiB and a node of YARN has {cluster.node_mib} MiB: the "
                "request is granted by no node and waits for ever",
                derivation=lambda: [job.container_sum(role)],
                related=[Related(cluster.place(NODE), NODE)],
                subject=f"{role}.capacity",
            )


def _yarn(job: Job) -> list[YarnNodes]:
    return [YarnNodes(resource) for resource in job.place.yarn] if job.world.manager.known == YARN else []


def _too_small(job: Job, role: str) -> tuple[dict[Resource, Bound], int]:
    """The nodes too small for a role's pod, each with the resource it lacks, and how many there are to choose from.

    None where one does not say what it has.
    """
    requests = requested_by(job, role) if job.world.manager.known == KUBERNETES else None
    if requests is None:
        return {}, 0
    nodes = nodes_for(job.place, placement(job, role))
    sizes = {node: allocatable(node, job.place.kubelets) for node in nodes}
    if not all(sizes.values()):
        return {}, 0
    fits = {node: fit(size, requests, taken=reserved(node)) for node, size in sizes.items()}
    return {node: made.binding[0] for node, made in fits.items() if made.count == 0}, len(nodes)


def _finding(job: Job, role: str, small: dict[Resource, Bound], what: str) -> Finding:
    """A finding on the setting that asks for too much of what the roomiest of the nodes lacks."""
    node = max(small, key=lambda one: small[one].available)
    bound = small[node]
    resource, has = bound.resource, amount(bound.resource, bound.available)
    keys = (f"spark.kubernetes.{role}.request.cores", f"spark.{role}.cores") if resource == "cpu" else ()
    settings = (job.conf.winner(key) for key in (*keys, f"spark.{role}.memory"))
    left = "left" if reserved(node).get(resource) else "allocatable"
    return rule.finding(
        next((setting for setting in settings if setting is not None), job.span),
        f"the {role} pod requests {amount(resource, bound.each)} of {resource} and {what}: {node.name} has {has} {left}",
        derivation=lambda: [request_sum(job, role)] if resource == "memory" else [],
        related=[Related(node.place("status", "allocatable", resource), f"node {node.name}")],
        subject=f"{role}.capacity",
    )
