"""``sparkSubmitParameters`` of the EMR APIs: the options of spark-submit in one string, without the application."""

from __future__ import annotations

from spmlint.answer import SPARK_VERSIONS, Versions
from spmlint.document.shell_words import split_words
from spmlint.document.text import Text
from spmlint.job import Layer, Setting
from spmlint.spark.arguments import CONF, Write, parse_arguments

NAME = "sparkSubmitParameters"

_NEWEST = Versions("Spark version", SPARK_VERSIONS[-1:])
"""Whose options are understood: the older releases know fewer of them, and none that means something else."""


def parameters_layer(parameters: Text) -> Layer:
    """The settings of the options in ``parameters``, whose placeholders are marked.

    A placeholder that stands where an option may, and whatever spark-submit would not understand, leaves open what else
    is set.
    """
    layer = Layer(NAME)
    words, unclear = _options(split_words(parameters))
    for write in parse_arguments(_values(words), _NEWEST).writes():
        setting = _setting(write, words)
        if setting.name is not None and setting.name.holes:
            unclear.append(setting.name)
        else:
            layer.add(setting)
    for word in unclear:
        layer.open(f"{NAME}: {word.value} may set anything", word)
    return layer


def _options(words: list[Text]) -> tuple[list[Text], list[Text]]:
    """The words up to the first that is no option, placeholders apart; and the words that are none."""
    kept = list(words)
    unclear: list[Text] = []
    while kept:
        read = parse_arguments(_values(kept), _NEWEST)
        stop = read.resource if read.problem is None else read.problem.word
        if stop is None or (stop == len(kept) and read.problem is None):
            break
        at = min(stop, len(kept) - 1)
        unclear.append(kept[at])
        if not kept[at].holes:
            return kept[:at], unclear
        del kept[at]
    return kept, unclear


def _values(words: list[Text]) -> list[str]:
    """The words as spark-submit gets them: the API puts the application behind them."""
    return [*(word.value for word in words), "application"]


def _setting(write: Write, words: list[Text]) -> Setting:
    value = words[write.word].slice(write.value_offset, len(words[write.word].value))
    if write.key_offset is None:
        name = words[write.option.word].slice(0, len(write.option.name))
        return Setting(write.key, value, name=name, label=write.option.name)
    name = words[write.word].slice(write.key_offset, write.key_offset + len(write.key))
    return Setting(write.key, value, name=name, label=f"{CONF} {write.key}")
