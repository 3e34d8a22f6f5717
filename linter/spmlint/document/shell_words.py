"""Words as a POSIX shell cuts and quotes them (POSIX.1-2024, Shell Command Language, 2.2 Quoting and 2.3 Token Recognition).

`split_words` is for text that never sees a shell but is cut like one: ``sparkSubmitParameters``. Nothing is expanded there.
`spmlint.document.shell` builds on the same scanner, and adds what a shell fills in.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from spmlint.document.text import ESCAPED, VERBATIM, Piece, Text


class AnyWords(Text):
    """A word that is all placeholder and not quoted: it may stand for any number of words, none among them."""

    __slots__ = ()


class Expansion:
    """A part of a word that the shell fills in when it runs.

    ``name`` is the variable, where it is nothing but that (``$X``, ``${X}``, ``"${X[@]}"``), and empty otherwise. A
    ``quoted`` one cannot fall apart into several words, unless it is ``every`` element of a list (``"$@"``,
    ``"${X[@]}"``). ``heredoc`` is what ``$(cat <<EOF ...)`` gives.
    """

    __slots__ = ("end", "every", "heredoc", "name", "quoted", "start")

    def __init__(self, start: int, end: int, quoted: bool, name: str = "", *, every: bool = False) -> None:
        self.start = start
        self.end = end
        self.quoted = quoted
        self.name = name
        self.every = every
        self.heredoc: Word | None = None


class Word:
    """A word as written, from ``start`` to ``end`` of ``text``: its parts without the quotes, from left to right.

    ``array`` holds the elements of ``NAME=( ... )``; None for any other word.
    """

    __slots__ = ("array", "end", "parts", "start", "text")

    def __init__(self, text: Text, start: int) -> None:
        self.text = text
        self.start = start
        self.end = start
        self.parts: list[Piece | Expansion] = []
        self.array: list[Word] | None = None

    @property
    def written(self) -> str:
        """As it is spelt, quotes and all."""
        return self.text.value[self.start : self.end]

    def decoded(self, pieces: list[Piece]) -> Text:
        """The Text of some of its pieces; an empty one stands where the word does."""
        if any(piece[0] for piece in pieces):
            return self.text.decode(pieces)
        span = self.text.span(self.start, self.end)
        return Text(self.text.source, "", span.start, span.end, ())


class WordScanner:
    """Reads the words of one text. Offsets are into ``text.value``."""

    plain = re.compile(r"[^ \t\r\n'\"\\]++")
    """What stands for itself outside quotes."""
    double_quoted = re.compile(r'[^"\\]++')
    keeps_backslash = frozenset('"\\$`\n')
    """What a backslash escapes between double quotes; before anything else there it is itself."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.value = text.value
        holes = text.holes
        self._hole_end = dict(holes)
        self._hole_starts = [start for start, _ in holes]

    def is_hole(self, at: int) -> bool:
        """Whether a placeholder begins at ``at``."""
        return at in self._hole_end

    def word(self, at: int) -> Word:
        """The word that begins at ``at``; a quote that is never closed reaches to the end.

        What a placeholder covers is part of its word, blanks and quotes in it too.
        """
        word = Word(self.text, at)
        end = len(self.value)
        while at < end:
            behind = self._part(at, word.parts)
            if behind == at:
                break
            at = behind
        word.end = min(at, end)
        return word

    def _part(self, at: int, parts: list[Piece | Expansion]) -> int:
        """Add what stands at ``at``, up to the next change of quoting; returns the offset behind it, ``at`` at the end."""
        value = self.value
        if at in self._hole_end:
            return self._hole(at, parts)
        mark = value[at]
        if mark == "'":
            return self._single_quoted(at + 1, parts)
        if mark == '"':
            return self._double_quoted(at + 1, parts)
        if mark == "\\":
            return self._escaped(at, parts)
        behind = self._expansion(at, False, parts)
        if behind != at:
            return behind
        plain = self.plain.match(value, at)
        if plain is None:
            return at
        end = self._before_hole(at, plain.end())
        parts.append((value[at:end], at, end, VERBATIM))
        return end

    def _expansion(self, at: int, quoted: bool, parts: list[Piece | Expansion]) -> int:
        """Add what the shell fills in at ``at``; returns the offset behind it, ``at`` where there is nothing of that kind."""
        return at

    def _hole(self, at: int, parts: list[Piece | Expansion]) -> int:
        end = self._hole_end[at]
        parts.append((self.value[at:end], at, end, VERBATIM))
        return end

    def _before_hole(self, at: int, end: int) -> int:
        """``end``, or the beginning of the first placeholder behind ``at`` if that comes before it."""
        index = bisect_left(self._hole_starts, at + 1)
        return min(end, self._hole_starts[index]) if index < len(self._hole_starts) else end

    def _single_quoted(self, at: int, parts: list[Piece | Expansion]) -> int:
        closing = self.value.find("'", at)
        end = closing if closing >= 0 else len(self.value)
        parts.append((self.value[at:end], at, end, VERBATIM))
        return end + 1

    def _escaped(self, at: int, parts: list[Piece | Expansion]) -> int:
        if self.value.startswith("\r\n", at + 1):
            return at + 3
        escaped = self.value[at + 1 : at + 2]
        parts.append(("" if escaped == "\n" else escaped, at, at + 1 + len(escaped), ESCAPED))
        return at + 1 + len(escaped)

    def _double_quoted(self, at: int, parts: list[Piece | Expansion], closing: str = '"') -> int:
        value, end = self.value, len(self.value)
        parts.append(("", at, at, VERBATIM))  # so that a word of nothing but quotes is a word
        while at < end and value[at] != closing:
            if at in self._hole_end:
                at = self._hole(at, parts)
            elif value[at] == "\\" and (
                value[at + 1 : at + 2] in self.keeps_backslash or value.startswith("\r\n", at + 1)
            ):
                at = self._escaped(at, parts)
            else:
                behind = self._expansion(at, True, parts)
                if behind == at:
                    plain = self.double_quoted.match(value, at)
                    behind = self._before_hole(at, plain.end() if plain else at + 1)
                    parts.append((value[at:behind], at, behind, VERBATIM))
                at = behind
        return at + 1


_BLANKS = re.compile(r"[ \t\r\n]++")


def split_words(text: Text) -> list[Text]:
    """The words of ``text``, without the quotes; nothing in them is expanded."""
    scanner = WordScanner(text)
    words: list[Text] = []
    at = 0
    while at < len(text.value):
        blanks = _BLANKS.match(text.value, at)
        if blanks is not None and not scanner.is_hole(at):
            at = blanks.end()
            continue
        word = scanner.word(at)
        decoded = word.decoded([part for part in word.parts if isinstance(part, tuple)])
        words.append(any_words(decoded) if decoded.holes == [(0, word.end - word.start)] else decoded)
        at = word.end
    return words


def any_words(text: Text) -> AnyWords:
    """The same placeholder as one that may be any number of words."""
    return AnyWords(text.source, text.value, text.start, text.end, text.segments)
