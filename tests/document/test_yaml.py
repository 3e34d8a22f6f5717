"""Structure, text and places of YAML documents agree with ruamel.yaml's and PyYAML's readers."""

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from yaml_events import Seen, ours, ruamels

from spmlint.document import yaml as reader
from spmlint.document.libyaml import LibyamlMissing
from spmlint.document.node import Alias, Mapping, Problem, Scalar, Sequence
from spmlint.document.source import decode
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml, read_yaml

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "yaml").glob("*.yaml"))


def read(text):
    return read_yaml(Source("f.yaml", text))


def root(text):
    (document,) = read(text)
    return document.root


def is_empty(seen):
    return seen.what[:3] == ("scalar", "", "")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_agrees_with_ruamel_yaml(path):
    source = decode(str(path), path.read_bytes())
    mine, theirs = ours(read_yaml(source)), ruamels(source.text)
    assert [seen.what for seen in mine] == [seen.what for seen in theirs]
    for one, other in zip(mine, theirs, strict=True):
        # A value that is not written has no place of its own: libyaml gives it the colon's or dash's end, ruamel.yaml
        # the next token or a blank further on. Both are of zero width with nothing visible between them.
        if is_empty(one):
            assert one.start == one.end
            low, high = sorted([one.start, other.start])
            assert not source.text[low:high].strip(" \n\r:,-?")
        else:
            assert one == other


def test_every_fixture_is_read():
    assert len(FIXTURES) >= 25


def scalars_of(documents):
    pending = [document.root for document in documents]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        elif isinstance(node, Sequence):
            pending.extend(node.nodes)


