"""Decoded strings that know where in the file each of their characters stands.

A `Source` is one file's text. A `Text` is a string decoded from it, together with *segments*: which range of the string
came from which range of the file, and how. Every decoder (a YAML scalar, a JSON string, a properties value, a shell
word) takes a Text and returns a Text by listing pieces of its input, so a flag inside a JSON string inside a heredoc
still resolves to its true place. Nobody else counts columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERBATIM = 0
"""The piece reads in the file exactly as it does decoded."""
ESCAPED = 1
"""The piece is written differently (an escape, a folded line, a line continuation)."""
HOLE = 2
"""The piece is a placeholder, kept as spelt: what will stand here is not known."""

Segment = tuple[int, int, int, int, int]
"""inner start, inner end, outer start, outer end (offsets into the Source), kind"""

Piece = tuple[str, int, int, int]
"""decoded text, start and end of what it was decoded from (offsets into the parent Text), kind"""


class Source:
    """One file: its path as reported, and its text (UTF-8 decoded, byte order mark removed).

    Offsets count Unicode code points. A line ends at LF, CRLF or a lone CR and nowhere else.
    """

    __slots__ = ("_line_starts", "bom", "path", "text")

    def __init__(self, path: str, text: str, *, bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self._line_starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._line_starts is None:
            text = self.text
            starts = [0, *_after_each("\n", text)]
            if "\r" in text:
                starts.extend(at for at in _after_each("\r", text) if text[at : at + 1] != "\n")
                starts.sort()
            self._line_starts = starts
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column of ``offset``."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of the 1-based line ``number``, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def whole(self) -> Text:
        """The whole file as a Text."""
        return Text(self, self.text, 0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """A range of this file."""
        return Span(self, start, end)

    def __repr__(self) -> str:
        return f"Source({self.path!r})"


class Span:
    """A range of a file, by offsets; lines and columns are computed when asked for. ``end`` is exclusive."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def end_line(self) -> int:
        return self.source.position(self.end)[0]

    @property
    def end_column(self) -> int:
        return self.source.position(self.end)[1]

    def span(self) -> Span:
        """Itself: whatever has a ``span()`` can be pointed at."""
        return self

    @property
    def text(self) -> str:
        """What the file says there."""
        return self.source.text[self.start : self.end]

    def key(self) -> tuple[str, int, int]:
        """A hashable identity that sorts by place."""
        return self.source.path, self.start, self.end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        return f"{self.source.path}:{self.line}:{self.column}-{self.end_line}:{self.end_column}"


