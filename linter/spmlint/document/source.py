"""Bytes to a `Source`: which encodings are read, and where one goes wrong."""

from __future__ import annotations

import codecs

from spmlint.document.node import Problem
from spmlint.document.text import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(path: str, data: bytes) -> Source:
    """The text of a file: UTF-8, or UTF-16/32 behind a byte order mark (YAML 1.2, 5.2); the mark is taken off.

    Raises:
        Problem: ``"encoding"``, with offsets in bytes, where bytes are not text or a NUL stands in it.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Problem(
            "encoding",
            f"not {encoding.upper()} text ({error.reason})",
            len(mark) + error.start,
            len(mark) + error.end,
            "" if mark else "save the file as UTF-8",
        ) from None
    nul = text.find("\0")
    if nul >= 0:
        start = len(mark) + len(text[:nul].encode(encoding))
        raise Problem("encoding", "a NUL byte: this is no text file", start, start + 1)
    return Source(path, text, bom=bool(mark))
