"""oom_score_adj: the examples of the fact sheet and its clamps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import KUBERNETES_VERSIONS, Versions
from spmlint.kubernetes.oom import oom_score_adj
from spmlint.kubernetes.resources import Container, Pod, Resources

GIB = 2**30
NODE = 64 * GIB
ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)
V1_36 = Versions("Kubernetes version", [(1, 36)])


def memory(size: int) -> Resources:
    return Resources({"memory": size * 1000}, {})


def adj(pod: Pod, index: int = 0, capacity: int = NODE) -> int:
    return oom_score_adj(pod, pod.all_containers[index], memory_capacity=capacity, kubernetes=ANY)


@pytest.mark.parametrize(("request_gib", "expected"), [(9, 860), (60, 63), (64, 3), (63.9, 3), (32, 500)])
def test_burstable(request_gib: float, expected: int) -> None:
    assert adj(Pod([Container("main", memory(int(request_gib * GIB)))])) == expected


def test_a_burstable_container_without_a_memory_request_stays_below_best_effort() -> None:
    assert adj(Pod([Container("main", Resources({"cpu": 1000}))])) == 999


def test_the_classes() -> None:
    limited = Resources.parse({"memory": "9Gi", "cpu": "1"}, {"memory": "9Gi", "cpu": "1"})
    assert adj(Pod([Container("main", limited)])) == -997
    assert adj(Pod([Container("main", Resources())])) == 1000


def test_only_node_critical_pods_are_protected() -> None:
    containers = [Container("main", memory(9 * GIB))]
    assert adj(Pod(containers, priority_class="system-node-critical")) == -997
    assert adj(Pod(containers, priority_class="system-cluster-critical")) == 860


def test_a_sidecar_is_no_easier_to_kill_than_the_smallest_regular_container() -> None:
    pod = Pod(
        [Container("main", memory(9 * GIB)), Container("small", memory(4 * GIB))],
        [Container("side", memory(GIB), sidecar=True), Container("init", memory(GIB))],
    )
    assert adj(pod, 2) == adj(pod, 1) == 938  # 1000 - 62.5, the quotient cut
    assert adj(pod, 3) == 985
    greedy = Pod([Container("main", memory(4 * GIB))], [Container("side", memory(9 * GIB), sidecar=True)])
    assert adj(greedy, 1) == 860


def test_pod_level_memory_nobody_requested_is_shared() -> None:
    pod = Pod(
        [Container("main", memory(8 * GIB)), Container("proxy", Resources())],
        resources=Resources({"memory": 24 * GIB * 1000}),
    )
    scores = [oom_score_adj(pod, c, memory_capacity=NODE, kubernetes=V1_36) for c in pod.containers]
    assert scores == [1000 - 1000 * (8 + 8) // 64, 1000 - 1000 * 8 // 64]
    before = Versions("Kubernetes version", [(1, 33)])
    assert [oom_score_adj(pod, c, memory_capacity=NODE, kubernetes=before) for c in pod.containers] == [875, 999]


@given(st.integers(1, 10 * NODE), st.integers(1, 10 * NODE))
def test_a_larger_request_is_never_easier_to_kill(one: int, other: int) -> None:
    small, large = sorted((one, other))
    scores = [adj(Pod([Container("main", memory(size))])) for size in (small, large)]
    assert 3 <= scores[1] <= scores[0] <= 999
