"""Hostile and broken input ends in a tree or a Problem, soon, and never in another exception or a crash."""

import json
import time

import pytest

from spmlint.document.holes import find_holes, template_marks
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Problem
from spmlint.document.notebook import read_notebook
from spmlint.document.properties import read_properties
from spmlint.document.source import decode
from spmlint.document.text import Source
from spmlint.document.yaml import read_yaml

SECONDS = 2.0
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
MERGES = "m0: &m0 {k0: v}\n" + "".join(f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]\n  k{n}: v\n" for n in range(1, 23))

YAML = {
    "60 KB of [": "[" * 60_000,
    "balanced [": "[" * 100_000 + "]" * 100_000,
    "nested dashes": "- " * 60_000 + "x",
    "nested question marks": "? " * 30_000 + "x",
    "alias bomb": BOMB,
    "merges": MERGES,
    "recursive alias": "a: &a [*a]\nb: &b {<<: *b, c: *a}\n",
    "1 MB comment": "#" + "x" * 1_000_000 + "\na: 1\n",
    "1 MB plain scalar": "a: " + "x" * 1_000_000,
    "1 MB plain blanks": "a: x" + " " * 1_000_000 + "y\n",
    "1 MB quoted blanks": 'a: "\\t' + " " * 1_000_000 + '"\n',
    "1 MB block scalar": "a: |\n" + "  one line of text\n" * 60_000,
    "1 MB folded scalar": "a: >\n" + "  one line of text\n" * 60_000,
    "5 MB stream": "---\nkind: SparkApplication\nmetadata: {name: 'spark-pi'}\nspec:\n  mainApplicationFile: "
    "local:///opt/spark/examples/jars/spark-examples.jar\n  driver:\n    memory: 512m\n" * 32_000,
    "unclosed quotes": "a: '" * 20_000,
    "tab": "a:\n\tb: c\n",
    "20,000 keys": "".join(f"k{n}: v\n" for n in range(20_000)),
    "200,000 items": "[" + "1, " * 200_000 + "]",
}


def within_seconds(action):
    started = time.process_time()
    try:
        result = action()
    except Problem:
        result = None
    assert time.process_time() - started < SECONDS
    return result


def visit(node):
    """Reads all texts, as rules might."""
    pending, seen = [node], set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if hasattr(node, "text"):
            assert node.text.value == node.value
        elif isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        else:
            pending.extend(getattr(node, "nodes", ()))


@pytest.fixture(autouse=True)
def _without_garbage_collection():
    """As the command line runs."""
    import gc

    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", YAML)
def test_yaml(name):
    for document in within_seconds(lambda: read_yaml(Source("f", YAML[name]))) or ():
        within_seconds(lambda document=document: visit(document.root))


@pytest.mark.parametrize("name", ["60 KB of [", "balanced [", "nested dashes", "nested question marks"])
def test_yaml_nested_too_deep(name):
    with pytest.raises(Problem) as caught:
        read_yaml(Source("f", YAML[name]))
    assert caught.value.kind == "limit"


def test_merges_are_looked_up_within_a_budget():
    (document,) = read_yaml(Source("f", MERGES))
    assert within_seconds(lambda: document.root.string("m22", "k0")) == "v"
    assert len(list(document.root.pairs("m22"))) == 23


def test_a_mapping_that_merges_itself():
    (document,) = read_yaml(Source("f", "a: &a\n  <<: [*a, {b: c}]\n  d: e\n"))
    assert document.root.string("a", "b") == "c"
    assert [key.value for key, _ in document.root.pairs("a")] == ["b", "d"]


JSON = {
    "60 KB of [": "[" * 60_000,
    "balanced [": "[" * 100_000 + "]" * 100_000,
    "deep objects": '{"a":' * 50_000,
    "1 MB string": json.dumps("x" * 1_000_000),
    "1 MB of escapes": json.dumps("\n" * 500_000),
    "unclosed string": '"' + "x" * 1_000_000,
    "unclosed comment": "/*" * 500_000,
    "1 MB of blanks": " " * 1_000_000,
    "digits": "1" * 1_000_000,
    "1 MB of numbers": json.dumps(list(range(150_000))),
    "commas": "[" + "," * 1_000_000,
}


@pytest.mark.parametrize("name", JSON)
def test_json(name):
    root = within_seconds(lambda: read_json(Source("f", JSON[name]).whole()))
    if root is not None:
        within_seconds(lambda: visit(root))
    forgiven = []
    within_seconds(lambda: read_json(Source("f", JSON[name]).whole(), forgiven=forgiven))


def test_json_in_json_in_json():
    written = json.dumps(json.dumps(json.dumps({f"k{n}": 'quoted "text"\n' for n in range(2_000)})))
    text = Source("f", written).whole()

    def unwrap():
        inner = text
        for _ in range(2):
            inner = read_json(inner).text
        visit(read_json(inner))

    within_seconds(unwrap)


@pytest.mark.parametrize(
    "outputs",
    [
        [{"data": {"image/png": "A" * 5_000_000}}],
        [{"data": {"text/html": ["<tr><td>1</td></tr>\n"] * 170_000}}],
        [{"data": {"plot": [[n, n + 0.5, None] for n in range(180_000)]}}],
    ],
    ids=["one string", "lines", "numbers"],
)
def test_a_notebook_with_5_mb_of_outputs(outputs):
    written = json.dumps({"cells": [{"cell_type": "code", "source": ["x = 1\n", "y"], "outputs": outputs}]}, indent=1)
    (cell,) = within_seconds(lambda: read_notebook(Source("f", written)))
    assert cell.value == "x = 1\ny"


def test_a_notebook_cut_off_in_its_outputs():
    written = '{"cells": [{"outputs": [' + "1, " * 1_000_000
    assert within_seconds(lambda: read_notebook(Source("f", written))) is None


PROPERTIES = {
    "continuations": "a=" + "x\\\n" * 200_000,
    "backslashes": "a=" + "\\" * 1_000_000,
    "escapes": "a=" + "\\u0041" * 100_000,
    "1 MB comment": "#" + "x" * 1_000_000,
    "blanks": " " * 1_000_000,
    "blanks in key": "a" + " " * 1_000_000 + "b",
    "100,000 lines": "spark.executor.memory 4g\n" * 60_000,
    "CR": "\r" * 1_000_000,
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_properties(name):
    within_seconds(lambda: read_properties(Source("f", PROPERTIES[name]).whole()))


@pytest.mark.parametrize("part", ["{{", "${", "$(", "<%", "<a ", "<a and ", "@a", "%A", "$a", "a.", "a.B$", "((", "{"])
def test_holes(part):
    for text in (part * 300_000, part + "x" * 1_000_000, part + " " * 1_000_000):
        within_seconds(lambda text=text: find_holes(text))
        within_seconds(lambda text=text: template_marks(text))


@pytest.mark.parametrize(
    "data", [b"a: \x00\n", b"a: \xe9\x80", b"\xff\xfea\x00:\x00 ", b"\xff\xfe\x00\x00abc", b"\x00" * 99]
)
def test_bytes_that_are_not_text(data):
    with pytest.raises(Problem) as caught:
        decode("f", data)
    assert caught.value.kind == "encoding"
    assert 0 <= caught.value.start < caught.value.end <= len(data) + 1
