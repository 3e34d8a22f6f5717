"""The policies of a namespace as written: LimitRange and ResourceQuota."""

from __future__ import annotations

from spmlint.kubernetes.limit_range import LimitRangeItem, violations, with_defaults
from spmlint.kubernetes.quantity import format_bytes, format_millicores
from spmlint.kubernetes.quota import unstated, usage
from spmlint.kubernetes.resources import CPU, whole
from spmlint.places.quantities import Quantity, amounts, listed, quantities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.answer import Versions
    from spmlint.kubernetes.limit_range import LimitRange, Violation
    from spmlint.kubernetes.resources import Pod
    from spmlint.place import Place, Resource, View

LOWER_TO_UPPER = ("min", "defaultRequest", "default", "max")
"""The bounds of a LimitRange item in the order they must have; the API server refuses any two the wrong way round."""


class Item:
    """One entry of a LimitRange's ``spec.limits``."""

    __slots__ = ("type", "view")

    def __init__(self, view: View) -> None:
        self.view = view
        self.type = view.word("type") or ""

    def bound(self, field: str) -> dict[str, Quantity]:
        """The amounts under ``min``, ``max``, ``default``, ``defaultRequest`` or ``maxLimitRequestRatio``."""
        return quantities(self.view, field, owner=f"the limits of type {self.type}")

    def sizes(self) -> Iterator[Quantity]:
        """All of them but the ratios."""
        for field in LOWER_TO_UPPER:
            yield from self.bound(field).values()

    def model(self) -> LimitRangeItem:
        """As the model of admission knows it; raises `Opaque` where an amount is not known."""
        return LimitRangeItem(
            self.type,
            min=amounts(self.bound("min")),
            max=amounts(self.bound("max")),
            default=amounts(self.bound("default")),
            default_request=amounts(self.bound("defaultRequest")),
            max_ratio=amounts(self.bound("maxLimitRequestRatio")),
        )


def items_of(resource: Resource) -> list[Item]:
    """The entries of a LimitRange; raises `Opaque` where a placeholder stands for them."""
    return [Item(view) for view in listed(resource.at("spec"), "limits")]


def limit_range(resource: Resource) -> LimitRange:
    """A LimitRange as the model knows it; raises `Opaque` where an amount is not known."""
    return tuple(item.model() for item in items_of(resource))


def hard(resource: Resource) -> dict[str, Quantity]:
    """What a ResourceQuota allows, by its own keys (``limits.memory``, ``pods``)."""
    return quantities(resource.at("spec"), "hard", owner="the quota")


def completed(pod: Pod, place: Place) -> Pod:
    """The pod with what the LimitRanges of its namespace fill in; raises as `Quantity.milli` does."""
    return with_defaults(pod, [limit_range(policy) for policy in place.limit_ranges])


class Refusal:
    """Why a namespace takes no such pod: ``container`` is a name, or None for the pod as a whole."""

    __slots__ = ("container", "message", "policy", "resource")

    def __init__(self, container: str | None, resource: str, message: str, policy: Resource) -> None:
        self.container = container
        self.resource = resource
        self.message = message
        self.policy = policy


def refusals(pod: Pod, place: Place, kubernetes: Versions) -> Iterator[Refusal]:
    """What the policies of a namespace refuse in a `completed` pod.

    Quotas with scopes are left out: whether they count a pod is not looked at. Raises as `Quantity.milli` does, and:

    Raises:
        Split: pod-level resources are written and the releases disagree about them.
    """
    for policy in place.limit_ranges:
        for violation in violations(pod, [limit_range(policy)]):
            yield Refusal(violation.container, violation.resource, _say_violation(violation), policy)
        for container in pod.all_containers:
            for name in container.resources.requested_above_limit():
                if any(name in item.default for item in limit_range(policy)):
                    request = say_amount(name, container.resources.requests[name])
                    limit = say_amount(name, container.resources.limits[name])
                    yield Refusal(
                        container.name, name, f"requests {request} {name}, above the default limit {limit}", policy
                    )
    for policy in place.quotas:
        if policy.has("spec", "scopes") or policy.has("spec", "scopeSelector"):
            continue
        allowed = hard(policy)
        for container_name, key in unstated(pod, allowed, kubernetes):
            yield Refusal(container_name, key.rpartition(".")[2], f"states no {key}, as the quota demands", policy)
        for key, taken in usage(pod, allowed, kubernetes).items():
            if taken > allowed[key].milli():
                name = key.rpartition(".")[2]
                message = f"needs {key} {say_amount(name, taken)}, more than all of the quota's {allowed[key].known()}"
                yield Refusal(None, name, message, policy)


def _say_violation(violation: Violation) -> str:
    """What a LimitRange objects to, as a predicate of the container or pod."""
    resource, constraint = violation.resource, violation.constraint
    if violation.amount is None:
        return f"has no {resource} {violation.kind}, as {constraint} demands"
    if violation.kind == "ratio":
        times, most = violation.amount / 1000, violation.bound / 1000
        return f"has a {resource} limit {times:g} times its request, above {constraint} {most:g}"
    amount, bound = say_amount(resource, violation.amount), say_amount(resource, violation.bound)
    side = "below" if constraint == "min" else "above"
    return f"has a {resource} {violation.kind} of {amount}, {side} {constraint} {bound}"


def say_amount(resource: str, amount: int) -> str:
    """Thousandths of a resource as a quantity: ``9011Mi``, ``1500m``."""
    return format_millicores(amount) if resource == CPU else format_bytes(whole(amount))
