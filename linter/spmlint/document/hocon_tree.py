"""The tree of a HOCON document as it is written: nothing merged, nothing resolved."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from spmlint.document.text import Span, Text

    Value: TypeAlias = "Text | Object | Array | None"
    """None is ``null``, which takes away what the key had before."""


class Object:
    """Members in the order written: fields, and the places where more may come in."""

    __slots__ = ("members", "place")

    def __init__(self, place: Span) -> None:
        self.place = place
        self.members: list[Field | Opening] = []


class Array:
    """The items of a list, without what substitutions bring in."""

    __slots__ = ("items", "place")

    def __init__(self, place: Span) -> None:
        self.place = place
        self.items: list[Value] = []


class Field:
    """``a.b = value``. ``key`` is the whole path as one Text, ``parts`` its elements, ``appended`` whether ``+=`` was written."""

    __slots__ = ("appended", "key", "parts", "value")

    def __init__(self, key: Text, parts: tuple[Text, ...]) -> None:
        self.key = key
        self.parts = parts
        self.appended = False
        self.value: Value = None


class Opening:
    """Here stands something that may bring fields nobody sees: an include, a substituted object, a template's block."""

    __slots__ = ("place", "reason")

    def __init__(self, reason: str, place: Span) -> None:
        self.reason = reason
        self.place = place
