"""Words of a shell script with what the shell fills in: variables, substitutions, ``$'...'``, arrays."""

from __future__ import annotations

import re

from spmlint.document.shell_words import Expansion, Word, WordScanner
from spmlint.document.text import ESCAPED, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.shell_syntax import Statement

MAX_DEPTH = 40
"""Command substitutions inside each other; deeper ones are not looked into."""
MAX_BRACES = 500
"""Characters looked through for the bracket that closes ``${`` or ``$((``."""

_VARIABLE = re.compile(
    r"\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<list>\[[@*]\])?\}|(?P<special>[0-9@*#?!$_-]))"
)
_BRACES = re.compile(r"[{}]|\\.|\"(?:[^\"\\]|\\.)*+\"", re.DOTALL)
_PARENTHESES = re.compile(r"[()]")
_BACKTICK = re.compile(r"`(?:[^`\\]|\\.)*+`", re.DOTALL)
_ANSI = re.compile(r"(?:[^'\\]|\\.)*+", re.DOTALL)
_ANSI_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|[0-7]{1,3}|.)", re.DOTALL)
_ANSI_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}


class ExpansionScanner(WordScanner):
    """Reads words of a script; ``statements`` gathers the commands inside substitutions."""

    plain = re.compile(r"[^ \t\r\n'\"\\$`;&|()<>]++|\r(?!\n)")
    double_quoted = re.compile(r'[^"\\$`]++')

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.statements: list[Statement] = []
        self._depth = 0

    def commands(self, at: int) -> int:
        """Read commands up to the parenthesis that closes what stands round them; returns the offset behind it."""
        raise NotImplementedError

    def array(self, at: int, inside: int) -> Word:
        """The assignment ``NAME=( ... )`` that begins at ``at``; ``inside`` is the offset behind its parenthesis."""
        value = self.value
        word = Word(self.text, at)
        word.parts.append((value[at : inside - 1], at, inside - 1, VERBATIM))
        word.array = []
        at = inside
        while at < len(value) and (value[at] != ")" or self.is_hole(at)):
            if value[at] in " \t\r\n" and not self.is_hole(at):
                at += 1
            elif value[at] == "#" and not self.is_hole(at):
                at = self.end_of_line(at)
            else:
                element = self.word(at)
                if element.end > at:
                    word.array.append(element)
                at = max(element.end, at + 1)
        word.end = min(at + 1, len(value))
        return word

    def _expansion(self, at: int, quoted: bool, parts: list[Piece | Expansion]) -> int:
        value = self.value
        mark = value[at]
        if mark == "`":
            expansion = self._backticks(at, quoted)
        elif mark in "<>" and not quoted and value.startswith("(", at + 1):
            expansion = self._substitution(at, 2, quoted)
        elif mark != "$":
            return at
        elif value.startswith("((", at + 1):
            expansion = Expansion(at, self.behind_parentheses(at + 1), quoted)
        elif value.startswith("(", at + 1):
            expansion = self._substitution(at, 2, quoted)
        elif value.startswith("'", at + 1) and not quoted:
            return self._ansi_quoted(at, parts)
        elif value.startswith('"', at + 1) and not quoted:
            return self._double_quoted(at + 2, parts)
        else:
            variable = _VARIABLE.match(value, at)
            if variable is not None:
                listed = variable["list"] or variable["special"] or ""
                name = variable["name"] or variable["braced"] or ""
                expansion = Expansion(at, variable.end(), quoted, name, every=listed in ("[@]", "[*]", "@", "*"))
            elif value.startswith("{", at + 1):
                expansion = Expansion(at, self._behind_braces(at + 2), quoted)
            else:
                parts.append(("$", at, at + 1, VERBATIM))
                return at + 1
        parts.append(expansion)
        return expansion.end

    def _substitution(self, at: int, opening: int, quoted: bool) -> Expansion:
        if self._depth >= MAX_DEPTH:
            return Expansion(at, self.end_of_line(at), quoted)
        self._depth += 1
        first = len(self.statements)
        end = self.commands(at + opening)
        self._depth -= 1
        expansion = Expansion(at, end, quoted)
        inside = self.statements[first:]
        for statement in inside:
            statement.conditional = True
        if len(inside) == 1 and len(inside[0].words) == 1 and inside[0].words[0].written == "cat":
            bodies = inside[0].heredocs
            expansion.heredoc = bodies[0] if len(bodies) == 1 else None
        return expansion

    def _backticks(self, at: int, quoted: bool) -> Expansion:
        match = _BACKTICK.match(self.value, at)
        end = match.end() if match else self.end_of_line(at)
        if match and self._depth < MAX_DEPTH:
            inside = type(self)(self.text.slice(at + 1, end - 1))
            inside._depth = self._depth + 1
            inside.commands(0)
            for statement in inside.statements:
                statement.conditional = True
            self.statements.extend(inside.statements)
        return Expansion(at, end, quoted)

    def _ansi_quoted(self, at: int, parts: list[Piece | Expansion]) -> int:
        match = _ANSI.match(self.value, at + 2)
        assert match
        at, end = match.span()
        for escape in _ANSI_ESCAPE.finditer(self.value, at, end):
            parts.append((self.value[at : escape.start()], at, escape.start(), VERBATIM))
            parts.append((_ansi_character(escape.group()[1:]), *escape.span(), ESCAPED))
            at = escape.end()
        parts.append((self.value[at:end], at, end, VERBATIM))
        return end + 1

    def _behind_braces(self, at: int) -> int:
        depth = 1
        for mark in _BRACES.finditer(self.value, at, at + MAX_BRACES):
            if mark.group() in ("{", "}"):
                depth += 1 if mark.group() == "{" else -1
                if depth == 0:
                    return mark.end()
        return self.end_of_line(at)

    def behind_parentheses(self, at: int) -> int:
        """The offset behind the parenthesis that closes the one at ``at``."""
        depth = 0
        for mark in _PARENTHESES.finditer(self.value, at, at + MAX_BRACES):
            depth += 1 if mark.group() == "(" else -1
            if depth == 0:
                return mark.end()
        return self.end_of_line(at)

    def end_of_line(self, at: int) -> int:
        """The offset of the line break behind ``at``."""
        end = self.value.find("\n", at)
        return end if end >= 0 else len(self.value)


def _ansi_character(escape: str) -> str:
    """What an escape of ``$'...'`` stands for, without its backslash."""
    if escape[0] in "xu":
        return chr(int(escape[1:], 16)) if len(escape) > 1 else "\\" + escape
    return chr(int(escape, 8)) if escape[0] in "01234567" else _ANSI_NAMED.get(escape, escape)
