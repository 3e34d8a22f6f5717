"""What a written word of a shell script becomes once its variables are filled in: one word, several, or none."""

from __future__ import annotations

import re

from spmlint.document.shell_words import Expansion, Word, any_words
from spmlint.document.text import ESCAPED, HOLE, Piece, Text, join

_FIELD = re.compile(r"[^ \t\r\n]+")
_FLAG_OR_KEY = re.compile(r"(?:--[\w-]+|[A-Za-z_][\w.-]*)=")


class Fields:
    """The fields that a word becomes while its parts are filled in."""

    def __init__(self, word: Word) -> None:
        self._word = word
        self._fields: list[Field] = []
        self._open: Field | None = None
        self._is_quoted = False
        """Whether there are quotes, which make a word of nothing."""

    def _current(self) -> Field:
        if self._open is None:
            self._open = Field(self._word)
            self._fields.append(self._open)
        return self._open

    def literal(self, piece: Piece) -> None:
        """Add a piece that stands for itself."""
        if piece[0]:
            self._current().parts.append(piece)
        else:
            self._is_quoted = True

    def unknown(self, expansion: Expansion) -> None:
        """Add a part that cannot be known."""
        self._current().parts.append(self._hole(expansion))
        self._current().may_split = expansion.every or not expansion.quoted

    def more(self, expansion: Expansion) -> None:
        """Add a field of its own: what an array may hold beyond what is known."""
        self._open = None
        self.unknown(expansion)
        self._open = None

    def values(self, expansion: Expansion, texts: list[Text]) -> None:
        """Add known values: the first goes on what is open, each further one is a field of its own."""
        for index, text in enumerate(texts):
            if index:
                self._open = None
            hole = self._hole(expansion)
            piece = hole if text.holes else (text.value, expansion.start, expansion.end, ESCAPED)
            self._current().parts.append((text, piece))

    def _hole(self, expansion: Expansion) -> Piece:
        text = self._word.text.value[expansion.start : expansion.end]
        return text, expansion.start, expansion.end, HOLE

    def done(self) -> list[Text]:
        """Every field as a Text."""
        if not self._fields and self._is_quoted and not any(_is_list(part) for part in self._word.parts):
            self._current()
        return [field.text() for field in self._fields]

    def one(self) -> Text:
        """The only field."""
        return self._current().text(assigned=True)


def _is_list(part: Piece | Expansion) -> bool:
    """Whether a part is every element of a list, which may be none."""
    return isinstance(part, Expansion) and part.every


class Field:
    """One word in the making: pieces of the written word, and values of variables with the piece that names each."""

    __slots__ = ("may_split", "parts", "word")

    def __init__(self, word: Word) -> None:
        self.word = word
        self.parts: list[Piece | tuple[Text, Piece]] = []
        self.may_split = False

    def text(self, *, assigned: bool = False) -> Text:
        """The word; a value that is all of it, or all behind its ``=``, stands where it is defined."""
        defined = self._defined(assigned)
        texts: list[Text] = []
        pieces: list[Piece] = []
        for index, part in enumerate(self.parts):
            if len(part) == 4:
                pieces.append(part)
            elif index != defined:
                pieces.append(part[1])
            else:
                if pieces:
                    texts.append(self.word.decoded(pieces))
                    pieces = []
                texts.append(part[0])
        if pieces or not texts:
            texts.append(self.word.decoded(pieces))
        whole = texts[0] if len(texts) == 1 else self._glued(texts)
        return any_words(whole) if self._is_any_words(whole) else whole

    def _defined(self, assigned: bool) -> int | None:
        """Which part stands where it is defined; in an assignment also a list that goes on behind the value."""
        first = next((index for index, part in enumerate(self.parts) if len(part) == 2), None)
        if first is None:
            return None
        before = "".join([part[0] for part in self.parts[:first] if len(part) == 4])
        if before and not _FLAG_OR_KEY.fullmatch(before):
            return None
        if first + 1 == len(self.parts):
            return first
        behind = self.parts[first + 1]
        return first if assigned and len(behind) == 4 and behind[0][0] in " \t\n" else None

    def _glued(self, texts: list[Text]) -> Text:
        """One Text of several from different places, which stands where the word does."""
        place = self.word.text.span(self.word.start, self.word.end)
        whole = join(texts)
        return Text(whole.source, whole.value, place.start, place.end, whole.segments)

    def _is_any_words(self, whole: Text) -> bool:
        if self.may_split:
            return len(self.parts) == 1
        return whole.value == self.word.written and whole.holes == [(0, len(whole.value))]


def split_fields(text: Text) -> list[Text]:
    """A value that falls apart at its blanks, those in placeholders apart; quotes in it are characters like others."""
    holes = text.holes
    masked: list[str] = []
    at = 0
    for start, end in holes:
        masked += text.value[at:start], "_" * (end - start)
        at = end
    fields = []
    for match in _FIELD.finditer("".join(masked) + text.value[at:]):
        field = text.slice(*match.span())
        fields.append(any_words(field) if match.span() in holes else field)
    return fields
