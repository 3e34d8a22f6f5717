"""Which nodes a pod may be scheduled to: node selector, required node affinity, and taints.

Source: component-helpers/scheduling/corev1 (``MatchNodeSelectorTerms``, ``TolerationsTolerateTaint``), the scheduler's plugins
NodeAffinity, TaintToleration and NodeUnschedulable. What is only preferred decides nothing here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KEEPING_AWAY = ("NoSchedule", "NoExecute")
"""The effects of a taint that keep pods away; ``PreferNoSchedule`` is a wish."""


class Taint:
    """A mark on a node: ``effect`` holds for pods that do not tolerate ``key`` with ``value``."""

    __slots__ = ("effect", "key", "value")

    def __init__(self, key: str, value: str, effect: str) -> None:
        self.key = key
        self.value = value
        self.effect = effect


class Toleration:
    """What a pod puts up with; an empty ``key`` with ``Exists`` is every taint, an empty ``effect`` every effect."""

    __slots__ = ("effect", "key", "operator", "value")

    def __init__(self, key: str = "", operator: str = "Equal", value: str = "", effect: str = "") -> None:
        self.key = key
        self.operator = operator or "Equal"
        self.value = value
        self.effect = effect

    def covers(self, taint: Taint) -> bool:
        """Whether a pod with this toleration may go where ``taint`` stands."""
        if self.effect not in ("", taint.effect) or self.key not in ("", taint.key):
            return False
        return self.operator == "Exists" or (self.key != "" and self.value == taint.value)


class Expression:
    """One requirement of a node selector term: ``operator`` is In, NotIn, Exists, DoesNotExist, Gt or Lt."""

    __slots__ = ("key", "operator", "values")

    def __init__(self, key: str, operator: str, values: Sequence[str] = ()) -> None:
        self.key = key
        self.operator = operator
        self.values = tuple(values)

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Whether a node with these labels meets it."""
        value = labels.get(self.key)
        if self.operator in ("NotIn", "DoesNotExist"):
            return value is None or (self.operator == "NotIn" and value not in self.values)
        if value is None:
            return False
        if self.operator in ("Gt", "Lt"):
            return _is_beyond(value, self.values, greater=self.operator == "Gt")
        return self.operator == "Exists" or value in self.values


def _is_beyond(value: str, values: Sequence[str], *, greater: bool) -> bool:
    try:
        own, bound = int(value), int(values[0])
    except (ValueError, IndexError):
        return False
    return own > bound if greater else own < bound


class Placement:
    """Where a pod may go. ``terms`` are the alternatives of the required node affinity, None where there is none."""

    __slots__ = ("selector", "terms", "tolerations")

    def __init__(
        self,
        selector: Mapping[str, str] | None = None,
        tolerations: Iterable[Toleration] = (),
        terms: Sequence[Sequence[Expression]] | None = None,
    ) -> None:
        self.selector = dict(selector or {})
        self.tolerations = tuple(tolerations)
        self.terms = terms

    def selecting(self, selector: Mapping[str, str]) -> Placement:
        """The same with more labels asked for; those already asked for win."""
        return Placement({**selector, **self.selector}, self.tolerations, self.terms)

    def allows(self, labels: Mapping[str, str], taints: Iterable[Taint] = (), *, unschedulable: bool = False) -> bool:
        """Whether the scheduler may put the pod on a node with these labels and taints.

        An empty term matches no node, as the API documents it.
        """
        if any(labels.get(name) != value for name, value in self.selector.items()):
            return False
        if self.terms is not None and not any(term and all(e.holds(labels) for e in term) for term in self.terms):
            return False
        marks = [taint for taint in taints if taint.effect in KEEPING_AWAY]
        if unschedulable:
            marks.append(Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"))
        return all(any(toleration.covers(taint) for toleration in self.tolerations) for taint in marks)
