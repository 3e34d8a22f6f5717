"""The size strings of the EMR Serverless API, cell by cell, and against botocore's own patterns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.emr.sizes import (
    SHUFFLE_OPTIMIZED,
    STANDARD,
    SizeError,
    parse_cpu,
    parse_disk_gb,
    parse_disk_type,
    parse_memory_gb,
    parse_property_disk_gb,
)

PATTERNS = {
    parse_cpu: r"[1-9][0-9]*(\s)?(vCPU|vcpu|VCPU)?",
    parse_memory_gb: r"[1-9][0-9]*(\s)?(GB|gb|gB|Gb)?",
    parse_disk_gb: r"[1-9][0-9]*(\s)?(GB|gb|gB|Gb)",
}
"""As the service's model has them, for strings of 1 to 15 characters."""


@pytest.mark.parametrize(("text", "vcpu"), [("4 vCPU", 4), ("4vCPU", 4), ("4", 4), ("16 vcpu", 16), ("1VCPU", 1)])
def test_cpu(text: str, vcpu: int) -> None:
    assert parse_cpu(text) == vcpu


@pytest.mark.parametrize(("text", "gb"), [("16 GB", 16), ("16GB", 16), ("16", 16), ("16 gB", 16)])
def test_memory(text: str, gb: int) -> None:
    assert parse_memory_gb(text) == gb


@pytest.mark.parametrize(("text", "gb"), [("20 GB", 20), ("200gb", 200)])
def test_disk(text: str, gb: int) -> None:
    assert parse_disk_gb(text) == gb


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("4 vCpu", "the unit must be vCPU", "4 vCPU"),
        ("4  vCPU", "one blank at most", "4 vCPU"),
        ("0.5 vCPU", "not a whole number of vCPU", None),
        ("4 cores", "the unit must be vCPU", "4 vCPU"),
        ("4.0", "not a whole number", "4 vCPU"),
        ("0 vCPU", "may not begin with 0", None),
        ("", "not a whole number", None),
        ("4 vCPU ", "not a whole number", "4 vCPU"),
    ],
)
def test_refused_cpu(text: str, reason: str, suggestion: str | None) -> None:
    with pytest.raises(SizeError, match=reason) as caught:
        parse_cpu(text)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("16g", "16 GB"),
        ("16 GiB", "16 GB"),
        ("16384 MB", "16 GB"),
        ("1000 MB", None),
        ("016 GB", "16 GB"),
        ("9" * 16, None),
    ],
)
def test_refused_memory(text: str, suggestion: str | None) -> None:
    with pytest.raises(SizeError) as caught:
        parse_memory_gb(text)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(("text", "suggestion"), [("20", "20 GB"), ("200G", "200 GB"), ("2 TB", "2000 GB")])
def test_refused_disk(text: str, suggestion: str) -> None:
    with pytest.raises(SizeError) as caught:
        parse_disk_gb(text)
    assert caught.value.suggestion == suggestion


def test_disk_types() -> None:
    for text in ("SHUFFLE_OPTIMIZED", "shuffle_optimized", "Shuffle_Optimized", "shuffle_Optimized"):
        assert parse_disk_type(text) == SHUFFLE_OPTIMIZED
    for text in ("STANDARD", "standard", "Standard"):
        assert parse_disk_type(text) == STANDARD
    for text, suggestion in (
        ("SHUFFLE_optimized", SHUFFLE_OPTIMIZED),
        ("shuffle-optimized", SHUFFLE_OPTIMIZED),
        ("ssd", None),
    ):
        with pytest.raises(SizeError) as caught:
            parse_disk_type(text)
        assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(("text", "gb"), [("20G", 20), ("200g", 200), ("1000G", 1000), ("500GB", 500)])
def test_disks_of_properties(text: str, gb: int) -> None:
    assert parse_property_disk_gb(text) == gb


@pytest.mark.parametrize(
    ("text", "suggestion"), [("20", "20G"), ("20 GB", "20G"), ("2T", "2000G"), ("0G", None), ("x", None)]
)
def test_unknown_disks_of_properties(text: str, suggestion: str | None) -> None:
    with pytest.raises(SizeError) as caught:
        parse_property_disk_gb(text)
    assert caught.value.suggestion == suggestion


@given(st.text("0149 \tvVcCpPuUgGbB.", min_size=0, max_size=17), st.sampled_from(list(PATTERNS)))
def test_exactly_what_the_pattern_accepts_is_accepted(text: str, parse: object) -> None:
    accepted = re.fullmatch(PATTERNS[parse], text, re.ASCII) is not None and 1 <= len(text) <= 15  # type: ignore[index]
    try:
        parse(text)  # type: ignore[operator]
    except SizeError as error:
        assert not accepted
        if error.suggestion is not None:
            parse(error.suggestion)  # type: ignore[operator]
    else:
        assert accepted
