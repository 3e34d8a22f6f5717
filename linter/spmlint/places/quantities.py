"""Amounts as an object writes them: Kubernetes quantities that know where they stand and what they are called.

`spmlint.kubernetes` computes with plain numbers. Written resource lists become such numbers here, in one place for pods,
namespace policies and kubelets.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import NANOS, QuantityError, parse_quantity, round_up
from spmlint.kubernetes.resources import Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Span, Text
    from spmlint.kubernetes.resources import Amounts
    from spmlint.place import View


class Quantity:
    """One amount as written.

    ``resource`` is the key it stands under (``memory``, in a quota ``limits.memory``), ``field`` the list that key belongs to
    (``limits``), ``text`` the value, and ``label`` names it to a person: ``limits.memory of container spark``.
    """

    __slots__ = ("_view", "field", "label", "resource", "text")

    def __init__(self, resource: str, view: View, text: Text, *, field: str, owner: str) -> None:
        self._view = view
        self.field = field
        self.resource = resource
        self.text = text
        self.label = f"{field}.{resource} of {owner}"

    def span(self) -> Span:
        """Where the value stands."""
        return self.text.span()

    @property
    def is_editable(self) -> bool:
        """Whether replacing the value's span replaces this value and nothing else."""
        return self._view.is_editable()

    def known(self) -> str:
        """The value as written; raises `Opaque` where it holds a placeholder."""
        return self.text.known()

    @property
    def is_readable(self) -> bool:
        """Whether it is known and a quantity, so that `milli` and `whole` raise nothing."""
        if self.text.holes:
            return False
        try:
            parse_quantity(self.text.value)
        except QuantityError:
            return False
        return True

    def milli(self) -> int:
        """Thousandths of the resource's unit, as the API keeps it.

        Raises:
            Opaque: it holds a placeholder.
            QuantityError: it is no quantity.
        """
        return round_up(parse_quantity(self.known()), NANOS // 1000)

    def whole(self) -> int:
        """Whole units (bytes, cores), rounded up; raises as `milli` does."""
        return round_up(parse_quantity(self.known()), NANOS)

    def __repr__(self) -> str:
        return f"Quantity({self.label!r}, {self.text.value!r})"


class ResourceLists:
    """The requests and limits that stand in one ``resources`` field, of a container or of a whole pod.

    ``owner`` names who they belong to. Reading one where a placeholder stands in its stead raises `Opaque`.
    """

    __slots__ = ("_view", "owner")

    def __init__(self, view: View | None, owner: str) -> None:
        self._view = view
        self.owner = owner

    @property
    def requests(self) -> dict[str, Quantity]:
        return quantities(self._view, "requests", owner=self.owner)

    @property
    def limits(self) -> dict[str, Quantity]:
        return quantities(self._view, "limits", owner=self.owner)

    def span(self) -> Span:
        """The field they stand in."""
        assert self._view is not None
        return self._view.span()

    def every(self) -> list[Quantity]:
        """The requests, then the limits."""
        return [*self.requests.values(), *self.limits.values()]

    def resources(self) -> Resources:
        """As numbers; raises as `Quantity.milli` does."""
        return Resources(amounts(self.requests), amounts(self.limits))


def quantities(view: View | None, *path: str, owner: str) -> dict[str, Quantity]:
    """The resource list at ``path`` by the keys it is written with; empty where there is none.

    Raises:
        Opaque: a placeholder stands where the list should be.
    """
    if view is None:
        return {}
    for length in range(len(path) + 1):
        refuse_hole(view, *path[:length])
    return {
        resource: Quantity(resource, part, text, field=path[-1], owner=owner)
        for resource, part in view.parts(*path).items()
        if (text := part.value()) is not None
    }


def listed(view: View | None, field: str) -> list[View]:
    """The items of a list; empty where there is none; raises `Opaque` where a placeholder stands in its stead."""
    if view is None:
        return []
    refuse_hole(view, field)
    return view.items(field)


def refuse_hole(view: View, *path: str) -> None:
    """Raise `Opaque` where a placeholder stands for the whole part at ``path``."""
    text = view.value(*path)
    if text is not None:
        text.known()


def amounts(written: dict[str, Quantity]) -> Amounts:
    """A resource list in thousandths; raises as `Quantity.milli` does."""
    return {resource: quantity.milli() for resource, quantity in written.items()}
