"""What real Spark answered, as ``tests/generate/parse_golden.py`` stored it, and how to put the same question to the model."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from spmlint.answer import SPARK_VERSIONS, Opaque, Version, Versions, World, explore, parse_version

GOLDEN = Path(__file__).parent / "spark" / "golden"

REFUSED = "(refused)"
NO_ENTRY = "(no entry)"
OPAQUE = "(opaque)"


def answers(name: str) -> Iterator[tuple[Any, dict[Version, Any]]]:
    """Every question of a golden file with the answer of each release."""
    with gzip.open(GOLDEN / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            question, history = json.loads(line)
            changes = {parse_version(release): decoded(answer) for release, answer in history}
            current: Any = None
            per_release = {}
            for version in SPARK_VERSIONS:
                current = changes.get(version, current)
                per_release[version] = current
            yield question, per_release


def decoded(answer: Any) -> Any:
    """An answer with its type."""
    if answer == []:
        return REFUSED
    if answer == "?":
        return NO_ENTRY
    if isinstance(answer, list):
        return [decoded(item) for item in answer]
    if isinstance(answer, dict):
        ((kind, value),) = answer.items()
        return {"double": float, "decimal": Decimal, "list": list}[kind](value)
    return answer


def same(one: Any, other: Any) -> bool:
    """Equality that tells true from 1 and 0.0 from -0.0, and finds NaN equal to NaN."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other)
    return bool(one == other)


def outcome(ask: Callable[[Versions], Any], spark: Versions) -> Any:
    """What ``ask`` answers, refuses (`REFUSED`), has no entry for (`NO_ENTRY`) or cannot tell (`OPAQUE`)."""
    try:
        return ask(spark)
    except ValueError:
        return REFUSED
    except KeyError:
        return NO_ENTRY
    except Opaque:
        return OPAQUE


def per_release(ask: Callable[[Versions], Any]) -> dict[Version, Any]:
    """The answers for each release known alone."""
    return {version: outcome(ask, World().with_spark(version).spark) for version in SPARK_VERSIONS}


def explored(ask: Callable[[Versions], Any]) -> tuple[dict[Version, Any], int]:
    """The answers where no release is known, found by exploring the splits, and in how many worlds."""
    found: dict[Version, Any] = {}

    def run(world: World) -> None:
        found.update(dict.fromkeys(world.spark.options, outcome(ask, world.spark)))

    worlds = len(list(explore(World(), run)))
    return dict(sorted(found.items())), worlds


def regions(answers: dict[Version, Any]) -> int:
    """How many different stretches of releases there are: no exploring should need more worlds."""
    values = list(answers.values())
    return 1 + sum(not same(one, other) for one, other in pairwise(values))
