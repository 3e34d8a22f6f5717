"""The containers of each cluster manager, number by number as Spark makes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import EMR_ON_EC2, SPARK_VERSIONS, V3_2, V3_5, V4_0, V4_3, World, explore
from spmlint.spark.containers import DRIVER, EXECUTOR, container, heap_mib
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Written
from spmlint.spark.yarn_containers import application_master


@pytest.mark.parametrize(
    ("step", "role", "mode"),
    [
        ("driver_pod", DRIVER, "cluster"),
        ("executor_pod", EXECUTOR, "cluster"),
        ("client_executor_pod", EXECUTOR, "client"),
    ],
)
def test_every_pod_is_sparks(models, step, role, mode):
    check, seen = f"{role}_pod", 0
    for model, answer in models(step, mode=mode):
        assert (model.refusal(check) is None) == (answer is not False), (model.conf._values, model.refusal(check))
        if answer:
            memory, cpu, in_memory, limit = answer
            made = model.cpu(role)
            assert [f"{model.container(role).container_mib}Mi", made.request, model.tmpfs(role), made.limit] == [
                memory,
                cpu,
                in_memory,
                limit,
            ]
            seen += 1
    assert seen > 1500


def test_every_executor_on_yarn_is_sparks(models):
    seen = 0
    for model, answer in models("profile", "yarn"):
        assert (model.refusal("profile") is None) == (answer is not False), model.conf
        if answer:
            made = model.container(EXECUTOR)
            parts = made.heap_mib, made.overhead_mib, made.off_heap_mib, made.pyspark_mib, made.container_mib
            assert list(parts) == answer
            seen += 1
    assert seen > 1500


def test_every_application_master_is_sparks(models):
    seen = 0
    for model, answer in models("yarn_client", "yarn", None):
        assert (model.refusal("yarn_client") is None) == (answer is not False), model.conf
        if answer:
            made = application_master(model.conf, model.world)
            assert [made.heap_mib, made.overhead_mib] == answer[:2]
            seen += 1
    assert seen > 1500


@pytest.mark.parametrize(
    ("version", "language", "mode", "memory", "expected"),
    [
        (V3_5, "jvm", "cluster", "1g", 1408),
        (V3_5, "python", "cluster", "1g", 1433),
        (V3_5, "python", "cluster", "4g", 5734),
        (V3_5, "python", "client", "4g", 4505),
        (V4_3, "r", "cluster", "12345m", 17283),
        (V3_2, "jvm", "cluster", "12345m", 13579),
    ],
)
def test_known_executor_pods(world_of, version, language, mode, memory, expected):
    conf = Written({"spark.executor.memory": memory})
    assert container(conf, world_of(version, "kubernetes", mode, language), EXECUTOR).container_mib == expected


def test_a_sum_is_told_term_by_term(world_of):
    noted = []
    conf = Written({"spark.executor.memory": "4g", "spark.executor.pyspark.memory": "1g"})
    world = world_of(V3_5, language="python")
    container(conf, world, EXECUTOR, lambda name, value, how: noted.append((name, value, how)))
    assert noted == [
        ("heap", 4096, "spark.executor.memory"),
        ("overhead", 1638, "0.4 x heap: Python or R on Kubernetes"),
        ("PySpark", 1024, "spark.executor.pyspark.memory"),
    ]


def test_standalone_counts_the_heap_alone_and_bare_numbers_as_bytes(world_of):
    conf = Written({"spark.executor.memory": "2048", "spark.executor.memoryOverhead": "1g"})
    assert container(conf, world_of(V3_5, "standalone"), EXECUTOR).container_mib == 0
    assert (
        container(Written({"spark.executor.memory": "2g"}), world_of(V3_5, "standalone"), EXECUTOR).container_mib
        == 2048
    )


def test_a_local_job_asks_nobody(world_of):
    world = world_of(V3_5, "local", "client")
    assert container(Written({}), world, DRIVER) is container(Written({}), world, EXECUTOR) is None
    assert heap_mib(Written({}), world, EXECUTOR) is None


@pytest.mark.parametrize(
    ("conf", "expected"),
    [
        ({}, 14336 + 1433),
        ({"spark.executor.memory": "2g"}, 2048 + 384),
        ({"spark.executor.memory": "8g", "spark.executor.memoryOverhead": "6g"}, 14336),
        ({"spark.executor.memory": "20g", "spark.emr-serverless.memoryOverheadFactor": "0.2"}, 20480 + 4096),
    ],
)
def test_workers_of_emr_serverless(world_of, conf, expected):
    assert container(Written(conf), world_of(V3_5, "emr-serverless"), EXECUTOR).container_mib == expected


def test_emr_on_ec2_has_a_factor_of_its_own(world_of):
    conf = Written({"spark.executor.memory": "4743m"})
    assert container(conf, world_of(V3_5, EMR_ON_EC2), EXECUTOR).container_mib == 5632
    assert container(conf, world_of(V3_5, "yarn"), EXECUTOR).container_mib == 4743 + 474


SIZES = st.integers(0, 1 << 22)
MANAGERS = st.sampled_from(["kubernetes", "yarn", "standalone", "emr-serverless"])


@given(SIZES, SIZES, MANAGERS, st.sampled_from(SPARK_VERSIONS), st.sampled_from(["jvm", "python"]), st.floats(0.01, 3))
def test_more_heap_is_never_a_smaller_container(one, other, manager, version, language, factor):
    world = World().with_spark(version).narrowed("platform", (manager,))
    world = world.narrowed("deploy mode", ("cluster",)).narrowed("language", (language,))
    made = [
        container(
            Written({"spark.executor.memory": f"{heap}m", "spark.executor.memoryOverheadFactor": repr(factor)}),
            world,
            EXECUTOR,
        ).container_mib
        for heap in sorted((one, other))
    ]
    assert made == sorted(made)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "spark.executor.memory",
                "spark.executor.memoryOverhead",
                "spark.executor.minMemoryOverhead",
                "spark.executor.pyspark.memory",
            ]
        ),
        st.sampled_from(["1g", "3000m", "2Gi", "700", "x"]),
    )
)
def test_an_interval_of_releases_gives_what_its_releases_give(settings):
    conf = Written(settings)
    whole = World().narrowed("platform", ("kubernetes", "yarn"))
    found = {}

    def run(world):
        try:
            answer = container(conf, world, EXECUTOR).container_mib
        except Refused:
            answer = None
        for version in world.spark.options:
            for platform in world.platform.options:
                for mode in world.mode.options:
                    for language in world.language.options:
                        found[version, platform, mode, language] = answer

    list(explore(whole, run))
    for (version, platform, mode, language), answer in found.items():
        single = World().with_spark(version).narrowed("platform", (platform,))
        single = single.narrowed("deploy mode", (mode,)).narrowed("language", (language,))
        try:
            assert container(conf, single, EXECUTOR).container_mib == answer
        except Refused:
            assert answer is None
    assert len(found) == 9 * 2 * 2 * 3


def test_a_release_is_only_asked_for_where_it_matters():
    world = World().narrowed("platform", ("kubernetes",)).narrowed("deploy mode", ("client",))
    conf = {"spark.executor.memory": "4g"}
    assert container(Written(conf), world, EXECUTOR).container_mib == 4505
    worlds = list(
        explore(world, lambda w: container(Written({**conf, "spark.executor.minMemoryOverhead": "1g"}), w, EXECUTOR))
    )
    assert [w.spark.options[0] for w in worlds] == [V4_0, SPARK_VERSIONS[0]]
