"""Every character of a YAML scalar knows its place, whatever the style."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from spmlint.document.node import Mapping, Problem, Scalar, Sequence
from spmlint.document.source import decode
from spmlint.document.text import VERBATIM, Source
from spmlint.document.yaml import read_yaml

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "yaml").glob("*.yaml"))


def scalars(source):
    pending = [document.root for document in read_yaml(source)]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        elif isinstance(node, Sequence):
            pending.extend(node.nodes)


def reread(written):
    """The value of a scalar cut out of its file."""
    return yaml.compose(written, Loader=yaml.CBaseLoader).value


def check_places(scalar):
    source, text = scalar.source.text, scalar.text
    assert text.value == scalar.value
    assert scalar.start <= text.start <= text.end <= scalar.end
    if text.segments is None:
        assert source[text.start : text.end] == text.value
        return
    inner, outer = 0, text.start
    for inner_start, inner_end, outer_start, outer_end, kind in text.segments:
        assert inner_start == inner < inner_end
        assert outer <= outer_start < outer_end
        if kind == VERBATIM:
            assert source[outer_start:outer_end] == text.value[inner_start:inner_end]
        inner, outer = inner_end, outer_end
    assert inner == len(text.value)
    assert outer == text.end or not text.segments


def check_decoding_again(scalar):
    """Cutting a part of a quoted scalar out, quoting it again and reading it gives that part of the value."""
    bounds = [segment[0] for segment in scalar.text.segments or ()] + [len(scalar.value)]
    for start in bounds[:6]:
        for end in bounds[-6:]:
            if start < end:
                cut = scalar.text.span(start, end).text
                assert reread(scalar.style + cut + scalar.style) == scalar.value[start:end]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_in_every_fixture(path):
    for scalar in scalars(decode(str(path), path.read_bytes())):
        check_places(scalar)
        if scalar.style in ("'", '"'):
            check_decoding_again(scalar)


PARTS = [
    "a", "b c", "k: v", "k:", "- ", "\n", "\n", "\n  ", "\n    ", "  ", " ", "\t", "'", '"', "''", "\\n", "\\\\", "\\",
    "\\\n", "|", "|-", "|+", ">", ">-", ">+", "|2", ">1", "#c", " # c", "[", "]", "{", "}", ",", ": ", "? ", "&x ",
    "!!str ", "! ", "---\n", "é", "😀", "\x85", "\u2028", "\xa0", "\r\n", "\r", "\\x41", "\\U0001F600",
    "x: |\n  one\n\n   two\n", "y: >\n  one\n  two\n\n\n   three\n", "'p\n q\n\n r'", '"s\n t \\\n  u\\u0041"',
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_in_whatever_libyaml_reads(text):
    try:
        events = list(yaml.parse(text, yaml.CBaseLoader))
    except yaml.YAMLError:
        with pytest.raises(Problem) as trouble:
            read_yaml(Source("f", text))
        assert 0 <= trouble.value.start <= trouble.value.end <= len(text)
        return
    found = list(scalars(Source("f", text)))
    expected = [event.value for event in events if isinstance(event, yaml.ScalarEvent)]
    assert sorted(scalar.value for scalar in found) == sorted(expected)
    for scalar in found:
        check_places(scalar)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", " ", "  ", "\n", "\n ", "\n\n", "#", "é", "'"]), max_size=20).map("".join))
def test_quoted_scalars_decode_again(inside):
    for quote, written in (
        ("'", inside.replace("'", "''")),
        ('"', inside.replace("a", "\\x61").replace("b", "\\\n b")),
    ):
        text = f"k: {quote}{written}{quote}\n"
        (scalar,) = [each for each in scalars(Source("f", text)) if each.value != "k"] or [None]
        if scalar is not None:
            check_places(scalar)
            check_decoding_again(scalar)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"]),
    st.lists(st.sampled_from(["one", "two words", "  more", "", "", "   ", "\ttab", "# no"]), min_size=1, max_size=8),
    st.integers(1, 4),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_block_scalars_whatever_the_indentation(header, lines, indent, line_break):
    text = "".join(part + line_break for part in [f"k: {header}", *(" " * indent + line for line in lines), "z: end"])
    try:
        found = list(scalars(Source("f", text)))
    except Problem:
        return  # a first line of blanks deeper than the text
    for scalar in found:
        check_places(scalar)
    (block,) = [scalar for scalar in found if scalar.style in ("|", ">")]
    for match in re.finditer(r"one|two|words|more|no", block.value):
        assert block.text.span(match.start(), match.end()).text == match.group()


def value_of(text):
    (scalar,) = [scalar for scalar in scalars(Source("f", text)) if scalar.value != "k"]
    return scalar


@pytest.mark.parametrize(
    ("text", "part", "written", "place"),
    [
        ('k: "a\\tb\\u00e9c"\n', "é", "\\u00e9", (1, 9)),
        ('k: "a\\tb\\u00e9c"\n', "c", "c", (1, 15)),
        ("k: 'it''s'\n", "'", "''", (1, 7)),
        ("k: 'it''s'\n", "s", "s", (1, 9)),
        ("k: one\n   two\n", " ", "\n   ", (1, 7)),
        ("k: one\n   two\n", "two", "two", (2, 4)),
        ('k: "one \\\n  two"\n', "two", "two", (2, 3)),
        ("k: |\n  one\n  two\n", "two", "two", (3, 3)),
        ("k: |\n  one\n  two\n", "one\ntw", "one\n  tw", (2, 3)),
        ("k: >-\n  one\n\n  two\n", "two", "two", (4, 3)),
        ("k: >-\n  one\n  two\n", " ", "\n  ", (2, 6)),
        ("k: |\r\n  one\r\n  two\r\n", "\n", "\r\n", (2, 6)),
        ("k: !!str &a '😀x'\n", "x", "x", (1, 15)),
        ("k: |2-\n    deep\n", "deep", "deep", (2, 5)),
    ],
)
def test_places_of_parts(text, part, written, place):
    scalar = value_of(text)
    at = scalar.value.index(part)
    span = scalar.text.span(at, at + len(part))
    assert span.text == written
    assert (span.line, span.column) == place


def test_an_empty_scalar_has_an_empty_place():
    scalar = value_of('k: ""\n')
    assert (scalar.text.span().column, scalar.text.span().end_column) == (5, 5)
    assert (scalar.span().column, scalar.span().end_column) == (4, 6)
