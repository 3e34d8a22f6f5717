"""Versions and choices answer or split; worlds are explored once each and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import (
    CLIENT,
    CLUSTER,
    EMR_ON_EC2,
    EMR_ON_EKS,
    EMR_SERVERLESS,
    KUBERNETES,
    PLATFORMS,
    PYTHON,
    SPARK_VERSIONS,
    V3_3,
    V3_4,
    V4_0,
    V4_2,
    YARN,
    Opaque,
    Split,
    Versions,
    World,
    describe,
    explore,
    parse_version,
)

versions = st.sampled_from(SPARK_VERSIONS)


@given(st.lists(versions, min_size=1, unique=True).map(sorted), versions)
def test_an_interval_answers_like_each_of_its_versions_or_splits(options, asked):
    interval = Versions("Spark version", options)
    answers = {option >= asked for option in options}
    if len(answers) == 1:
        assert (interval >= asked) is answers.pop()
    else:
        with pytest.raises(Split) as split:
            assert interval >= asked
        assert split.value.yes == tuple(v for v in options if v >= asked)
        assert split.value.no == tuple(v for v in options if v < asked)


def test_a_known_version_never_splits():
    known = World().with_spark((3, 4)).spark
    assert known >= V3_4
    assert not known < V3_4
    assert known <= V3_4
    assert known > V3_3
    assert known == V3_4
    assert known != V4_0


def test_a_version_outside_the_model_answers_nothing():
    unknown = World().with_spark((2, 4)).spark
    with pytest.raises(Opaque, match="outside"):
        assert unknown >= V3_4


def test_the_manager_is_a_view_of_the_platform():
    world = World().with_manager(YARN)
    assert world.options("platform") == (YARN, EMR_ON_EC2)
    assert world.manager == YARN
    with pytest.raises(Split):
        assert world.platform == YARN
    assert World().with_manager(KUBERNETES).options("platform") == (KUBERNETES, EMR_ON_EKS)
    assert World().manager.known is None


def test_explore_visits_every_distinguishable_world_once():
    seen = []

    def run(world):
        label = "new" if world.spark >= V4_0 else "old"
        if world.manager == YARN:
            label += " yarn" + (" client" if world.mode == CLIENT else "")
        seen.append(label)

    worlds = list(explore(World(), run))
    assert sorted(seen) == sorted(["new", "new yarn", "new yarn client", "old", "old yarn", "old yarn client"])
    assert len(worlds) == len(seen)


def test_explore_does_not_split_what_nobody_asks():
    assert len(list(explore(World(), lambda world: None))) == 1


def test_single_takes_one_option_at_a_time():
    seen = []
    list(explore(World(), lambda world: seen.append(world.spark.single())))
    assert sorted(seen) == list(SPARK_VERSIONS)


def test_too_many_worlds_are_given_up():
    def run(world):
        for question in (world.spark, world.platform, world.mode, world.language, world.kubernetes):
            question.single()

    with pytest.raises(Opaque, match="too many"):
        list(explore(World(), run, limit=20))


def test_worlds_are_named_by_what_tells_them_apart():
    whole = World()
    old = whole.narrowed("Spark version", SPARK_VERSIONS[:3])
    assert describe([old], whole) == "Spark 3.1 to 3.3"
    assert describe([whole.narrowed("platform", (EMR_SERVERLESS,))], whole) == "on EMR Serverless"
    assert describe([whole.with_spark(V4_2).narrowed("deploy mode", (CLUSTER,))], whole) == "Spark 4.2, in cluster mode"
    assert describe([whole.narrowed("language", (PYTHON,))], whole) == "for a job in Python"
    assert describe([whole], whole) == ""
    assert describe([whole.narrowed("platform", (KUBERNETES, EMR_ON_EKS))], whole) == "on Kubernetes"
    assert (
        describe([whole.narrowed("platform", PLATFORMS[:3] + PLATFORMS[4:])], whole) == "everywhere but in local mode"
    )


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("3.5.1", (3, 5)),
        ("v4.0", (4, 0)),
        ("3.5.0-amzn-1", (3, 5)),
        ("3", None),
        ("", None),
        ("latest", None),
        ("3.x", None),
    ],
)
def test_parse_version(text, version):
    assert parse_version(text) == version


def test_questions_pass_through_except_exception():
    for question in (Opaque, Split):
        assert not issubclass(question, Exception)
