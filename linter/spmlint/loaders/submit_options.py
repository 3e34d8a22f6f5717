"""The words behind spark-submit and its like: the settings they make, the application, and where reading had to stop.

A placeholder that stands where an option may can be any options, or the application: what is not certain stays open.
"""

from __future__ import annotations

import re

from spmlint.answer import JVM, SPARK_VERSIONS, Versions
from spmlint.conf import Layer, Setting
from spmlint.document.holes import mark_holes
from spmlint.document.shell_words import AnyWords
from spmlint.document.text import Text
from spmlint.loaders.spark_defaults import language_of
from spmlint.spark.arguments import AS_CONF, CONF, KEY_OF, OPTIONS, Arguments, Option, Problem, Write, parse_arguments

_NEWEST = Versions("Spark version", SPARK_VERSIONS[-1:])
"""Whose options are understood: the older releases know fewer of them, and none that means something else."""

_FLAG_KEYS = frozenset(key for option, key in KEY_OF.items() if option not in AS_CONF)
"""What hidden options can set though ``--conf`` says otherwise behind them."""

_NAMES_APPLICATION = re.compile(r"jar|app|main|script|program|file|\bpy", re.IGNORECASE)
_NAMES_OPTIONS = re.compile(r"arg|opt|conf|flag|param|extra|dep|prop|[@*]", re.IGNORECASE)

_WITHOUT_APPLICATION = (
    "org.apache.spark.repl.Main",
    "org.apache.spark.sql.connect.service.SparkConnectServer",
    "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
    "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver",
)
"""Main classes for which the launcher itself knows the application, and lets options and arguments mix
(SparkSubmitCommandBuilder.specialClasses)."""

MANY = 50
"""Placeholders between the options of one command; behind that many nothing more is read."""


class SubmitOptions:
    """What the words say. ``main`` is the word that names the application, None where it is not known.

    ``hidden`` holds what may be more options, with the number of options before it; ``problem`` what spark-submit refuses,
    behind which nothing is read.
    """

    __slots__ = ("arguments", "hidden", "main", "problem", "words")

    def __init__(self, words: list[Text]) -> None:
        self.words = words
        self.arguments = Arguments([], None, len(words), None)
        self.hidden: list[tuple[int, Text]] = []
        self.main: Text | None = None
        self.problem: Problem | None = None

    def value(self, option: str) -> Text | None:
        """The value of the last option of that name."""
        last = self.arguments.last(option)
        return None if last is None else self.words[last.value_word].slice(last.value_offset, _length(self.words, last))

    def layer(self, name: str, place: Text | None = None) -> Layer:
        """The settings, in the order in which a later one beats an earlier one, and what may hide more of them.

        What stands before ``place``, the command, was defined for whoever uses it.
        """
        layer = Layer(name)
        ranks = {id(option): rank for rank, option in enumerate(self.arguments.options)}
        writes = self.arguments.writes()
        for stronger in (False, True):
            hidden = list(self.hidden)
            for write in writes:
                if (write.key_offset is None and write.option.name not in AS_CONF) != stronger:
                    continue
                while hidden and hidden[0][0] <= ranks[id(write.option)]:
                    _hide(layer, hidden.pop(0)[1], stronger)
                _add(layer, _setting(write, self.words, place))
            for _, word in hidden:
                _hide(layer, word, stronger)
        return layer

    def languages(self) -> tuple[str, ...] | None:
        """The languages the application can be in; None where nothing is known of it."""
        if self.main is not None and (not self.hidden or self.main.value.endswith((".py", ".jar", ".R", ".r"))):
            languages = language_of(self.main)
            return (JVM,) if len(languages) > 1 and self.arguments.last("--class") is not None else languages
        return None


def read_options(words: list[Text], *, mixed: bool = False, application: bool = True) -> SubmitOptions:
    """Read the words behind the command.

    ``mixed`` says that arguments of its own may stand between the options (spark-sql), ``application`` whether the
    application is expected among the words.
    """
    read = SubmitOptions(words)
    options = read.arguments.options
    values = [word.value for word in words]
    start = 0
    while len(read.hidden) <= MANY:
        part = parse_arguments(values[start:], _NEWEST)
        options.extend(_shifted(option, start) for option in part.options)
        mixed = mixed or any(o.name == "--class" and o.value in _WITHOUT_APPLICATION for o in part.options)
        stop = part.resource if part.problem is None else part.problem.word
        if stop is None:
            break
        start += stop
        if start >= len(words):
            _end(read, part.problem, mixed)
            break
        if not (
            _skips(read, start, mixed, application)
            if part.problem is None
            else _forgives(read, start, part.problem, mixed)
        ):
            break
        start += 1
    return read


def _skips(read: SubmitOptions, at: int, mixed: bool, application: bool) -> bool:
    """Whether options may follow behind a word that is no option; takes it for the application where not."""
    word = read.words[at]
    if isinstance(word, AnyWords) and (mixed or not application or not _names_application(word)):
        read.hidden.append((len(read.arguments.options), word))
        return True
    if not mixed:
        read.main = word
    return mixed


def _forgives(read: SubmitOptions, at: int, problem: Problem, mixed: bool) -> bool:
    """Whether options may follow behind a word that spark-submit does not understand as it stands."""
    word, options = read.words[at], read.arguments.options
    if word.holes:
        read.hidden.append((len(options), word))
        return not word.value.startswith("-")
    if word.value.startswith("-") and word.value.partition("=")[0] not in OPTIONS and _is_option_place(options, at):
        if mixed:
            return True
        if read.hidden:
            # The placeholder before it was the application, and this is for the application.
            read.main = read.hidden.pop()[1]
            return False
    read.problem = Problem(at, problem.message)
    return False


def _is_option_place(options: list[Option], at: int) -> bool:
    return not options or options[-1].value_word != at


def _end(read: SubmitOptions, problem: Problem | None, mixed: bool) -> None:
    """All words are read, and no application was among them."""
    if read.hidden:
        read.main = read.hidden[-1][1]
    elif problem is not None and not mixed:
        read.problem = Problem(len(read.words), problem.message)


def _names_application(word: Text) -> bool:
    return bool(_NAMES_APPLICATION.search(word.value)) and not _NAMES_OPTIONS.search(word.value)


def _shifted(option: Option, by: int) -> Option:
    return Option(option.name, option.word + by, option.value, option.value_word + by, option.value_offset)


def _length(words: list[Text], option: Option) -> int:
    return len(words[option.value_word].value)


def _add(layer: Layer, setting: Setting) -> None:
    if setting.name is not None and setting.name.holes:
        layer.open_key(setting.name)
    else:
        layer.add(setting)


def _hide(layer: Layer, word: Text, stronger: bool) -> None:
    layer.open(f"{word.value} may set anything", word, _FLAG_KEYS if stronger else None)


def _setting(write: Write, words: list[Text], place: Text | None) -> Setting:
    text = words[write.word]
    value = mark_holes(text.slice(write.value_offset, len(text.value)))
    shared = place is not None and value.start < place.start
    if write.key_offset is None:
        name = words[write.option.word].slice(0, len(write.option.name))
        return Setting(write.key, value, name=name, label=write.option.name, shared=shared)
    name = text.slice(write.key_offset, write.key_offset + len(write.key))
    return Setting(write.key, value, name=name, label=f"{CONF} {write.key}", shared=shared)