WORDS = st.text(alphabet="ab: #-'\"\\\n\t{}[],&*!|>%@é😀\u2028\x85", max_size=24)
DATA = st.recursive(
    WORDS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def composed(text):
    """PyYAML's own tree, flattened: values and places, moved behind a tag where one is written."""
    seen = []

    def walk(node):
        if isinstance(node, yaml.ScalarNode):
            start = re.compile("(?:!!?[a-z]*[ \r\n]*)?").match(text, node.start_mark.index).end()
            seen.append(Seen((node.value, node.style), start, node.end_mark.index))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(key)
                walk(value)
            seen.append("mapping")
        else:
            for item in node.value:
                walk(item)
            seen.append("sequence")

    for node in yaml.compose_all(text, Loader=yaml.CBaseLoader):
        walk(node)
    return seen


def flattened(documents):
    seen = []

    def walk(node):
        if isinstance(node, Scalar):
            seen.append(Seen((node.value, node.style), node.start, node.end))
        elif isinstance(node, Mapping):
            for key, value in node.own:
                walk(key)
                walk(value)
            seen.append("mapping")
        else:
            for item in node.nodes:
                walk(item)
            seen.append("sequence")

    for document in documents:
        walk(document.root)
    return seen


@settings(max_examples=150, deadline=None)
@given(
    DATA,
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([None, True, False]),
    st.integers(5, 80),
    st.integers(2, 6),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_agrees_with_pyyaml_on_what_it_writes(data, style, flow, width, indent, unicode, line_break):
    text = yaml.dump(
        [data],
        Dumper=yaml.CSafeDumper,
        default_style=style,
        default_flow_style=flow,
        width=width,
        indent=indent,
        allow_unicode=unicode,
        line_break=line_break,
    )
    assert flattened(read(text)) == composed(text)


@settings(max_examples=60, deadline=None)
@given(DATA, st.booleans(), st.integers(10, 80))
def test_agrees_with_pyyaml_on_what_ruamel_yaml_writes(data, flow, width):
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.width = width
    text = StringIO()
    writer.dump([data], text)
    try:
        expected = composed(text.getvalue())
    except yaml.YAMLError:  # libyaml refuses some YAML 1.2, such as a plain scalar in brackets that begins with a colon
        with pytest.raises(Problem):
            read(text.getvalue())
    else:
        assert flattened(read(text.getvalue())) == expected


def test_an_alias_stands_where_it_is_written_and_marks_what_it_shares():
    node = root("a: &x {m: 4g}\nb: *x\nc: 4g\n")
    alias = node.own[1][1]
    assert isinstance(alias, Alias)
    assert alias.span().text == "*x"
    assert alias.target is node.own[0][1]
    assert node.scalar("b", "m").shared
    assert node.own[0][1].own[0][0].shared
    assert not node.scalar("c").shared


def test_an_anchor_defined_twice_means_the_last_one_before():
    node = root("- &x a\n- *x\n- &x b\n- *x\n")
    assert [item.value for item in node.items()] == ["a", "a", "b", "b"]


def test_anchors_end_with_their_document():
    with pytest.raises(Problem, match="no anchor &x"):
        read("- &x a\n---\n- *x\n")


def test_recursive_aliases_are_read():
    node = root("&r\nself: *r\nlist: &l [*l]\n")
    assert node.get("self", "self", "self") is node
    assert node.items("list")[0] is node.get("list")


def test_merge_keys_stay_as_written_and_answer_as_merged():
    text = "a: &a {x: 1, y: 1}\nb: &b\n  <<: *a\n  y: 2\n  z: 2\nc: {<<: [*b, *a], z: 3}\n"
    node = root(text)
    assert [key.value for key, _ in node.get("c").own] == ["<<", "z"]
    assert {key: node.string("c", key) for key in "xyz"} == {"x": "1", "y": "2", "z": "3"}
    assert [(key.value, value.value) for key, value in node.pairs("c")] == [("y", "2"), ("x", "1"), ("z", "3")]


def test_of_merged_mappings_what_the_first_merges_wins_over_the_second():
    text = "- &base {k: base}\n- &first\n  <<: *base\n- &second {k: second}\n- {<<: [*first, *second]}\n"
    node = root(text)
    assert node.items()[3].string("k") == yaml.safe_load(text)[3]["k"] == "base"


def test_duplicate_keys_are_kept_and_the_last_answers():
    node = root("a: 1\nb: 2\na: 3\n")
    assert [key.value for key, _ in node.own] == ["a", "b", "a"]
    assert node.string("a") == "3"


def test_a_place_never_includes_the_anchor_or_tag():
    node = root("a: &x !!str 4g\nb: !t {c: d}\ne: &y\n  # why\n  f: g\nh: &z\n")
    assert node.scalar("a").span().text == "4g"
    assert node.get("b").span().text == "{c: d}"
    assert node.get("e").span().text == "f: g"
    assert node.own[3][1].value == ""


def test_a_block_collection_ends_with_its_last_value():
    node = root("a:\n  b: c  # note\n\n# far\nd: [e,\n f]\n")
    assert node.get("a").span().text == "b: c"
    assert node.get("d").span().text == "[e,\n f]"
    assert root("[k: v , x]\n").nodes[0].span().text == "k: v"


def test_documents_know_where_they_begin_and_end():
    source = Source("f", "a: 1\n---\nb: 2\n...\n# c\n---\nd: 3\n")
    assert [source.text[each.start : each.end] for each in read_yaml(source)] == [
        "a: 1\n",
        "---\nb: 2\n...",
        "---\nd: 3\n",
    ]


def test_a_stream_without_documents_has_none():
    assert read("") == read("# only a comment\n") == []


def test_the_documents_before_a_mistake_are_given():
    documents = iter_yaml(Source("f", "a: 1\n---\nb: [\n"))
    assert next(documents).root.string("a") == "1"
    with pytest.raises(Problem):
        next(documents)


@pytest.mark.parametrize(
    ("written", "null", "true", "false"),
    [("~", True, False, False), ("", True, False, False), ("on", False, True, False), ("y", False, True, False),
     ("No", False, False, True), ("n", False, False, True), ("'true'", False, False, False), ("!!str true", False, False, False)],
)  # fmt: skip
def test_words_kubernetes_does_not_read_as_text(written, null, true, false):
    scalar = root(f"a: {written}\n").own[0][1]
    assert (scalar.is_null, scalar.is_true, scalar.is_false) == (null, true, false)


def test_without_libyaml_nothing_is_read(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    with pytest.raises(LibyamlMissing):
        read("a: 1\n")


@pytest.mark.parametrize("first", ["import yaml", "pass"])
def test_the_parser_alone_and_all_of_pyyaml_get_along(first):
    """Whoever imports PyYAML before or after finds all of it, with libyaml and one family of exceptions."""
    program = f"""
import subprocess
import sys
{first}
from spmlint.document.text import Source
from spmlint.document.yaml import Problem, read_yaml
assert len(read_yaml(Source("f", "a: [1]"))) == 1
assert ("yaml.resolver" in sys.modules) == ({first!r} != "pass")
for wrong in ("a: ]", "a: \x01"):
    try:
        read_yaml(Source("f", wrong))
    except Problem as problem:
        print(problem.message)
import yaml
assert yaml.__with_libyaml__ and yaml.load("a: 1", Loader=yaml.CSafeLoader) == yaml.safe_load("a: 1") == {{"a": 1}}
try:
    yaml.load("]", Loader=yaml.CSafeLoader)
except yaml.YAMLError:
    print("refused")
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 3


def test_more_values_than_the_limit(monkeypatch):
    monkeypatch.setattr(reader, "MAX_NODES", 10)
    with pytest.raises(Problem) as trouble:
        read("- [a, b]\n- [1, 2, 3, 4, 5, 6, 7, 8, 9]\n")
    assert trouble.value.kind == "limit"
