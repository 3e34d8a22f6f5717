"""Eviction thresholds, allocatable memory and the order of eviction."""

from __future__ import annotations

import pytest

from spmlint.kubernetes.eviction import (
    DEFAULT_HARD,
    MEMORY_AVAILABLE,
    ThresholdError,
    allocatable_memory,
    hard_memory_threshold,
    hard_thresholds,
    parse_threshold,
)

MIB, GIB = 2**20, 2**30


@pytest.mark.parametrize(
    ("text", "size"), [("100Mi", 100 * MIB), ("1Gi", GIB), ("10%", 6.4 * GIB), ("0.5%", 0.32 * GIB), ("1", 1)]
)
def test_thresholds_on_a_node_of_64_gib(text: str, size: float) -> None:
    threshold = parse_threshold(MEMORY_AVAILABLE, text)
    assert threshold is not None
    assert threshold.of(64 * GIB) == int(size)


@pytest.mark.parametrize("text", ["0%", "100%"])
def test_a_signal_can_be_switched_off(text: str) -> None:
    assert parse_threshold(MEMORY_AVAILABLE, text) is None
    assert hard_memory_threshold({MEMORY_AVAILABLE: text}, capacity=GIB) == 0


@pytest.mark.parametrize(
    ("signal", "text", "reason"),
    [
        (MEMORY_AVAILABLE, "0", "positive"),
        (MEMORY_AVAILABLE, "-1Gi", "positive"),
        (MEMORY_AVAILABLE, "-1%", ">= 0%"),
        (MEMORY_AVAILABLE, "101%", "<= 100%"),
        (MEMORY_AVAILABLE, "nan%", "<= 100%"),
        (MEMORY_AVAILABLE, "%", "not a number"),
        (MEMORY_AVAILABLE, "1 %", "not a number"),
        (MEMORY_AVAILABLE, "1_0%", "not a number"),
        (MEMORY_AVAILABLE, "1g", "regular expression"),
        (MEMORY_AVAILABLE, "1K", "suffix"),
        ("memory.free", "1Gi", "unknown eviction signal"),
    ],
)
def test_refused_thresholds(signal: str, text: str, reason: str) -> None:
    with pytest.raises(ThresholdError, match=reason) as caught:
        parse_threshold(signal, text)
    assert (caught.value.signal, caught.value.text) == (signal, text)


def test_any_key_switches_all_the_defaults_off_unless_they_are_merged() -> None:
    assert hard_thresholds(None) == DEFAULT_HARD
    assert hard_memory_threshold(None, capacity=GIB) == 100 * MIB
    written = {"nodefs.available": "5%"}
    assert hard_thresholds(written) == written
    assert hard_memory_threshold(written, capacity=GIB) == 0
    assert hard_memory_threshold(written, capacity=GIB, merge_defaults=True) == 100 * MIB
    assert hard_thresholds({}) == {}
    assert hard_thresholds({MEMORY_AVAILABLE: "1Gi"}, merge_defaults=True) == {**DEFAULT_HARD, MEMORY_AVAILABLE: "1Gi"}


def test_allocatable_memory() -> None:
    assert allocatable_memory(64 * GIB, eviction_hard=100 * MIB) == 64 * GIB - 100 * MIB
    assert (
        allocatable_memory(64 * GIB, system_reserved=GIB, kube_reserved=2 * GIB, eviction_hard=GIB, hugepages=4 * GIB)
        == 56 * GIB
    )
    assert allocatable_memory(GIB, system_reserved=GIB) == 0
