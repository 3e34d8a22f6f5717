"""Placeholders: parts of a value that a person, a shell or a template engine fills in before Spark sees it.

Every style met in real files: Helm, Jinja, Argo, Airflow (``{{ }}``, ``{% %}``), ERB (``<% %>``), shells and Terraform
(``$NAME``, ``${...}``, ``$(...)``), hand-edit marks (``<your-bucket>``, ``@NAME@``, ``{NAME}``, ``EXECUTOR_MEMORY``),
Windows (``%NAME%``) and printf (``%s``). What Spark and its operator replace themselves is not a placeholder: the value is
meant so.
"""

from __future__ import annotations

from bisect import bisect_right

from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from spmlint.document.text import Text

_SPARK_TOKEN = r"(?:SPARK_VERSION|APP_ID|EXECUTOR_ID)\}\}"
"""Replaced by the Apache Spark operator and by Spark's Utils.substituteAppNExecIds."""

_WHOLE = pattern(r"\{[A-Za-z_]\w*\}|%d")
_REPLACED = pattern(
    r"[A-Z][A-Z0-9_]{2,}[A-Z][kmgt]b?"
    r"|(?!MEMORY_|DRIVER\Z|EXECUTOR\Z|PARTITIONS\Z)(?=.*(?:EXECUTOR|DRIVER|MEMORY|CORES|INSTANCES|PARTITIONS))[A-Z0-9_]{6,}"
    r"|(?:YOUR|REPLACE|CHANGE|INSERT|ENTER|TODO|FIXME|PLACEHOLDER)_?[A-Z0-9_]*"
)
"""A word in capitals, with a unit perhaps, that ``sed`` or a person puts something in the place of."""
_MARK = pattern(
    rf"""(?x)
    (?P<literal> \{{\{{{_SPARK_TOKEN}
               | (?<![\w.])(?:[a-z_]\w*\.)+[A-Z]\w*(?:\$(?:[A-Z]\w*?[a-z]\w*|[0-9]+)\b)+    # a class inside a class
    )
  | (?P<closed_by_mark> \$?\{{\{{ | \{{% | <% )
  | (?P<nested> \$\{{ | \$\( )
  | (?P<name> \$(?:[A-Za-z_]\w*|[0-9@*\#?])
            | (?<!<)(?<!array)(?<!struct)<(?![^<>]*\b(?:and|or|AND|OR)\b)[A-Za-z_][\w .:/|-]{{0,60}}(?<![\s])>
            | @[A-Z][A-Z0-9_]*@ | (?<!\w)@[A-Za-z_][\w.-]*@
            | %(?![0-9A-F]{{2}}%)[A-Z][A-Z0-9_]+%
            | (?<!%)%(?:\(\w+\))?s(?!\w{{2}})
    )
    """
)
_WORDS = pattern(r"[A-Za-z]+(?:_[A-Za-z]+)+")
_OMISSION = pattern(r"(?<![^\s])(?:\.{3}|\u2026|\[[A-Za-z][\w -]*(?:\.{3})?\])(?![^\s])")
_CLOSING_MARK = {"{{": "}}", "${{": "}}", "{%": "%}", "<%": "%>"}
_BRACKETS = {"${": pattern("[{}]"), "$(": pattern("[()]")}
_TEMPLATE = pattern(rf"\{{\{{(?!{_SPARK_TOKEN})|\{{%|<%")


def find_holes(value: str) -> Sequence[tuple[int, int]]:
    """The ranges of ``value`` that are placeholders, from left to right. One that is never closed reaches to the end."""
    holes = _KNOWN.get(value)
    if holes is None:
        holes = _holes_in(value)
        if len(value) <= LONGEST_KNOWN:
            if len(_KNOWN) >= MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[value] = holes
    return holes


_KNOWN: dict[str, Sequence[tuple[int, int]]] = {}
"""The same keys and values stand in thousands of files."""

LONGEST_KNOWN, MOST_KNOWN = 100, 10_000


def _holes_in(value: str) -> Sequence[tuple[int, int]]:
    if not _may_have_marks(value):
        return [(0, len(value))] if value[:2].isupper() and _REPLACED.fullmatch(value) else ()
    if _WHOLE.fullmatch(value):
        return [(0, len(value))]
    holes: list[tuple[int, int]] = []
    mark = _MARK.search(value)
    while mark:
        end = mark.end()
        if mark.lastgroup != "literal":
            if mark.lastgroup == "closed_by_mark":
                end = _behind(value, _CLOSING_MARK[mark.group()], end)
            elif mark.lastgroup == "nested":
                end = _behind_bracket(value, _BRACKETS[mark.group()], end)
            holes.append((mark.start(), end))
        mark = _MARK.search(value, end)
    return holes


def find_template_holes(value: str) -> list[tuple[int, int]]:
    """The placeholders of a shell script that are not its own variables and substitutions, from left to right.

    Words such as ``...`` and ``[options]`` are among them: they stand for more in the usage lines of documentation.
    """
    holes = [omission.span() for omission in _OMISSION.finditer(value)]
    mark = _MARK.search(value) if _may_have_marks(value) else None
    while mark:
        end = mark.end()
        if mark.lastgroup == "closed_by_mark":
            end = _behind(value, _CLOSING_MARK[mark.group()], end)
        if mark.lastgroup == "closed_by_mark" or (mark.lastgroup == "name" and not mark.group().startswith("$")):
            holes.append((mark.start(), end))
        mark = _MARK.search(value, end)
    return _apart(sorted(holes))


def _apart(holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges without those that begin inside another."""
    kept: list[tuple[int, int]] = []
    for hole in holes:
        if not kept or hole[0] >= kept[-1][1]:
            kept.append(hole)
    return kept


def mark_holes(text: Text) -> Text:
    """``text`` with its placeholders marked; itself where it has none. What is marked already stays one placeholder."""
    holes = find_holes(text.value)
    if holes and (marked := text.holes):
        holes = [hole for hole in holes if not _is_inside(hole, marked)]
    return text.with_holes(holes) if holes else text


def mark_words(text: Text) -> Text:
    """``text`` as a placeholder where it is words for what a reader has to put there: ``cores_per_executor``.

    For documentation, where nobody writes such a name for what it is.
    """
    return text.with_holes([(0, len(text.value))]) if not text.holes and _WORDS.fullmatch(text.value) else text


def _is_inside(hole: tuple[int, int], holes: list[tuple[int, int]]) -> bool:
    """Whether one of ``holes``, which are sorted, covers another."""
    index = bisect_right(holes, hole[0], key=lambda other: other[0]) - 1
    return index >= 0 and hole[1] <= holes[index][1]


def _may_have_marks(value: str) -> bool:
    return "$" in value or "{" in value or "<" in value or "@" in value or "%" in value


def template_marks(text: str) -> bool:
    """Whether a file holds marks of Helm, Jinja or ERB, so that it has to be rendered before it is what it will be."""
    return _TEMPLATE.search(text) is not None


def _behind(value: str, closing: str, at: int) -> int:
    """The offset behind the next ``closing``, or the end."""
    found = value.find(closing, at)
    return found + len(closing) if found >= 0 else len(value)


def _behind_bracket(value: str, brackets: re.Pattern[str], at: int) -> int:
    """The offset behind the bracket that closes the one before ``at``, or the end."""
    depth = 1
    for bracket in brackets.finditer(value, at):
        depth += 1 if bracket.group() in "({" else -1
        if depth == 0:
            return bracket.end()
    return len(value)
