"""Entries read as ``conf.get(ConfigEntry)`` reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from golden_answers import NO_ENTRY, OPAQUE, REFUSED, answers, explored, outcome, per_release, same
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import SPARK_VERSIONS, Opaque, Split, World
from spmlint.spark.catalogue import _table
from spmlint.spark.entries import TRANSLATIONS, Refused, check, read, substitute

ANY = World().spark


def at(*version):
    return World().with_spark(version).spark


def test_every_entry_gives_what_real_spark_gave():
    unknown = compared = 0
    for question, expected in answers("parse-entries"):
        found = per_release(lambda spark, q=question: read(q["conf"], q["key"], spark))
        for version, answer in expected.items():
            unknown += found[version] == OPAQUE
            compared += 1
            assert found[version] == OPAQUE or same(found[version], answer), (question, version, found[version], answer)
    assert compared == 27_000
    assert unknown < compared / 100


def test_without_a_release_the_answers_are_united():
    split = 0
    for question, _ in list(answers("parse-entries"))[::2]:
        ask = lambda spark, q=question: read(q["conf"], q["key"], spark)  # noqa: E731
        found, worlds = explored(ask)
        known = per_release(ask)
        assert all(same(found[version], known[version]) for version in SPARK_VERSIONS), question
        split += worlds > 1
    assert split > 100


def test_the_default_is_in_the_unit_of_the_entry():
    assert read({}, "spark.executor.memory", ANY) == 1024
    assert read({}, "spark.kryoserializer.buffer", ANY) == 64
    assert read({}, "spark.network.timeout", ANY) == 120
    assert read({}, "spark.executor.pyspark.memory", ANY) is None
    assert read({}, "spark.jars", ANY) == []


def test_the_fallback_is_read_with_its_own_setting():
    conf = {"spark.dynamicAllocation.minExecutors": "3"}
    assert read(conf, "spark.dynamicAllocation.initialExecutors", ANY) == 3
    with pytest.raises(Refused) as refusal:
        read({"spark.dynamicAllocation.minExecutors": "x"}, "spark.dynamicAllocation.initialExecutors", ANY)
    assert refusal.value.key == "spark.dynamicAllocation.minExecutors"


def test_an_older_key_is_read_only_where_the_newer_is_not_set():
    old, new = "spark.yarn.executor.memoryOverhead", "spark.executor.memoryOverhead"
    assert read({old: "1g"}, new, ANY) == 1024
    assert read({old: "1g", new: "2g"}, new, ANY) == 2048
    with pytest.raises(Refused) as refusal:
        read({old: "1.5g"}, new, ANY)
    assert refusal.value.key == old


def test_an_older_key_can_have_had_another_unit():
    assert read({"spark.kryoserializer.buffer.mb": "0.064"}, "spark.kryoserializer.buffer", ANY) == 64
    assert read({"spark.yarn.applicationMaster.waitTries": "7"}, "spark.yarn.am.waitTime", ANY) == 70_000
    with pytest.raises(Refused, match=r"kryoserializer\.buffer\.mb"):
        read({"spark.kryoserializer.buffer.mb": "64k"}, "spark.kryoserializer.buffer", ANY)


def test_every_translated_key_of_the_catalogue_has_its_translation():
    assert set(TRANSLATIONS) == {line.partition("\t")[0] for line in _table() if "translated=" in line}


def test_excluded_executors_lost_their_old_names_in_4_1():
    conf = {"spark.blacklist.enabled": "true"}
    assert read(conf, "spark.excludeOnFailure.enabled", at(4, 0)) is True
    assert read(conf, "spark.excludeOnFailure.enabled", at(4, 1)) is None
    with pytest.raises(Split):
        read(conf, "spark.excludeOnFailure.enabled", ANY)


def test_a_default_that_changed_splits_only_when_it_is_needed():
    with pytest.raises(Split):
        read({}, "spark.sql.adaptive.enabled", ANY)
    assert read({"spark.sql.adaptive.enabled": "true"}, "spark.sql.adaptive.enabled", ANY) is True


def test_a_limit_that_changed_splits_only_between_the_limits():
    key = "spark.kubernetes.memoryOverheadFactor"
    assert read({key: "0.4"}, key, ANY) == 0.4
    with pytest.raises(Split):
        read({key: "1.5"}, key, ANY)
    with pytest.raises(Refused, match="at least 0"):
        read({key: "-0.1"}, key, ANY)


def test_prepended_options_come_first():
    key, defaults = "spark.executor.extraJavaOptions", "spark.executor.defaultJavaOptions"
    assert read({key: "-Xss4m", defaults: "-XX:+UseG1GC"}, key, ANY) == "-XX:+UseG1GC -Xss4m"
    assert read({defaults: "-XX:+UseG1GC"}, key, ANY) == "-XX:+UseG1GC"


def test_cpus_of_a_task_are_whole_until_4_2():
    with pytest.raises(Refused):
        read({"spark.task.cpus": "0.5"}, "spark.task.cpus", at(4, 2))
    assert read({"spark.task.cpus": "0.5"}, "spark.task.cpus", at(4, 3)) == Decimal("0.5")
    assert read({"spark.task.cpus": "1.1234567890"}, "spark.task.cpus", at(4, 3)) == Decimal("1.123456789")
    for text in ("0", "-1", "1e-10", "1.1234567891", "2147483647.5", "1e-2147483646", "1e2147483647", f"1.{'0' * 40}1"):
        with pytest.raises(Refused):
            read({"spark.task.cpus": text}, "spark.task.cpus", at(4, 3))


def test_check_says_whether_a_text_is_accepted():
    check("spark.memory.storageFraction", "0.5", ANY)
    with pytest.raises(Refused, match="below 1"):
        check("spark.memory.storageFraction", "1", ANY)
    with pytest.raises(KeyError):
        check("spark.master", "yarn", ANY)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("${spark.x}", "X"),
        ("a${spark.y}b", "a<X>b"),
        ("${spark.executor.cores}", "1"),
        ("${spark.dynamicAllocation.initialExecutors}", "0"),
        ("${spark.executor.memoryOverhead}", "1g"),
        ("${spark.none}", "${spark.none}"),
        ("${other}", "${other}"),
        ("${hiveconf:x}", "${hiveconf:x}"),
        ("${}", "${}"),
        ("${ }", "${ }"),
        ("$spark.x ${spark.x", "$spark.x ${spark.x"),
    ],
)
def test_references(text, replaced):
    conf = {"spark.x": "X", "spark.y": "<${spark.x}>", "spark.yarn.executor.memoryOverhead": "1g", "other": "O"}
    assert substitute(conf, "spark.z", text, ANY) == replaced


@pytest.mark.parametrize("text", ["${env:HOME}", "${system:user.dir}", "${spark.sql.session.timeZone}"])
def test_a_reference_to_the_machine_is_opaque(text):
    with pytest.raises(Opaque):
        substitute({}, "spark.z", text, ANY)


def test_a_reference_to_itself_is_refused():
    with pytest.raises(Refused, match="refers to itself"):
        read({"spark.app.attempt.id": "${spark.a}", "spark.a": "${spark.a}"}, "spark.app.attempt.id", at(3, 5))


@pytest.mark.parametrize(
    ("key", "accepted", "refused", "opaque"),
    [
        (
            "spark.sql.session.timeZone",
            ["UTC", "+01:00", "-8", "GMT+8:30", "EST"],
            ["+19", "", "a b", "+18:01"],
            ["Europe/Paris", "+1:3"],
        ),
        (
            "spark.redaction.regex",
            ["secret|token", "(?i)key", "a[.]?b", "\\d+"],
            ["(", "*a", "[a", ")"],
            ["a{1,2}", "\\p{Alpha}", "[]a]"],
        ),
        ("spark.sql.hive.metastore.version", ["2.3", "3.1.3", "2.3.9-amzn-1", "2"], ["5.0", "two", "2.3.x", "2.4"], []),
        ("spark.kubernetes.executor.podNamePrefix", ["a", "a.b-c", "a" * 237], ["", "A", "a_b", "-a", "a" * 238], []),
        ("spark.ui.reverseProxyUrl", ["http://h/p"], ["http://h/proxy", "history"], []),
        ("spark.storage.decommission.fallbackStorage.path", ["s3a://b/"], ["s3a://b"], []),
        ("spark.deploy.appIdPattern", ["app", "app-%s-%04d"], ["a b"], ["%s"]),
        ("spark.sql.sources.commitProtocolClass", [], [], ["org.example.Protocol"]),
        ("spark.kubernetes.executor.pvc.resizeInterval", ["0", "5", "600s"], ["-5", "6"], []),
        ("spark.history.fs.logDirectory", ["file:/a, "], [", ", ""], []),
        ("spark.python.unix.domain.socket.dir", ["d" * 61], ["d" * 62, "\U0001f600" * 31], []),
        ("spark.sql.kafka.disallowedOptions", ["a, b"], ["a,Kafka.b"], []),
        ("spark.sql.reflect.allowList", ["a,b"], ["a,("], []),
        ("spark.sql.defaultPath", [" "], [], ["a.b"]),
        ("spark.deploy.recoverySerializationFilter", [], [" "], ["*"]),
        ("spark.sql.files.ignoredPathSegmentRegex", ["", "^[._]"], ["("], []),
    ],
)
def test_checks_of_single_entries(key, accepted, refused, opaque):
    spark = at(4, 3)
    for texts, expected in ((accepted, None), (refused, REFUSED), (opaque, OPAQUE)):
        for text in texts:
            assert outcome(lambda s, t=text: check(key, t, s), spark) == expected, text


@given(
    st.sampled_from(
        ["spark.executor.memory", "spark.task.cpus", "spark.memory.fraction", "spark.network.timeout", "spark.jars"]
    ),
    st.text(max_size=10),
)
def test_any_text_is_read_refused_or_opaque_and_the_releases_agree_with_their_union(key, text):
    known = per_release(lambda spark: read({key: text}, key, spark))
    assert all(
        same(value, known[version])
        for version, value in explored(lambda spark: read({key: text}, key, spark))[0].items()
    )


def test_a_key_spark_does_not_know_has_no_entry():
    assert set(per_release(lambda spark: read({}, "spark.executor.minMemoryOverhead", spark)).values()) == {
        NO_ENTRY,
        384,
    }
    assert outcome(lambda spark: read({}, "spark.rapids.memory.pinnedPool.size", spark), ANY) == NO_ENTRY
