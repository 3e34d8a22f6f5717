"""What a pod asks for: the requests and limits of its containers, and what the API server makes of them.

Amounts are ints in thousandths of the resource's unit (millicores of CPU, thousandths of a byte), since that is the
precision to which the API rounds every quantity of a resource list.
"""

from __future__ import annotations

from spmlint.kubernetes.feature_gates import POD_LEVEL_RESOURCES, gate_enabled
from spmlint.kubernetes.quantity import milli_of, round_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spmlint.answer import Versions

CPU, MEMORY, EPHEMERAL_STORAGE = "cpu", "memory", "ephemeral-storage"
HUGEPAGES = "hugepages-"
"""What the name of every huge-page resource begins with."""

SYSTEM_NODE_CRITICAL, SYSTEM_CLUSTER_CRITICAL = "system-node-critical", "system-cluster-critical"
CRITICAL_PRIORITY = 2_000_000_000
"""A pod of at least this priority is critical; only the two system classes reach it."""

Amounts = dict[str, int]
"""Resource name -> thousandths of its unit."""


def amounts(quantities: Mapping[str, str] | None) -> Amounts:
    """A resource list as the API keeps it: every quantity rounded up to thousandths.

    Source: ``SetDefaults_ResourceList``, pkg/apis/core/v1/defaults.go.

    Raises:
        QuantityError: an amount is not a quantity.
    """
    return {name: milli_of(text) for name, text in (quantities or {}).items()}


def whole(amount: int) -> int:
    """An amount in whole units (bytes, cores), rounded up as ``Quantity.Value`` does."""
    return round_up(amount, 1000)


class Resources:
    """The requests and limits of one container, or of a whole pod."""

    __slots__ = ("limits", "requests")

    def __init__(self, requests: Amounts | None = None, limits: Amounts | None = None) -> None:
        self.requests = requests or {}
        self.limits = limits or {}

    @classmethod
    def parse(cls, requests: Mapping[str, str] | None = None, limits: Mapping[str, str] | None = None) -> Resources:
        """From quantities as written.

        Raises:
            QuantityError: an amount is not a quantity.
        """
        return cls(amounts(requests), amounts(limits))

    @property
    def memory_request(self) -> int:
        """Bytes requested; 0 where nothing is."""
        return whole(self.requests.get(MEMORY, 0))

    @property
    def memory_limit(self) -> int:
        """Bytes of the limit; 0 where there is none."""
        return whole(self.limits.get(MEMORY, 0))

    def defaulted(self) -> Resources:
        """With a request for everything that only has a limit. A request never makes a limit.

        Source: ``SetDefaults_Pod``, pkg/apis/core/v1/defaults.go. Applied to pods, not to the templates of Deployments
        and the like, whose pods get it when they are created.
        """
        return Resources({**self.limits, **self.requests}, self.limits)

    def requested_above_limit(self) -> list[str]:
        """The resources whose request exceeds the limit; the API server answers 422, "must be less than or equal to".

        Source: ``ValidateContainerResourceRequirements``, pkg/apis/core/validation/validation.go.
        """
        return [name for name, limit in self.limits.items() if self.requests.get(name, 0) > limit]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resources) and (self.requests, self.limits) == (other.requests, other.limits)

    __hash__ = None  # type: ignore[assignment]  # two dicts

    def __repr__(self) -> str:
        return f"Resources({self.requests!r}, {self.limits!r})"


class Container:
    """A container by name. ``sidecar``: an init container with ``restartPolicy: Always`` (KEP-753)."""

    __slots__ = ("name", "resources", "sidecar")

    def __init__(self, name: str, resources: Resources, *, sidecar: bool = False) -> None:
        self.name = name
        self.resources = resources
        self.sidecar = sidecar

    def having(self, resources: Resources) -> Container:
        """The same container with other resources."""
        return Container(self.name, resources, sidecar=self.sidecar)


