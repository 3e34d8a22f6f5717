"""The arguments of spark-submit, as launcher and ``SparkSubmitArguments`` read them one behind the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import SPARK_VERSIONS, V3_5, V4_0, World
from spmlint.spark.arguments import CONF, KEY_OF, OPTIONS, SWITCHES, language_of, parse_arguments
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Written
from spmlint.spark.model import Model
from spmlint.spark.submission import check_submission

SPARK = World().with_spark(V4_0).spark

# What SparkSubmitArguments calls the option, and the key it falls back to.
FIELDS = {
    "deployMode": "--deploy-mode",
    "driverCores": "--driver-cores",
    "driverMemory": "--driver-memory",
    "executorCores": "--executor-cores",
    "executorMemory": "--executor-memory",
    "numExecutors": "--num-executors",
    "packages": "--packages",
    "queue": "--queue",
    "totalExecutorCores": "--total-executor-cores",
}


def test_every_command_is_read_as_spark_reads_it(commands, world_of):
    seen = 0
    for request, answers in commands:
        words = request["words"]
        for version, answer in answers.items():
            read, world = parse_arguments(words, World().with_spark(version).spark), world_of(version)
            if read.resource and words[read.resource].endswith(".jar") and read.last("--class") is None:
                continue  # the class is looked for in the jar, which is not there
            conf = {write.key: write.value for write in read.writes() if write.key.startswith("spark.")}
            assert _accepted(read, conf, words, world) == (answer["submit"] is not False), (words, version)
            if not answer["submit"]:
                continue
            told = answer["submit"]
            assert {name: conf.get(KEY_OF[flag]) for name, flag in FIELDS.items()} == {n: told[n] for n in FIELDS}
            assert words[read.resource] == told["primaryResource"]
            assert words[read.rest :] == told["childArgs"]
            named = read.last("--class")
            assert named is None or named.value == told["mainClass"]
            seen += 1
    assert seen > 500


def _accepted(read, conf, words, world):
    if read.problem is not None:
        return False
    proxy, principal = read.last("--proxy-user"), read.last("--principal")
    if proxy and principal:
        return False
    kept = {key: value for key, value in conf.items() if key != "spark.jars.packages"}  # resolved only later
    try:
        check_submission(Model(Written(kept), world))
    except Refused:
        return False
    return True


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\u0085\u2028\u2029"), min_size=1, max_size=12)
SETTING = st.builds("spark.{}={}".format, st.text("abc.", min_size=1, max_size=6), VALUES)
PLAIN = sorted(OPTIONS - {CONF, "--kill", "--status"})


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just(CONF), SETTING, st.sampled_from(["two", "one", "short"])),
            st.tuples(st.sampled_from(PLAIN), VALUES, st.sampled_from(["two", "one"])),
            st.tuples(st.sampled_from(["--verbose", "--supervise", "-v"]), st.none(), st.just("two")),
        ),
        max_size=6,
    ),
    st.lists(VALUES, max_size=3),
)
def test_what_is_written_is_read_back(options, rest):
    words = []
    for name, value, form in options:
        if value is None:
            words.append(name)
        elif form == "one":
            words.append(f"{name}={value}")
        else:
            words += ["-c" if form == "short" else name, value]
    read = parse_arguments([*words, "app.py", *rest], World().with_spark(SPARK_VERSIONS[-1]).spark)
    assert read.problem is None
    assert [(o.name, o.value) for o in read.options] == [("--verbose" if n == "-v" else n, v) for n, v, _ in options]
    assert read.resource == len(words)
    assert read.rest == len(words) + 1
    for option in read.options:
        if option.value is not None:
            assert ([*words, "app.py"])[option.value_word][option.value_offset :] == option.value
    for write in read.writes():
        assert words[write.word][write.value_offset :] == write.value
        assert write.key_offset is None or words[write.word][write.key_offset :].startswith(write.key + "=")


@given(st.lists(st.text(max_size=8) | st.sampled_from([*PLAIN, CONF, "-c", "--x=1", *sorted(SWITCHES)]), max_size=8))
def test_no_words_are_too_strange(words):
    read = parse_arguments(words, SPARK)
    assert (
        read.problem is not None
        or read.resource is not None
        or any(o.value is None or o.name in ("--kill", "--status") for o in read.options)
    )


def last(words):
    return {write.key: write.value for write in parse_arguments([*words, "a.jar"], SPARK).writes()}


def test_a_flag_beats_conf_wherever_it_stands():
    assert last(["--executor-memory", "3g", "--conf", "spark.executor.memory=1g"]) == {"spark.executor.memory": "3g"}


def test_of_driver_memory_and_conf_the_last_one_wins():
    assert last(["--driver-memory", "3g", "--conf", "spark.driver.memory=1g"]) == {"spark.driver.memory": "1g"}
    assert last(["--conf", "spark.driver.memory=1g", "--driver-memory", "3g"]) == {"spark.driver.memory": "3g"}


@pytest.mark.parametrize(
    ("words", "word", "message"),
    [
        (["--conf", "spark.x", "a.jar"], 1, "no key=value"),
        (["--name"], 0, "lacks its value"),
        (["--nmae", "x", "a.jar"], 0, "no option --nmae"),
        (["-c=spark.x=1", "a.jar"], 0, "no option"),
        (["--name=", "a.jar"], 0, "no option"),
        (["--verbose"], 1, "the application is missing"),
    ],
)
def test_where_spark_submit_stops(words, word, message):
    problem = parse_arguments(words, SPARK).problem
    assert problem.word == word
    assert message in problem.message


def test_options_of_later_releases():
    words = ["--load-spark-defaults", "a.jar"]
    assert parse_arguments(words, SPARK).problem is None
    assert parse_arguments(words, World().with_spark(V3_5).spark).problem.word == 0


def test_nothing_is_needed_after_help():
    assert parse_arguments(["--help", "--bogus"], SPARK).problem is None
    assert parse_arguments(["--kill", "driver-1"], SPARK).problem is None


@pytest.mark.parametrize(
    ("resource", "language"),
    [
        ("a.py", "python"),
        ("s3://b/a.R", "r"),
        ("a.r", "r"),
        ("a.jar", "jvm"),
        ("pyspark-shell", "python"),
        ("a.pyc", "jvm"),
    ],
)
def test_the_language_of_an_application(resource, language):
    assert language_of(resource) == language
