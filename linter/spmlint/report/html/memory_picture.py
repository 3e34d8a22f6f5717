"""The memory of one container drawn to scale: a row for each level, from the container down to storage and execution."""

from __future__ import annotations

from spmlint.report.html.markup import Html, joined, percent, tag
from spmlint.report.job_words import mib
from spmlint.report.memory_parts import memory_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spmlint.report.memory_parts import Part

ROW, GAP = 28, 2
"""Height of a row and the space below it, in CSS pixels."""
RULER = 20
WIDE, NARROW = 460, 270
"""Widths in CSS pixels that a picture has at least, on a desk and on a telephone: what fits in them is written in them."""
CHARACTER = 6.7
"""Width of a character of a label, in CSS pixels, rounded up."""
MOST_TICKS = 5
SMALLEST_STEP_MIB = 64


def memory_picture(role: str, footprint: dict[str, Any]) -> Html | None:
    """The picture and the table of a role's memory; None where no size is known."""
    whole = memory_of(footprint)
    if whole is None:
        return None
    parts, tmpfs = list(whole.walk()), bool(footprint["tmpfs"])
    height = (1 + max(depth for _, depth in parts)) * (ROW + GAP)
    pieces = [_stretch(part, depth, whole, tmpfs) for part, depth in parts]
    picture = tag(
        "svg",
        *pieces,
        *_ruler(whole.size_mib, height),
        class_="map",
        role="img",
        aria_label=f"{role}: {_told(whole)}",
        width="100%",
        height=height + RULER,
    )
    return joined((picture, _table(role, parts, whole, tmpfs)))


def _told(part: Part) -> str:
    """The whole tree in a sentence, for those who do not see the picture; the table below says the same."""
    inner = ", ".join(_told(child) for child in part.children)
    return f"{part.name} {mib(part.size_mib)}" + (f" ({inner})" if inner else "")


def _stretch(part: Part, depth: int, whole: Part, tmpfs: bool) -> Html:
    """One part as a box at its place, with its name where there is room for it."""
    box = {"x": percent(part.start_mib, whole.size_mib), "width": percent(part.size_mib, whole.size_mib)}
    y = depth * (ROW + GAP)
    words, size = _name(part, tmpfs), mib(part.size_mib)
    drawn = [
        tag("title", f"{words}: {size}, {share(part, whole)} of the whole"),
        tag("rect", **box, y=y, height=ROW, class_=f"p {part.name}"),
    ]
    if words != part.name:
        drawn.append(tag("rect", **box, y=y, height=ROW, class_="tmpfs"))
    drawn.extend(_labels((f"{words} {size}", words), part.size_mib / whole.size_mib, box["x"], y))
    return tag("g", *drawn)


def _name(part: Part, tmpfs: bool) -> str:
    """What a part is called: files in memory share the overhead."""
    return f"{part.name} + tmpfs" if tmpfs and part.name == "overhead" else part.name


def _labels(texts: tuple[str, ...], share_of_whole: float, x: str, y: int) -> Iterator[Html]:
    """The longest of ``texts`` that fits into a box: one for all widths of the page, or one for each."""
    wide, narrow = (
        next((text for text in texts if len(text) * CHARACTER + 10 <= width * share_of_whole), "")
        for width in (WIDE, NARROW)
    )
    for text, kind in ((wide, None),) if wide == narrow else ((wide, "wide"), (narrow, "slim")):
        if text:
            yield tag("text", text, x=x, y=y + 18, dx=6, class_=kind)


def _ruler(whole_mib: float, y: int) -> Iterator[Html]:
    """Ticks below the picture, at round numbers of MiB or GiB; the unit stands at the first."""
    step = SMALLEST_STEP_MIB
    while whole_mib / step > MOST_TICKS:
        step *= 2
    unit, divisor = ("GiB", 1024) if step >= 1024 else ("MiB", 1)
    for at in range(0, int(whole_mib) + 1, step):
        x = percent(at, whole_mib)
        anchor = "start" if at == 0 else "middle" if at < 0.95 * whole_mib else "end"
        yield tag("rect", x=x, y=y, width=1, height=4, class_="tick")
        yield tag("text", str(at // divisor) if at else f"0 {unit}", x=x, y=y + 16, class_="at", text_anchor=anchor)


def _table(role: str, parts: list[tuple[Part, int]], whole: Part, tmpfs: bool) -> Html:
    head = tag("tr", *(tag("th", word, scope="col") for word in ("region", "MiB", "share")))
    rows = [
        tag(
            "tr",
            tag("th", tag("i", class_=f"swatch {part.name}"), _name(part, tmpfs), scope="row", class_=f"d{depth}"),
            tag("td", mib(part.size_mib).removesuffix(" MiB")),
            tag("td", share(part, whole)),
        )
        for part, depth in parts
    ]
    return tag(
        "table", tag("caption", f"Memory of the {role}"), tag("thead", head), tag("tbody", *rows), class_="parts"
    )


def share(part: Part, whole: Part) -> str:
    """``57.1 %``"""
    return f"{100 * part.size_mib / whole.size_mib:.1f} %"
