"""Shell scripts: the commands in them with their words, as far as the file alone tells what the words will be.

A variable has the value that a straight-line assignment in the same file gave it, or it is a placeholder. One that is
assigned in a branch, a loop or a function stays a placeholder everywhere, and so does the default inside ``${X:-8G}``:
the environment may say otherwise. Where a word, or all that stands behind its ``=``, is one variable, it stands where the
variable is defined. Nothing is ever executed.
"""

from __future__ import annotations

import re

from spmlint.document.holes import find_template_holes
from spmlint.document.shell_syntax import Statement, read_statements
from spmlint.document.shell_words import Expansion, Word, any_words
from spmlint.document.text import ESCAPED, HOLE, Piece, Span, Text, join

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<index>\[[^\]]*\])?(?P<more>\+?)=")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FIELD = re.compile(r"[^ \t\r\n]+")
_FLAG_OR_KEY = re.compile(r"(?:--[\w-]+|[A-Za-z_][\w.-]*)=")
_DECLARES = frozenset(("export", "declare", "typeset", "local", "readonly"))
_FILLS = frozenset(("read", "mapfile", "readarray", "unset", "getopts", "printf", "let", "for", "select"))
"""Commands that give variables values that cannot be seen."""
_RUNS_ELSEWHERE = frozenset((".", "source", "eval"))
"""Commands that may assign any variable."""


class Command:
    """One simple command: its words as the shell passes them, as far as they are known; `AnyWords` where even their
    number is not.

    ``environment`` holds the assignments that stand before it and hold for it alone.
    """

    __slots__ = ("environment", "heredocs", "place", "words")

    def __init__(
        self, place: Span, words: list[Text], heredocs: list[Text], environment: list[tuple[str, Text]]
    ) -> None:
        self.place = place
        self.words = words
        self.heredocs = heredocs
        self.environment = environment

    def span(self) -> Span:
        """From its first word to its last."""
        return self.place


class Variable:
    """A variable of known value: one Text, or the elements of an array. ``more`` tells that a branch may add to them."""

    __slots__ = ("is_array", "more", "name", "read", "texts")

    def __init__(self, name: str, texts: list[Text], *, is_array: bool, more: bool) -> None:
        self.name = name
        self.texts = texts
        self.is_array = is_array
        self.more = more
        self.read = False


class Script:
    """The commands of a script in order, and the variables that none of them reads."""

    __slots__ = ("commands", "unread")

    def __init__(self, commands: list[Command], unread: list[Variable]) -> None:
        self.commands = commands
        self.unread = unread


def read_script(text: Text) -> Script:
    """Read a script. Never fails: what it does not know it passes over."""
    marked = text.with_holes(find_template_holes(text.value))
    statements = read_statements(marked)
    shell = _Shell(statements)
    commands = [command for statement in statements if (command := shell.run(statement)) is not None]
    return Script(commands, [variable for variable in shell.every if not variable.read])


class _Assignment:
    __slots__ = ("appends", "is_element", "name", "offset", "word")

    def __init__(self, word: Word, match: re.Match[str]) -> None:
        self.word = word
        self.name = match["name"]
        self.is_element = match["index"] is not None
        self.appends = bool(match["more"])
        self.offset = match.end()
        """How many characters of the word stand before its value."""


def _assignments(statement: Statement) -> tuple[list[_Assignment], int]:
    """The assignments of a statement, and the index of its first other word."""
    found: list[_Assignment] = []
    words = statement.words
    index = 0
    declares = bool(words) and words[0].written in _DECLARES
    while index < len(words):
        match = _ASSIGNMENT.match(words[index].written)
        if match is not None:
            found.append(_Assignment(words[index], match))
        elif not declares:
            break
        index += 1
    return found, index