class Pod:
    """What of a pod decides about its memory.

    ``init_containers`` are in their order and include the sidecars. ``resources`` are the pod-level ones (KEP-2837):
    None where the field is absent, which is not the same as a present but empty one. ``overhead`` is that of the
    runtime class.
    """

    __slots__ = ("containers", "init_containers", "overhead", "priority", "priority_class", "resources")

    def __init__(
        self,
        containers: Iterable[Container],
        init_containers: Iterable[Container] = (),
        *,
        resources: Resources | None = None,
        overhead: Amounts | None = None,
        priority: int | None = None,
        priority_class: str | None = None,
    ) -> None:
        self.containers = tuple(containers)
        self.init_containers = tuple(init_containers)
        self.resources = resources
        self.overhead = overhead or {}
        self.priority = priority
        self.priority_class = priority_class

    @property
    def all_containers(self) -> tuple[Container, ...]:
        """The ordinary containers, then the init containers."""
        return self.containers + self.init_containers

    @property
    def critical(self) -> bool:
        """Whether the kubelet takes the pod for critical: no eviction under pressure, no swap.

        Source: ``IsCriticalPod``, pkg/kubelet/types/pod_update.go; static and mirror pods are critical too, but no
        Spark pod is one.
        """
        return self.priority_class in (SYSTEM_NODE_CRITICAL, SYSTEM_CLUSTER_CRITICAL) or (
            self.priority is not None and self.priority >= CRITICAL_PRIORITY
        )

    def having(self, resources_of: Callable[[Container], Resources], level: Resources | None) -> Pod:
        """The same pod with the resources that ``resources_of`` gives each container, and with other pod-level ones."""
        return Pod(
            (container.having(resources_of(container)) for container in self.containers),
            (container.having(resources_of(container)) for container in self.init_containers),
            resources=level,
            overhead=self.overhead,
            priority=self.priority,
            priority_class=self.priority_class,
        )

    def defaulted(self, kubernetes: Versions) -> Pod:
        """The pod after the API server's defaulting, before admission.

        Source: ``SetDefaults_Pod`` and ``defaultPodRequests``, pkg/apis/core/v1/defaults.go. Pod-level resources are
        dropped where the server does not know them; else a pod-level limit brings pod-level requests: what the
        containers request together, or where they request nothing the limit itself.

        Raises:
            Split, Opaque: pod-level resources are written and the releases disagree about them.
        """
        pod = self.having(lambda container: container.resources.defaulted(), None)
        level = self.resources
        if level is None or not gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
            return pod
        if level.limits:
            together = {name: a for name, a in container_sum(pod, "requests").items() if name in (CPU, MEMORY)}
            level = Resources({**_pod_level(level.limits), **together, **level.requests}, level.limits)
        return pod.having(lambda container: container.resources, level)


def _pod_level(named: Amounts) -> Amounts:
    """The part of ``named`` that may stand on pod level."""
    return {name: a for name, a in named.items() if name in (CPU, MEMORY) or name.startswith(HUGEPAGES)}


def _add(total: Amounts, more: Amounts) -> Amounts:
    return {name: total.get(name, 0) + more.get(name, 0) for name in {**total, **more}}


def _max(first: Amounts, second: Amounts) -> Amounts:
    return {name: max(first.get(name, 0), second.get(name, 0)) for name in {**first, **second}}


def container_sum(pod: Pod, which: str) -> Amounts:
    """What the containers need together (``which`` is ``"requests"`` or ``"limits"``), neither overhead nor pod level.

    The ordinary containers and the sidecars run together; an ordinary init container runs alone but for the sidecars
    before it; the larger of the two counts. Source: ``AggregateContainerRequests`` and ``AggregateContainerLimits``,
    k8s.io/component-helpers/resource/helpers.go; KEP-753.
    """
    running: Amounts = {}
    for container in pod.containers:
        running = _add(running, getattr(container.resources, which))
    sidecars: Amounts = {}
    starting: Amounts = {}
    for container in pod.init_containers:
        own: Amounts = getattr(container.resources, which)
        if container.sidecar:
            running = _add(running, own)
            sidecars = _add(sidecars, own)
        else:
            starting = _max(starting, _add(own, sidecars))
    return _max(running, starting)


def effective_requests(pod: Pod, kubernetes: Versions) -> Amounts:
    """What the scheduler, the quota and the eviction manager count for ``pod`` (already `Pod.defaulted`).

    Pod-level requests take the place of the containers' sum, resource by resource; the overhead comes on top of either.
    Source: ``PodRequests``, k8s.io/component-helpers/resource/helpers.go.

    Raises:
        Split, Opaque: pod-level resources are written and the releases disagree about them.
    """
    requests = container_sum(pod, "requests")
    if pod.resources is not None and gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
        requests.update(_pod_level(pod.resources.requests))
    return _add(requests, pod.overhead)


def effective_limits(pod: Pod, kubernetes: Versions) -> Amounts:
    """The limits of ``pod`` together, as a quota counts them: the overhead only comes on top of a limit that exists.

    Source: ``PodLimits``, k8s.io/component-helpers/resource/helpers.go.

    Raises:
        Split, Opaque: as `effective_requests`.
    """
    limits = container_sum(pod, "limits")
    if pod.resources is not None and gate_enabled(POD_LEVEL_RESOURCES, kubernetes):
        limits.update(_pod_level(pod.resources.limits))
    return {name: limit + (pod.overhead.get(name, 0) if limit else 0) for name, limit in limits.items()}


def pod_requests_too_small(pod: Pod) -> list[str]:
    """The resources of which the pod-level request is below what the containers request together; refused.

    Source: ``validatePodResourceConsistency``, pkg/apis/core/validation/validation.go; for clusters that know pod-level
    resources.
    """
    if pod.resources is None:
        return []
    together = container_sum(pod, "requests")
    return [name for name, request in _pod_level(pod.resources.requests).items() if request < together.get(name, 0)]


def limits_above_pod(pod: Pod) -> list[tuple[str, str]]:
    """Each (container, resource) whose CPU or memory limit is above the pod-level limit; refused.

    Source: as `pod_requests_too_small`.
    """
    bounds = pod.resources.limits if pod.resources is not None else {}
    return [
        (container.name, name)
        for container in pod.all_containers
        for name in (CPU, MEMORY)
        if name in bounds and container.resources.limits.get(name, 0) > bounds[name]
    ]
