"""Durations read as Spark reads them."""

from __future__ import annotations

import pytest
from golden_answers import REFUSED, answers, outcome
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import World
from spmlint.spark.durations import UNITS, parse_duration

COLUMNS = {"us": 6, "ms": 7, "s": 8, "m": 9, "h": 10, "d": 11}


@pytest.mark.parametrize("unit", COLUMNS)
def test_every_text_gives_what_real_spark_gave(unit):
    for text, expected in answers("parse-texts"):
        found = outcome(lambda _, text=text: parse_duration(text, unit), World().spark)
        assert {row[COLUMNS[unit]] for row in expected.values()} == {found}, text


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("120s", "s", 120),
        ("999ms", "s", 0),
        ("-999ms", "s", 0),
        ("-1500ms", "s", -1),
        ("60", "ms", 60),
        ("10M", "min", 10),
        (" 1H ", "ms", 3_600_000),
        ("1us", "ns", 1000),
        ("106751991167301d", "ms", 2**63 - 1),
        ("-106751991167301d", "ms", -(2**63)),
        ("-9223372036854775808", "ms", -(2**63)),
    ],
)
def test_duration(text, unit, count):
    assert parse_duration(text, unit) == count


@pytest.mark.parametrize(
    "text", ["", "s", "1.5s", "5 min", "1sec", "1ns", "1w", "1h30m", "+1s", "--1s", "9223372036854775808", "1\xa0s"]
)
def test_refused_text(text):
    with pytest.raises(ValueError, match="'"):
        parse_duration(text, "s")


@given(st.integers(-(2**63), 2**63 - 1), st.sampled_from(sorted(UNITS)))
def test_a_bare_number_counts_the_wanted_unit(number, unit):
    assert parse_duration(f"{number}", unit) == number


@given(st.integers(0, 2**40), st.sampled_from([u for u in UNITS if u != "ns"]), st.sampled_from(sorted(UNITS)))
def test_a_minus_mirrors(number, suffix, unit):
    positive, negative = parse_duration(f"{number}{suffix}", unit), parse_duration(f"-{number}{suffix}", unit)
    assert negative == -positive or (positive, negative) == (2**63 - 1, -(2**63))


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text):
    found = outcome(lambda _: parse_duration(text, "ms"), World().spark)
    assert found == REFUSED or -(2**63) <= found < 2**63
