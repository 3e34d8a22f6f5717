"""Every decoded character knows its place, however many decoders lie between it and the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import Opaque
from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Source, Text, join


@given(st.text(alphabet="ab\r\n", max_size=40))
def test_positions_agree_with_splitting_into_lines(text):
    source = Source("f", text)
    lines = text.replace("\r\n", "\x00\n").replace("\r", "\n").split("\n")
    offset = 0
    for number, line in enumerate(lines, 1):
        width = len(line.replace("\x00", ""))
        assert source.position(offset) == (number, 1)
        assert source.line(number) == text[offset : offset + width]
        offset += width + (2 if line.endswith("\x00") else 1)


def test_columns_count_code_points():
    source = Source("f", "é😀x")
    assert source.position(2) == (1, 3)


def backslash(text: Text) -> Text:
    """A toy decoder: a backslash escapes the next character."""
    pieces, at = [], 0
    while at < len(text.value):
        if text.value[at] == "\\" and at + 1 < len(text.value):
            pieces.append((text.value[at + 1], at, at + 2, ESCAPED))
            at += 2
        else:
            pieces.append((text.value[at], at, at + 1, VERBATIM))
            at += 1
    return text.decode(pieces)


def encode(value: str) -> str:
    return "".join("\\" + c if c in "\\q" else c for c in value)


@given(st.text(alphabet="aq\\ ", max_size=20), st.integers(1, 3), st.text(alphabet="xy\n", max_size=5))
def test_nested_decoding_gives_the_value_and_the_true_places(value, depth, before):
    written = value
    for _ in range(depth):
        written = encode(written)
    source = Source("f", before + written + "!")
    text = Text(source, written, len(before), len(before) + len(written))
    for _ in range(depth):
        text = backslash(text)
    assert text.value == value
    for at in range(len(value)):
        cut = text.span(at, at + 1).text
        for _ in range(depth):
            whole = Source("g", cut)
            cut = backslash(whole.whole()).value
        assert cut == value[at]
    if value:
        assert text.span().text == written


@given(st.text(alphabet="aq\\", max_size=12), st.data())
def test_a_slice_knows_the_places_of_the_whole(value, data):
    source = Source("f", encode(value))
    text = backslash(source.whole())
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    part = text.slice(start, end)
    assert part.value == value[start:end]
    for at in range(len(part.value)):
        assert part.span(at, at + 1) == text.span(start + at, start + at + 1)


def test_holes_are_kept_and_refuse_to_be_known():
    text = Source("f", "-Xmx$M -XX:+UseSerialGC").whole().with_holes([(4, 6)])
    assert text.value == "-Xmx$M -XX:+UseSerialGC"
    assert text.holes == [(4, 6)]
    assert not text.is_verbatim
    with pytest.raises(Opaque) as hole:
        text.known()
    assert hole.value.place is text
    assert text.slice(7, 23).known() == "-XX:+UseSerialGC"
    assert text.span(4, 6).text == "$M"


def test_verbatim_means_that_replacing_the_span_replaces_the_value():
    source = Source("f", 'key: "4g"  # note')
    assert Text(source, "4g", 6, 8).is_verbatim
    assert not Text(source, "4g", 5, 9).is_verbatim


def test_joined_texts_keep_their_places():
    source = Source("f", "a \\\n  bc")
    joined = join([Text(source, "a", 0, 1), Text(source, "bc", 6, 8)], " ")
    assert joined.value == "a bc"
    assert joined.span(2, 4).text == "bc"
    assert joined.span().text == source.text


def test_strip_and_empty_slices_stay_in_place():
    source = Source("f", "  x ")
    assert source.whole().strip().span().text == "x"
    empty = source.whole().slice(2, 2)
    assert (empty.value, empty.span().column) == ("", 3)


def test_a_piece_may_be_a_hole_of_another_length_outside():
    parent = Source("f", "a%20b").whole()
    text = parent.decode([("a", 0, 1, VERBATIM), ("<?>", 1, 4, HOLE), ("b", 4, 5, VERBATIM)])
    assert text.value == "a<?>b"
    assert text.span(1, 4).text == "%20"
    assert text.span(4, 5).text == "b"


def test_an_empty_range_between_two_pieces_is_empty_outside_too():
    source = Source("f", "ab   cd")
    text = source.whole().decode([("ab", 0, 2, VERBATIM), ("cd", 5, 7, VERBATIM)])
    for at in range(5):
        span = text.span(at, at)
        assert span.start == span.end
    assert text.slice(2, 2).start == text.span(2, 2).start == 2


def test_pieces_that_decode_to_nothing_leave_no_segment():
    text = Source("f", "a\\\nb").whole().decode([("a", 0, 1, VERBATIM), ("", 1, 3, ESCAPED), ("b", 3, 4, VERBATIM)])
    assert text.value == "ab"
    assert [segment[:2] for segment in text.segments] == [(0, 1), (1, 2)]
    assert join([text, text.slice(1, 1), text]).value == "abab"
