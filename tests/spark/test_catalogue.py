"""The catalogue of configuration keys."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from golden_answers import OPAQUE, REFUSED, outcome

from spmlint.answer import SPARK_VERSIONS, Opaque, Split, World, explore
from spmlint.spark import catalogue
from spmlint.spark.catalogue import Old, Variant, deprecation, entry, known, versions_of
from spmlint.spark.checks import CHECKS
from spmlint.spark.entries import read

ANY = World().spark
FILE = Path(catalogue.__file__).with_name("catalogue.tsv")
ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]


def at(*version):
    return World().with_spark(version).spark


def test_the_lines_are_sorted_as_the_bisection_of_a_key_needs_them():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)


def test_every_line_can_be_taken_apart():
    kinds = {"boolean", "int", "long", "double", "decimal", "string", "enum", "regex", "bytes", "time"}
    for row in ROWS:
        if row[2] == "old":
            old = Old(row[1:])
            assert old.first <= old.last
        elif row[2] not in ("text", "family", "vendor"):
            variant = Variant(row[1:])
            assert variant.kind in kinds
            assert (variant.unit is not None) == (variant.kind in ("bytes", "time"))
            assert variant.first <= variant.last
            assert variant.check is None or variant.check in CHECKS


def test_no_two_lines_describe_the_same_release_of_an_entry():
    for key in {row[0] for row in ROWS}:
        spans = [(v.first, v.last) for v in catalogue._variants(key)]
        assert spans == sorted(spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_every_default_is_accepted_by_its_own_entry():
    opaque = set()
    for key in {row[0] for row in ROWS}:
        for version in versions_of(key):
            if outcome(lambda spark, key=key: read({}, key, spark), at(*version)) in (OPAQUE, REFUSED):
                opaque.add(key)
    computed = {row[0] for row in ROWS if row[3] == "?"}
    assert opaque == computed | {row[0] for row in ROWS if row[2] != "old" and row[3][1:] in computed}


def test_the_file_is_small():
    assert FILE.stat().st_size < 300_000


@pytest.mark.parametrize(
    ("version", "count"),
    [
        ((3, 1), 918),
        ((3, 2), 992),
        ((3, 3), 1056),
        ((3, 4), 1121),
        ((3, 5), 1154),
        ((4, 0), 1309),
        ((4, 1), 1449),
        ((4, 2), 1542),
        ((4, 3), 1652),
    ],
)
def test_as_many_entries_as_the_registry_holds(version, count):
    assert sum(version in versions_of(key) for key in {row[0] for row in ROWS}) == count


def test_an_entry_tells_its_facts():
    memory = entry("spark.executor.memory", ANY)
    assert (memory.kind, memory.unit, memory.default, memory.since, memory.public) == (
        "bytes",
        "m",
        "1g",
        "0.7.0",
        True,
    )
    overhead = entry("spark.executor.memoryOverhead", ANY)
    assert (overhead.default, overhead.old) == (None, ("spark.yarn.executor.memoryOverhead",))
    assert entry("spark.dynamicAllocation.initialExecutors", ANY).fallback == "spark.dynamicAllocation.minExecutors"
    assert entry("spark.sql.orc.impl", ANY).one_of == ("hive", "native")


def test_an_entry_splits_only_on_what_differs_and_is_asked_for():
    adaptive = entry("spark.sql.adaptive.enabled", ANY)
    assert adaptive.kind == "boolean"
    with pytest.raises(Split) as split:
        _ = adaptive.default
    assert split.value.no == ((3, 1),)


def test_an_entry_some_releases_lack_splits():
    with pytest.raises(Split) as split:
        entry("spark.executor.minMemoryOverhead", ANY)
    assert min(split.value.yes) == (4, 0)
    assert entry("spark.executor.minMemoryOverhead", at(3, 5)) is None
    assert versions_of("spark.mesos.role")[-1] == (3, 5)


def test_exploring_finds_every_default():
    found = {}
    list(
        explore(
            World(),
            lambda w: found.update(
                dict.fromkeys(w.spark.options, entry("spark.kubernetes.allocation.batch.size", w.spark).default)
            ),
        )
    )
    assert found == {v: "5" if v < (4, 0) else "10" if v < (4, 2) else "20" for v in SPARK_VERSIONS}


def test_a_text_has_no_entry_but_is_known():
    assert entry("spark.master", ANY) is None
    assert known("spark.master")


def test_a_release_outside_the_model_has_only_what_never_changed():
    nowhere = World().with_spark((2, 4)).spark
    assert entry("spark.executor.memory", nowhere).unit == "m"
    with pytest.raises(Opaque):
        entry("spark.executor.minMemoryOverhead", nowhere)


def test_a_renamed_key_is_still_read():
    old = deprecation("spark.yarn.executor.memoryOverhead", ANY)
    assert (old.replacement, old.since, old.read) == ("spark.executor.memoryOverhead", "2.3", True)
    assert deprecation("spark.executor.memory", ANY) is None


def test_a_key_can_stop_being_read():
    with pytest.raises(Split):
        deprecation("spark.blacklist.enabled", ANY)
    assert deprecation("spark.blacklist.enabled", at(4, 0)).read
    gone = deprecation("spark.blacklist.enabled", at(4, 1))
    assert (gone.read, gone.replacement) == (False, "spark.excludeOnFailure.enabled")


def test_a_removed_sql_key_keeps_the_one_value_it_may_have():
    removed = deprecation("spark.sql.fromJsonForceNullableSchema", ANY)
    assert (removed.read, removed.default, removed.since) == (False, "true", "3.0.0")


@pytest.mark.parametrize(
    "key",
    [
        "spark.executorEnv.FOO",
        "spark.kubernetes.driver.label.team",
        "spark.sql.catalog.prod.uri",
        "spark.hadoop.fs.s3a.endpoint",
        "spark.executor.resource.gpu.amount",
        "spark.kubernetes.authenticate.driver.oauthTokenFile",
        "spark.unsafe.offHeap",
    ],
)
def test_known_keys(key):
    assert known(key)


def test_the_file_is_not_read_before_a_question():
    code = "import spmlint.spark.entries, spmlint.spark.catalogue as c; assert not c._lines; c.known('spark.x'); assert c._lines"
    subprocess.run([sys.executable, "-c", code], check=True)


def generator():
    path = Path(__file__).parents[1] / "generate" / "catalogue.py"
    spec = importlib.util.spec_from_file_location("generate_catalogue", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_limits_are_written_as_the_comparison_they_came_from():
    limits = generator().limits
    assert limits("4.9E-324", "Infinity", "double") == "(0,]"
    assert limits("-0.0", "0.9999999999999999", "double") == "[0,1)"
    assert limits("1.0", "1.0", "double") == "[1,1]"
    assert limits("1", "2147483647", "int") == "[1,]"
    assert limits("1", "2147483647", "long") == "[1,2147483647]"
    assert limits("-9223372036854775807", "5", "bytes") == "[,5]"


@pytest.mark.oracle
def test_the_file_holds_what_a_release_says_today():
    generate = generator()
    version = (3, 5)
    lines = generate.spark_jars.run(generate.spark_jars.RELEASES[version], "registry")
    stated = {"\t".join((key, *columns)) for key, columns in generate.describe(lines)}
    held = set()
    for key, releases, *columns in ROWS:
        first, last = catalogue._interval(releases)
        if first <= version <= last:
            held.add("\t".join((key, *columns)))
    assert held == stated
