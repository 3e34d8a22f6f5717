"""``sparkSubmitParameters`` of the EMR APIs: the options of spark-submit in one string, without the application."""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.document.shell_words import split_words
from spmlint.document.text import Text
from spmlint.loaders.submit_options import read_options

NAME = "sparkSubmitParameters"


def parameters_layer(parameters: Text) -> Layer:
    """The settings of the options in ``parameters``, whose placeholders are marked.

    A placeholder that stands where an option may, and whatever spark-submit would not understand, leaves open what else
    is set.
    """
    words = split_words(parameters)
    read = read_options(words, application=False)
    layer = read.layer(NAME)
    stray = read.main
    if read.problem is not None and read.problem.word < len(words):
        stray = words[read.problem.word]
    if stray is not None:
        layer.open(f"{NAME}: {stray.value} is no option", stray)
    return layer
