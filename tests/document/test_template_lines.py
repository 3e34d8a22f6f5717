"""Templates of Helm, Jinja and ERB as YAML: what stays, what becomes a placeholder, and where both stand."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.template_lines import is_recoverable, recover
from spmlint.document.text import Source


def shown(template):
    """The recovered text with its placeholders in square brackets."""
    text = recover(Source("a.yaml", template).whole())
    value = text.value
    for start, end in reversed(text.holes):
        value = f"{value[:start]}[{value[start:end]}]{value[end:]}"
    return value


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("memory: {{ .Values.memory }}\n", "memory: [<Values.memory>]\n"),
        ("memory: {{ .Values.memory }}g\n", "memory: [<Values.memory>]g\n"),
        ('a: "x{{ .b | default "4g" }}y"\n', 'a: "x[<b | default 4g>]y"\n'),
        ("a: <%= b %>\n", "a: [<b>]\n"),
        ("a: {% if b %}4g{% else %}8g{% endif %}\n", "a: [<if b>]\n"),
        ("a:\n{{ b \"x\" . | nindent 2 }}\n", "a:\n  [<b x . | nindent 2>]: [<b x . | nindent 2>]\n"),
        ("a: {{SPARK_VERSION}}{{ b }}\n", "a: {{SPARK_VERSION}}[<b>]\n"),
        ("a:\n  {{- toYaml .b | indent 4 }}\n", "a:\n    [<toYaml .b | indent 4>]: [<toYaml .b | indent 4>]\n"),
        ("a:\n  {{- toYaml .b }}\n", "a:\n  [<toYaml .b>]: [<toYaml .b>]\n"),
        ("a: 1\n{{- if .b }}\nc: 2\n{{- end }}\nd: 3\n", "a: 1\n\n[<if>]c: 2\n\nd: 3\n"),
        ("a: 1\n{% for b in c %}\n- \"d\": {{ b }}\n{% endfor %}\n", 'a: 1\n\n- "[<if>]d": [<b>]\n\n'),
        ("a: 1\n<% if b %>\nc: 2\n<% else %>\nc: 3\n<% end %>\n", "a: 1\n\n[<if>]c: 2\n\n[<if>]c: 3\n\n"),
        ("a: 1\n<% b.each do |c| %>\nd: 2\n<% end %>\n", "a: 1\n\n[<if>]d: 2\n\n"),
        # What encloses whole documents leaves them as they are.
        ("{{- if .b }}\na: 1\n{{- end }}\n", "\na: 1\n\n"),
        ("# x\n{{ if .b }}\n# y\na: 1\n{{ end }}\n---\nc: 1\n", "# x\n\n# y\na: 1\n\n---\nc: 1\n"),
        ("{{ if .a }}\n{{ with .b }}\nc: 1\n{{ end }}\n{{ end }}\n", "\n\nc: 1\n\n\n"),
        ("{{ if .a }}\nc: 1\n{{ with .b }}\nd: 1\n{{ end }}\n{{ end }}\n", "\nc: 1\n\n[<if>]d: 1\n\n\n"),
        # Comments, assignments, actions of several lines.
        ("{{/* a\nb: 1 */}}\nc: 1\n", "\nc: 1\n"),
        ("{{- $b := .c }}\n{% set b = 1 %}\n{# x #}\nd: 1\n", "\n\n\nd: 1\n"),
        ('a: {{ include "b" (dict\n  "c" "d"\n) }}\ne: 1\n', "a: [<include b dict c d>]\ne: 1\n"),
        # What never ends is no action.
        ("a: {{ b\nc: 1\n", "a: {{ b\nc: 1\n"),
        ("a: 1\n{{ if b }}\nc: 1\n", "a: 1\n\n[<if>]c: 1\n"),
    ],
)  # fmt: skip
def test_what_becomes_of_lines(template, expected):
    assert shown(template) == expected


@pytest.mark.parametrize(("text", "expected"), [("a: {{ b }}", True), ("a: {b: {c: d}}", False), ("a: {{ b", False)])
def test_what_is_a_template(text, expected):
    assert is_recoverable(text) is expected


PARTS = [
    "a: 1\n",
    "  b: {{ .c }}\n",
    "{{ if .x }}\n",
    "{{- end }}\n",
    "{{ .y }}",
    "\n",
    "- ",
    "{% for z %}",
    "{% endfor %}",
    '"',
    "é",
    "---\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_what_stays_stands_where_it_is_written(template):
    text = recover(Source("a.yaml", template).whole())
    holes = text.holes
    for at, character in enumerate(text.value):
        span = text.span(at, at + 1)
        if span.end - span.start == 1 and not any(start <= at < end for start, end in holes):
            assert template[span.start] == character
    kept = [text.span(at, at + 1).start for at in range(len(text.value)) if not any(a <= at < b for a, b in holes)]
    assert kept == sorted(kept)


@pytest.mark.parametrize(
    "template",
    ["{{ if x }}\n" * 20_000, "{{ x }}" * 20_000, "a: {{ x\n" * 20_000, "{%" * 50_000, "#{{ if x }}{{end}}" * 10_000,
     "{{ if x }}\na: b\n{{ end }}\n" * 10_000, "{{ \n }}" * 20_000],
)  # fmt: skip
def test_any_template_is_read_in_time(template):
    start = time.process_time()
    recover(Source("a.yaml", template).whole())
    assert time.process_time() - start < 10
