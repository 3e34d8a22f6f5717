"""YAML that a template engine has still to write, read as far as its lines allow: Helm, Jinja and ERB.

What an engine puts in becomes a placeholder that YAML can read. Lines that only steer the engine (``if``, ``end``) go; what
stands between them may not be there when the file is rendered, so each of its lines begins with a placeholder, unless they
enclose whole documents.
"""

from __future__ import annotations

import re

from spmlint.document.text import ESCAPED, HOLE, VERBATIM, Piece, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"\{\{(?!(?:SPARK_VERSION|APP_ID|EXECUTOR_ID)\}\})|\{%|\{#|<%")
"""What Spark and its operator put in themselves is meant so."""
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>"}
_OPENS = re.compile(
    r"\s*(?:if|range|with|define|block|for|macro|unless|case|while|call|filter)\b|.*\bdo\b(?:\s*\|[^|]*\|)?\s*$",
    re.DOTALL,
)
_CLOSES = re.compile(r"\s*(?:end\w*|\})\s*$")
_STEERS = re.compile(
    r"\s*(?:else|elif|elsif|when|template|set|import|from|extends|fail|/\*|[$\w]+\s*:?=(?!=))|\s*$", re.DOTALL
)
_INDENT = re.compile(r"\b(?:n?indent)\s*\(?\s*(\d+)")
_NOT_IN_NAME = re.compile(r"[^\w .|-]+")
_BEFORE = re.compile(r"[ \t]*(?:- +)*[\"']?")
_WHOLE = re.compile(r"[ \t]*(?:---.*|#.*|)")

_SHORT_ACTION = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}|<%[^<>%]*%>")
_MAYBE = "<if>"
_LONG = 1000
"""Characters of a line; nothing that ends a document is longer."""
_FAR = 100
"""Lines of comments before the first of a document, or behind its last."""

_ECHO, _OPEN, _CLOSE, _STEER = "echo", "open", "close", "steer"


class _Action:
    """One action of an engine: where it stands, and what it is for."""

    __slots__ = ("end", "kind", "name", "start", "text")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.text = value[start:end]
        mark, body = self.text[:2], self.text[2:-2].strip("-+")
        self.kind = _STEER
        if mark == "<%" and body[:1] == "=":
            self.kind = _ECHO
        elif mark == "{#":
            pass
        elif _CLOSES.match(body):
            self.kind = _CLOSE
        elif _OPENS.match(body):
            self.kind = _OPEN
        elif mark == "{{" and not _STEERS.match(body):
            self.kind = _ECHO
        name = " ".join(_NOT_IN_NAME.sub(" ", body).split()).strip(" .|-")
        self.name = f"<{name[:50].strip() or 'template'}>"


def _actions(value: str) -> Iterator[_Action]:
    """Every action that is closed, from left to right."""
    at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(value, at):
        mark = opening.group()
        at = opening.end()
        found = -1 if mark in unclosed else value.find(_CLOSING[mark], at)
        if found < 0:
            unclosed.add(mark)
        else:
            yield _Action(value, opening.start(), found + 2)
            at = found + 2


def is_recoverable(text: str) -> bool:
    """Whether a text holds actions of a template engine."""
    return next(_actions(text), None) is not None


def recover(text: Text) -> Text:
    """The text as YAML; a place in it is where its characters stand in the file."""
    actions = list(_actions(text.value))
    return text.decode(list(_pieces(text.value, actions, _conditional(text.value, actions))))


def _conditional(value: str, actions: list[_Action]) -> list[tuple[int, int]]:
    """The ranges that may not be there, outermost only."""
    ranges = []
    opened: list[_Action] = []
    for action in actions:
        if action.kind == _OPEN:
            opened.append(action)
        elif action.kind == _CLOSE and opened:
            first = opened.pop()
            if not (
                _ends_document(value, first.start, before=True) and _ends_document(value, action.end, before=False)
            ):
                ranges.append((first.end, action.start))
    ranges.extend((first.end, len(value)) for first in opened)
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _ends_document(value: str, at: int, *, before: bool) -> bool:
    """Whether nothing of the same document stands before, or behind, an offset but comments and actions."""
    for _ in range(_FAR):
        if at == (0 if before else len(value)):
            return True
        if before:
            start = value.rfind("\n", max(at - _LONG, 0), max(at - 1, 0)) + 1
            line, at = value[start:at] if at - start < _LONG else "a long line", start
        else:
            end = value.find("\n", at, at + _LONG)
            line = value[at : at + _LONG] if end < 0 else value[at:end]
            at = min(at + _LONG, len(value)) if end < 0 else end + 1
        line = line.strip("\r\n")
        if line.startswith("---"):
            return True
        if not _WHOLE.fullmatch(_SHORT_ACTION.sub("", line)):
            return False
    return False


def _pieces(value: str, actions: list[_Action], conditional: list[tuple[int, int]]) -> Iterator[Piece]:
    at, index, ranges = 0, 0, 0
    while at < len(value):
        end = value.find("\n", at)
        end = len(value) if end < 0 else end
        own = []
        while index < len(actions) and actions[index].start <= end:
            own.append(actions[index])
            if actions[index].end > end:
                end = value.find("\n", actions[index].end)
                end = len(value) if end < 0 else end
            index += 1
        while ranges < len(conditional) and conditional[ranges][1] < end:
            ranges += 1
        may_miss = ranges < len(conditional) and conditional[ranges][0] <= at
        yield from _line(value, at, end, own, may_miss=may_miss)
        if end < len(value):
            yield "\n", end, end + 1, VERBATIM
        at = end + 1


def _line(value: str, at: int, end: int, actions: list[_Action], *, may_miss: bool) -> Iterator[Piece]:
    """One line, or several that an action runs over."""
    between = zip([at, *(action.end for action in actions)], [*(action.start for action in actions), end], strict=True)
    alone = bool(actions) and not any(value[start:stop].strip() for start, stop in between)
    echoes = [action for action in actions if action.kind == _ECHO]
    if alone and echoes:
        first = echoes[0]
        found = _INDENT.search(first.text)
        indent = " " * int(found[1]) if found else value[at : first.start].replace("\t", " ")
        yield indent, at, first.start, ESCAPED
        yield first.name, first.start, first.end, HOLE
        yield ": ", first.end, first.end, ESCAPED
        yield first.name, first.start, first.end, HOLE
        return
    if alone:
        return
    if may_miss and not _WHOLE.fullmatch(value[at:end]):
        before = _BEFORE.match(value, at, end)
        start = min(before.end() if before else at, actions[0].start if actions else end)
        yield value[at:start], at, start, VERBATIM
        yield _MAYBE, start, start, HOLE
        at = start
    if len(echoes) < len(actions):
        yield value[at : actions[0].start], at, actions[0].start, VERBATIM
        yield actions[0].name, actions[0].start, actions[-1].end, HOLE
        yield value[actions[-1].end : end], actions[-1].end, end, VERBATIM
        return
    for action in actions:
        yield value[at : action.start], at, action.start, VERBATIM
        yield action.name, action.start, action.end, HOLE
        at = action.end
    yield value[at:end], at, end, VERBATIM
