"""What Kubernetes' YAML reader makes of a plain scalar (sigs.k8s.io/yaml, goyaml.v2 resolve.go): not always a string."""

from __future__ import annotations

from spmlint.patterns import pattern

_BOOLEANS = frozenset(
    form
    for word in ("y", "yes", "on", "n", "no", "off", "true", "false")
    for form in (word, word.title(), word.upper())
)
_FIRST, _LAST = frozenset("+-.0123456789"), frozenset("0123456789_.abcdefABCDEFnN")
"""The characters a number begins and ends with: most texts are none by these alone."""
_NUMBER = pattern(
    r"""(?xa)
    [-+]?(?: 0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-fA-F_]+ | [0-9][0-9_]*            # whole, also octal and hexadecimal
           | (?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [0-9][0-9_]*[eE][-+]?[0-9]+
           | \.(?:inf|Inf|INF) )
    | \.(?:nan|NaN|NAN)
    """
)

BOOLEAN, NUMBER = "boolean", "number"


def plain_type(text: str) -> str | None:
    """`BOOLEAN` or `NUMBER` where an unquoted ``text`` is read as such; None for a string."""
    if text in _BOOLEANS:
        return BOOLEAN
    if text[:1] not in _FIRST or text[-1:] not in _LAST or text.count(".") > 1:
        return None
    return NUMBER if _NUMBER.fullmatch(text) and any(mark.isalnum() for mark in text) else None
