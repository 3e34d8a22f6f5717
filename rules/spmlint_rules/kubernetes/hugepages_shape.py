"""Huge pages are asked for in a way the API server refuses.

What it does
    Checks that a container's huge pages have a limit, a request equal to it (or none), and CPU or memory beside them.
Why it hurts
    The API server refuses the pod: "must be equal to hugepages-2Mi limit", "Limit must be set for non overcommitable
    resources" or "HugePages require cpu or memory". A Deployment is accepted and creates no pod.
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
              memory: 4Gi
              hugepages-2Mi: 512Mi
            limits:
              memory: 4Gi
              hugepages-2Mi: 1Gi
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
              memory: 4Gi
              hugepages-2Mi: 1Gi
            limits:
              memory: 4Gi
              hugepages-2Mi: 1Gi
Applies to
    Every version.
References
    ValidateContainerResourceRequirements (pkg/apis/core/validation/validation.go).
"""

from __future__ import annotations

from spmlint.kubernetes.resources import CPU, HUGEPAGES, MEMORY
from spmlint.places.pods import POD_KINDS, ContainerSpec, pods_of
from spmlint.rule import ERROR, Finding, Iterator, Related, Resource, Rule

rule = Rule("SPM519", "hugepages-shape", supersedes=("SPM508",))


@rule.check(ERROR, triggers=POD_KINDS)
def refused(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        for container in pod.containers():
            yield from _misshapen(container, whole=not pod.partial)


def _misshapen(container: ContainerSpec, *, whole: bool) -> Iterator[Finding]:
    requests, limits = container.lists.requests, container.lists.limits
    pages = [name for name in {**limits, **requests} if name.startswith(HUGEPAGES)]
    for name in pages:
        request, limit = requests.get(name), limits.get(name)
        if request is not None and limit is not None and request.milli() != limit.milli():
            message = (
                f"{request.label} is {request.known()}, not the limit {limit.known()}: the API server refuses the pod"
            )
            related = [Related(limit, f"{limit.label} = {limit.known()}")]
            yield rule.finding(request, message, subject=request.label, related=related)
        elif request is not None and limit is None and whole:
            message = f"{request.label} has no limit beside it: the API server refuses the pod"
            yield rule.finding(request, message, subject=request.label)
    beside = {CPU, MEMORY} & {*requests, *limits}
    if pages and not beside and whole and not container.filled:
        first = requests.get(pages[0]) or limits[pages[0]]
        message = f"{first.label} has neither CPU nor memory beside it: the API server refuses the pod"
        yield rule.finding(first, message, subject=first.label)
