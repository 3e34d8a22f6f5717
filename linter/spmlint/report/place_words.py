"""What is said of the place of a job in words, the same on the terminal and in the page."""

from __future__ import annotations

from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_KINDS = {"yarn-node": "YARN node"}


def place(known: dict[str, Any]) -> str:
    """Where executors run, and how many of them fit."""
    what = _KINDS.get(known["kind"], known["kind"])
    many = f", one of {known['number']}" if known["number"] > 1 else ""
    return (
        f"{what} {known['name']} ({known['path']}:{known['line']}) holds {plural(known['executors'], 'executor')}{many}"
    )


def filled(dimension: dict[str, Any], known: dict[str, Any]) -> str:
    """What executors take of one dimension of a place: ``4 x 14336 of 61440 MiB``."""
    return (
        f"{known['executors']} x {_number(dimension['per_executor'])} of {quantity(dimension['capacity'], dimension)}"
    )


def left(dimension: dict[str, Any], known: dict[str, Any]) -> str:
    """What they leave of it."""
    return quantity(known["wasted"][dimension["name"]], dimension)


def runs_out_first(dimension: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether no more executors fit because of this dimension."""
    return dimension["name"] in known["binding"].split(" and ")


def for_one_more(known: dict[str, Any]) -> Iterator[str]:
    """How small an executor would have to be for one more to fit."""
    for name, most in known["for_one_more"].items():
        dimension = next(d for d in known["dimensions"] if d["name"] == name)
        yield f"one more fits where each takes at most {quantity(most, dimension)} of {name}"


def fit(proposed: dict[str, Any] | None) -> str:
    """How the executors that ``--fit`` proposes fill the place."""
    if proposed is None:
        return "nothing to propose: the place is not known, or holds no executor of these cores"
    every = f"{plural(proposed['per_place'], 'executor')} on each {proposed['place']}"
    total = "" if proposed["executors"] is None else f", {proposed['executors']} in all beside the driver"
    return f"{every}{total}; {proposed['wasted_mib']} MiB of {proposed['share_mib']} left over"


def standing(pressure: dict[str, Any]) -> str:
    """How the kernel and the kubelet see a pod when memory is short."""
    adj, swap = pressure["oom_score_adj"], pressure["swap_max_mib"]
    score = "" if adj is None else f", oom_score_adj {adj}"
    words = "not known" if swap is None else f"{swap} MiB" if swap else "none"
    return f"{pressure['qos']}{score}; swap {words}: {pressure['swap_reason']}"


def quantity(value: float, dimension: dict[str, Any]) -> str:
    """So much of a dimension, in its unit; what is counted in itself (pods) needs none."""
    unit = "" if dimension["unit"] == dimension["name"] else f" {dimension['unit']}"
    return f"{_number(value)}{unit}"


def _number(value: float) -> str:
    """Two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
