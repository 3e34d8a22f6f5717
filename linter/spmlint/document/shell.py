"""Shell scripts: the commands in them with their words, as far as the file alone tells what the words will be.

A variable has the value that a straight-line assignment in the same file gave it, or it is a placeholder. One that is
assigned in a branch, a loop or a function stays a placeholder everywhere, and so does the default inside ``${X:-8G}``:
the environment may say otherwise. Where a word, or all that stands behind its ``=``, is one variable, it stands where the
variable is defined. Nothing is ever executed.
"""

from __future__ import annotations

import re

from spmlint.document.holes import find_template_holes
from spmlint.document.shell_fields import Fields, split_fields
from spmlint.document.shell_syntax import Statement, read_statements
from spmlint.document.shell_words import Expansion, Word
from spmlint.document.text import Span, Text, join

MAX_VALUE = 10_000
"""Characters of a variable's value; what grows beyond that is not followed."""
MAX_FILLED = 5_000_000
"""Characters that variables may put into the commands of one script."""

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<index>\[[^\]]*\])?(?P<more>\+?)=")
_NAME = re.compile(r"[A-Za-z_]\w*")
_DECLARES = frozenset(("export", "declare", "typeset", "local", "readonly"))
_FILLS = frozenset(("read", "mapfile", "readarray", "unset", "getopts", "printf", "let", "for", "select"))
"""Commands that give variables values that cannot be seen."""
_RUNS_ELSEWHERE = frozenset((".", "source", "eval"))
"""Commands that may assign any variable."""


class Command:
    """One simple command: its words as the shell passes them, as far as they are known; `AnyWords` where even their
    number is not.

    ``environment`` holds the assignments that stand before it and hold for it alone, ``output`` the name of the file that
    it writes anew.
    """

    __slots__ = ("environment", "heredocs", "output", "place", "words")

    def __init__(
        self,
        place: Span,
        words: list[Text],
        heredocs: list[Text],
        environment: list[tuple[str, Text]],
        output: Text | None = None,
    ) -> None:
        self.place = place
        self.words = words
        self.heredocs = heredocs
        self.environment = environment
        self.output = output

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
        self._filled = 0
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
        output = None if statement.output is None else self._quoted(statement.output, statement)
        return Command(place, words, heredocs, environment, output) if words else None

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
        if sum(len(text.value) for text in texts) > MAX_VALUE:
            self._unknown.add(name)
            return
        variable = Variable(name, texts, is_array=is_array, more=name in self._grown)
        self.every.append(variable)
        if statement.conditional:
            return
        if assignment.appends and before is None:
            self._now.pop(name, None)  # to what the environment, or another script, has put there
        else:
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
        self._filled += sum(len(text.value) for text in variable.texts)
        if self._filled > MAX_FILLED:
            return None
        variable.read = True
        return variable

    # ---- words -----------------------------------------------------------------------------------------------

    def _fields(self, word: Word, statement: Statement) -> list[Text]:
        """The words that one written word becomes."""
        fields = Fields(word)
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
                fields.values(part, [field for text in variable.texts for field in split_fields(text)])
            if variable is not None and variable.more:
                fields.more(part)
        return fields.done()

    def _quoted(self, word: Word, statement: Statement) -> Text:
        """What a word becomes where the shell does not split it: in an assignment and a here-document."""
        fields = Fields(word)
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
