"""What one configuration says of the rules: which are run, how strong a finding may be, and for which files none is told.

Wherever a configuration names a rule it may do so by code, by name, or by what codes begin with (``SPM1``).
"""

from __future__ import annotations

from spmlint.config import ConfigError
from spmlint.discovery import matches
from spmlint.finding import EXTERNAL, SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.config import Config
    from spmlint.finding import Finding, Report
    from spmlint.registry import Registry

OFF = "off"
"""The ceiling under which a rule is not run at all."""


class Selection:
    """``wanted`` are the codes of the rules that run, ``chosen`` those asked for by ``select``, whose advice is told too."""

    __slots__ = ("_ceilings", "_excused", "_root", "chosen", "wanted")

    def __init__(self, config: Config, registry: Registry) -> None:
        """Raises `ConfigError` where the configuration names a rule that does not exist."""
        self._root = config.root
        self._ceilings = _ceilings(config.severity, registry)
        self._excused = [(pattern, codes_of(names, registry)) for pattern, names in config.per_file_ignores.items()]
        self.chosen = codes_of(config.select or (), registry)
        self.wanted = {row[0] for row in registry.rows} if config.select is None else set(self.chosen)
        self.wanted -= codes_of(config.ignore, registry)
        self.wanted -= {code for code, ceiling in self._ceilings.items() if ceiling == OFF}

    def settle(self, finding: Finding, report: Report) -> bool:
        """Whether a finding is told, and lowers it to its ceiling; one that is not told is left in ``report`` as silenced."""
        if finding.rule not in self.wanted:
            return False
        path = finding.span.source.path
        for pattern, codes in self._excused:
            if finding.rule in codes and matches(path, (pattern,), self._root):
                report.silence(finding, EXTERNAL, f"per-file-ignores of {pattern}")
                return False
        ceiling = self._ceilings.get(finding.rule)
        if ceiling is not None and SEVERITIES.index(finding.severity) < SEVERITIES.index(ceiling):
            finding.severity = ceiling
        return True


def codes_of(names: Iterable[str], registry: Registry) -> set[str]:
    """The codes of rules given by code, name or a code's beginning (``SPM1``).

    Raises:
        ConfigError: no rule has that name; the message names the nearest.
    """
    codes: set[str] = set()
    for name in names:
        found = {row[0] for row in registry.rows if row[0].startswith(name.upper()) or row[1] == name.lower()}
        if not found:
            raise ConfigError(registry.no_rule(name))
        codes |= found
    return codes


def _ceilings(severity: dict[str, str], registry: Registry) -> dict[str, str]:
    """The ceiling of each rule; who names fewer rules is heard before who names more."""
    ceilings: dict[str, str] = {}
    named = [(codes_of([name], registry), ceiling) for name, ceiling in severity.items()]
    for codes, ceiling in sorted(named, key=lambda each: -len(each[0])):
        ceilings.update(dict.fromkeys(codes, ceiling))
    return ceilings