class _Shell:
    """Follows the straight line of a script and keeps what variables hold."""

    def __init__(self, statements: list[Statement]) -> None:
        self.every: list[Variable] = []
        self._now: dict[str, Variable] = {}
        self._count: dict[str, int] = {}
        """How often each name is assigned in the file."""
        self._grown: set[str] = set()
        """Names that a branch appends to."""
        self._unknown: set[str] = set()
        for statement in statements:
            self._survey(statement)

    def _survey(self, statement: Statement) -> None:
        """Note which names are assigned where no straight line leads."""
        assignments, index = _assignments(statement)
        words = [word.written for word in statement.words]
        declares = bool(words) and words[0] in _DECLARES
        options = "".join(word for word in words if word.startswith("-")) if declares else ""
        for assignment in assignments:
            if index < len(words) and not declares:
                continue  # holds for this command alone
            self._count[assignment.name] = self._count.get(assignment.name, 0) + 1
            if assignment.is_element or "A" in options or "n" in options:
                self._unknown.add(assignment.name)
            elif statement.conditional:
                (self._grown if assignment.appends else self._unknown).add(assignment.name)
        if index < len(words) and words[index] in _FILLS:
            self._unknown.update(word for word in words[index + 1 :] if _NAME.fullmatch(word))

    def run(self, statement: Statement) -> Command | None:
        """Take in what a statement assigns; returns the command it is, if it is one."""
        assignments, index = _assignments(statement)
        if index >= len(statement.words):
            for assignment in assignments:
                self._assign(assignment, statement)
            return None
        words = [text for word in statement.words[index:] for text in self._fields(word, statement)]
        environment = [(each.name, self._value(each, statement)) for each in assignments if each.word.array is None]
        heredocs = [self._quoted(body, statement) for body in statement.heredocs]
        if statement.words[index].written in _RUNS_ELSEWHERE:
            self._now.clear()
        first, last = statement.words[index], statement.words[-1]
        place = first.text.span(first.start, last.end)
        return Command(place, words, heredocs, environment) if words else None

    def _assign(self, assignment: _Assignment, statement: Statement) -> None:
        name, array = assignment.name, assignment.word.array
        before = self._now.get(name) if assignment.appends and not statement.conditional else None
        if array is not None:
            texts = [text for word in array for text in self._fields(word, statement)]
        else:
            texts = [self._value(assignment, statement)]
        is_array = array is not None or (before is not None and before.is_array)
        if before is not None:
            before.read = True
            texts = [*before.texts, *texts] if is_array else [join([*before.texts, *texts])]
        variable = Variable(name, texts, is_array=is_array, more=name in self._grown)
        self.every.append(variable)
        if not statement.conditional:
            self._now[name] = variable

    def _value(self, assignment: _Assignment, statement: Statement) -> Text:
        whole = self._quoted(assignment.word, statement)
        return whole.slice(assignment.offset, len(whole.value))

    def _lookup(self, expansion: Expansion, statement: Statement) -> Variable | None:
        """What a variable holds; None where that is not known."""
        name = expansion.name
        if name in self._unknown or (statement.in_function and self._count.get(name) != 1):
            return None
        variable = self._now.get(name)
        if variable is None or variable.is_array != expansion.every or (variable.more and not variable.is_array):
            return None
        variable.read = True
        return variable

    # ---- words -----------------------------------------------------------------------------------------------

    def _fields(self, word: Word, statement: Statement) -> list[Text]:
        """The words that one written word becomes."""
        fields = _Fields(word)
        for part in word.parts:
            if isinstance(part, tuple):
                fields.literal(part)
                continue
            variable = self._lookup(part, statement)
            if part.heredoc is not None and part.quoted:
                fields.values(part, [self._quoted(part.heredoc, statement).strip("\n")])
            elif variable is None:
                fields.unknown(part)
            elif part.quoted:
                fields.values(part, variable.texts)
            else:
                fields.values(part, [field for text in variable.texts for field in _split(text)])
            if variable is not None and variable.more:
                fields.more(part)
        return fields.done()

    def _quoted(self, word: Word, statement: Statement) -> Text:
        """What a word becomes where the shell does not split it: in an assignment and a here-document."""
        fields = _Fields(word, assigned=True)
        for part in word.parts:
            if isinstance(part, tuple):
                fields.literal(part)
                continue
            variable = self._lookup(part, statement)
            if part.heredoc is not None:
                fields.values(part, [self._quoted(part.heredoc, statement).strip("\n")])
            elif variable is None or variable.is_array:
                fields.unknown(part)
            else:
                fields.values(part, variable.texts)
        return fields.one()


