"""What the LimitRanges of a namespace make of a pod: the defaults they put in, and what they refuse.

Source: plugin/pkg/admission/limitranger/admission.go; ``SetDefaults_LimitRangeItem``, pkg/apis/core/v1/defaults.go.
"""

from __future__ import annotations

from spmlint.kubernetes.resources import Resources, amounts, container_sum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spmlint.kubernetes.resources import Amounts, Container, Pod

CONTAINER, POD = "Container", "Pod"
"""The types of item that look at pods; ``PersistentVolumeClaim`` does not."""


class LimitRangeItem:
    """One entry of ``spec.limits``, as the API server keeps it.

    What is not written is filled in: ``default`` from ``max``, then ``defaultRequest`` from ``default``, then from
    ``min``. So a bare ``max`` gives every container that has none a limit. Items of type Pod get no defaults.
    """

    __slots__ = ("default", "default_request", "max", "max_ratio", "min", "type")

    def __init__(
        self,
        type: str,
        *,
        min: Amounts | None = None,
        max: Amounts | None = None,
        default: Amounts | None = None,
        default_request: Amounts | None = None,
        max_ratio: Amounts | None = None,
    ) -> None:
        self.type = type
        self.min = min or {}
        self.max = max or {}
        self.max_ratio = max_ratio or {}
        self.default: Amounts = {}
        self.default_request: Amounts = {}
        if type == CONTAINER:
            self.default = {**self.max, **(default or {})}
            self.default_request = {**self.min, **self.default, **(default_request or {})}

    @classmethod
    def parse(cls, type: str, fields: Mapping[str, Mapping[str, str]]) -> LimitRangeItem:
        """From the fields of the manifest by their own names (``maxLimitRequestRatio`` ...) and quantities as written.

        Raises:
            QuantityError: an amount is not a quantity.
        """
        return cls(
            type,
            min=amounts(fields.get("min")),
            max=amounts(fields.get("max")),
            default=amounts(fields.get("default")),
            default_request=amounts(fields.get("defaultRequest")),
            max_ratio=amounts(fields.get("maxLimitRequestRatio")),
        )


LimitRange = tuple[LimitRangeItem, ...]


class Violation:
    """One reason why the API server answers 403.

    ``container`` is None where the item is of type Pod; ``constraint`` is ``"min"``, ``"max"`` or
    ``"maxLimitRequestRatio"``; ``kind`` is ``"request"`` or ``"limit"`` (what is at fault), ``"ratio"`` for a ratio;
    ``amount`` is None where it is missing altogether, and both it and ``bound`` are in thousandths (of the unit, or of
    a ratio of 1).
    """

    __slots__ = ("amount", "bound", "constraint", "container", "kind", "resource")

    def __init__(
        self, container: str | None, resource: str, constraint: str, kind: str, amount: int | None, bound: int
    ) -> None:
        self.container = container
        self.resource = resource
        self.constraint = constraint
        self.kind = kind
        self.amount = amount
        self.bound = bound

    def __repr__(self) -> str:
        what = f"{self.container or 'pod'} {self.resource} {self.kind}"
        return f"<{what} {self.amount} against {self.constraint} {self.bound}>"


def with_defaults(pod: Pod, limit_ranges: Sequence[LimitRange]) -> Pod:
    """The pod (already `Pod.defaulted`) with what the LimitRanges fill in, container by container.

    Within one LimitRange a later item wins; of several LimitRanges the first that says something does.
    """
    for limit_range in limit_ranges:
        limits: Amounts = {}
        requests: Amounts = {}
        for item in limit_range:
            limits.update(item.default)
            requests.update(item.default_request)
        pod = _filled(pod, requests, limits)
    return pod


def _filled(pod: Pod, requests: Amounts, limits: Amounts) -> Pod:
    """``pod`` with what its containers leave unsaid."""

    def fill(container: Container) -> Resources:
        own = container.resources
        return Resources({**requests, **own.requests}, {**limits, **own.limits})

    return pod.having(fill, pod.resources)


def violations(pod: Pod, limit_ranges: Iterable[LimitRange]) -> Iterator[Violation]:
    """Why the API server refuses the pod, as it stands after `with_defaults`.

    Items of type Pod see the containers' sums. A ``min`` needs a request and a ``max`` needs a limit; a ratio needs both,
    above zero.
    """
    for limit_range in limit_ranges:
        for item in limit_range:
            if item.type == CONTAINER:
                for container in pod.all_containers:
                    yield from _broken(item, container.name, container.resources)
            elif item.type == POD:
                together = Resources(container_sum(pod, "requests"), container_sum(pod, "limits"))
                yield from _broken(item, None, together)


def _broken(item: LimitRangeItem, container: str | None, resources: Resources) -> Iterator[Violation]:
    for name, bound in item.min.items():
        request, limit = resources.requests.get(name), resources.limits.get(name)
        if request is None or request < bound:
            yield Violation(container, name, "min", "request", request, bound)
        elif limit is not None and limit < bound:
            yield Violation(container, name, "min", "limit", limit, bound)
    for name, bound in item.max.items():
        request, limit = resources.requests.get(name), resources.limits.get(name)
        if limit is None or limit > bound:
            yield Violation(container, name, "max", "limit", limit, bound)
        elif request is not None and request > bound:
            yield Violation(container, name, "max", "request", request, bound)
    for name, bound in item.max_ratio.items():
        request, limit = resources.requests.get(name), resources.limits.get(name)
        if not request:
            yield Violation(container, name, "maxLimitRequestRatio", "request", request, bound)
        elif not limit:
            yield Violation(container, name, "maxLimitRequestRatio", "limit", limit, bound)
        elif limit * 1000 > bound * request:
            yield Violation(container, name, "maxLimitRequestRatio", "ratio", limit * 1000 // request, bound)
