"""memory.high."""

from __future__ import annotations

import pytest

from spmlint.answer import KUBERNETES_VERSIONS, Split, Versions
from spmlint.kubernetes.memory_qos import PAGE, factor_accepted, memory_high, throttling_factor
from spmlint.kubernetes.resources import Resources

GIB = 2**30


def test_the_example_of_the_fact_sheet() -> None:
    high = memory_high(Resources.parse({"memory": "9Gi"}, {"memory": "12Gi"}), allocatable=64 * GIB)
    assert high is not None
    assert high == int(11.7 * GIB) // PAGE * PAGE
    assert high % PAGE == 0


def test_a_container_without_a_limit_is_measured_against_the_node() -> None:
    high = memory_high(Resources.parse({"memory": "4Gi"}), allocatable=14 * GIB)
    assert high == 13 * GIB


@pytest.mark.parametrize(
    "resources",
    [
        Resources.parse({"memory": "4Gi"}, {"memory": "4Gi"}),  # every stock Spark container
        Resources(),
        Resources.parse({"memory": "4Gi"}, {"memory": str(4 * GIB + 1)}),  # the page floor is not above the request
    ],
)
def test_none(resources: Resources) -> None:
    assert memory_high(resources, allocatable=64 * GIB) is None


def test_factors() -> None:
    assert [factor for factor in (-1, 0, 0.1, 1, 1.01) if factor_accepted(factor)] == [0.1, 1]


def releases(*minors: int) -> Versions:
    return Versions("Kubernetes version", [(1, minor) for minor in minors])


def test_the_factor_in_force() -> None:
    assert throttling_factor(0.8, releases(28, 37)) == 0.8
    assert throttling_factor(None, releases(28, 36)) == 0.9
    assert throttling_factor(None, releases(37)) is None
    with pytest.raises(Split):
        throttling_factor(None, Versions("Kubernetes version", KUBERNETES_VERSIONS))
