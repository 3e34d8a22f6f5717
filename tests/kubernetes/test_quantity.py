"""Quantities: the measured table of the fact sheet, and properties against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.kubernetes.quantity import (
    MAXIMUM,
    NANOS,
    NoNumber,
    NotAQuantity,
    QuantityError,
    UnknownSuffix,
    bytes_of,
    cpu_meant,
    format_bytes,
    format_millicores,
    is_decimal_size,
    milli_of,
    millicores_of,
    parse_quantity,
    size_meant,
)

SUFFIXES = {
    "": Fraction(1),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{letter: Fraction(10 ** (3 * power)) for power, letter in enumerate("kMGTPE", 1)},
    **{letter + "i": Fraction(1024**power) for power, letter in enumerate("KMGTPE", 1)},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1G", 10**9),
        ("1Gi", 2**30),
        ("1M", 10**6),
        ("1Mi", 2**20),
        ("1.5Gi", 1536 * 2**20),
        (".5Gi", 2**29),
        ("5.", 5),
        ("+1Gi", 2**30),
        ("1e3", 1000),
        ("1E3", 1000),
        ("1e+3", 1000),
        ("1E", 10**18),
        ("-1Gi", -(2**30)),
        ("0", 0),
        ("000", 0),
        (" 1Gi ", 2**30),
        ("1Gi\n", 2**30),
        ("400m", 1),  # 0.4 byte, rounded up
        ("512m", 1),
        ("1500m", 2),
        ("-400m", -1),  # rounding is away from zero
        ("0.1n", 1),
        ("1e-99999999", 1),
    ],
)
def test_accepted_sizes_in_bytes(text: str, value: int) -> None:
    assert bytes_of(text) == value


@pytest.mark.parametrize(("text", "value"), [("0.5", 500), ("500m", 500), ("2", 2000), ("1e-3", 1), ("100u", 1)])
def test_cpu_in_millicores(text: str, value: int) -> None:
    assert millicores_of(text) == value


@pytest.mark.parametrize("text", ["Gi", "Ki", "Ti", ".", "+", "-", "m", "E", "e3", ".Gi"])
def test_a_text_without_a_digit_can_be_zero(text: str) -> None:
    assert parse_quantity(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "1g",
        "1gb",
        "1GB",
        "512MB",
        "1GiB",
        "1gi",
        "1KI",
        "1 Gi",
        "1,5Gi",
        "1_000",
        "0x10",
        "1t",
        "",
        "1.2.3",
        "1e3.5",
        "٣",
    ],
)
def test_what_has_not_the_shape(text: str) -> None:
    with pytest.raises(NotAQuantity, match="quantities must match the regular expression"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["1K", "1mi", "1e", "1i", "1Ee3", "1Ei3", "1m3", "1e99999999999999999999"])
def test_what_has_no_known_suffix(text: str) -> None:
    with pytest.raises(UnknownSuffix, match="unable to parse quantity's suffix"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["Pi", "Ei", ".Ei", "e-10"])
def test_large_suffixes_alone_have_no_number(text: str) -> None:
    with pytest.raises(NoNumber, match="unable to parse numeric part"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["9Ei", "100E", "1e40", "1e2000000000", "9223372036854775808", "9" * 60 + "Ki"])
def test_everything_is_capped(text: str) -> None:
    assert bytes_of(text) == MAXIMUM
    assert bytes_of("-" + text) == -MAXIMUM


def test_the_cap_itself_is_exact() -> None:
    assert bytes_of("9223372036854775807") == MAXIMUM
    assert bytes_of("9223372036854775806") == MAXIMUM - 1
    assert bytes_of("7Ei") == 7 * 2**60


def test_absurdly_long_texts_are_refused_and_not_computed() -> None:
    with pytest.raises(NotAQuantity):
        parse_quantity("9" * 10_000)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("4GB", "4Gi"),
        ("4g", "4Gi"),
        ("4GiB", "4Gi"),
        ("1 Gi", "1Gi"),
        ("4gi", "4Gi"),
        ("512MB", "512Mi"),
        ("1,5Gi", "1.5Gi"),
        ("1K", "1Ki"),
        ("1t", "1Ti"),
        ("400m", "400Mi"),
        ("1_000", "1000"),
        ("64 bytes", "64"),
        ("1,024Mi", None),
        ("abc", None),
        ("4 cores", None),
        ("${SIZE}g", None),
    ],
)
def test_the_size_that_was_meant(text: str, meant: str | None) -> None:
    assert size_meant(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1 core", "1"), ("2 vCPU", "2"), ("500 m", "500m"), ("500 millicores", "500m"), ("1,5", "1.5"), ("4Gi", None)],
)
def test_the_cpu_that_was_meant(text: str, meant: str | None) -> None:
    assert cpu_meant(text) == meant


def test_an_error_carries_both_guesses() -> None:
    with pytest.raises(QuantityError) as caught:
        bytes_of("4GB")
    assert (caught.value.text, caught.value.size_meant, caught.value.cpu_meant) == ("4GB", "4Gi", None)
    with pytest.raises(QuantityError) as caught:
        millicores_of("1 core")
    assert (caught.value.size_meant, caught.value.cpu_meant) == (None, "1")


def test_decimal_sizes() -> None:
    assert [text for text in ("1G", "1Gi", "1k", "1", "1M ", "500m", "1e3") if is_decimal_size(text)] == [
        "1G",
        "1k",
        "1M ",
    ]


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1, "1"), (1000, "1000"), (1024, "1Ki"), (1536 * 2**20, "1536Mi"), (2**30, "1Gi"), (-(2**30), "-1Gi")],
)
def test_bytes_are_printed_canonically(count: int, text: str) -> None:
    assert format_bytes(count) == text


@pytest.mark.parametrize(("count", "text"), [(500, "500m"), (1500, "1500m"), (2000, "2"), (0, "0")])
def test_millicores_are_printed_canonically(count: int, text: str) -> None:
    assert format_millicores(count) == text


@given(st.integers(-MAXIMUM, MAXIMUM))
def test_printing_bytes_round_trips(count: int) -> None:
    assert bytes_of(format_bytes(count)) == count


@given(st.integers(0, 10**12))
def test_printing_millicores_round_trips(count: int) -> None:
    assert millicores_of(format_millicores(count)) == count


DIGITS = st.text("0123456789", max_size=18)


@given(st.sampled_from(["", "+", "-"]), DIGITS, DIGITS, st.sampled_from(sorted(SUFFIXES)))
def test_the_value_is_the_exact_fraction_rounded_up_to_a_nano(
    sign: str, whole: str, fraction: str, suffix: str
) -> None:
    text = f"{sign}{whole or '0'}.{fraction}{suffix}"
    exact = (int(whole or "0") + Fraction(int(fraction or "0"), 10 ** len(fraction))) * SUFFIXES[suffix]
    nanos = min(ceil(exact * NANOS), MAXIMUM * NANOS)
    assert parse_quantity(text) == (-nanos if sign == "-" else nanos)
    assert abs(milli_of(text)) == -(-nanos // 10**6)


@given(
    st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    st.sampled_from(
        ["", "n", "u", "m", "k", "K", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "mi", "EiE"]
    ),
)
def test_a_plain_number_is_read_as_one_with_a_sign_is(digits: str, suffix: str) -> None:
    """Those with a sign go another way."""

    def read(text: str) -> object:
        try:
            return parse_quantity(text)
        except QuantityError as error:
            return type(error)

    assert read(digits + suffix) == read(f"+{digits}{suffix}")


@given(st.integers(1, 10**6), st.integers(-12, 12))
def test_an_exponent_is_a_power_of_ten(number: int, exponent: int) -> None:
    assert parse_quantity(f"{number}e{exponent}") == ceil(number * Fraction(10) ** exponent * NANOS)


@given(st.text("0123456789.eEinumkKMGTPgb +-", max_size=12))
def test_nothing_but_a_quantity_error_is_raised(text: str) -> None:
    try:
        nanos = parse_quantity(text)
    except QuantityError:
        return
    assert abs(nanos) <= MAXIMUM * NANOS


@given(st.text("0123456789.,gGmMiIbBkKtT ", min_size=1, max_size=10))
def test_a_suggestion_is_always_a_quantity(text: str) -> None:
    for meant in (size_meant(text), cpu_meant(text)):
        if meant is not None:
            parse_quantity(meant)
