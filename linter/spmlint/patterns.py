"""Regular expressions compiled at their first use: most runs need few of them, and compiling one can take a millisecond."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Pattern:
    """Stands for a compiled pattern; becomes one, method by method, when asked."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)
        return value


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Like ``re.compile``, later."""
    return _Pattern(text, flags)  # type: ignore[return-value]  # it answers to everything a Pattern does
