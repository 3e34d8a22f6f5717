"""LimitRanges: what they fill in and what they refuse."""

from __future__ import annotations

import pytest

from spmlint.answer import KUBERNETES_VERSIONS, Versions
from spmlint.kubernetes.limit_range import CONTAINER, POD, LimitRangeItem, violations, with_defaults
from spmlint.kubernetes.qos import BURSTABLE, GUARANTEED, qos_class
from spmlint.kubernetes.resources import Container, Pod, Resources

ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)


def item(**fields: dict[str, str]) -> LimitRangeItem:
    return LimitRangeItem.parse(CONTAINER, fields)


def spark(cpu: str = "1") -> Pod:
    resources = Resources.parse({"memory": "4Gi", "cpu": cpu}, {"memory": "4Gi"})
    return Pod([Container("spark", resources)]).defaulted(ANY)


def broken(pod: Pod, *items: LimitRangeItem) -> list[tuple[str | None, str, str, str]]:
    return [(v.container, v.resource, v.constraint, v.kind) for v in violations(pod, [items])]


@pytest.mark.parametrize(
    ("fields", "default", "default_request"),
    [
        ({"max": {"cpu": "2"}}, 2000, 2000),
        ({"min": {"cpu": "1"}}, None, 1000),
        ({"max": {"cpu": "4"}, "min": {"cpu": "1"}}, 4000, 4000),
        ({"max": {"cpu": "4"}, "default": {"cpu": "2"}}, 2000, 2000),
        ({"default": {"cpu": "2"}, "defaultRequest": {"cpu": "500m"}}, 2000, 500),
        ({"defaultRequest": {"cpu": "500m"}}, None, 500),
        ({"min": {"cpu": "1"}, "defaultRequest": {"cpu": "2"}}, None, 2000),
    ],
)
def test_an_item_is_defaulted_itself(
    fields: dict[str, dict[str, str]], default: int | None, default_request: int | None
) -> None:
    defaulted = item(**fields)
    assert (defaulted.default.get("cpu"), defaulted.default_request.get("cpu")) == (default, default_request)


def test_a_bare_maximum_gives_an_executor_a_cpu_limit_and_may_make_it_guaranteed() -> None:
    assert qos_class(spark(), ANY) == BURSTABLE
    for maximum, expected in (("1", GUARANTEED), ("2", BURSTABLE)):
        pod = with_defaults(spark(), [(item(max={"cpu": maximum}),)])
        assert pod.containers[0].resources.limits["cpu"] == int(maximum) * 1000
        assert qos_class(pod, ANY) == expected


def test_defaults_fill_gaps_only_and_reach_init_containers() -> None:
    pod = Pod(spark().containers, [Container("init", Resources())])
    filled = with_defaults(pod, [(item(default={"memory": "1Gi"}, defaultRequest={"memory": "512Mi"}),)])
    assert filled.containers[0].resources == pod.containers[0].resources
    assert filled.init_containers[0].resources == Resources.parse({"memory": "512Mi"}, {"memory": "1Gi"})


def test_a_container_with_a_limit_only_keeps_its_request() -> None:
    pod = Pod([Container("main", Resources.parse(limits={"memory": "4Gi"}))]).defaulted(ANY)
    filled = with_defaults(pod, [(item(defaultRequest={"memory": "1Gi"}),)])
    assert filled.containers[0].resources.memory_request == 4 * 2**30


def test_of_several_the_last_item_and_the_first_object_win() -> None:
    pod = Pod([Container("main", Resources())])
    one, two = item(default={"cpu": "1"}), item(default={"cpu": "2"})
    assert with_defaults(pod, [(one, two)]).containers[0].resources.limits == {"cpu": 2000}
    assert with_defaults(pod, [(one,), (two,)]).containers[0].resources.limits == {"cpu": 1000}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ({"max": {"memory": "4Gi"}}, []),
        ({"max": {"memory": "4095Mi"}}, [("spark", "memory", "max", "limit")]),
        ({"min": {"memory": "4Gi"}}, []),
        ({"min": {"memory": "4097Mi"}}, [("spark", "memory", "min", "request")]),
        ({"max": {"cpu": "4"}}, [("spark", "cpu", "max", "limit")]),  # no limit, and no default was filled in
        ({"min": {"ephemeral-storage": "1Gi"}}, [("spark", "ephemeral-storage", "min", "request")]),
        ({"maxLimitRequestRatio": {"memory": "1"}}, []),
        ({"maxLimitRequestRatio": {"cpu": "2"}}, [("spark", "cpu", "maxLimitRequestRatio", "limit")]),
    ],
)
def test_constraints(constraint: dict[str, dict[str, str]], expected: list[tuple[str, str, str, str]]) -> None:
    assert broken(spark(), item(**constraint)) == expected


@pytest.mark.parametrize(("limit", "fits"), [("6Gi", True), ("6145Mi", False)])
def test_the_ratio_is_exact(limit: str, fits: bool) -> None:
    pod = Pod([Container("main", Resources.parse({"memory": "4Gi"}, {"memory": limit}))])
    found = list(violations(pod, [(item(maxLimitRequestRatio={"memory": "1.5"}),)]))
    assert (found == []) is fits
    assert all((v.kind, v.amount, v.bound) == ("ratio", 1500, 1500) for v in found)


def test_a_limit_above_the_maximum_is_a_request_above_it_where_no_limit_is_in_the_way() -> None:
    pod = Pod([Container("main", Resources.parse({"cpu": "3"}, {"cpu": "2"}))])
    assert broken(pod, item(max={"cpu": "2"})) == [("main", "cpu", "max", "request")]
    assert broken(pod, item(min={"cpu": "2500m"})) == [("main", "cpu", "min", "limit")]


def test_items_of_type_pod_see_the_sum_and_fill_nothing_in() -> None:
    total = LimitRangeItem.parse(POD, {"max": {"memory": "8Gi"}})
    two, three = (Pod(spark().containers * count) for count in (2, 3))
    assert broken(two, total) == []
    assert broken(three, total) == [(None, "memory", "max", "limit")]
    assert with_defaults(two, [(total,)]).containers[0].resources == two.containers[0].resources
    assert broken(three, LimitRangeItem.parse("PersistentVolumeClaim", {"max": {"memory": "1"}})) == []
