"""Every configuration key Spark 3.1 to 4.3 knows, release by release: type, unit, default, limits, older names.

The facts stand in ``catalogue.tsv``, one line for a key in an interval of releases in which nothing about it changes:

    key  releases  type  default  since  notes...

``type``     an entry: ``boolean``, ``int``, ``long``, ``double``, ``decimal``, ``string``, ``enum``, ``regex``, ``bytes:m``,
             ``time:ms`` (with the unit of a bare number), ``list:string``; or ``old`` (renamed, deprecated or removed),
             ``text`` (used as a plain text, no entry), ``family`` (goes on with a free name), ``vendor``
``default``  ``=text``, ``>key`` (falls back to, or replaced by), ``?`` (computed on the machine), ``-`` (none)
``notes``    ``internal``; ``old=a|b``, older keys still read, in this order; ``prepended=key`` and ``separator=text``;
             ``upper``, ``lower``, ``default`` (whose case is folded), ``trim``, ``untrimmed``; ``one_of=a|b``;
             ``range=[0,1)|[5,]``; ``check=name`` (`spmlint.spark.checks`). On ``old``: ``read`` (still has effect),
             ``translated=suffix``, ``to=key``. Elsewhere: ``documented``

``tests/generate/catalogue.py`` writes the file from the ConfigEntry registry of the released jars. It is read at the first
question and then only cut into lines; a line is taken apart when its key is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from os.path import dirname, join

from spmlint.answer import SPARK_VERSIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from spmlint.answer import Version, Versions

    K = TypeVar("K")
    T = TypeVar("T")
    R = TypeVar("R", bound="Variant | Old")

    Limits = tuple[float | None, bool, float | None, bool]

_VERSIONS = {f"{major}.{minor}": (major, minor) for major, minor in SPARK_VERSIONS}
_NOT_ENTRIES = ("old", "text", "family", "vendor")


class Variant:
    """What the registry says of one entry in the releases ``first`` to ``last``.

    ``kind`` is the type without its unit; ``unit`` the one a bare number counts in; ``many`` a comma-separated list.
    ``default`` is a text the entry reads itself, ``fallback`` the key read instead; ``computed`` says the default
    depends on the machine. ``old`` are the keys read when this one is not set. ``ranges`` are (low, low is included,
    high, high is included) in the entry's unit, None for no limit; ``one_of`` the words accepted once ``fold``
    (``"upper"``, ``"lower"``, or ``"default"`` for the default's own spelling) and ``trim`` have been applied. What is
    ``untrimmed`` takes no blanks around it.
    """

    __slots__ = (
        "check",
        "computed",
        "default",
        "fallback",
        "first",
        "fold",
        "kind",
        "last",
        "many",
        "old",
        "one_of",
        "prepended",
        "public",
        "ranges",
        "separator",
        "since",
        "trim",
        "unit",
        "untrimmed",
    )

    def __init__(self, line: list[str]) -> None:
        releases, kind, default, self.since, *notes = line
        self.first, self.last = _interval(releases)
        self.many = kind.startswith("list:")
        self.kind, _, unit = kind.removeprefix("list:").partition(":")
        self.unit: str | None = unit or None
        self.default = default[1:] if default[0] == "=" else None
        self.fallback = default[1:] if default[0] == ">" else None
        self.computed = default == "?"
        marks = _marks(notes)
        self.public = "internal" not in marks
        self.old = tuple(marks["old"].split("|")) if "old" in marks else ()
        self.prepended = marks.get("prepended")
        self.separator = marks.get("separator", "")
        self.fold = next((fold for fold in ("upper", "lower", "default") if fold in marks), None)
        self.trim = "trim" in marks
        self.untrimmed = "untrimmed" in marks
        self.one_of = tuple(marks["one_of"].split("|")) if "one_of" in marks else None
        self.ranges = tuple(map(_range, marks["range"].split("|"))) if "range" in marks else None
        self.check = marks.get("check")


class Old:
    """A key that Spark has renamed, deprecated or removed.

    ``since`` is the release Spark names (may be empty), ``replacement`` the key to write instead, ``read`` whether the old
    key still has effect. A removed SQL key is refused unless it is set to ``default``.
    """

    __slots__ = ("default", "first", "last", "read", "replacement", "since")

    def __init__(self, line: list[str]) -> None:
        releases, _, default, self.since, *notes = line
        self.first, self.last = _interval(releases)
        marks = _marks(notes)
        self.default = default[1:] if default[0] == "=" else None
        self.replacement = default[1:] if default[0] == ">" else marks.get("to")
        self.read = "read" in marks


class Entry:
    """A registered entry, for every release that is still possible: what differs among them is a `Split` when asked for."""

    __slots__ = ("_spark", "_variants", "key")

    def __init__(self, key: str, variants: list[Variant], spark: Versions) -> None:
        self.key = key
        self._spark = spark
        possible = [v for v in variants if any(v.first <= release <= v.last for release in spark.options)]
        self._variants = possible or variants

    def ask(self, question: Callable[[Variant], T]) -> T:
        """The answer all possible releases give to ``question``.

        Raises:
            Split: they give different ones.
        """
        if len(self._variants) == 1:  # nearly always
            return question(self._variants[0])
        return settle(self._spark, [(variant.first, question(variant)) for variant in self._variants])

    @property
    def kind(self) -> str:
        """The type without its unit: ``"bytes"``, ``"time"``, ``"int"``, ..."""
        return self.ask(lambda variant: variant.kind)

    @property
    def unit(self) -> str | None:
        """What a bare number counts: ``"b"`` to ``"p"`` for bytes, ``"ns"`` to ``"d"`` for a time."""
        return self.ask(lambda variant: variant.unit)

    @property
    def default(self) -> str | None:
        """The default as a text the entry itself reads; None where there is none or another key's."""
        return self.ask(lambda variant: variant.default)

    @property
    def fallback(self) -> str | None:
        """The entry whose value is the default."""
        return self.ask(lambda variant: variant.fallback)

    @property
    def old(self) -> tuple[str, ...]:
        """Older keys Spark still reads when this one is not set, the first that is set wins."""
        return self.ask(lambda variant: variant.old)

    @property
    def one_of(self) -> tuple[str, ...] | None:
        """The accepted words, where only some are."""
        return self.ask(lambda variant: variant.one_of)

    @property
    def takes_any_text(self) -> bool:
        """Whether no value is refused."""
        return self.ask(
            lambda v: v.kind == "string" and (v.one_of, v.ranges, v.check, v.untrimmed) == (None, None, None, False)
        )

    @property
    def public(self) -> bool:
        """Whether Spark documents the entry."""
        return self.ask(lambda variant: variant.public)

    @property
    def since(self) -> str:
        """The release that introduced the key, as Spark states it."""
        return self.ask(lambda variant: variant.since)


def settle(spark: Versions, history: Sequence[tuple[Version, T]]) -> T:
    """The value of ``history`` (each with the first release it holds in, oldest first) in the release at hand.

    Neighbours that are equal are never told apart, so a question is only raised where the answer depends on it.

    Raises:
        Split: the releases still possible disagree.
    """
    changes: list[tuple[Version, T]] = []
    for first, value in history:
        if not changes or changes[-1][1] != value:
            changes.append((first, value))
    for first, value in reversed(changes[1:]):
        if spark >= first:
            return value
    return changes[0][1]


_lines: list[str] = []
_parsed: dict[str, list[Variant]] = {}
_entries: dict[tuple[str, tuple[Version, ...]], Entry | None] = {}
_outdated: dict[str, list[Old]] = {}
_having: dict[str, tuple[Version, ...]] = {}
_known: dict[str, bool] = {}
_MOST = 20_000
"""How many keys are remembered: more than a run meets, unless somebody writes any number of keys that Spark never had."""


def _table() -> list[str]:
    """The lines of the file, which are sorted, so that a key's are found by bisection; read once."""
    if not _lines:
        with open(join(dirname(__file__), "catalogue.tsv"), encoding="utf-8", newline="\n") as file:
            _lines.extend(file.read().splitlines())
    return _lines


def _rows(key: str) -> list[list[str]]:
    """The fields of each of the key's lines, the key itself cut off."""
    lines, head = _table(), f"{key}\t"
    first = last = bisect_left(lines, head)
    while last < len(lines) and lines[last].startswith(head):
        last += 1
    return [line.split("\t")[1:] for line in lines[first:last]]


def _is_listed(key: str) -> bool:
    lines, head = _table(), f"{key}\t"
    at = bisect_left(lines, head)
    return at < len(lines) and lines[at].startswith(head)


def _interval(releases: str) -> tuple[Version, Version]:
    first, _, last = releases.partition("-")
    return _VERSIONS[first], _VERSIONS[last or first]


def _marks(notes: Iterable[str]) -> dict[str, str]:
    return {name: value for name, _, value in (note.partition("=") for note in notes)}


def _range(text: str) -> Limits:
    low, _, high = text[1:-1].partition(",")
    return _limit(low), text[0] == "[", _limit(high), text[-1] == "]"


def _limit(text: str) -> float | None:
    if not text:
        return None
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _in_force(rows: Sequence[R], spark: Versions) -> R | None:
    history = [(v, next((row for row in rows if row.first <= v <= row.last), None)) for v in SPARK_VERSIONS]
    return settle(spark, history)


def _variants(key: str) -> list[Variant]:
    known_variants = _parsed.get(key)
    if known_variants is None:
        known_variants = [Variant(line) for line in _rows(key) if line[1] not in _NOT_ENTRIES]
        _remember(_parsed, key, known_variants)
    return known_variants


def _remember(memory: dict[K, T], key: K, value: T) -> None:
    if len(memory) == _MOST:
        memory.clear()
    memory[key] = value


def entry(key: str, spark: Versions) -> Entry | None:
    """The registered entry ``key``, or None where Spark has none (a key it reads as a plain text has none either).

    Raises:
        Split: only some of the releases still possible have it.
    """
    at = key, spark.options
    if at in _entries:
        return _entries[at]
    variants = _variants(key)
    presence = [(v, any(variant.first <= v <= variant.last for variant in variants)) for v in SPARK_VERSIONS]
    found = Entry(key, variants, spark) if settle(spark, presence) else None
    _remember(_entries, at, found)
    return found


def versions_of(key: str) -> tuple[Version, ...]:
    """The releases that have an entry ``key``, oldest first."""
    having = _having.get(key)
    if having is not None:
        return having
    variants = _variants(key)
    having = tuple(v for v in SPARK_VERSIONS if any(variant.first <= v <= variant.last for variant in variants))
    _remember(_having, key, having)
    return having


def deprecation(key: str, spark: Versions) -> Old | None:
    """What Spark says about ``key`` being out of date; None where it says nothing.

    An entry that simply disappeared is not listed by Spark: see `versions_of`.

    Raises:
        Split: the releases still possible treat the key differently.
    """
    rows = _outdated.get(key)
    if rows is None:
        rows = [Old(line) for line in _rows(key) if line[1] == "old"]
        _remember(_outdated, key, rows)
    return _in_force(rows, spark) if rows else None


def known(key: str) -> bool:
    """Whether any release, or Amazon's Spark, reads ``key`` in some way, or it belongs to a family with free names."""
    found = _known.get(key)
    if found is None:
        families = (key[: index + 1] for index, mark in enumerate(key) if mark == ".")
        found = _is_listed(key) or any(map(_is_listed, families))
        _remember(_known, key, found)
    return found


def targets() -> Iterator[str]:
    """The keys somebody may have meant: no families, and no texts found inside Spark that nobody documents."""
    for key in dict.fromkeys(line.partition("\t")[0] for line in _table()):
        if any(line[1] not in ("text", "family") or "documented" in line for line in _rows(key)):
            yield key
