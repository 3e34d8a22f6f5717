"""Terraform's language: blocks and attributes as a tree, literals with their values, all other expressions placeholders.

A reader of our own, because no package tells where a value stands. It never fails: a file that Terraform refuses gives what
can be read of it. ``${...}`` and ``%{...}`` inside strings are placeholders; a value that is a variable or a local alone is
a reference, which the linker may fill in.
"""

from __future__ import annotations

import re

from spmlint.document.hcl_strings import decode, find_templates
from spmlint.document.node import DOUBLE, PLAIN, Alias, Mapping, Node, Sequence, TextScalar
from spmlint.document.text import Source, hidden

MAX_DEPTH = 50
"""Blocks, lists and objects inside each other; what is deeper is a placeholder."""

_BLANK = re.compile(r"(?:[ \t\r\n\ufeff]++|#[^\n]*+|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)*+")
_SAME_LINE = re.compile(r"(?:[ \t\r]++|/\*(?:[^*\n]++|\*(?!/))*+\*/)*+")
_NAME = re.compile(r"[A-Za-z_][\w-]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+")
_REFERENCE = re.compile(r"(?:var|local)\.[A-Za-z_][\w-]*+")
_HEREDOC = re.compile(r"<<(?P<indented>-?)(?P<mark>[A-Za-z_][\w-]*+)[ \t\r]*+\n")
_JSON = re.compile(r"jsonencode\(")
_ENDS_VALUE = re.compile(r"[ \t\r]*+(?:[\n,\]})]|#|//|\Z)")
_SKIPPED = re.compile(r'[^"\[\](){}\n,<#/]++|//[^\n]*+|#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|[</]')
_QUOTED = re.compile(r'[^"\\$%\n]++|\\[^\n]|\$\$\{|%%\{|[$%](?!\{)')
_TEMPLATE = re.compile(r"[^\"{}]++")
_LITERALS = ("true", "false", "null")


class Block(Mapping):
    """``type "label" "label" { ... }``; the type is the key it stands under."""

    __slots__ = ("labels",)

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.labels: list[str] = []


class Hcl:
    """One file: its ``body``, and every value in it that is ``var.NAME`` or ``local.NAME`` alone."""

    __slots__ = ("body", "references")

    def __init__(self, body: Mapping, references: list[Alias]) -> None:
        self.body = body
        self.references = references


def read_hcl(source: Source) -> Hcl:
    """Read one file. Blocks and attributes of the same name stand beside each other, in writing order."""
    reader = _Reader(source)
    body = Mapping(source, 0, len(source.text))
    while reader.at < len(source.text):
        reader.body(body, 0)
        reader.at += 1  # a closing bracket that nothing opened
    return Hcl(body, reader.references)


