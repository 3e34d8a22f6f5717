"""Java options as a person writes them: the words the JVM is given, and where each of them stands."""

from __future__ import annotations

from spmlint.spark.java_options import split_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.conf import Conf, Setting
    from spmlint.document.text import Span

UNKNOWN = "\0"
"""Stands for each character of a placeholder, so that what is written round it can still be read."""


class JavaOptions:
    """The options one setting gives.

    ``text`` is its value with `UNKNOWN` in its placeholders; ``words`` are the options, none where the launcher could not
    split them.
    """

    __slots__ = ("setting", "text", "words")

    def __init__(self, setting: Setting) -> None:
        text = setting.value.value
        for start, end in setting.value.holes:
            text = text[:start] + UNKNOWN * (end - start) + text[end:]
        self.setting = setting
        self.text = text
        try:
            self.words = split_options(text)
        except ValueError:
            self.words = []

    def spelt(self, word: str) -> str:
        """``word`` with its placeholders as they are written."""
        at = self.text.find(word)
        return word if at < 0 else self.setting.value.value[at : at + len(word)]

    def place(self, word: str) -> Span:
        """Where ``word`` stands; the whole value where it is spelt with quotes or backslashes inside."""
        at = self.text.find(word)
        return self.setting.span() if at < 0 else self.setting.value.span(at, at + len(word))


def written_options(conf: Conf, *keys: str) -> Iterator[JavaOptions]:
    """The options of those of ``keys`` that are written.

    Raises:
        Opaque: a stronger layer may hold the key.
    """
    for key in keys:
        if conf.winner(key) is not None:
            setting = conf.setting(key)
            if setting is not None:
                yield JavaOptions(setting)
