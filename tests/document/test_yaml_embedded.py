"""YAML inside strings: the same tree as outside, at the places of the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Problem, Scalar, Sequence
from spmlint.document.text import Source
from spmlint.document.yaml import read_yaml
from spmlint.document.yaml_embedded import iter_embedded

INNER = """\
# a comment
apiVersion: v1
name: "a\\tb"
shared: &x [1, 'it''s', *y]
again: *x
text: |
  two
  lines
folded: >-
  one
  line
empty: ""
---
second: {a: {{ b }}}
""".replace(", *y", "")


def scalars(node):
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for pair in node.own:
            for part in pair:
                yield from scalars(part)
    elif isinstance(node, Sequence):
        for part in node.nodes:
            yield from scalars(part)


def block(text):
    """The Text of a block scalar that holds ``text``."""
    lines = "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
    source = Source("outer.yaml", f"first: 1\ndata:\n  file: |\n{lines}last: 2\n")
    return read_yaml(source)[0].root.get("data", "file").text


def test_values_are_those_of_the_same_text_in_a_file_and_stand_where_the_file_has_them():
    text = block(INNER)
    own, embedded = read_yaml(Source("inner.yaml", INNER)), list(iter_embedded(text))
    assert len(own) == len(embedded) == 2
    for plain, inside in zip(own, embedded, strict=True):
        pairs = list(zip(scalars(plain.root), scalars(inside.root), strict=True))
        assert [a.value for a, _ in pairs] == [b.text.value for _, b in pairs]
        assert [a.is_plain for a, _ in pairs] == [b.is_plain for _, b in pairs]
        for _, scalar in pairs:
            written = text.source.text[scalar.start : scalar.end]
            if scalar.style == "":
                assert written == scalar.value
            else:
                assert written[0] == scalar.style


def test_a_part_of_a_value_has_its_line_and_column():
    (document,) = iter_embedded(block("a:\n  key: |\n    one\n    two\n"))
    value = document.root.get("a", "key").text
    at = value.value.index("two")
    assert (value.span(at, at + 3).line, value.span(at, at + 3).column) == (7, 9)


def test_a_mistake_is_reported_at_its_place():
    with pytest.raises(Problem) as found:
        list(iter_embedded(block("a: 1\nb: [\n")))
    assert found.value.start > len("first: 1\ndata:\n  file: |\n    a: 1\n")


_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85\ufeff"), max_size=8
)


@given(st.dictionaries(_WORDS, st.one_of(_WORDS, st.lists(_WORDS, max_size=2)), max_size=3), st.booleans())
def test_values_inside_a_json_string_decode_from_their_spans(content, ascii_only):
    inner = json.dumps(content, ensure_ascii=False)
    outer = json.dumps({"manifest": inner}, ensure_ascii=ascii_only)
    text = read_json(Source("outer.json", outer).whole()).get("manifest").text
    (document,) = iter_embedded(text)
    for scalar in scalars(document.root):
        assert json.loads(json.loads(f'"{outer[scalar.start : scalar.end]}"')) == scalar.text.value
        assert json.loads(f'"{scalar.text.span().text}"') == json.dumps(scalar.value, ensure_ascii=False)[1:-1]
