"""Booleans and numbers read as Spark's converters read them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from golden_answers import REFUSED, answers, explored, outcome, per_release, same
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import Split, World
from spmlint.spark.numbers import parse_boolean, parse_decimal, parse_double, parse_int, parse_long

ANY = World().spark


@pytest.mark.parametrize(
    ("column", "reader"),
    [
        (13, parse_boolean),
        (14, lambda text, spark: parse_int(text)),
        (15, lambda text, spark: parse_long(text)),
        (16, lambda text, spark: parse_double(text)),
    ],
    ids=["boolean", "int", "long", "double"],
)
def test_every_text_gives_what_real_spark_gave(column, reader):
    for text, expected in answers("parse-texts"):
        found = per_release(lambda spark, text=text: reader(text, spark))
        assert all(same(found[version], row[column]) for version, row in expected.items()), text
        assert all(
            same(value, found[version]) for version, value in explored(lambda s, t=text: reader(t, s))[0].items()
        ), text


def test_only_an_old_scala_tells_the_long_s_from_an_s():
    with pytest.raises(Split) as split:
        parse_boolean("fal\u017fe", ANY)
    assert split.value.no[-1] == (3, 5)
    assert parse_boolean("FALSE ", ANY) is False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.1f", 0.1),
        ("0x1p-2", 0.25),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e400", math.inf),
        ("-Infinity", -math.inf),
        (" 1d\n", 1.0),
    ],
)
def test_double(text, number):
    assert parse_double(text) == number


@pytest.mark.parametrize(
    "text", ["", "1_000", "inf", "nan", "0x1", "1e", "+-1", "1 0", "\u0661.5", "0x1pf", "NaNf", "1ff"]
)
def test_refused_double(text):
    with pytest.raises(ValueError, match="not a number"):
        parse_double(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("0.5", Decimal("0.5")),
        ("1e-9", Decimal("1e-9")),
        ("\u0661.\u0665", Decimal("1.5")),
        ("5.", 5),
        ("+1E+3 ", 1000),
    ],
)
def test_decimal(text, number):
    assert parse_decimal(text) == number


@pytest.mark.parametrize(
    "text",
    ["", ".", "1f", "NaN", "Infinity", "1_0", "1e", "1ee2", "1e99999999999", "0e2147483648", "1e +3", "\U0001d7cf"],
)
def test_refused_decimal(text):
    with pytest.raises(ValueError, match="not a decimal"):
        parse_decimal(text)


def test_any_number_of_leading_zeros_of_any_script_is_read():
    assert parse_int("\u0660" * 50 + "\u0667") == 7
    assert parse_long("0" * 100_000 + "7") == 7


def test_exponents_beyond_any_double():
    assert parse_double("0x1p99999999999999999999") == math.inf
    assert parse_double("-0x1p-99999999999999999999") == 0
    assert parse_double("0x0p99999999999999999999") == 0


@given(st.floats())
def test_a_printed_double_reads_back(number):
    assert same(parse_double("NaN" if math.isnan(number) else f"{number!r}".replace("inf", "Infinity")), number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_hexadecimal_double_reads_back(number):
    assert same(parse_double(number.hex()), number)


@given(st.integers())
def test_an_integer_reads_back_within_its_range(number):
    for reader, limit in ((parse_int, 2**31), (parse_long, 2**63)):
        expected = number if -limit <= number < limit else REFUSED
        assert outcome(lambda _, reader=reader: reader(f"{number}"), ANY) == expected


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_refused(text):
    for reader in (parse_int, parse_long, parse_double, parse_decimal):
        outcome(lambda _, reader=reader: reader(text), ANY)
