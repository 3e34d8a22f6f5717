"""The memory map of one job as plain data."""

from __future__ import annotations

import json

import pytest

from spmlint.answer import V3_5, Opaque, Split, World
from spmlint.spark.footprint import footprint


def test_the_whole_object(world_of):
    conf = {"spark.driver.memory": "1g", "spark.executor.memory": "4g", "spark.executor.cores": "2"}
    made = footprint(conf, world_of(V3_5, language="python"), spark_version="3.5.9").to_dict()
    heap_1g = {
        "reserved": 314572800,
        "user": 303667610,
        "spark": 455501414,
        "storage": 227750707,
        "execution": 227750707,
    }
    assert made.pop("executor") == {
        "heap_mib": 4096,
        "overhead_mib": 1638,
        "container_mib": 5734,
        "regions": {
            "reserved": 314572800,
            "user": 1592157799,
            "spark": 2388236697,
            "storage": 1194118348,
            "execution": 1194118349,
        },
        "cpu_request": "2",
        "cpu_limit": None,
        "tmpfs": False,
        "qos": "Burstable",
        "swap": False,
        "off_heap_mib": 0,
        "pyspark_mib": 0,
        "tasks": 2,
    }
    assert made == {
        "manager": "kubernetes",
        "deploy_mode": "cluster",
        "language": "python",
        "spark_version": "3.5.9",
        "driver": {
            "heap_mib": 1024,
            "overhead_mib": 409,
            "container_mib": 1433,
            "regions": heap_1g,
            "cpu_request": "1",
            "cpu_limit": None,
            "tmpfs": False,
            "qos": "Burstable",
            "swap": False,
        },
        "executors": {"initial": 2, "minimum": 0, "maximum": None, "dynamic": False},
        "refusals": [],
    }


def test_what_is_refused_is_null(world_of):
    made = footprint({"spark.executor.memory": "449m", "spark.task.cpus": "2"}, world_of(V3_5)).to_dict()
    assert made["executor"]["container_mib"] == 449 + 384
    assert made["executor"]["tasks"] is None
    assert set(made["executor"]["regions"].values()) == set(made["driver"]["regions"].values()) == {None}
    assert {(found["by"], found["check"]) for found in made["refusals"]} == {
        ("spark", "umm_driver"),
        ("spark", "umm_executor"),
        ("spark", "tasks"),
    }


def test_a_pod_that_is_never_built_has_no_numbers(world_of):
    made = footprint({"spark.driver.memory": "x", "spark.executor.memory": "4g"}, world_of(V3_5)).to_dict()
    assert made["driver"]["heap_mib"] is None
    assert made["driver"]["container_mib"] is made["executor"]["container_mib"] is made["executor"]["qos"] is None
    assert made["executor"]["heap_mib"] == 4096


@pytest.mark.parametrize("manager", ["kubernetes", "yarn", "standalone"])
def test_nobody_is_asked_for_a_driver_in_client_mode(world_of, manager):
    made = footprint({}, world_of(V3_5, manager, "client")).to_dict()
    assert (made["driver"]["heap_mib"], made["driver"]["container_mib"], made["driver"]["overhead_mib"]) == (
        1024,
        None,
        None,
    )


def test_guaranteed_pods_limit_what_they_request(world_of):
    conf = {"spark.kubernetes.executor.request.cores": "1500m", "spark.kubernetes.executor.limit.cores": "1.5"}
    assert footprint(conf, world_of(V3_5)).executor["qos"] == "Guaranteed"


def test_yarn_without_pods(world_of):
    made = footprint({}, world_of(V3_5, "yarn"), yarn_maximum_allocation_mib=1000).to_dict()
    assert made["executor"]["qos"] is made["executor"]["swap"] is None
    assert [found["check"] for found in made["refusals"]] == ["yarn_fits"]


def test_tmpfs_is_the_declared_directory_where_there_is_one(world_of):
    conf = {
        "spark.kubernetes.local.dirs.tmpfs": "true",
        "spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path": "/d",
    }
    made = footprint(conf, world_of(V3_5))
    assert made.driver["tmpfs"] is True
    assert made.executor["tmpfs"] is False


def test_a_hole_is_null_and_only_where_it_counts(world_of):
    class Hidden:
        def get(self, key):
            if key == "spark.executor.cores":
                raise Opaque("a template hole")
            return {"spark.executor.memory": "4g"}.get(key)

        def keys(self):
            return ["spark.executor.memory", "spark.executor.cores"]

        def keys_with(self, prefix):
            return [key for key in self.keys() if key.startswith(prefix)]

    made = footprint(Hidden(), world_of(V3_5))
    assert made.executor["container_mib"] == 4505
    assert made.executor["tasks"] is made.executor["cpu_request"] is None


def test_an_open_question_is_the_callers():
    with pytest.raises(Split):
        footprint({}, World().with_spark(V3_5))


def test_every_footprint_is_plain_json_and_agrees_with_spark(configurations, world_of):
    for request, answers in configurations[::3]:
        for version, answer in answers.items():
            world = world_of(version, "kubernetes", "cluster", request["language"])
            made = footprint(request["conf"], world).to_dict()
            json.dumps(made, allow_nan=False)
            pod = answer["driver_pod"]
            assert made["driver"]["container_mib"] == (int(pod[0].removesuffix("Mi")) if pod else None)
            pod = answer.get("executor_pod")
            assert made["executor"]["container_mib"] == (int(pod[0].removesuffix("Mi")) if pod else None)
            assert made["executor"]["tasks"] == (answer["tasks"][0] if answer["tasks"] else None)
            refused = {found["check"] for found in made["refusals"] if found["by"] == "spark"}
            for step in ("validate", "umm_driver", "umm_executor", "tasks", "dynalloc", "driver_pod", "launcher"):
                assert (step in refused) == (answer[step] is False), (request, version, step)
