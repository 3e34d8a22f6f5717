"""The commands of a shell script as they are written: words, lists, control structures, here-documents.

A tolerant reader of what POSIX shells and bash have in common. It executes nothing, refuses nothing, and reads each
character a bounded number of times: what it does not know it takes for words.
"""

from __future__ import annotations

import re

from spmlint.document.shell_expansions import ExpansionScanner
from spmlint.document.shell_words import Word
from spmlint.document.text import VERBATIM, Piece, Text

_SPACE = re.compile(r"(?:[ \t]|\\\r?\n)++")
_LINE = re.compile(r"[^\n]*+\n?")
_OPERATOR = re.compile(r"\r?\n|;;&?|;&|;|&&|\|\||\|&|\||&(?!>)|\(\(|[()]")
_REDIRECTION = re.compile(r"(?:&>>?|<<<|<<-|<<|<>|<&|>&|>>|>\||<(?!\()|>(?!\())")
_NUMBER = re.compile(r"[0-9]+(?=[<>])")
_WRITES = (">", ">|", "&>")
_ARRAY = re.compile(r"[A-Za-z_]\w*\+?=\(")

_BLOCK, _CASE, _FUNCTION, _BRACE, _PARENTHESIS = range(5)
_OPENING = {"if": _BLOCK, "while": _BLOCK, "until": _BLOCK, "for": _BLOCK, "select": _BLOCK, "case": _CASE}
_GOES_ON = frozenset(("then", "do", "else", "elif", "!", "time"))
_CLOSING = {"fi": _BLOCK, "done": _BLOCK, "esac": _CASE}


class Heredoc:
    """``<<DELIMITER``: its body follows on the next line, and is not expanded where the delimiter is quoted."""

    __slots__ = ("body", "delimiter", "quoted", "tabs")

    def __init__(self, delimiter: str, quoted: bool, tabs: bool) -> None:
        self.delimiter = delimiter
        self.quoted = quoted
        self.tabs = tabs
        self.body: Word | None = None


class Statement:
    """One simple command as written.

    ``conditional`` tells that it may not run, or not in this shell (a branch, a loop, a function, behind ``&&``, in a
    substitution); ``in_function`` that it runs when its function is called, with what variables hold then.
    """

    __slots__ = ("awaited", "conditional", "in_function", "output", "words")

    def __init__(self, words: list[Word], awaited: list[Heredoc], output: Word | None) -> None:
        self.words = words
        self.awaited = awaited
        self.output = output
        """The file that what it prints is written to."""
        self.conditional = False
        self.in_function = False

    @property
    def heredocs(self) -> list[Word]:
        """The bodies of its here-documents."""
        return [heredoc.body for heredoc in self.awaited if heredoc.body is not None]


def read_statements(text: Text) -> list[Statement]:
    """Every simple command of a script in the order they end, those inside substitutions before the one they are part of."""
    reader = _Reader(text)
    at = 0
    while at < len(text.value):
        at = reader.commands(at)  # goes on behind a parenthesis that closes nothing
    return reader.statements


