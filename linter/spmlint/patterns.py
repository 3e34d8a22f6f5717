"""Regular expressions compiled at their first use: most runs need few of them, and compiling one can take a millisecond.

The check of a plain manifest needs none at all, and so does not import ``re`` either, which takes as long as reading the
manifest. What every run of that kind asks of its texts is therefore asked without a pattern.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any


class _Pattern:
    """Stands for a compiled pattern; becomes one, method by method, when asked."""

    def __init__(self, pattern: str) -> None:
        self._source = pattern

    def __getattr__(self, name: str) -> Any:
        import re

        value = getattr(re.compile(self._source), name)
        setattr(self, name, value)
        return value


def pattern(text: str) -> re.Pattern[str]:
    """Like ``re.compile``, later; flags are written into the pattern: ``(?s)``."""
    return _Pattern(text)  # type: ignore[return-value]  # it answers to everything a Pattern does
