"""Elements of HTML and SVG, made so that text of the input can never become markup.

Whatever is not `Html` already is escaped: there is no other way into a page than through `tag`.
"""

from __future__ import annotations

import html

from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Child = str | None
    Value = str | int | bool | None

_ON_A_NEW_LINE = frozenset(
    (
        "article",
        "body",
        "figure",
        "footer",
        "form",
        "g",
        "li",
        "main",
        "option",
        "section",
        "style",
        "svg",
        "table",
        "tr",
    )
)
"""Elements around which white space means nothing: a page of lines can be read, searched and compared."""

_VOID = frozenset(("input", "meta"))


class Html(str):
    """Markup that goes into a page as it is."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Text as a page shows it; control characters and lone surrogates are spelt out."""
    return Html(html.escape(visible(text)))


def joined(children: Iterable[Child], separator: str = "") -> Html:
    """Children one after the other; None is left out."""
    between = escaped(separator)
    return Html(
        between.join(child if isinstance(child, Html) else escaped(child) for child in children if child is not None)
    )


def tag(name: str, /, *children: Child, **attributes: Value) -> Html:
    """One element. ``class_`` is the attribute ``class``, ``aria_label`` is ``aria-label``; None and False leave one out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escaped(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name == "rect":
        return Html(f"<{name}{written}/>")
    start = f"\n<{name}{written}>" if name in _ON_A_NEW_LINE else f"<{name}{written}>"
    return Html(start if name in _VOID else f"{start}{joined(children)}</{name}>")


def percent(part: float, whole: float) -> str:
    """``part`` of ``whole`` as a length of SVG, never outside of it: ``57.1429%``."""
    share = 100 * min(max(part / whole, 0), 1)
    return f"{share:.4f}".rstrip("0").rstrip(".") + "%"
