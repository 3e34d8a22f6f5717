"""What real Spark computed from configurations of ours (tests/generate/model_golden.py)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from spmlint.answer import CLUSTER, SPARK_VERSIONS, Version, World, parse_version
from spmlint.spark.formula import Written
from spmlint.spark.model import Model

GOLDEN = Path(__file__).parent / "golden"


def _load(name: str) -> list[tuple[dict[str, Any], dict[Version, Any]]]:
    """Each request and the answer of every release; a stored answer holds until the next one."""
    loaded = []
    for line in gzip.decompress((GOLDEN / f"model-{name}.jsonl.gz").read_bytes()).decode().splitlines():
        request, stored = json.loads(line)
        changes = {parse_version(release): answer for release, answer in stored}
        answers, answer = {}, None
        for version in SPARK_VERSIONS:
            answer = changes.get(version, answer)
            answers[version] = answer
        loaded.append((request, answers))
    return loaded


@pytest.fixture(scope="session")
def world_of() -> Callable[..., World]:
    """The world in which one release, manager, mode and language are known."""

    def make(version: Version, manager: str = "kubernetes", mode: str = CLUSTER, language: str = "jvm") -> World:
        world = World().with_spark(version).narrowed("platform", (manager,))
        return world.narrowed("deploy mode", (mode,)).narrowed("language", (language,))

    return make


@pytest.fixture(scope="session")
def configurations() -> list[tuple[dict[str, Any], dict[Version, Any]]]:
    """Requests with ``conf``, ``language`` and ``mode``, and what each release answers, step by step."""
    return _load("steps")


@pytest.fixture(scope="session")
def commands() -> list[tuple[dict[str, Any], dict[Version, Any]]]:
    """Requests with ``words``, and what each release makes of them."""
    return _load("words")


@pytest.fixture(scope="session")
def models(configurations: Any, world_of: Any) -> Callable[..., Iterator[tuple[Model, Any]]]:
    """``models(step, manager, mode)``: the model of every configuration and release, and what Spark answers in ``step``.

    ``mode`` is the configuration's own where it is None.
    """

    def each(step: str, manager: str = "kubernetes", mode: str | None = CLUSTER) -> Iterator[tuple[Model, Any]]:
        for request, answers in configurations:
            for version, answer in answers.items():
                if step in answer:
                    world = world_of(version, manager, mode or request["mode"], request["language"])
                    yield Model(Written(request["conf"]), world), answer[step]

    return each
