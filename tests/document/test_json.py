"""JSON is accepted, refused and decoded as json.loads does, with the place of everything."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spmlint.document.json import read_json
from spmlint.document.node import DOUBLE, PLAIN, Mapping, Problem, Scalar, Sequence
from spmlint.document.text import Source

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)
WRITTEN = st.builds(
    lambda value, indent, ascii_only: json.dumps(value, indent=indent, ensure_ascii=ascii_only),
    VALUES,
    st.sampled_from([None, 0, 2]),
    st.booleans(),
)


def read(text, **options):
    return read_json(Source("f.json", text).whole(), **options)


def plain(node):
    """What json.loads makes of the same text, pairs kept, numbers and literals as written."""
    if isinstance(node, Mapping):
        return [(key.value, plain(value)) for key, value in node.own]
    if isinstance(node, Sequence):
        return ("list", [plain(item) for item in node.nodes])
    assert isinstance(node, Scalar)
    return ("string", node.value) if node.style == DOUBLE else ("plain", node.value)


def pythons(text):
    def convert(value):
        if isinstance(value, str):
            return ("string", str(value))
        if isinstance(value, Literal):
            return ("plain", value.written)
        if isinstance(value, Pairs):
            return [(key, convert(inner)) for key, inner in value.pairs]
        if isinstance(value, list):
            return ("list", [convert(inner) for inner in value])
        return ("plain", json.dumps(value))

    loaded = json.loads(text, object_pairs_hook=Pairs, parse_int=Literal, parse_float=Literal, parse_constant=Literal)
    return convert(loaded)


class Literal:
    def __init__(self, written):
        self.written = written


class Pairs:
    def __init__(self, pairs):
        self.pairs = pairs


def nodes_of(root):
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        elif isinstance(node, Sequence):
            pending.extend(node.nodes)


@settings(max_examples=200, deadline=None)
@given(WRITTEN)
@example('{"a": 1, "a": [2, NaN, -Infinity, 1.5e-7, -0], "\\ud83d\\ude00\\u0041\\/": "\\ud800x"}')
def test_values_and_places(text):
    root = read(text)
    assert plain(root) == pythons(text)
    for node in nodes_of(root):
        written = node.span().text
        assert plain(read(written)) == plain(node)
        if isinstance(node, Scalar):
            assert node.text.value == node.value
            assert node.text.span().text == (written[1:-1] if node.style == DOUBLE else written)


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.integers(0, 2),
        st.sampled_from(["", ",", '"', "\\", "]", "}", "[", "{", ":", "0", ".", "-", "e", " ", "\n", "\t", "#", "//", "u12",
                         "true", "nul", "'", "\x00", "\xa0", "\ufeff", "NaN", "+"]),
    ),
    max_size=3,
)  # fmt: skip


@settings(max_examples=800, deadline=None)
@given(WRITTEN, MUTATIONS)
def test_refuses_what_json_loads_refuses(text, mutations):
    for at, removed, inserted in mutations:
        at = min(at, len(text))
        text = text[:at] + inserted + text[at + removed :]
    try:
        expected = pythons(text)
    except ValueError:
        with pytest.raises(Problem) as caught:
            read(text)
        assert 0 <= caught.value.start <= caught.value.end <= len(text)
    else:
        assert plain(read(text)) == expected


@settings(max_examples=100, deadline=None)
@given(VALUES, st.booleans())
def test_places_in_json_in_json(value, ascii_only):
    inner = json.dumps(value, ensure_ascii=ascii_only)
    middle = json.dumps({"job": inner, "other": 1}, ensure_ascii=ascii_only)
    outer = json.dumps([0, middle], indent=1, ensure_ascii=ascii_only)
    text = read(outer).items()[1].text
    text = read_json(text).scalar("job").text
    assert text.value == inner
    root = read_json(text)
    assert plain(root) == pythons(inner)
    for node in nodes_of(root):
        cut = node.span().text
        assert json.loads(f'"{json.loads(chr(34) + cut + chr(34))}"') == inner_slice(text, node)
        if isinstance(node, Scalar):
            for at in range(len(node.value)):
                escaped = node.text.span(at, at + 1).text
                decoded = json.loads(f'"{json.loads(chr(34) + escaped + chr(34))}"')
                assert (json.loads(f'"{decoded}"') if node.style == DOUBLE else decoded) == node.value[at]


def inner_slice(text, node):
    """The part of ``text`` whose place is the node's."""
    for start in range(len(text.value) + 1):
        if text.span(start, len(text.value)).start == node.start:
            for end in range(start + 1, len(text.value) + 1):
                if text.span(start, end).end == node.end:
                    return text.value[start:end]
    raise AssertionError("a node has a place in its text")


