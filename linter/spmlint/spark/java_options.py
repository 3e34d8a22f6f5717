"""Java options written as one text, split as Spark's launcher splits them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.spark.formula import Conf

# ``Character.isWhitespace``: what separates in Unicode, but not the no-break spaces; and the ASCII separators.
_NO_BREAK = "\u00a0\u2007\u202f\u0085"


def split_options(text: str) -> list[str]:
    """The words of ``text`` (``CommandBuilderUtils.parseOptionString``): quotes of both kinds and backslashes count.

    Raises:
        ValueError: a quote is not closed, or nothing follows the last backslash.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif letter == "\\" and quote != "'":
            word, escaped = word or [], True
            continue
        elif letter in ("'", '"') and quote in ("", letter):
            word, quote = word or [], "" if quote else letter
            continue
        elif not quote and letter.isspace() and letter not in _NO_BREAK:
            if word is not None:
                words.append("".join(word))
                word = None
            continue
        if word is None:
            word = []
        word.append(letter)
    if quote or escaped:
        raise ValueError(f"a {'quote' if quote else 'backslash'} in '{text}' has no end")
    if word is not None:
        words.append("".join(word))
    return words


def role_options(conf: Conf, role: str) -> list[str]:
    """The options a role's JVM is started with, in their order; none where they cannot be split."""
    words = []
    for key in (f"spark.{role}.defaultJavaOptions", f"spark.{role}.extraJavaOptions"):
        try:
            words += split_options(conf.get(key) or "")
        except ValueError:
            return []
    return words
