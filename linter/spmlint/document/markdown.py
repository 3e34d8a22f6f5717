"""Markdown: the fenced blocks of code in it (CommonMark 0.31, 4.5)."""

from __future__ import annotations

import re

from spmlint.document.text import VERBATIM, Piece, Text

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|[\r\n])?+")
_FENCE = re.compile(r"(?P<before>[ \t>]*)(?P<fence>```++|~~~++)[ \t]*(?P<language>[^\s`{]*)[^`\r\n]*")


class Fence:
    """One block: the first word behind the opening fence, in small letters, and the code."""

    __slots__ = ("code", "language")

    def __init__(self, language: str, code: Text) -> None:
        self.language = language
        self.code = code


def read_fences(text: Text) -> list[Fence]:
    """Every block in the order they stand; one that is never closed reaches to the end."""
    value = text.value
    fences: list[Fence] = []
    opened: re.Match[str] | None = None
    pieces: list[Piece] = []
    at = 0
    while at < len(value):
        line = _LINE.match(value, at)
        assert line
        start, at = line.span()
        written = value[start:at].strip(" \t\r\n>")
        if opened is None:
            opened = _FENCE.fullmatch(value, start, start + len(value[start:at].rstrip("\r\n")))
            pieces = []
        elif written.startswith(opened["fence"]) and not written.strip(opened["fence"][0]):
            fences.append(_fence(opened, text, pieces))
            opened = None
        else:
            before = opened["before"]
            start += len(before) if value.startswith(before, start) else 0
            pieces.append((value[start:at], start, at, VERBATIM))
    if opened is not None:
        fences.append(_fence(opened, text, pieces))
    return fences


def _fence(opened: re.Match[str], text: Text, pieces: list[Piece]) -> Fence:
    code = text.decode(pieces) if pieces else text.slice(opened.end(), opened.end())
    return Fence(opened["language"].lower(), code)
