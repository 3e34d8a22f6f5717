"""What Kubernetes' YAML reader makes of a plain scalar (sigs.k8s.io/yaml, goyaml.v2 resolve.go): not always a string."""

from __future__ import annotations

import re

from spmlint.patterns import pattern

_BOOLEAN = pattern(r"y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|true|True|TRUE|false|False|FALSE", re.ASCII)
_NUMBER = pattern(
    r"""
    [-+]?(?: 0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-fA-F_]+ | [0-9][0-9_]*            # whole, also octal and hexadecimal
           | (?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [0-9][0-9_]*[eE][-+]?[0-9]+
           | \.(?:inf|Inf|INF) )
    | \.(?:nan|NaN|NAN)
    """,
    re.VERBOSE | re.ASCII,
)

BOOLEAN, NUMBER = "boolean", "number"


def plain_type(text: str) -> str | None:
    """`BOOLEAN` or `NUMBER` where an unquoted ``text`` is read as such; None for a string."""
    if _BOOLEAN.fullmatch(text):
        return BOOLEAN
    return NUMBER if _NUMBER.fullmatch(text) and any(mark.isalnum() for mark in text) else None
