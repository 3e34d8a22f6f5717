"""What is refused, by whom, at which moment and over which keys."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from spmlint.answer import SPARK_VERSIONS, V3_4, V3_5, V4_0, V4_1, Opaque, World, explore
from spmlint.spark.formula import Written
from spmlint.spark.java_options import split_options
from spmlint.spark.model import Model
from spmlint.spark.refusals import CHECKS, refusal, refusals, refused_entries, refused_sql, yarn_fits
from spmlint.spark.submission import driver_xmx


def test_every_validation_is_sparks(models):
    for model, answer in models("validate"):
        assert (model.refusal("validate") is None) == (answer is not False), (model.conf._values, answer)


def test_every_launch_is_sparks(models):
    for model, answer in models("launcher", mode="client"):
        assert (model.refusal("launcher") is None) == (answer is not False), (model.conf._values, answer)
        if answer:
            assert driver_xmx(model.conf) == answer


@pytest.mark.oracle
def test_the_stored_answers_are_what_a_release_says_today(configurations, commands):
    """Reads the sources of tests/generate by path: the tests are no package."""
    path = Path(__file__).parents[1] / "generate" / "model_golden.py"
    spec = importlib.util.spec_from_file_location("model_golden", path)
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    stored = [*configurations, *commands]
    drawn = [request for part in generate.requests() for request in part]
    assert drawn == [request for request, _ in stored]
    answers = generate.answers(generate.spark_jars.RELEASES[V3_5], drawn)
    assert answers == [answer[V3_5] for _, answer in stored]


def test_a_check_is_known_by_its_name_and_who_refuses():
    pairs = [(check.name, check.by) for check in CHECKS]
    assert len(set(pairs)) == len(pairs)
    with pytest.raises(KeyError):
        refusal("nonsense", Model(Written({}), World()))


# by, check, moment, the keys, the world, the settings
KNOWN = [
    (
        "spark",
        "validate",
        "start",
        ("spark.executor.extraJavaOptions", "spark.executor.memory"),
        {},
        {"spark.executor.extraJavaOptions": "-Dfoo=-Xmx"},
    ),
    (
        "spark",
        "validate",
        "start",
        ("spark.executor.heartbeatInterval", "spark.network.timeout"),
        {},
        {"spark.executor.heartbeatInterval": "10s", "spark.network.timeout": "10500ms"},
    ),
    (
        "spark",
        "heartbeat",
        "start",
        ("spark.network.timeout", "spark.network.timeoutInterval"),
        {},
        {"spark.network.timeout": "30s"},
    ),
    ("spark", "umm_executor", "start", ("spark.executor.memory",), {}, {"spark.executor.memory": "449m"}),
    ("jvm", "umm_executor", "start", ("spark.executor.memory",), {}, {"spark.executor.memory": "460m"}),
    ("jvm", "launcher", "launch", ("spark.driver.memory",), {"mode": "client"}, {"spark.driver.memory": "4gb"}),
    ("jvm", "launcher", "launch", ("spark.driver.memory",), {}, {"spark.driver.memory": "4096"}),
    (
        "spark",
        "launcher",
        "launch",
        ("spark.driver.extraJavaOptions", "spark.driver.memory"),
        {},
        {"spark.driver.extraJavaOptions": "-Xss4m -Xmx4g"},
    ),
    ("spark", "submit", "submit", ("spark.driver.memory",), {}, {"spark.driver.memory": "4.5g"}),
    ("spark", "submit", "submit", ("spark.executor.instances",), {}, {"spark.executor.instances": "0"}),
    (
        "spark",
        "submit",
        "submit",
        ("spark.submit.deployMode", "spark.master"),
        {"manager": "standalone", "language": "python"},
        {"spark.master": "spark://h:7077"},
    ),
    ("spark", "tasks", "start", ("spark.task.cpus", "spark.executor.cores"), {}, {"spark.task.cpus": "2"}),
    ("spark", "driver_pod", "submit", ("spark.kubernetes.container.image",), {}, {"spark.master": "k8s://https://x"}),
    (
        "spark",
        "driver_pod",
        "submit",
        (
            "spark.kubernetes.driver.volumes.nfs.a.options.server",
            "spark.kubernetes.driver.volumes.nfs.a.mount.path",
        ),
        {},
        {
            "spark.kubernetes.driver.volumes.nfs.a.mount.path": "/a",
            "spark.kubernetes.driver.volumes.nfs.a.options.path": "/",
        },
    ),
    (
        "kubernetes",
        "driver_pod",
        "submit",
        ("spark.kubernetes.driver.limit.cores", "spark.kubernetes.driver.request.cores"),
        {},
        {"spark.kubernetes.driver.limit.cores": "500m"},
    ),
    (
        "spark",
        "executor_pod",
        "start",
        ("spark.kubernetes.executor.limit.cores", "spark.kubernetes.executor.request.cores"),
        {"version": V4_1},
        {"spark.kubernetes.executor.limit.cores": "500m"},
    ),
    (
        "kubernetes",
        "executor_pod",
        "start",
        ("spark.kubernetes.executor.limit.cores", "spark.kubernetes.executor.request.cores"),
        {"version": V3_5},
        {"spark.kubernetes.executor.limit.cores": "500m"},
    ),
    (
        "spark",
        "dynalloc",
        "start",
        ("spark.dynamicAllocation.minExecutors", "spark.dynamicAllocation.maxExecutors"),
        {},
        {
            "spark.dynamicAllocation.enabled": "true",
            "spark.dynamicAllocation.minExecutors": "5",
            "spark.dynamicAllocation.maxExecutors": "2",
        },
    ),
    (
        "spark",
        "profile",
        "start",
        ("spark.memory.offHeap.size", "spark.memory.offHeap.enabled"),
        {"manager": "yarn"},
        {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "2048"},
    ),
    ("spark", "kryo", "start", ("spark.kryoserializer.buffer.max",), {}, {"spark.kryoserializer.buffer.max": "2048m"}),
    ("spark", "codec", "start", ("spark.io.compression.codec",), {}, {"spark.io.compression.codec": "gzip"}),
    ("emr", "emr_options", "submit", ("spark.master",), {"manager": "emr-serverless"}, {"spark.master": "yarn"}),
]


@pytest.mark.parametrize(("by", "check", "moment", "keys", "where", "settings"), KNOWN)
def test_known_refusals(world_of, by, check, moment, keys, where, settings):
    world = world_of(**{"version": V3_5, **where})
    model = Model(Written(settings), world)
    found = refusal(check, model, by)
    assert found is not None
    assert (found.by, found.check, found.moment, found.keys) == (by, check, moment, keys)
    assert any((other.by, other.check) == (by, check) for other in refusals(model))


def test_a_sound_configuration_is_not_refused(world_of):
    sound = {
        "spark.driver.memory": "4g",
        "spark.executor.memory": "8g",
        "spark.executor.cores": "4",
        "spark.memory.offHeap.enabled": "true",
        "spark.memory.offHeap.size": "2g",
        "spark.sql.shuffle.partitions": "400",
    }
    for version in SPARK_VERSIONS:
        for manager in ("kubernetes", "yarn", "standalone", "emr-serverless"):
            assert list(refusals(Model(Written(sound), world_of(version, manager)), yarn_maximum_mib=65536)) == []


def test_yarn_refuses_what_does_not_fit(world_of):
    world = world_of(V3_5, "yarn")
    model = Model(Written({"spark.executor.memory": "8g"}), world)
    assert yarn_fits(model, 9011) is None
    assert yarn_fits(model, 9010).keys == ("spark.executor.memory", "spark.executor.memoryOverhead")
    assert yarn_fits(Model(Written({"spark.driver.memory": "20g"}), world), 9010).keys[0] == "spark.driver.memory"
    assert yarn_fits(Model(Written({"spark.executor.memory": "x"}), world), 1) is None


def test_each_wrong_entry_is_told_by_itself(world_of):
    conf = Written(
        {"spark.executor.memory": "4.5g", "spark.task.cpus": "two", "spark.unknown": "x", "spark.app.name": "x"}
    )
    assert [found.keys for found in refused_entries(Model(conf, world_of(V3_5)))] == [
        ("spark.executor.memory",),
        ("spark.task.cpus",),
    ]


def test_a_removed_sql_key_may_keep_its_old_default(world_of):
    key = "spark.sql.fromJsonForceNullableSchema"
    assert list(refused_sql(Model(Written({key: "true"}), world_of(V3_5)))) == []
    assert [found.keys for found in refused_sql(Model(Written({key: "false"}), world_of(V3_5)))] == [(key,)]


class Hidden:
    """Settings of which one cannot be read."""

    def __init__(self, values):
        self.values = values

    def get(self, key):
        if key == "spark.executor.cores":
            raise Opaque("a template hole")
        return self.values.get(key)

    def keys(self):
        return list(self.values)

    def keys_with(self, prefix):
        return [key for key in self.values if key.startswith(prefix)]


def test_a_hole_hides_only_what_needs_it(world_of):
    conf = Hidden({"spark.executor.memory": "4.5g", "spark.executor.cores": "?"})
    found = []
    with pytest.raises(Opaque):
        found.extend(each.check for each in _kept(refusals(Model(conf, world_of(V3_5))), found))
    assert {"entries", "umm_executor", "umm_driver"} <= set(found)


def _kept(iterator, found):
    for each in iterator:
        found.append(each.check)
        yield each


def test_an_interval_of_releases_gives_what_its_releases_give(configurations, world_of):
    for request, _ in configurations[::25]:
        conf, seen = Written(request["conf"]), {}
        whole = world_of(V3_5, "kubernetes", request["mode"], request["language"]).narrowed(
            "Spark version", SPARK_VERSIONS
        )

        def run(world, conf=conf, seen=seen):
            told = [(found.by, found.check, found.keys) for found in refusals(Model(conf, world))]
            seen.update(dict.fromkeys(world.spark.options, told))

        list(explore(whole, run))
        for version in SPARK_VERSIONS:
            alone = refusals(Model(conf, world_of(version, "kubernetes", request["mode"], request["language"])))
            assert seen[version] == [(found.by, found.check, found.keys) for found in alone]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-Da=b  -Xmx1g", ["-Da=b", "-Xmx1g"]),
        ("-Da='b c' \"-Xmx1g\"", ["-Da=b c", "-Xmx1g"]),
        ("'' \"\"", ["", ""]),
        ('-Da=\\"b -Xb\\ c', ['-Da="b', "-Xb c"]),
        ("-Da='\\'", ["-Da=\\"]),
        ("", []),
    ],
)
def test_java_options_are_split_as_the_launcher_does(text, words):
    assert split_options(text) == words


@pytest.mark.parametrize("text", ["-Da='b", '-Da="b', "-Da=\\"])
def test_java_options_without_an_end(text):
    with pytest.raises(ValueError, match="has no end"):
        split_options(text)


def test_xmx_inside_another_option_was_refused_until_3_5(world_of):
    conf = Written({"spark.driver.extraJavaOptions": "-Dx=-Xmx2g"})
    assert refusal("launcher", Model(conf, world_of(V3_4))) is not None
    assert refusal("launcher", Model(conf, world_of(V4_0))) is None
