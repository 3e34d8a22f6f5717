"""The QoS class: the cases of the fact sheet, and what must hold of every pod."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import KUBERNETES_VERSIONS, Split, Versions
from spmlint.kubernetes.qos import BEST_EFFORT, BURSTABLE, GUARANTEED, empty_level_decides, qos_class, spoilers
from spmlint.kubernetes.resources import Container, Pod, Resources

ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)
V1_33, V1_34, V1_36, V1_37 = (Versions("Kubernetes version", [(1, minor)]) for minor in (33, 34, 36, 37))

SPARK = Resources.parse({"memory": "4505Mi", "cpu": "1"}, {"memory": "4505Mi"})
SPARK_LIMITED = Resources.parse({"memory": "4505Mi", "cpu": "1"}, {"memory": "4505Mi", "cpu": "1"})
SIDECAR = Resources.parse({"memory": "128Mi", "cpu": "100m"}, {"memory": "1Gi", "cpu": "2"})


def pod(*resources: Resources, init: tuple[Resources, ...] = (), level: Resources | None = None) -> Pod:
    return Pod(
        (Container(f"c{i}", each) for i, each in enumerate(resources)),
        (Container(f"i{i}", each) for i, each in enumerate(init)),
        resources=level,
    )


def test_a_stock_executor_is_burstable_and_one_with_an_equal_cpu_limit_guaranteed() -> None:
    assert qos_class(pod(SPARK), ANY) == BURSTABLE
    assert qos_class(pod(SPARK_LIMITED), ANY) == GUARANTEED


def test_one_container_without_limits_spoils_it() -> None:
    assert qos_class(pod(SPARK_LIMITED, SIDECAR), ANY) == BURSTABLE
    assert qos_class(pod(SPARK_LIMITED, init=(Resources(),)), ANY) == BURSTABLE
    assert [c.name for c in spoilers(pod(SPARK_LIMITED, SIDECAR, init=(Resources(),)))] == ["c1", "i0"]
    assert spoilers(pod(SPARK_LIMITED, SPARK_LIMITED)) == []


def test_only_cpu_and_memory_count() -> None:
    gpu = Resources.parse({"nvidia.com/gpu": "1", "ephemeral-storage": "1Gi"}, {"nvidia.com/gpu": "1"})
    assert qos_class(pod(gpu), ANY) == BEST_EFFORT
    guaranteed = Resources({**SPARK_LIMITED.requests, **gpu.requests}, {**SPARK_LIMITED.limits, **gpu.limits})
    assert qos_class(pod(guaranteed), ANY) == GUARANTEED


def test_zero_is_absent() -> None:
    zero = Resources.parse({"cpu": "0", "memory": "1Gi"}, {"cpu": "1", "memory": "1Gi"})
    assert qos_class(pod(zero), ANY) == BURSTABLE
    assert qos_class(pod(Resources.parse({"cpu": "0", "memory": "0"}, {"memory": "0"})), ANY) == BEST_EFFORT


def test_memory_alone_is_burstable_whatever_it_says() -> None:
    assert qos_class(pod(Resources.parse({"memory": "1Gi"}, {"memory": "1Gi"})), ANY) == BURSTABLE


def test_overhead_does_not_count() -> None:
    with_overhead = Pod([Container("main", SPARK_LIMITED)], overhead={"memory": 1000})
    assert qos_class(with_overhead, ANY) == GUARANTEED


@pytest.mark.parametrize(
    ("version", "expected"), [(V1_33, GUARANTEED), (V1_34, BEST_EFFORT), (V1_36, BEST_EFFORT), (V1_37, GUARANTEED)]
)
def test_empty_pod_level_resources_make_best_effort_from_1_34_to_1_36(version: Versions, expected: str) -> None:
    empty = pod(SPARK_LIMITED, level=Resources())
    assert qos_class(empty, version) == expected
    assert empty_level_decides(empty, version) is (expected == BEST_EFFORT)


def test_the_trap_splits_where_the_release_is_unknown_and_asks_nothing_without_the_field() -> None:
    with pytest.raises(Split):
        empty_level_decides(pod(SPARK, level=Resources()), ANY)
    assert empty_level_decides(pod(SPARK), ANY) is False
    assert empty_level_decides(pod(SPARK, level=SPARK), ANY) is False


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (Resources.parse({"cpu": "1", "memory": "1Gi"}), BURSTABLE),  # requests alone never guarantee
        (Resources.parse({"cpu": "1", "memory": "1Gi"}, {"cpu": "1", "memory": "1Gi"}), GUARANTEED),
        (Resources.parse({"cpu": "1", "memory": "1Gi"}, {"cpu": "2", "memory": "1Gi"}), BURSTABLE),
        (Resources.parse({"memory": "1Gi"}, {"memory": "1Gi"}), BURSTABLE),
        (Resources.parse({"hugepages-2Mi": "4Mi"}, {"hugepages-2Mi": "4Mi"}), BEST_EFFORT),
    ],
)
def test_pod_level_resources_decide_alone(level: Resources, expected: str) -> None:
    for container in (SPARK_LIMITED, SPARK, Resources()):
        assert qos_class(pod(container, level=level), V1_36) == expected


def test_pod_level_resources_are_nothing_before_1_34() -> None:
    assert qos_class(pod(SPARK_LIMITED, level=Resources.parse({"cpu": "1"})), V1_33) == GUARANTEED


POSITIVE = st.integers(1, 10**9)
FULL = st.fixed_dictionaries({"cpu": POSITIVE, "memory": POSITIVE})
EQUAL = FULL.map(lambda amounts: Resources(dict(amounts), dict(amounts)))
PARTIAL = st.dictionaries(st.sampled_from(["cpu", "memory", "ephemeral-storage"]), st.integers(0, 10**9))
RESOURCES = st.builds(Resources, PARTIAL, PARTIAL)


@given(st.lists(EQUAL, min_size=1, max_size=4), st.lists(EQUAL, max_size=3))
def test_equal_limits_everywhere_guarantee(containers: list[Resources], init: list[Resources]) -> None:
    assert qos_class(pod(*containers, init=tuple(init)), ANY) == GUARANTEED


@given(st.lists(RESOURCES, max_size=3), PARTIAL)
def test_a_container_without_limits_never_leaves_a_pod_guaranteed(
    containers: list[Resources], requests: dict[str, int]
) -> None:
    assert qos_class(pod(*containers, Resources(requests)), ANY) != GUARANTEED
    assert qos_class(pod(*containers, init=(Resources(requests),)), ANY) != GUARANTEED


@given(st.lists(RESOURCES, min_size=1, max_size=4))
def test_adding_a_container_never_makes_a_pod_better_than_burstable_or_best_effort_again(
    containers: list[Resources],
) -> None:
    fewer, more = qos_class(pod(*containers[:-1]), ANY), qos_class(pod(*containers), ANY)
    if fewer == BURSTABLE:
        assert more != BEST_EFFORT
    if more == BEST_EFFORT:
        assert fewer == BEST_EFFORT


@given(st.lists(RESOURCES, min_size=1, max_size=4))
def test_a_valid_pod_without_spoilers_is_guaranteed_and_the_reverse(containers: list[Resources]) -> None:
    # The API server refuses a request above its limit; among the pods it accepts, sums are equal only where each is.
    valid = [Resources({n: min(a, c.limits.get(n, a)) for n, a in c.requests.items()}, c.limits) for c in containers]
    whole = pod(*valid)
    assert (qos_class(whole, ANY) == GUARANTEED) is (spoilers(whole) == [])


@given(st.lists(RESOURCES, max_size=4))
def test_the_order_of_containers_does_not_matter(containers: list[Resources]) -> None:
    assert qos_class(pod(*containers), ANY) == qos_class(pod(*reversed(containers)), ANY)