class _Reader:
    __slots__ = ("at", "references", "source", "text", "whole")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.whole = source.whole()
        self.at = 0
        self.references: list[Alias] = []

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def body(self, mapping: Mapping, depth: int) -> None:
        """Blocks and attributes, up to the bracket that closes them, or the end."""
        while True:
            self.match(_BLANK)
            if self.at >= len(self.text) or self.text[self.at] in "}])":
                return
            name = self.match(_NAME)
            if name is None:
                self.skip()
                self.at += self.text.startswith(",", self.at)
                continue
            key = TextScalar(self.whole.slice(*name.span()))
            self.match(_SAME_LINE)
            if self.text.startswith("=", self.at) and not self.text.startswith("==", self.at):
                self.at += 1
                mapping.own.append((key, self.value(depth + 1)))
            else:
                self.block(key, mapping, depth + 1)

    def block(self, key: TextScalar, mapping: Mapping, depth: int) -> None:
        """What follows a block's type: its labels and its body. Anything else on the line is passed over."""
        block = Block(self.source, key.start, key.end)
        while True:
            self.match(_SAME_LINE)
            if self.text.startswith('"', self.at):
                start = self.at
                self.quoted()
                block.labels.append(self.text[start + 1 : self.at - 1])
            elif (label := self.match(_NAME)) is not None:
                block.labels.append(label.group())
            else:
                break
        if not self.text.startswith("{", self.at) or depth > MAX_DEPTH:
            self.skip()
            return
        self.at += 1
        self.body(block, depth)
        self.at = min(self.at + 1, len(self.text))
        block.end = self.at
        mapping.own.append((key, block))

    def value(self, depth: int) -> Node:
        """An expression, up to what ends it."""
        self.match(_SAME_LINE)
        start = self.at
        first = self.text[start : start + 1]
        node: Node | None = None
        if depth <= MAX_DEPTH:
            if first == '"':
                node = self.string()
            elif first == "[":
                node = self.sequence(depth)
            elif first == "{":
                node = self.object(depth)
            elif first == "<":
                node = self.heredoc()
            elif self.match(_JSON) is not None:
                node = self.encoded(depth, start)
            elif (reference := self.match(_REFERENCE)) is not None:
                node = self.reference(reference.group(), start)
            elif (plain := self.match(_NUMBER) or self.match(_NAME)) is not None:
                node = TextScalar(self.whole.slice(start, self.at), style=PLAIN)
                if plain.group()[0].isalpha() and plain.group() not in _LITERALS:
                    node = None
        if node is not None and (first == "<" or _ENDS_VALUE.match(self.text, self.at)):
            return node
        return self.unread(start)

    def encoded(self, depth: int, start: int) -> Node | None:
        """What ``jsonencode`` is given: whoever decodes the string has that again."""
        self.match(_BLANK)
        node = self.value(depth + 1)
        self.match(_BLANK)
        if self.text.startswith(")", self.at) and isinstance(node, Mapping | Sequence):
            self.at += 1
            return node
        self.at = start
        return None

    def unread(self, start: int) -> TextScalar:
        """A placeholder for the expression that begins at ``start``, in which the reader stands."""
        self.skip()
        end = start + len(self.text[start : self.at].rstrip())
        return TextScalar(hidden(self.source, start, end))

    def reference(self, name: str, start: int) -> Alias:
        alias = Alias(self.source, start, self.at, name, TextScalar(hidden(self.source, start, self.at)))
        self.references.append(alias)
        return alias

    def string(self) -> Node:
        """A quoted string; one that is a reference and nothing else is that reference."""
        start = self.at
        holes = self.quoted()
        written = self.text[start + 1 : self.at - 1]
        inner = _REFERENCE.fullmatch(written[2:-1].strip()) if written.startswith("${") and len(holes) == 1 else None
        if inner is not None and holes[0] == (start + 1, self.at - 1):
            return self.reference(inner.group(), start)
        text = self.whole.slice(start + 1, max(self.at - 1, start + 1))
        offset = start + 1
        return TextScalar(decode(text, [(low - offset, high - offset) for low, high in holes]), style=DOUBLE)

    def quoted(self) -> list[tuple[int, int]]:
        """Move behind a quoted string; returns where templates stand in it."""
        holes = []
        self.at += 1
        while self.at < len(self.text):
            if self.match(_QUOTED) is not None:
                continue
            character = self.text[self.at]
            if character not in "$%":
                self.at += character == '"'
                break
            start = self.at
            self.template()
            holes.append((start, self.at))
        return holes

    def template(self) -> None:
        """Move behind ``${...}``, with the strings and brackets inside it."""
        self.at += 2
        depth = 1
        while self.at < len(self.text) and depth:
            if self.match(_TEMPLATE) is not None:
                continue
            character = self.text[self.at]
            self.at += 1
            if character == '"':
                closing = re.compile(r'(?:[^"\\]++|\\.)*+"?', re.DOTALL).match(self.text, self.at)
                self.at = closing.end() if closing else len(self.text)
            else:
                depth += 1 if character == "{" else -1

    def sequence(self, depth: int) -> Sequence:
        sequence = Sequence(self.source, self.at, self.at)
        self.at += 1
        while True:
            self.match(_BLANK)
            found = self.text[self.at : self.at + 1]
            if found == ",":
                self.at += 1
            elif found in ("", "]", "}", ")"):
                break
            else:
                sequence.nodes.append(self.value(depth + 1))
        self.at = min(self.at + 1, len(self.text))
        sequence.end = self.at
        return sequence

    def object(self, depth: int) -> Mapping:
        mapping = Mapping(self.source, self.at, self.at)
        self.at += 1
        while True:
            self.match(_BLANK)
            found = self.text[self.at : self.at + 1]
            if found == ",":
                self.at += 1
            elif found in ("", "]", "}", ")"):
                break
            else:
                self.entry(mapping, depth)
        self.at = min(self.at + 1, len(self.text))
        mapping.end = self.at
        return mapping

    def entry(self, mapping: Mapping, depth: int) -> None:
        """One entry of an object. A key in parentheses, and the whole of a ``for``, may be anything."""
        start = self.at
        key: Node | None = None
        if self.text.startswith('"', start):
            key = self.string()
        elif (name := self.match(_NAME)) is not None:
            key = TextScalar(self.whole.slice(*name.span()))
        self.match(_SAME_LINE)
        if key is None or self.text[self.at : self.at + 1] not in ("=", ":"):
            key = self.unread(start)
            mapping.own.append((key, key))
        else:
            self.at += 1
            mapping.own.append((key, self.value(depth + 1)))

    def heredoc(self) -> Node | None:
        opening = self.match(_HEREDOC)
        if opening is None:
            return None
        start = self.at
        closing = re.compile(rf"^[ \t]*{opening['mark']}[ \t\r]*$", re.MULTILINE).search(self.text, start)
        end = closing.start() if closing else len(self.text)
        self.at = closing.end() if closing else len(self.text)
        return TextScalar(
            decode(self.whole.slice(start, end), list(find_templates(self.text, start, end)), quoted=False)
        )

    def skip(self) -> None:
        """Move to what ends the expression that begins here: a line end, comma or bracket outside of brackets."""
        depth = 0
        while self.at < len(self.text):
            if self.match(_SKIPPED) is not None:
                continue
            character = self.text[self.at]
            if character == '"':
                self.quoted()
                continue
            if character in "[({":
                depth += 1
            elif not depth:
                return
            elif character in "])}":
                depth -= 1
            self.at += 1
