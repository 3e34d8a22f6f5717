"""Sizes read as Spark reads them."""

from __future__ import annotations

import pytest
from golden_answers import REFUSED, answers, explored, per_release, regions
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import Split, World
from spmlint.spark.sizes import UNITS, entry_size, parse_size, spell_size

ANY = World().spark
OLD = World().with_spark((4, 1)).spark
NEW = World().with_spark((4, 2)).spark


@pytest.mark.parametrize("unit", UNITS)
def test_every_text_gives_what_real_spark_gave(unit):
    column = UNITS.index(unit)
    for text, expected in answers("parse-texts"):
        per_unit = {version: row[column] for version, row in expected.items()}
        assert per_release(lambda spark, text=text: parse_size(text, unit, spark)) == per_unit, text


def test_an_entry_reads_what_real_spark_read():
    for text, expected in answers("parse-texts"):
        assert per_release(lambda spark, text=text: entry_size(text, "m", spark)) == {
            v: row[12] for v, row in expected.items()
        }, text


def test_without_a_release_the_answers_are_united_and_only_a_binary_suffix_splits():
    splits = 0
    for text, _ in answers("parse-texts"):
        known = per_release(lambda spark, text=text: parse_size(text, "m", spark))
        found, worlds = explored(lambda spark, text=text: parse_size(text, "m", spark))
        assert found == known, text
        assert worlds == regions(known), text
        splits += worlds > 1
    assert splits > 20


@pytest.mark.parametrize(
    ("text", "unit", "size"),
    [
        ("4g", "b", 4 << 30),
        ("1536m", "g", 1),
        ("512", "m", 512),
        ("0", "p", 0),
        ("8191p", "b", 8191 << 50),
        (" 1K\n", "b", 1024),
        ("9223372036854775807", "b", 2**63 - 1),
    ],
)
def test_size(text, unit, size):
    assert parse_size(text, unit, ANY) == size


@pytest.mark.parametrize(
    "text", ["", " ", "g", "1.5g", "4 g", "-1g", "+1g", "1e3", "0x10", "1_000m", "4x", "\u0664g", "4g # heap", "8192p"]
)
def test_refused_text(text):
    with pytest.raises(ValueError, match="'"):
        parse_size(text, "b", ANY)


def test_kubernetes_suffixes_are_read_since_4_2():
    assert parse_size("4Gi", "m", NEW) == 4096
    with pytest.raises(ValueError, match=r"only since 4\.2"):
        parse_size("4Gi", "m", OLD)
    with pytest.raises(Split):
        parse_size("4Gi", "m", ANY)


def test_what_no_release_reads_is_refused_without_asking_for_one():
    with pytest.raises(ValueError, match="larger"):
        parse_size("99999999999999999999Gi", "m", ANY)


def test_only_an_entry_takes_a_minus_and_only_as_the_first_character():
    assert entry_size("-1g", "m", ANY) == -1024
    assert entry_size("- 1g", "m", ANY) == -1024
    for text in (" -1g", "-", "--1g", "-1.5g"):
        assert explored(lambda spark, text=text: entry_size(text, "m", spark))[0] == dict.fromkeys(ANY.options, REFUSED)


def test_any_number_of_leading_zeros_is_cheap():
    assert parse_size("0" * 100_000 + "7k", "b", ANY) == 7168


@given(st.integers(0, 2**63 - 1), st.sampled_from([0, 10, 20, 30, 40, 50]))
def test_a_spelt_size_reads_back_in_every_release(number, shift):
    size_bytes = number >> shift << shift
    assert parse_size(spell_size(size_bytes), "b", ANY) == size_bytes


@given(st.integers(0, 2**43), st.sampled_from(UNITS))
def test_the_shortest_spelling_is_used(number, unit):
    spelt = spell_size(number)
    assert len(spelt) <= len(f"{number}b")
    assert number == 0 or spelt.endswith("p") or int(spelt[:-1]) % 1024


@given(st.text(max_size=12), st.sampled_from(UNITS))
def test_any_text_is_a_number_or_refused(text, unit):
    found, _ = explored(lambda spark: parse_size(text, unit, spark))
    assert all(size == REFUSED or 0 <= size < 2**63 for size in found.values())
