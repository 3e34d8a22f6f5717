"""Defaulting, effective requests and pod-level resources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import KUBERNETES_VERSIONS, Opaque, Split, Versions
from spmlint.kubernetes.resources import (
    Container,
    Pod,
    Resources,
    container_sum,
    effective_limits,
    effective_requests,
    limits_above_pod,
    pod_requests_too_small,
    whole,
)

GIB = 2**30
V1_33 = Versions("Kubernetes version", [(1, 33)])
V1_36 = Versions("Kubernetes version", [(1, 36)])
ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)


def memory(request: str | None = None, limit: str | None = None) -> Resources:
    return Resources.parse({"memory": request} if request else None, {"memory": limit} if limit else None)


def test_amounts_are_thousandths_rounded_up() -> None:
    resources = Resources.parse({"memory": "1Gi", "cpu": "100u"}, {"memory": "400m", "cpu": "1.5"})
    assert resources == Resources({"memory": GIB * 1000, "cpu": 1}, {"memory": 400, "cpu": 1500})
    assert (resources.memory_request, resources.memory_limit) == (GIB, 1)


def test_a_limit_makes_a_request_and_never_the_reverse() -> None:
    resources = Resources.parse({"cpu": "1"}, {"memory": "1Gi", "nvidia.com/gpu": "1"}).defaulted()
    assert resources == Resources.parse(
        {"cpu": "1", "memory": "1Gi", "nvidia.com/gpu": "1"}, {"memory": "1Gi", "nvidia.com/gpu": "1"}
    )


def test_requests_above_limits() -> None:
    assert Resources.parse(
        {"cpu": "2", "memory": "1Gi"}, {"cpu": "1999m", "memory": "1Gi"}
    ).requested_above_limit() == ["cpu"]
    assert Resources.parse({"cpu": "2"}, {}).requested_above_limit() == []


def test_effective_requests_with_init_containers_and_sidecars() -> None:
    pod = Pod(
        [Container("main", memory("4Gi")), Container("proxy", memory("1Gi"))],
        [
            Container("first", memory("6Gi")),
            Container("side", memory("2Gi"), sidecar=True),
            Container("second", memory("6Gi")),
        ],
        overhead={"memory": 100 * 1000},
    )
    # running: 4 + 1 + 2 = 7; starting: max(6, 6 + 2) = 8
    assert container_sum(pod, "requests") == {"memory": 8 * GIB * 1000}
    assert effective_requests(pod, ANY) == {"memory": (8 * GIB + 100) * 1000}


@pytest.mark.parametrize(("init", "expected"), [("5Gi", 5), ("5121Mi", None), ("4Gi", 5), ("6Gi", 6)])
def test_an_init_container_counts_only_where_it_is_larger(init: str, expected: int | None) -> None:
    pod = Pod([Container("main", memory("5Gi"))], [Container("init", memory(init))])
    bytes_ = whole(effective_requests(pod, ANY)["memory"])
    assert bytes_ == (expected * GIB if expected else 5121 * 2**20)


def test_a_sidecar_after_an_init_container_does_not_run_beside_it() -> None:
    pod = Pod(
        [Container("main", memory("1Gi"))],
        [Container("init", memory("3Gi")), Container("side", memory("1Gi"), sidecar=True)],
    )
    assert whole(container_sum(pod, "requests")["memory"]) == 3 * GIB


def test_pod_level_requests_take_the_place_of_the_sum_and_overhead_comes_on_top() -> None:
    pod = Pod(
        [Container("main", Resources.parse({"memory": "1Gi", "cpu": "1"}))],
        resources=memory("3Gi"),
        overhead={"memory": 1000, "cpu": 250},
    )
    assert effective_requests(pod, V1_36) == {"memory": (3 * GIB + 1) * 1000, "cpu": 1250}
    assert effective_requests(pod, V1_33) == {"memory": (GIB + 1) * 1000, "cpu": 1250}
    with pytest.raises(Split):
        effective_requests(pod, ANY)


def test_overhead_only_raises_limits_that_exist() -> None:
    resources = Resources.parse({"memory": "1Gi"}, {"memory": "2Gi", "ephemeral-storage": "0"})
    pod = Pod([Container("main", resources)], overhead={"memory": 5000, "cpu": 250, "ephemeral-storage": 1000})
    assert effective_limits(pod, ANY) == {"memory": 2 * GIB * 1000 + 5000, "ephemeral-storage": 0}


def test_pod_level_defaulting() -> None:
    containers = [Container("main", Resources.parse({"memory": "1Gi"}, {"memory": "2Gi"}))]
    limits = Resources.parse(limits={"memory": "4Gi", "cpu": "2"})
    level = Pod(containers, resources=limits).defaulted(V1_36).resources
    assert level == Resources.parse({"memory": "1Gi", "cpu": "2"}, {"memory": "4Gi", "cpu": "2"})
    only_requests = Resources.parse({"memory": "4Gi"})
    assert Pod(containers, resources=only_requests).defaulted(V1_36).resources == only_requests
    assert Pod(containers, resources=Resources()).defaulted(V1_36).resources == Resources()
    assert Pod(containers, resources=limits).defaulted(V1_33).resources is None


def test_no_version_is_asked_without_pod_level_resources() -> None:
    pod = Pod([Container("main", memory(None, "1Gi"))]).defaulted(Versions("Kubernetes version", []))
    assert pod.containers[0].resources.memory_request == GIB
    with pytest.raises(Opaque):
        Pod([], resources=Resources()).defaulted(Versions("Kubernetes version", []))


def test_pod_level_validation() -> None:
    containers = [Container("a", memory("2Gi", "3Gi")), Container("b", memory("2Gi", "2Gi"))]
    assert pod_requests_too_small(Pod(containers, resources=memory("4Gi"))) == []
    assert pod_requests_too_small(Pod(containers, resources=memory("4095Mi"))) == ["memory"]
    assert pod_requests_too_small(Pod(containers)) == []
    assert limits_above_pod(Pod(containers, resources=memory(None, "3Gi"))) == []
    assert limits_above_pod(Pod(containers, resources=memory(None, "2Gi"))) == [("a", "memory")]


@pytest.mark.parametrize(
    ("priority", "priority_class", "critical"),
    [
        (None, None, False),
        (1_999_999_999, "mine", False),
        (2_000_000_000, None, True),
        (None, "system-cluster-critical", True),
        (None, "system-node-critical", True),
        (None, "high", False),
    ],
)
def test_critical_pods(priority: int | None, priority_class: str | None, critical: bool) -> None:
    assert Pod([], priority=priority, priority_class=priority_class).critical is critical


AMOUNTS = st.dictionaries(st.sampled_from(["cpu", "memory", "ephemeral-storage"]), st.integers(0, 10**6))
CONTAINERS = st.lists(
    st.builds(Container, st.just("c"), st.builds(Resources, AMOUNTS, AMOUNTS), sidecar=st.booleans()), max_size=4
)


@given(CONTAINERS, CONTAINERS)
def test_the_sum_is_at_least_every_container_and_what_runs(containers: list[Container], init: list[Container]) -> None:
    pod = Pod(containers, init)
    together = container_sum(pod, "requests")
    for name in ("cpu", "memory"):
        running = sum(c.resources.requests.get(name, 0) for c in [*containers, *(i for i in init if i.sidecar)])
        assert together.get(name, 0) >= running
        for container in pod.all_containers:
            assert together.get(name, 0) >= container.resources.requests.get(name, 0)


@given(CONTAINERS)
def test_defaulting_is_idempotent(containers: list[Container]) -> None:
    once = Pod(containers).defaulted(ANY)
    twice = once.defaulted(ANY)
    assert [c.resources for c in once.containers] == [c.resources for c in twice.containers]
