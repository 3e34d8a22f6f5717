"""The stages of the feature gates."""

from __future__ import annotations

import pytest

from spmlint.answer import KUBERNETES_VERSIONS, Split, Versions
from spmlint.kubernetes.feature_gates import (
    MEMORY_QOS,
    NODE_SWAP,
    POD_LEVEL_QOS_FIX,
    POD_LEVEL_RESOURCES,
    gate_enabled,
    gate_refused,
)


def at(minor: int) -> Versions:
    return Versions("Kubernetes version", [(1, minor)])


@pytest.mark.parametrize(
    ("gate", "on_from"),
    [(NODE_SWAP, 30), (POD_LEVEL_RESOURCES, 34), (POD_LEVEL_QOS_FIX, 37), (MEMORY_QOS, 37)],
)
def test_defaults(gate: str, on_from: int) -> None:
    enabled = [minor for _, minor in KUBERNETES_VERSIONS if gate_enabled(gate, at(minor))]
    assert enabled == list(range(on_from, 38))


def test_what_is_written_counts_until_the_gate_is_locked() -> None:
    assert gate_enabled(NODE_SWAP, at(28), written=True)
    assert not gate_enabled(NODE_SWAP, at(33), written=False)
    assert gate_enabled(NODE_SWAP, at(34), written=False)
    assert [minor for _, minor in KUBERNETES_VERSIONS if gate_refused(NODE_SWAP, at(minor), written=False)] == [
        34,
        35,
        36,
        37,
    ]
    assert not any(gate_refused(NODE_SWAP, at(minor), written=True) for _, minor in KUBERNETES_VERSIONS)
    assert not gate_refused(POD_LEVEL_RESOURCES, at(36), written=False)


def test_a_gate_that_does_not_exist_yet_cannot_be_switched_on() -> None:
    assert not gate_enabled(POD_LEVEL_RESOURCES, at(31), written=True)


def test_disagreeing_releases_split() -> None:
    with pytest.raises(Split):
        gate_enabled(NODE_SWAP, Versions("Kubernetes version", [(1, 29), (1, 30)]))
    assert gate_enabled(NODE_SWAP, Versions("Kubernetes version", [(1, 30), (1, 33)]))
