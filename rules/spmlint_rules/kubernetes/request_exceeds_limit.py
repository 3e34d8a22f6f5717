"""A container requests more of a resource than its limit allows.

What it does
    Compares every request with the limit beside it: in containers and init containers, between the containers and the
    pod-level resources, and between the bounds of a LimitRange, which must rise from `min` over `defaultRequest` and
    `default` to `max`. The CPU and memory that Spark itself writes into a pod template are left out.
Why it hurts
    The API server refuses the object: "Invalid value: 4Gi: must be less than or equal to memory limit of 2Gi". A Deployment
    or Job is accepted and then creates no pod; the reason stands only in its events.
Example: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 2Gi
Use instead: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4Gi
Applies to
    Every version. Pod-level resources are a beta feature since 1.34 and were dropped before unless switched on.
References
    ValidateContainerResourceRequirements, validatePodResourceConsistency and ValidateLimitRange
    (pkg/apis/core/validation/validation.go).
"""

from __future__ import annotations

from spmlint.kubernetes.resources import limits_above_pod, pod_requests_too_small
from spmlint.places.pods import POD_KINDS, PodSpec, pods_of
from spmlint.places.quantities import Quantity
from spmlint.rule import ERROR, Finding, Iterator, Related, Resource, Rule

rule = Rule("SPM508", "request-exceeds-limit")


@rule.check(ERROR, triggers=POD_KINDS)
def container_requests_above_limit(resource: Resource) -> Iterator[Finding]:
    pairs = [
        (request, limit)
        for pod in pods_of(resource)
        for container in pod.containers()
        for name, request in container.lists.requests.items()
        if (limit := container.lists.limits.get(name)) is not None and not container.replaces(request)
    ]
    for request, limit in sorted(pairs, key=lambda pair: not all(quantity.is_readable for quantity in pair)):
        if request.milli() > limit.milli():
            yield _finding(request, "its limit", limit, "pod")


@rule.check(ERROR, triggers=POD_KINDS)
def pod_level_out_of_bounds(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        if pod.level is not None and not pod.template:
            yield from _against_containers(pod, resource)


@rule.check(ERROR, triggers=("LimitRange",))
def limit_range_out_of_order(resource: Resource) -> Iterator[Finding]:
    from spmlint.places.namespaces import LOWER_TO_UPPER, items_of

    for item in items_of(resource):
        bounds = [item.bound(field) for field in LOWER_TO_UPPER]
        for index, lower in enumerate(bounds):
            for upper in bounds[index + 1 :]:
                for name in sorted(lower.keys() & upper.keys()):
                    if lower[name].milli() > upper[name].milli():
                        yield _finding(lower[name], f"its {upper[name].field}", upper[name], "LimitRange")


def _against_containers(spec: PodSpec, resource: Resource) -> Iterator[Finding]:
    """The pod's own request against what its containers request together, their limits against the pod's own limit."""
    pod = spec.pod(resource.world.kubernetes)
    if pod.resources is None or spec.level is None:
        return
    requests, limits = spec.level.requests, spec.level.limits
    for name in sorted(requests.keys() & limits.keys()):
        if requests[name].milli() > limits[name].milli():
            yield _finding(requests[name], "its limit", limits[name], "pod")
    for name in pod_requests_too_small(pod):
        if name in requests:
            yield rule.finding(
                requests[name],
                f"{requests[name].label} is {requests[name].known()}, below what the containers request together: "
                "the API server refuses the pod",
                derivation=[
                    f"{each.label} = {each.known()}"
                    for container in spec.containers()
                    if (each := container.lists.requests.get(name)) is not None
                ],
                subject=requests[name].label,
            )
    above = limits_above_pod(pod)
    for container in spec.containers():
        for name, limit in container.lists.limits.items():
            if (container.name, name) in above:
                yield _finding(limit, "the pod's limit", limits[name], "pod")


def _finding(lower: Quantity, bound: str, upper: Quantity, refused: str) -> Finding:
    return rule.finding(
        lower,
        f"{lower.label} is {lower.known()}, above {bound} {upper.known()}: the API server refuses the {refused}",
        subject=lower.label,
        related=[Related(upper, f"{upper.label} = {upper.known()}")],
    )