class Text:
    """A decoded string and where its characters stand in a `Source`.

    ``segments`` is None for a string that reads exactly as the file does from ``start`` to ``end``; otherwise its
    segments cover ``value`` from left to right without gaps.
    """

    __slots__ = ("end", "segments", "source", "start", "value")

    def __init__(
        self, source: Source, value: str, start: int, end: int, segments: tuple[Segment, ...] | None = None
    ) -> None:
        self.source = source
        self.value = value
        self.start = start
        self.end = end
        self.segments = segments

    # ---- places ----------------------------------------------------------------------------------------------

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The range of the file that ``value[start:end]`` was read from."""
        if end is None:
            end = len(self.value)
        if self.segments is None:
            return Span(self.source, self.start + start, self.start + end)
        if (start == 0 and end == len(self.value)) or not self.segments:
            return Span(self.source, self.start, self.end)
        if start >= end:
            at = self._outer(start, start > 0)
            return Span(self.source, at, at)
        first = self._outer(start, False)
        return Span(self.source, first, max(first, self._outer(end, True)))

    def _outer(self, at: int, closing: bool) -> int:
        """Where the inner offset ``at`` stands in the file; ``closing`` if it ends a range rather than begins one."""
        assert self.segments
        index = bisect_left(self.segments, (at if closing else at + 1,)) - 1
        if index < 0:
            return self.start
        inner_start, inner_end, outer_start, outer_end, kind = self.segments[index]
        if at > inner_end or (at == inner_end and not closing):
            return self.end
        if kind != ESCAPED and inner_end - inner_start == outer_end - outer_start:
            return outer_start + (at - inner_start)
        return outer_end if closing else outer_start

    @property
    def is_verbatim(self) -> bool:
        """Whether the file holds exactly this string, so that replacing the span replaces the value."""
        return self.source.text[self.start : self.end] == self.value and not self.holes

    # ---- holes -----------------------------------------------------------------------------------------------

    @property
    def holes(self) -> list[tuple[int, int]]:
        """Ranges of ``value`` that are placeholders."""
        if self.segments is None:
            return []
        return [(segment[0], segment[1]) for segment in self.segments if segment[4] == HOLE]

    def known(self) -> str:
        """The string, where all of it is known.

        Raises:
            Opaque: a part of it is a placeholder.
        """
        if self.segments is not None:
            for segment in self.segments:
                if segment[4] == HOLE:
                    from spmlint.answer import Opaque

                    raise Opaque(f"templated value {self.value[segment[0] : segment[1]]}", self)
        return self.value

    # ---- decoding --------------------------------------------------------------------------------------------

    def decode(self, pieces: Iterable[Piece]) -> Text:
        """The Text made of ``pieces`` of this one: what a decoder of ``self.value`` returns.

        Pieces come from left to right. A VERBATIM or HOLE piece must equal the range of ``self.value`` it names.
        """
        segments: list[Segment] = []
        values: list[str] = []
        inner = 0
        for decoded, start, end, kind in pieces:
            if not decoded:
                continue
            values.append(decoded)
            for length, outer_start, outer_end, piece_kind in self._outer_pieces(len(decoded), start, end, kind):
                last = segments[-1] if segments else None
                if piece_kind == VERBATIM and last and last[4] == VERBATIM and last[3] == outer_start:
                    segments[-1] = (last[0], inner + length, last[2], outer_end, VERBATIM)
                else:
                    segments.append((inner, inner + length, outer_start, outer_end, piece_kind))
                inner += length
        if not segments:
            return Text(self.source, "", self.start, self.end, ())
        start, end = segments[0][2], segments[-1][3]
        if end < start:
            end = _end_of_run(segments)
        if len(segments) == 1 and segments[0][4] == VERBATIM:
            return Text(self.source, values[0] if len(values) == 1 else "".join(values), start, end)
        return Text(self.source, "".join(values), start, end, tuple(segments))

    def _outer_pieces(self, length: int, start: int, end: int, kind: int) -> Iterator[tuple[int, int, int, int]]:
        """Splits one piece along the segments of this Text: (inner length, outer start, outer end, kind)."""
        if self.segments is None:
            yield length, self.start + start, self.start + end, kind
            return
        if kind != VERBATIM:
            span = self.span(start, end)
            yield length, span.start, span.end, kind
            return
        for index in range(max(bisect_left(self.segments, (start + 1,)) - 1, 0), len(self.segments)):
            inner_start, inner_end, outer_start, outer_end, segment_kind = self.segments[index]
            if inner_start >= end:
                break
            low, high = max(start, inner_start), min(end, inner_end)
            if segment_kind == ESCAPED:
                yield high - low, outer_start, outer_end, ESCAPED
            elif inner_end - inner_start == outer_end - outer_start:
                yield high - low, outer_start + low - inner_start, outer_start + high - inner_start, segment_kind
            else:
                yield high - low, outer_start, outer_end, segment_kind

    def slice(self, start: int, end: int) -> Text:
        """``value[start:end]`` as a Text."""
        if self.segments is None:
            return Text(self.source, self.value[start:end], self.start + start, self.start + end)
        if start >= end:
            at = self.span(start, start).start if self.segments else self.start
            return Text(self.source, "", at, at)
        return self.decode([(self.value[start:end], start, end, VERBATIM)])

    def strip(self, chars: str | None = None) -> Text:
        """Like ``str.strip``."""
        left = len(self.value) - len(self.value.lstrip(chars))
        right = len(self.value.rstrip(chars))
        return self if left == 0 and right == len(self.value) else self.slice(left, max(left, right))

    def with_holes(self, ranges: Iterable[tuple[int, int]]) -> Text:
        """The same Text with ``ranges`` of its value marked as placeholders."""
        pieces: list[Piece] = []
        at = 0
        for start, end in ranges:
            if start > at:
                pieces.append((self.value[at:start], at, start, VERBATIM))
            pieces.append((self.value[start:end], start, end, HOLE))
            at = end
        if not pieces:
            return self
        if at < len(self.value):
            pieces.append((self.value[at:], at, len(self.value), VERBATIM))
        return self.decode(pieces)

    def __repr__(self) -> str:
        return f"Text({self.value!r} @ {self.span()!r})"


def _end_of_run(segments: list[Segment]) -> int:
    """Where the part of a file ends that the first segments stand in, if the others stand before it (a variable's value)."""
    end = segments[0][3]
    for segment in segments:
        if segment[2] < end and segment is not segments[0]:
            break
        end = segment[3]
    return end


def hidden(source: Source, start: int, end: int) -> Text:
    """A string of which only the expression is known that makes it: all of it is one placeholder."""
    spelt = " ".join(source.text[start:end].split())
    return Text(source, spelt, start, end, ((0, len(spelt), start, end, HOLE),) if spelt else ())


def _after_each(mark: str, text: str) -> Iterator[int]:
    """The offset behind each ``mark`` in ``text``."""
    at = text.find(mark)
    while at >= 0:
        yield at + 1
        at = text.find(mark, at + 1)


def join(texts: list[Text], separator: str = "") -> Text:
    """One Text made of several of the same file, in order (a command's words, a list of options)."""
    if len(texts) == 1:
        return texts[0]
    source = texts[0].source
    segments: list[Segment] = []
    values: list[str] = []
    inner = 0
    for index, text in enumerate(texts):
        if index and separator:
            values.append(separator)
            segments.append((inner, inner + len(separator), texts[index - 1].end, text.start, ESCAPED))
            inner += len(separator)
        if not text.value:
            continue
        values.append(text.value)
        own = text.segments if text.segments is not None else ((0, len(text.value), text.start, text.end, VERBATIM),)
        segments.extend((inner + a, inner + b, c, d, kind) for a, b, c, d, kind in own)
        inner += len(text.value)
    return Text(source, "".join(values), texts[0].start, texts[-1].end, tuple(segments))