class _Reader(ExpansionScanner):
    """Reads commands; one reader reads all levels of a script."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self._awaited: list[Heredoc] = []
        """Here-documents whose bodies begin on the next line."""

    def commands(self, at: int) -> int:
        return _Commands(self).read(at)

    def line_break(self, at: int) -> int:
        """The offset behind the line break at ``at``, and behind the here-documents that follow it."""
        at += 2 if self.value[at] == "\r" else 1
        for heredoc in self._awaited:
            at = self._body(heredoc, at)
        self._awaited.clear()
        return at

    def redirection(self, at: int, operator: str) -> tuple[Word, Heredoc | None]:
        """Read what a redirection names; returns that, and the here-document that will follow."""
        space = _SPACE.match(self.value, at)
        word = self.word(space.end() if space else at)
        if operator not in ("<<", "<<-"):
            return word, None
        written = self.value[word.start : word.end]
        delimiter = "".join(part[0] for part in word.parts if isinstance(part, tuple))
        heredoc = Heredoc(delimiter, written != delimiter, operator == "<<-")
        self._awaited.append(heredoc)
        return word, heredoc

    def _body(self, heredoc: Heredoc, at: int) -> int:
        """Read a here-document: the lines up to its delimiter, or to the end."""
        pieces: list[Piece] = []
        begin = at
        while at < len(self.value):
            line = _LINE.match(self.value, at)
            assert line
            end = line.end()
            if heredoc.tabs:
                while at < end and self.value[at] == "\t":
                    at += 1
            if self.value[at:end].rstrip("\r\n") == heredoc.delimiter:
                at = end
                break
            pieces.append((self.value[at:end], at, end, VERBATIM))
            at = end
        body = self.text.decode(pieces) if pieces else self.text.slice(begin, begin)
        reader = _BodyReader(body)
        heredoc.body = reader.verbatim() if heredoc.quoted else reader.expanded()
        self.statements.extend(reader.statements)
        return at


class _BodyReader(_Reader):
    """Reads a here-document, where quotes are characters like others."""

    double_quoted = re.compile(r"[^\\$`]++")
    keeps_backslash = frozenset("\\$`\n")

    def verbatim(self) -> Word:
        """The body as it stands."""
        word = Word(self.text, 0)
        word.end = len(self.value)
        word.parts.append((self.value, 0, word.end, VERBATIM))
        return word

    def expanded(self) -> Word:
        """The body as a shell fills it in."""
        word = Word(self.text, 0)
        word.end = len(self.value)
        self._double_quoted(0, word.parts, closing="")
        return word


class _Commands:
    """The commands of one level: a script, or what stands between the parentheses of a substitution."""

    __slots__ = (
        "_around",
        "_awaited",
        "_blocks",
        "_chained",
        "_functions",
        "_in_pattern",
        "_named",
        "_output",
        "_reader",
        "_words",
    )

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._words: list[Word] = []
        self._output: Word | None = None
        self._awaited: list[Heredoc] = []
        self._around: list[int] = []
        """The open structures, the innermost last."""
        self._blocks = 0
        """How many of them may not run what is in them, or not in this shell."""
        self._functions = 0
        self._chained = False
        """Whether the command stands behind ``&&``, ``||`` or a pipe."""
        self._named = False
        """Whether a function has been named whose body is still to come."""
        self._in_pattern = False
        """Whether the patterns of a ``case`` come next, up to a closing parenthesis."""

    def read(self, at: int) -> int:
        reader, value = self._reader, self._reader.value
        while at < len(value):
            space = _SPACE.match(value, at)
            if space is not None and not reader.is_hole(at):
                at = space.end()
                continue
            operator = None if reader.is_hole(at) else _OPERATOR.match(value, at)
            if operator is not None:
                if operator.group() == ")" and not self._around:
                    self._end(")")
                    return operator.end()
                at = self._operate(operator.group(), at)
            elif value[at] == "#" and not reader.is_hole(at):
                at = reader.end_of_line(at)
            else:
                at = self._word_or_redirection(at)
        self._end("")
        return at

    def _word_or_redirection(self, at: int) -> int:
        reader, value = self._reader, self._reader.value
        if not reader.is_hole(at):
            number = _NUMBER.match(value, at)
            redirection = _REDIRECTION.match(value, number.end() if number else at)
            if redirection is not None:
                named, heredoc = reader.redirection(redirection.end(), redirection.group())
                if heredoc is not None:
                    self._awaited.append(heredoc)
                elif redirection.group() in _WRITES and number is None:
                    self._output = named
                return named.end
        array = _ARRAY.match(value, at)
        word = reader.array(at, array.end()) if array else reader.word(at)
        if word.end == at:  # an operator that stands alone
            return at + 1
        self._words.append(word)
        if len(self._words) == 1 and (not self._in_pattern or word.written == "esac"):
            self._keyword(word.written)
        elif word.written == "in" and len(self._words) == 3 and self._words[0].written == "case":
            self._words.clear()
            self._in_pattern = True
        elif len(self._words) == 2 and self._words[0].written == "function":
            self._words.clear()
            self._named = True
        return word.end

    def _keyword(self, written: str) -> None:
        """Take in the structure that the first word of a command opens, continues or closes."""
        if written in _OPENING:
            self._push(_OPENING[written])
            if written not in ("for", "select", "case"):
                self._words.clear()
        elif written == "{":
            self._open(_BLOCK if self._chained else _BRACE)
        elif written == "}":
            self._close((_BRACE, _BLOCK, _FUNCTION))
        elif written in _CLOSING:
            self._close((_CLOSING[written],))
            self._in_pattern = False
        elif written in _GOES_ON:
            self._words.clear()

    def _open(self, structure: int) -> None:
        self._push(_FUNCTION if self._named else structure)
        self._named = False
        self._words.clear()

    def _push(self, structure: int) -> None:
        self._around.append(structure)
        self._blocks += structure != _BRACE
        self._functions += structure == _FUNCTION

    def _close(self, structures: tuple[int, ...]) -> None:
        self._words.clear()
        if self._around and self._around[-1] in structures:
            structure = self._around.pop()
            self._blocks -= structure != _BRACE
            self._functions -= structure == _FUNCTION

    def _operate(self, operator: str, at: int) -> int:
        """Act on an operator at ``at``; returns the offset behind it."""
        end = at + len(operator)
        in_case = bool(self._around) and self._around[-1] == _CASE
        if operator == "((" and not self._words:
            return self._reader.behind_parentheses(at)
        if operator in ("(", "(("):
            return self._parenthesis(at)
        if operator == ")":
            if in_case:
                self._words.clear()
                self._in_pattern = False
            else:
                self._end(")")
                self._close((_PARENTHESIS, _FUNCTION))
            return end
        if self._in_pattern and operator not in ("\n", "\r\n"):
            return end
        self._end(operator)
        if operator in (";;", ";&", ";;&") and in_case:
            self._in_pattern = True
        return self._reader.line_break(at) if operator[-1] == "\n" else end

    def _parenthesis(self, at: int) -> int:
        """An opening parenthesis: of a pattern, of ``name()``, or of a subshell."""
        value = self._reader.value
        if self._in_pattern:
            return at + 1
        if self._words or self._named:
            space = _SPACE.match(value, at + 1)
            closing = space.end() if space else at + 1
            if value.startswith(")", closing):
                self._words.clear()
                self._named = True
                return closing + 1
            self._end("(")
        self._open(_PARENTHESIS)
        return at + 1

    def _end(self, operator: str) -> None:
        """End the command read so far."""
        ended = bool(self._words or self._awaited)
        if ended:
            statement = Statement(self._words, self._awaited, self._output)
            statement.conditional = self._chained or self._blocks > 0 or operator in ("|", "|&", "&")
            statement.in_function = self._functions > 0
            self._reader.statements.append(statement)
        self._words, self._awaited, self._output = [], [], None
        if ended or operator not in ("\n", "\r\n"):
            self._chained = operator in ("&&", "||", "|", "|&")