TROUBLE = [
    ('{"a": 1,}', (1, 8), "a comma with nothing after it"),
    ('["a",\n]', (1, 5), "a comma with nothing after it"),
    ("[1,,2]", (1, 4), "a value is missing"),
    ('{"a" 1}', (1, 6), "a colon is missing"),
    ('{"a" = 1}', (1, 6), "a colon is missing"),
    ("{a: 1}", (1, 2), "a key stands in double quotes"),
    ("{1: 2}", (1, 2), "a key stands in double quotes"),
    ("{'a': 1}", (1, 2), "double quotes"),
    ('{"a": 1\n "b": 2}', (2, 2), "a comma is missing"),
    ('{"a": "x', (1, 7), "not closed"),
    ('{"a": "x\n"}', (1, 7), "not closed"),
    ('{"a": [1, 2}', (1, 12), "this } does not close the ["),
    ('{"a": {', (1, 7), "this { is never closed"),
    ("", (1, 1), "no JSON value"),
    (" \n ", (2, 2), "no JSON value"),
    ("[1] x", (1, 5), "after the end"),
    ("{}\n{}", (2, 1), "after the end"),
    ('{"a": True}', (1, 7), "JSON writes true"),
    ('{"a": .5}', (1, 7), ".5 is not a number"),
    ('{"a": 01}', (1, 7), "01 is not a number"),
    ('{"a": 4g}', (1, 7), "4g is not a number"),
    ('{"a": word}', (1, 7), "text stands in double quotes"),
    ('{ // why\n"a": 1}', (1, 3), "no comments"),
    ('{"a": 1 # why\n}', (1, 9), "no comments"),
    ('{"a": /* why */ 1}', (1, 7), "no comments"),
    ('"a\\qb"', (1, 3), "unknown escape"),
    ('"\\u12"', (1, 2), "unknown escape"),
    ('"a\tb"', (1, 3), "U+0009"),
    ('{"a":}', (1, 6), "a value is missing"),
    ("{,}", (1, 2), "a key is missing"),
]


@pytest.mark.parametrize(("text", "place", "message"), TROUBLE)
def test_trouble_is_shown_where_it_is(text, place, message):
    source = Source("f.json", text)
    with pytest.raises(Problem) as caught:
        read_json(source.whole())
    assert source.position(caught.value.start) == place
    assert message in caught.value.message


def test_trouble_inside_an_encoded_parent_has_its_place_in_the_file():
    source = Source("f", json.dumps(['{"a": "x\ty",}']))
    text = read_json(source.whole()).items()[0].text
    with pytest.raises(Problem) as caught:
        read_json(text)
    assert source.text[caught.value.start : caught.value.end] == "\\t"


def test_comments_and_trailing_commas_can_be_forgiven():
    forgiven = []
    root = read('{ // one\n "a": [1, 2,], # two\n /* three */ "b": {"c": 1,},\n}', forgiven=forgiven)
    assert plain(root) == [
        ("a", ("list", [("plain", "1"), ("plain", "2")])),
        ("b", [("c", ("plain", "1"))]),
    ]
    assert [problem.message for problem in forgiven].count("JSON has no comments") == 3
    assert len(forgiven) == 6
    with pytest.raises(Problem):
        read("[,]", forgiven=[])


def test_what_is_skipped_is_not_looked_into():
    root = read('{"outputs": {"x": ["}", nonsense]}, "code": 1, "outputs": 2}', skip=frozenset(["outputs"]))
    assert [key.value for key, _ in root.own] == ["outputs", "code", "outputs"]
    assert root.own[0][1].span().text == '{"x": ["}", nonsense]}'
    assert root.string("outputs") == "2"


def test_a_placeholder_stands_for_a_value_or_a_part_of_a_string():
    written = '{"a": $N, "b": "x$(jq ".a")y\\n", "c": [${q}g], "d": 1}'
    text = Source("f", written).whole().with_holes([(6, 8), (17, 27), (39, 43)])
    root = read_json(text)
    assert (root.string("a"), root.scalar("a").style) == ("$N", PLAIN)
    assert root.string("b") == 'x$(jq ".a")y\n'
    assert root.scalar("b").text.holes == [(1, 11)]
    assert root.items("c")[0].text.holes == [(0, 4)]
    assert root.scalar("c") is None
    assert root.scalar("d").text.holes == []
    with pytest.raises(Problem):
        read_json(text.slice(0, 10))


def test_nested_too_deep():
    assert read("[" * 200 + "]" * 200)
    with pytest.raises(Problem) as caught:
        read("[" * 201 + "]" * 201)
    assert (caught.value.kind, caught.value.start) == ("limit", 200)
