"""String literals of Python decode as Python itself decodes them, and each character knows its place."""

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.python_literal import decode_strings
from spmlint.document.text import Source

ESCAPES = [
    r"\n",
    r"\\",
    r"\'",
    r"\"",
    r"\x41",
    r"\u00e9",
    r"\U0001F600",
    r"\101",
    r"\7",
    r"\N{BULLET}",
    r"\q",
    "\\\n",
    "é",
]


def decode(source):
    return decode_strings(Source("f.py", source).whole())


def python(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(f"({source})")


@given(
    st.lists(st.sampled_from([*ESCAPES, "a", " ", "#"]), max_size=8).map("".join),
    st.sampled_from(["", "r", "u", "R", "U"]),
    st.sampled_from(["'", '"', "'''", '"""']),
)
def test_agrees_with_python(body, prefix, quote):
    source = f"{prefix}{quote}{body}{quote}"
    assert decode(source).value == python(source)


@pytest.mark.parametrize(
    "source", ["'a' 'b'", "'a'  # half\n  \"b\"", "'''x\r\ny\rz'''", "r'\\\r\n'", "''", "'a' \\\n 'b'", '"it\'s"']
)
def test_concatenation_and_line_ends(source):
    assert decode(source).value == python(source)


@pytest.mark.parametrize("source", ["b'x'", "bf'{x}'", "name", "'open", "'a' + 'b'", "rb'x'", ""])
def test_anything_else_is_none(source):
    assert decode(source) is None


def test_places():
    text = decode(r"'a\u00e9' r'\n'")
    assert text.value == "aé\\n"
    assert [text.span(at, at + 1).text for at in range(4)] == ["a", r"\u00e9", "\\", "n"]


@pytest.mark.parametrize(
    ("source", "value", "holes"),
    [
        ("f'{x}'", "{x}", ["{x}"]),
        ("f'{{a}} {b!r:>{w}}g'", "{a} {b!r:>{w}}g", ["{b!r:>{w}}"]),
        ("f'-Xmx{m}' ' -Dx={y}'", "-Xmx{m} -Dx={y}", ["{m}"]),
        (r"rf'\d{x}\\'", r"\d{x}\\", ["{x}"]),
    ],
)
def test_expressions_of_an_f_string_are_placeholders(source, value, holes):
    text = decode(source)
    assert (text.value, [text.value[slice(*hole)] for hole in text.holes]) == (value, holes)
