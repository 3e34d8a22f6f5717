"""Terraform's language: literals with their values and places, everything else a placeholder, and never a failure."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.hcl import Block, read_hcl
from spmlint.document.node import Alias, Mapping, Scalar, Sequence
from spmlint.document.text import Source


def read(text):
    return read_hcl(Source("main.tf", text))


def value(written):
    """The one attribute's value."""
    return read(f"a = {written}\n").body.own[0][1]


def plain(node):
    """A tree as Python has it; placeholders are sets."""
    if isinstance(node, Alias):
        return plain(node.target)
    if isinstance(node, Scalar):
        return {node.text.value} if node.text.holes == [(0, len(node.value))] else node.text.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.nodes]
    assert isinstance(node, Mapping)
    return [(key.value, plain(item)) for key, item in node.own]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"4 vCPU"', "4 vCPU"),
        ('"a\\n\\"b\\" \\\\ \\u00e9"', 'a\n"b" \\ é'),
        ('"$${x} %%{y} $5 100%"', "${x} %{y} $5 100%"),
        ("16", "16"),
        ("-1.5e3", "-1.5e3"),
        ("true # on", "true"),
        ("null", "null"),
        ('[1, "b",\n  [true],\n]', ["1", "b", ["true"]]),
        ('{ a = 1, "b.c" : "d"\n  e = [] }', [("a", "1"), ("b.c", "d"), ("e", [])]),
        ("<<EOF\nline ${a}\nEOF", "line ${a}\n"),
        ("<<-EOF\n  x $${y}\n  EOF", "  x ${y}\n"),
        ("<<EOF\nno end", "no end\n"),
    ],
)
def test_literals_have_their_values(written, expected):
    assert plain(value(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "var.a",
        '"${local.b}"',
        "4 * 4",
        'format("%s GB", 16)',
        'var.large ? "8 vCPU" : "4 vCPU"',
        '"a" == "b"',
        "aws_x.y.id",
        "[for x in y : x]",
        '["a"][0]',
        "(1)",
        "data.x.y[0].z",
        'lookup(var.sizes, "}{", ",")',
    ],
)
def test_expressions_are_placeholders(written):
    body = read(f"a = {written}\nb = 1\n").body
    found = plain(body.own[0][1])
    assert found == {written} or found == [{written[1:-1]}]
    assert plain(body.own[1][1]) == "1"


def test_templates_are_holes_in_their_strings():
    text = value('"s3://${aws_s3.x["a}"].id}/%{if x}y%{endif}"').text
    assert [text.value[slice(*hole)] for hole in text.holes] == ['${aws_s3.x["a}"].id}', "%{if x}", "%{endif}"]
    assert text.span(0, 5).text == "s3://"


def test_variables_and_locals_alone_are_references():
    found = read('a = var.x\nb = "${local.y}"\nc = "${var.x} GB"\nd = var.x + 1\n').references
    assert [reference.name for reference in found] == ["var.x", "local.y", "var.x"]


def test_blocks_with_labels_stand_beside_each_other():
    body = read('resource "t" "n" {\n  x { a = 1 }\n  x {\n    a = 2\n  }\n}\nlocals {}\n').body
    (kind, block), (other, _) = body.own
    assert (kind.value, block.labels, other.value) == ("resource", ["t", "n"], "locals")
    assert isinstance(block, Block)
    assert plain(block) == [("x", [("a", "1")]), ("x", [("a", "2")])]
    assert block.span().text.endswith("}\n}")


def test_comments_are_passed_over():
    body = read("# a = 1\n// b = 2\n/* c = 3\n*/ d = 4 // e\nf /* g */ = 5\n").body
    assert plain(body) == [("d", "4"), ("f", "5")]


def test_a_key_that_has_to_be_computed_hides_any():
    (key, _), (other, _) = value("{ (var.k) = 1\n  a = 2 }").own
    assert (key.text.holes, other.value) == ([(0, len(key.value))], "a")


def written_form(text):
    """A string as Terraform writes it."""
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return re.sub(r"([$%])(?=\{)", r"\1\1", escaped)


@given(
    st.lists(st.sampled_from(["a", "é", '"', "\\", "\n", "\t", "$", "{", "}", "%", "#", " ", "4g"]), max_size=8).map(
        "".join
    )
)
def test_the_cut_out_span_decoded_again_is_the_string(text):
    node = value(f'"{written_form(text)}"')
    assert node.text.value == text
    assert value(f'"{node.text.span().text}"').text.value == text
    for at in range(len(text)):
        cut = node.text.span(at, at + 1).text
        # Two characters are written as one piece only where the mark of a template stands for itself.
        expected = {"$${": "${", "%%{": "%{"}.get(cut, text[at])
        assert plain(value(f'"{cut}"')) == expected


@given(st.text(alphabet='a1 "\\${}[]()=,\n#/*<%.-:', max_size=60))
def test_anything_is_read(text):
    body = read(text).body
    pending = [body]
    while pending:
        node = pending.pop()
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Scalar):
            assert node.text.value == node.value
        elif isinstance(node, Mapping):
            pending.extend(part for pair in node.own for part in pair)
        else:
            pending.extend(getattr(node, "nodes", ()))


HOSTILE = {
    "open braces": "a " + "{" * 100_000,
    "open brackets": "a = " + "[" * 100_000,
    "balanced": "a = " + "[" * 50_000 + "]" * 50_000,
    "blocks": "a {\n" * 50_000 + "}" * 50_000,
    "operations at every level": "a = " + "[" * 49 + '"a" + 1,' * 10_000 + "]+1" * 49,
    "long string": 'a = "' + "x" * 1_000_000,
    "open templates": 'a = "' + "${" * 200_000,
    "strings in templates": 'a = "' + '${"' * 100_000,
    "dollars": 'a = "' + "$" * 500_000 + '"',
    "heredocs without end": "a = <<EOF\n" * 30_000,
    "marks of heredocs": "a = " + "<<A " * 200_000,
    "braces in a heredoc": "a = <<EOF\n${" + "{a}" * 100_000 + "\nEOF\n",
    "open comments": "/*" * 300_000,
    "stars": "/*" + "*" * 1_000_000,
    "closing braces": "}" * 500_000,
    "quotes": '"' * 500_000,
    "labels": "a " + '"b" ' * 200_000,
    "words": "word " * 200_000,
    "backslashes": 'a = "' + "\\" * 500_001,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_soon(name):
    started = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - started < 2
