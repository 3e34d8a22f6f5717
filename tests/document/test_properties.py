"""Properties files read as java.util.Properties reads them: the golden answers are a real JDK's."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.node import Problem
from spmlint.document.properties import read_properties
from spmlint.document.text import VERBATIM, Source

sys.path.insert(0, str(Path(__file__).parents[1] / "generate"))

import properties_golden


def read(text):
    return read_properties(Source("spark-defaults.conf", text).whole())


def outcome(text):
    """Keys and values in turn, None where the file is refused, as the golden file has it."""
    try:
        return [part.value for entry in read(text) for part in (entry.key, entry.value)]
    except Problem:
        return None


def test_agrees_with_java_in_every_stored_case():
    stored = properties_golden.stored()
    assert len(stored) > 6000
    assert sum(answer is None for _, answer in stored) > 300
    wrong = [(text, outcome(text), answer) for text, answer in stored if outcome(text) != answer]
    assert wrong == []


@pytest.mark.oracle
def test_java_still_answers_so():
    texts, expected = zip(*properties_golden.stored(), strict=True)
    assert properties_golden.answers(list(texts)) == list(expected)


@pytest.mark.oracle
def test_agrees_with_java_in_other_cases():
    texts = properties_golden.cases(20_000, seed=18)
    wrong = [
        (text, outcome(text), answer)
        for text, answer in zip(texts, properties_golden.answers(texts), strict=True)
        if outcome(text) != answer
    ]
    assert wrong == []


PARTS = ["a", "b ", " ", "\t", "=", ":", "#", "!", "\\", "\\\\", "\n", "\r", "\r\n", "\\\n  ", "\\u0041", "é", "😀"]


@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join))
def test_every_character_knows_its_place(written):
    source = Source("f", written)
    for entry in read(written):
        assert entry.span().start <= entry.key.start <= entry.key.end <= entry.value.start <= entry.value.end
        assert entry.value.end <= entry.span().end
        for part in (entry.key, entry.value):
            inner = 0
            for inner_start, inner_end, outer_start, outer_end, kind in part.segments or ():
                assert inner_start == inner < inner_end
                inner = inner_end
                if kind == VERBATIM:
                    assert source.text[outer_start:outer_end] == part.value[inner_start:inner_end]
            if part.segments is None:
                assert part.span().text == part.value
            else:
                assert inner == len(part.value)


@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join), st.data())
def test_decoding_what_was_cut_out_gives_it_again(written, data):
    for entry in read(written):
        if entry.value.value:
            at = data.draw(st.integers(0, len(entry.value.value) - 1))
            (again,) = read("k=\\\n" + entry.value.span(at, at + 1).text)[:1] or [None]
            if not entry.value.value[at].isspace():
                assert again.value.value == entry.value.value[at]


def test_places_through_a_continuation():
    source = Source("f", "# c\nspark.driver.extraJavaOptions -XX:+UseG1GC \\\n    -Dk=v\\\n    w\n")
    (entry,) = read_properties(source.whole())
    assert entry.value.value == "-XX:+UseG1GC -Dk=vw"
    span = entry.value.span(13, 17)
    assert (span.text, span.line, span.column) == ("-Dk=", 3, 5)
    assert entry.value.span(17, 19).text == "v\\\n    w"
    assert (entry.span().line, entry.span().end_line) == (2, 4)


def test_trailing_blanks_stay_and_quotes_mean_nothing():
    (first, second) = read('a = "4g" # no comment  \nb\n')
    assert first.value.value == '"4g" # no comment  '
    assert (second.key.value, second.value.value) == ("b", "")
    assert (second.value.span().line, second.value.span().column) == (2, 2)


def test_a_bad_unicode_escape_is_shown_where_java_gives_up():
    with pytest.raises(Problem) as caught:
        read("a=b\nc=x\\u12g4y\n")
    assert (caught.value.start, caught.value.end) == (7, 13)
    assert "four hexadecimal digits" in caught.value.message


def test_inside_another_document():
    source = Source("f", "conf: |\n  a=b\n  c=\\\n  d\n")
    from spmlint.document.yaml import read_yaml

    text = read_yaml(source)[0].root.scalar("conf").text
    first, second = read_properties(text)
    assert (first.value.span().line, first.value.span().column) == (2, 5)
    assert (second.value.value, second.value.span().line, second.value.span().column) == ("d", 4, 3)
