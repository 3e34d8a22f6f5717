"""Which plain scalars are strings to Kubernetes' YAML reader."""

import pytest

from spmlint.kubernetes.yaml_types import BOOLEAN, NUMBER, plain_type


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "-4",
        "+4",
        "1_000",
        "010",
        "0o17",
        "0x1F",
        "0b11",
        "3.5",
        ".5",
        "5.",
        "1e3",
        "1.5e-3",
        ".inf",
        "-.Inf",
        ".NaN",
    ],
)
def test_numbers(text):
    assert plain_type(text) == NUMBER


@pytest.mark.parametrize("text", ["true", "False", "on", "Off", "yes", "NO", "y", "N"])
def test_booleans(text):
    assert plain_type(text) == BOOLEAN


@pytest.mark.parametrize(
    "text", ["", "4g", "3.5.1", "12:30", "2026-11-21", "tRue", ".", "-", "+", "_", "1200m", "0xZZ", "e3", "nan"]
)
def test_strings(text):
    assert plain_type(text) is None
