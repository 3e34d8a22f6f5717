"""Bytes become text, or a Problem that names the byte."""

import pytest

from spmlint.document.node import Problem
from spmlint.document.source import decode
from spmlint.document.yaml import read_yaml


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(encoding):
    source = decode("f", "é: 😀\r\n".encode(encoding))
    assert source.text == "é: 😀\r\n"
    assert source.bom == (encoding != "utf-8")
    assert read_yaml(source)[0].root.scalar("é").span().column == 4


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-be", b"\xfe\xff"), ("utf-32-be", b"\0\0\xfe\xff")])
def test_big_endian(encoding, mark):
    assert decode("f", mark + "a: b".encode(encoding)).text == "a: b"


@pytest.mark.parametrize(
    ("data", "start", "end"),
    [
        ("é: ".encode() + b"\xe9t", 4, 5),
        (b"a: \xf0\x9f\x98", 3, 6),
        (b"a: \xed\xa0\x80", 3, 4),
        (b"\xef\xbb\xbfa: \xff", 6, 7),
        (b"\xff\xfea\x00b", 4, 5),
        ("é\0".encode(), 2, 3),
        (b"\xff\xfea\x00\x00\x00", 4, 5),
        (b"a\x00:\x00", 1, 2),
    ],
)
def test_what_is_no_text(data, start, end):
    with pytest.raises(Problem) as caught:
        decode("f", data)
    assert (caught.value.kind, caught.value.start, caught.value.end) == ("encoding", start, end)
