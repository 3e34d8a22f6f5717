"""The number of executors and the tasks of each, as Spark computes them."""

from __future__ import annotations

import pytest

from spmlint.answer import EMR_ON_EC2, V3_3, V3_5, V4_3
from spmlint.spark.entries import Refused
from spmlint.spark.executors import check_dynamic_allocation, check_initial_executors, executors
from spmlint.spark.formula import Written
from spmlint.spark.model import Model
from spmlint.spark.profile import task_slots

DYNAMIC = {"spark.dynamicAllocation.enabled": "true"}


def test_every_start_of_dynamic_allocation_is_sparks(models):
    seen = 0
    for model, answer in models("dynalloc"):
        assert (model.refusal("dynalloc") is None) == (answer is not False), (model.conf._values, answer)
        if answer:
            made = model.executors()
            assert (made.initial, made.dynamic) == (answer[0], True)
            seen += 1
    assert seen > 200


def test_every_count_of_tasks_is_sparks(models):
    seen = 0
    for model, answer in models("tasks"):
        assert (model.refusal("tasks") is None) == (answer is not False), (model.conf._values, answer)
        if answer:
            made = model.task_slots()
            assert [made.tasks, made.limiting] == answer
            seen += 1
    assert seen > 1500


@pytest.mark.parametrize(
    ("manager", "conf", "expected"),
    [
        ("kubernetes", {}, (2, 0, None, False)),
        ("yarn", {"spark.executor.instances": "7"}, (7, 0, None, False)),
        ("standalone", {"spark.executor.instances": "7"}, (None, 0, None, False)),
        ("local", {}, (0, 0, None, False)),
        ("local", DYNAMIC, (0, 0, None, False)),
        ("emr-serverless", {}, (3, 0, None, True)),
        ("emr-serverless", {"spark.dynamicAllocation.enabled": "false"}, (3, 0, None, False)),
        (EMR_ON_EC2, {}, (0, 0, None, True)),
        (
            "yarn",
            {**DYNAMIC, "spark.executor.instances": "7", "spark.dynamicAllocation.minExecutors": "2"},
            (7, 2, None, True),
        ),
        ("yarn", {**DYNAMIC, "spark.dynamicAllocation.maxExecutors": "9"}, (0, 0, 9, True)),
    ],
)
def test_how_many_executors(world_of, manager, conf, expected):
    made = executors(Written(conf), world_of(V3_5, manager))
    assert (made.initial, made.minimum, made.maximum, made.dynamic) == expected


def test_the_backends_of_yarn_and_kubernetes_check_once_more(world_of):
    conf = Written({**DYNAMIC, "spark.executor.instances": "10", "spark.dynamicAllocation.maxExecutors": "2"})
    for manager in ("kubernetes", "yarn"):
        check_dynamic_allocation(Model(conf, world_of(V3_5, manager)))
        with pytest.raises(Refused, match="10 executors at first, but at most 2") as refused:
            check_initial_executors(Model(conf, world_of(V3_5, manager)))
        assert refused.value.keys == ("spark.dynamicAllocation.maxExecutors", "spark.executor.instances")
    check_initial_executors(Model(conf, world_of(V3_5, "standalone")))


def test_three_executors_at_first_on_emr_serverless(world_of):
    conf = Written({"spark.dynamicAllocation.maxExecutors": "2"})
    with pytest.raises(Refused, match="3 executors at first, but at most 2"):
        check_initial_executors(Model(conf, world_of(V3_5, "emr-serverless")))


def test_shuffle_files_need_a_keeper_before_3_4(world_of):
    with pytest.raises(Refused, match=r"on by default only since 3\.4"):
        check_dynamic_allocation(Model(Written(DYNAMIC), world_of(V3_3)))
    check_dynamic_allocation(Model(Written(DYNAMIC), world_of(V3_5)))


def test_tasks_without_known_cores(world_of):
    slots = task_slots(Written({"spark.task.cpus": "2"}), world_of(V3_5, "standalone"))
    assert (slots.tasks, slots.cores_known) == (1, False)


def test_parts_of_a_core_since_4_3(world_of):
    conf = Written({"spark.task.cpus": "0.25", "spark.executor.cores": "3"})
    assert task_slots(conf, world_of(V4_3)).tasks == 12
    with pytest.raises(Refused):
        task_slots(conf, world_of(V3_5))
