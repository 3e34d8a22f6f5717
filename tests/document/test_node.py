"""Look-ups in trees: paths, nulls, merges."""

from spmlint.document.node import Mapping
from spmlint.document.text import Source
from spmlint.document.yaml import read_yaml


def root(text):
    return read_yaml(Source("f", text))[0].root


def test_paths_end_at_what_is_not_there():
    node = root("a: {b: [c, {d: e}], n: null, t: ~, empty: }\n")
    assert node.get("a", "b", "c") is None
    assert node.get("a", "n") is node.get("a", "t") is node.get("a", "empty") is None
    assert node.string("a", "b") is None
    assert [type(item).__name__ for item in node.items("a", "b")] == ["YamlScalar", "Mapping"]
    assert node.items("a") == node.items("nothing") == []
    assert node.items("a", "b")[1].string("d") == "e"


def test_a_path_may_pass_an_alias():
    node = root("a: &a {b: {c: d}}\ne: *a\nf: [*a]\n")
    assert node.string("e", "b", "c") == "d"
    assert node.items("f")[0].string("b", "c") == "d"


def test_pairs_skip_what_has_no_plain_key():
    node = root("? [x]\n: y\na: b\n")
    assert [key.value for key, _ in node.pairs()] == ["a"]


def test_own_keys_win_over_merged_ones_wherever_the_merge_stands():
    node = root("base: &base {x: merged, y: merged}\nuser:\n  x: own\n  <<: *base\n")
    assert node.string("user", "x") == "own"
    assert node.string("user", "y") == "merged"
    assert [(key.value, value.value) for key, value in node.pairs("user")] == [("y", "merged"), ("x", "own")]


def test_of_duplicate_keys_in_a_merged_mapping_the_last_counts():
    node = root("base: &base {x: first, x: last}\nuser: {<<: *base}\n")
    user = node.get("user")
    assert isinstance(user, Mapping)
    assert [value.value for _, value in user.entries()] == ["last"]
    assert user.string("x") == "last"


def test_a_quoted_or_tagged_merge_key_is_a_plain_key():
    node = root("a: &a {x: y}\nb: {'<<': *a}\n")
    assert node.get("b", "x") is None
    assert node.string("b", "<<", "x") == "y"