def _split(text: Text) -> list[Text]:
    """A value that falls apart at its blanks, those in placeholders apart; quotes in it are characters like others."""
    holes = text.holes
    value = text.value
    for start, end in holes:
        value = value[:start] + "_" * (end - start) + value[end:]
    fields = []
    for match in _FIELD.finditer(value):
        field = text.slice(*match.span())
        fields.append(any_words(field) if match.span() in holes else field)
    return fields


class _Fields:
    """The fields that a word becomes while its parts are filled in."""

    def __init__(self, word: Word, *, assigned: bool = False) -> None:
        self._word = word
        self._assigned = assigned
        self._fields: list[_Field] = []
        self._open: _Field | None = None
        self._is_empty_word = False
        """Whether there are quotes, which make a word of nothing."""

    def _current(self) -> _Field:
        if self._open is None:
            self._open = _Field(self._word)
            self._fields.append(self._open)
        return self._open

    def literal(self, piece: Piece) -> None:
        """Add a piece that stands for itself."""
        if piece[0]:
            self._current().parts.append(piece)
        else:
            self._is_empty_word = not any(isinstance(p, Expansion) and p.every for p in self._word.parts)

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
        if not self._fields and self._is_empty_word:
            self._current()
        return [field.text() for field in self._fields]

    def one(self) -> Text:
        """The only field."""
        return self._current().text(assigned=True)


class _Field:
    """One word in the making: pieces of the written word, and values of variables with the piece that names each."""

    __slots__ = ("may_split", "parts", "word")

    def __init__(self, word: Word) -> None:
        self.word = word
        self.parts: list[Piece | tuple[Text, Piece]] = []
        self.may_split = False

    def text(self, *, assigned: bool = False) -> Text:
        parts = self.parts
        texts: list[Text] = []
        pieces: list[Piece] = []
        for index, part in enumerate(parts):
            if len(part) == 4:
                pieces.append(part)
            elif _stands_where_defined(parts, index, assigned):
                if pieces:
                    texts.append(self.word.decoded(pieces))
                    pieces = []
                texts.append(part[0])
            else:
                pieces.append(part[1])
        if pieces or not texts:
            texts.append(self.word.decoded(pieces))
        whole = texts[0] if len(texts) == 1 else self._glued(texts)
        return any_words(whole) if self._is_any_words(parts, whole) else whole

    def _glued(self, texts: list[Text]) -> Text:
        """One Text of several from different places, which stands where the word does."""
        place = self.word.text.span(self.word.start, self.word.end)
        whole = join(texts)
        return Text(whole.source, whole.value, place.start, place.end, whole.segments)

    def _is_any_words(self, parts: list[Piece | tuple[Text, Piece]], whole: Text) -> bool:
        if self.may_split:
            return len(parts) == 1
        return whole.value == self.word.written and whole.holes == [(0, len(whole.value))]


def _stands_where_defined(parts: list[Piece | tuple[Text, Piece]], index: int, assigned: bool) -> bool:
    """Whether the value at ``index`` is all there is behind nothing or behind a flag or key, or begins an assigned list."""
    before, behind = parts[:index], parts[index + 1 :]
    literal = "".join(part[0] for part in before if len(part) == 4)
    if any(len(part) == 2 for part in before) or (before and not _FLAG_OR_KEY.fullmatch(literal)):
        return False
    return not behind or (assigned and len(behind[0]) == 4 and behind[0][0][0] in " \t\n")
