"""Why a file is not YAML, in words that name the usual cause. Imported only where one is not."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError, YAMLError

from spmlint.document.node import Problem
from spmlint.document.text import Source
from spmlint.document.yaml import MAX_DEPTH

_ODD_INDENTATION = re.compile("[ \t]*[\xa0\u2000-\u200b\u202f\u205f\u3000\ufeff]")
_BRACE_VALUE = re.compile(r"(?:^|[:,\[-])[ \t]+(?P<brace>\{)(?P<template>[{%])?|^(?P<line_template>\{[{%])")
_NEVER_CLOSED = ("found unexpected end of stream", "found unexpected document indicator")


def explain(error: YAMLError | UnicodeEncodeError, source: Source) -> Problem:
    """The Problem that stands for an error of libyaml or of the text given to it."""
    text = source.text
    if isinstance(error, UnicodeEncodeError):
        return Problem("syntax", "half of a surrogate pair is no character", error.start, error.end)
    position: int | None = getattr(error, "position", None)
    if position is not None:  # a ReaderError, the only one that counts in bytes
        at = len(text.encode("utf-8", "replace")[:position].decode("utf-8", "replace"))
        return Problem("syntax", f"control character U+{ord(text[at]):04X} is not allowed in YAML", at, at + 1)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Problem("syntax", str(error), 0)
    at = error.problem_mark.index
    if "nesting depth" in (error.problem or ""):  # libyaml has had a limit of its own since 0.2.6, higher than ours
        return Problem("limit", f"nested more than {MAX_DEPTH} levels deep", at)
    opened = error.context_mark.index if error.context_mark is not None else at
    trouble = _indentation_trouble(source, at) or _known_trouble(error.problem or "", source, opened, at)
    trouble.end = min(trouble.end, len(text))
    return trouble


def _indentation_trouble(source: Source, at: int) -> Problem | None:
    """Trouble with what indents the line of ``at`` or the one before it."""
    number = source.position(at)[0]
    for line in (number, number - 1):
        if line >= 1:
            start = source.line_starts[line - 1]
            odd = _ODD_INDENTATION.match(source.text, start)
            if odd:
                name = f"U+{ord(source.text[odd.end() - 1]):04X}"
                return Problem(
                    "syntax",
                    f"this line is indented with {name}, which only looks like a blank",
                    odd.end() - 1,
                    odd.end(),
                    "replace it with a plain space (text pasted from a web page often has these)",
                )
    start = source.line_starts[number - 1]
    if not source.text[start : at + 1].strip(" \t") and "\t" in source.text[start : at + 1]:
        tab = source.text.index("\t", start)
        return Problem(
            "syntax", "this line is indented with a tab", tab, tab + 1, "YAML is indented by spaces and nothing else"
        )
    return None


def _known_trouble(problem: str, source: Source, opened: int, at: int) -> Problem:
    """The Problem for what libyaml says went wrong at ``at`` in something that began at ``opened``."""
    text = source.text
    line_start = source.line_starts[source.position(at)[0] - 1]
    before = text[line_start:at]
    opener = text[opened : opened + 1]
    if problem in _NEVER_CLOSED and opener in ("'", '"'):
        return Problem("syntax", f"this {opener} is never closed", opened, opened + 1)
    if problem.startswith("did not find expected ',' or") and not text[at:].strip():
        return Problem("syntax", f"this {opener} is never closed", opened, opened + 1)
    brace = _brace_hint(text, line_start, at) or _brace_hint(text, text.rfind("\n", 0, opened) + 1, at)
    if problem.startswith("did not find expected ',' or"):
        opened_line = source.position(opened)[0]
        hint = brace or f"the {opener} in line {opened_line} is still open here"
        return Problem("syntax", f"{problem[-3:]} or a comma is missing here", at, at + 1, hint)
    if problem.startswith("mapping values are not allowed"):
        if ": " in before:
            hint = brace or "put a value that contains ': ' in quotes"
        else:
            hint = brace or "indent this line like its neighbours, or finish the value on the line before"
        return Problem("syntax", "a 'key: value' pair cannot stand here", at, at + 1, hint)
    if problem.startswith("could not find expected ':'"):
        hint = brace or "a key is followed by a colon and a blank; a long text goes in quotes or behind |"
        return Problem("syntax", "this is not a 'key: value' pair", opened, at, hint)
    if problem == "did not find expected key":
        hint = brace or "check this line's indentation and the quotes on the line before"
        return Problem("syntax", "the next key should begin here", at, at + 1, hint)
    if problem.startswith("did not find expected '-'"):
        return Problem(
            "syntax", "the next '- ' of a list should begin here", at, at + 1, "indent this line like its neighbours"
        )
    if problem.startswith("did not find expected <document start>"):
        hint = brace or "check the indentation of the lines above; another document begins with ---"
        return Problem("syntax", "the document has ended before this", at, at + 1, hint)
    if problem.startswith("did not find expected node content"):
        return Problem("syntax", "a value should stand here", at, at + 1, brace)
    if problem.startswith("found character that cannot start"):
        hint = brace or "put the value in quotes"
        return Problem("syntax", f"a plain value cannot begin with {text[at]!r}", at, at + 1, hint)
    if problem.startswith("did not find expected alphabetic") and opener in ("*", "&"):
        return Problem("syntax", f"a plain value cannot begin with {opener}", opened, at + 1, "put it in quotes")
    if problem == "found unknown escape character":
        return Problem(
            "syntax", "unknown escape in double quotes", at, at + 2, r"write \\ for a backslash, or use single quotes"
        )
    return Problem("syntax", problem, at, at + 1, brace)


def _brace_hint(text: str, line_start: int, at: int) -> str:
    """What to say of a ``{`` that was meant as text on the line that begins at ``line_start``."""
    line = text[line_start:].partition("\n")[0]
    brace = _BRACE_VALUE.search(line)
    if brace is None or line_start + brace.start() > at:
        return ""
    if brace["template"] or brace["line_template"]:
        return "this looks like a template: check what it renders to, or put the value in quotes"
    return "a value that begins with { is a map: put the value in quotes"
