"""What is wrong with a file that is not YAML is said at the place where the person has to look."""

import pytest

from spmlint.document.node import Problem
from spmlint.document.text import Source
from spmlint.document.yaml import read_yaml

CASES = [
    ("a:\n\tb: 1\n", (2, 1), "indented with a tab", "spaces"),
    ("a: |\n\tx\n", (2, 1), "indented with a tab", "spaces"),
    ("a:\n \xa0b: 1\n  c: 2\n", (2, 2), "U+00A0", "plain space"),
    ("image: {REG}/x\nb: 1\n", (1, 13), "next key", "begins with { is a map"),
    ("a: {X}\nb: {Y}/z: q\n", (2, 7), "next key", "begins with { is a map"),
    ("a: {{ x }}-y\n", (1, 11), "next key", "looks like a template"),
    ("{{- if x }}\na: 1\n{{- end }}\n", (1, 3), "a value should stand here", "looks like a template"),
    ("{% if x %}\na: b\n", (1, 2), "cannot begin with '%'", "looks like a template"),
    ("a: b: c\n", (1, 5), "cannot stand here", "': ' in quotes"),
    ("a: b\n  c: d\n", (2, 4), "cannot stand here", "neighbours"),
    ("a:\n  - b\n c: d\n", (3, 2), "next key", "indentation"),
    ("- a\nb: c\n", (2, 1), "next '- '", "neighbours"),
    ("a: 'b\nc: d\n", (1, 4), "' is never closed", ""),
    ('a: "b\n---\nc: d\n', (1, 4), '" is never closed', ""),
    ("a: [1, 2\n", (1, 4), "[ is never closed", ""),
    ("a: [1, 2\nb: 3\n", (2, 2), "or a comma is missing", "the [ in line 1"),
    ("a: {b: c\n", (1, 4), "{ is never closed", ""),
    ("a: @x\n", (1, 4), "cannot begin with '@'", "quotes"),
    ("a: *.jar\n", (1, 4), "cannot begin with *", "quotes"),
    ("a: *x\n", (1, 4), "no anchor &x", "quotes"),
    ('a: "C:\\dir"\n', (1, 7), "unknown escape", "single quotes"),
    ("é: \x07\n", (1, 4), "U+0007", ""),
    ("a\nb: 1\n", (2, 2), "cannot stand here", "neighbours"),
    ("a: 1\nlong key with no colon\nb: 1\n", (2, 1), "not a 'key: value' pair", "colon"),
    ("\ufeffa: 1\n", (1, 1), "byte order mark", ""),
    ("a: \ud800\n", (1, 4), "surrogate", ""),
    ("[a, b]\nc: d\n", (2, 1), "has ended before this", "---"),
    ("%YAML 3.0\n---\na\n", (1, 1), "incompatible", ""),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), CASES)
def test_place_and_words(text, place, message, hint):
    source = Source("f", text)
    with pytest.raises(Problem) as caught:
        read_yaml(source)
    trouble = caught.value
    assert trouble.kind == "syntax"
    assert source.position(trouble.start) == place
    assert message in trouble.message
    assert hint in trouble.hint
    assert trouble.start <= trouble.end <= len(text)
