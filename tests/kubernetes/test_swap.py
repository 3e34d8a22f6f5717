"""Who swaps, how much, and which kubelet settings are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import KUBERNETES_VERSIONS, Split, Versions
from spmlint.kubernetes.resources import Container, Pod, Resources
from spmlint.kubernetes.swap import (
    HARMLESS,
    INERT,
    LIMITED_SWAP,
    OBSOLETE,
    REFUSED,
    SwapSettings,
    effective_behavior,
    swap_limit,
    swap_troubles,
    why_no_swap,
)

GIB = 2**30
ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)
V1_28, V1_29, V1_30, V1_33, V1_34 = (Versions("Kubernetes version", [(1, minor)]) for minor in (28, 29, 30, 33, 34))
LIMITED = SwapSettings(LIMITED_SWAP, fail_swap_on=False)

SPARK = Resources.parse({"memory": "4505Mi", "cpu": "1"}, {"memory": "4505Mi"})


def effects(settings: SwapSettings, version: Versions = V1_34) -> list[tuple[str, str]]:
    return [(trouble.effect, trouble.field) for trouble in swap_troubles(settings, version)]


@pytest.mark.parametrize(
    ("requests", "limits", "swaps"),
    [
        ({"memory": "1Gi"}, {"memory": "1Gi"}, False),
        ({}, {"memory": "1Gi"}, False),
        ({"memory": "1Gi"}, {}, True),
        ({"memory": "1Gi"}, {"memory": "2Gi"}, True),
        ({}, {}, False),
    ],
)
def test_the_table_of_burstable_containers(requests: dict[str, str], limits: dict[str, str], swaps: bool) -> None:
    container = Container("main", Resources.parse(requests, limits))
    beside = Container("beside", Resources.parse({"cpu": "1"}))  # makes every one of these pods Burstable
    pod = Pod([container, beside]).defaulted(V1_34)
    assert (why_no_swap(pod, pod.containers[0], LIMITED, V1_34) is None) is swaps


def test_the_decision_is_per_container() -> None:
    proxy = Container("istio-proxy", Resources.parse({"memory": "128Mi"}, {"memory": "1Gi"}))
    pod = Pod([Container("spark", SPARK), proxy])
    assert why_no_swap(pod, pod.containers[0], LIMITED, V1_34) == "the container's memory request equals its limit"
    assert why_no_swap(pod, proxy, LIMITED, V1_34) is None


def test_what_else_keeps_a_container_from_swapping() -> None:
    container = Container("main", Resources.parse({"memory": "1Gi"}))
    pod = Pod([container])
    assert why_no_swap(pod, container, LIMITED, V1_34) is None
    assert "NoSwap" in str(why_no_swap(pod, container, SwapSettings(fail_swap_on=False), V1_34))
    cgroup_v1 = SwapSettings(LIMITED_SWAP, fail_swap_on=False, cgroup=1)
    assert "cgroup v1" in str(why_no_swap(pod, container, cgroup_v1, V1_34))
    no_memory = Container("main", Resources.parse({"cpu": "1"}))
    assert "neither" in str(why_no_swap(Pod([no_memory]), no_memory, LIMITED, V1_34))
    critical = Pod([container], priority_class="system-cluster-critical")
    assert "critical" in str(why_no_swap(critical, container, LIMITED, V1_34))
    guaranteed = Resources.parse({"memory": "1Gi", "cpu": "1"}, {"memory": "1Gi", "cpu": "1"})
    both = Pod([Container("main", guaranteed)])
    assert "Guaranteed" in str(why_no_swap(both, both.containers[0], LIMITED, V1_34))
    best = Pod([Container("main", Resources())])
    assert "BestEffort" in str(why_no_swap(best, best.containers[0], LIMITED, V1_34))


def test_the_gate_decides_before_1_30() -> None:
    assert effective_behavior(LIMITED, V1_29) == "NoSwap"
    assert effective_behavior(SwapSettings(LIMITED_SWAP, gate=True), V1_29) == "LimitedSwap"
    assert effective_behavior(SwapSettings(gate=True), V1_28) == "UnlimitedSwap"
    assert effective_behavior(SwapSettings(gate=True), V1_30) == "NoSwap"
    with pytest.raises(Split):
        effective_behavior(LIMITED, ANY)


def test_the_limit_is_the_share_of_the_request() -> None:
    assert swap_limit(9 * GIB, memory_capacity=64 * GIB, swap_capacity=32 * GIB) == 4.5 * GIB
    assert swap_limit(0, memory_capacity=64 * GIB, swap_capacity=32 * GIB) == 0
    assert swap_limit(64 * GIB, memory_capacity=64 * GIB, swap_capacity=32 * GIB) == 32 * GIB
    assert swap_limit(1, memory_capacity=3, swap_capacity=2) == 0
    with pytest.raises(ValueError, match="exceeds the node's memory"):
        swap_limit(64 * GIB + 1, memory_capacity=64 * GIB, swap_capacity=32 * GIB)


@given(st.integers(1, 2**45), st.integers(0, 2**45), st.lists(st.floats(0, 1), max_size=5))
def test_swap_cannot_be_overcommitted(memory: int, swap: int, shares: list[float]) -> None:
    left, limits = memory, 0
    for share in shares:
        request = int(left * share)
        left -= request
        limits += swap_limit(request, memory_capacity=memory, swap_capacity=swap)
    assert limits <= swap


def test_a_good_pairing_is_silent() -> None:
    assert effects(LIMITED) == []
    assert effects(SwapSettings()) == []
    assert effects(SwapSettings("NoSwap")) == []
    assert effects(SwapSettings(LIMITED_SWAP, fail_swap_on=False, gate=True, cgroup=2, node_has_swap=True), V1_29) == []


@pytest.mark.parametrize("fail_swap_on", [True, None])
@pytest.mark.parametrize(("node_has_swap", "effect"), [(True, REFUSED), (False, INERT), (None, INERT)])
def test_limited_swap_needs_fail_swap_on_false(
    fail_swap_on: bool | None, node_has_swap: bool | None, effect: str
) -> None:
    settings = SwapSettings(LIMITED_SWAP, fail_swap_on=fail_swap_on, node_has_swap=node_has_swap)
    assert effects(settings) == [(effect, "failSwapOn")]


def test_unlimited_and_unknown_behaviors() -> None:
    behavior = "memorySwap.swapBehavior"
    unlimited = SwapSettings("UnlimitedSwap", fail_swap_on=False, gate=True)
    assert effects(unlimited, V1_30) == [(REFUSED, behavior)]
    assert effects(unlimited, V1_29) == [(OBSOLETE, behavior)]
    for wrong in ("limitedSwap", "Limited", "true"):
        assert effects(SwapSettings(wrong, fail_swap_on=False)) == [(REFUSED, behavior)]
    with pytest.raises(Split):
        effects(unlimited, ANY)


def test_the_gate() -> None:
    gate = "featureGates.NodeSwap"
    off = SwapSettings(LIMITED_SWAP, fail_swap_on=False, gate=False)
    assert effects(off, V1_33) == [(REFUSED, gate)]
    assert effects(off, V1_34) == [(REFUSED, gate)]
    assert effects(LIMITED, V1_29) == [(REFUSED, gate)]
    assert effects(LIMITED, V1_30) == []
    assert effects(SwapSettings(gate=False), V1_33) == []
    assert effects(SwapSettings(gate=False), V1_34) == [(REFUSED, gate)]  # locked, even if nothing else is said


def test_cgroup_v1() -> None:
    settings = SwapSettings(LIMITED_SWAP, fail_swap_on=False, cgroup=1)
    assert effects(settings) == [(REFUSED, "memorySwap.swapBehavior")]
    assert effects(SwapSettings("NoSwap", cgroup=1)) == []


@pytest.mark.parametrize("behavior", ["", None, "NoSwap"])
def test_tolerated_swap_that_pods_never_get(behavior: str | None) -> None:
    assert effects(SwapSettings(behavior, fail_swap_on=False)) == [(HARMLESS, "failSwapOn")]


def test_an_unset_behavior_before_1_30_is_not_harmless() -> None:
    assert effects(SwapSettings(fail_swap_on=False, gate=True), V1_29) == []
