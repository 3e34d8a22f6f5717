"""One run of `spmlint check`: files to a Report."""

from __future__ import annotations

import os

from spmlint.config import Config, ConfigError, Configs
from spmlint.discovery import Missing, find, matches
from spmlint.finding import SEVERITIES, Failure, Finding, NotChecked, Report
from spmlint.loaders import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.fragment import Loaded
    from spmlint.registry import Registry

STDIN = "-"


class Input:
    """Everything a run has read: what the files gave, which files there were, and which could not be read."""

    __slots__ = ("_configs", "_facts", "failures", "files", "loaded")

    def __init__(self, configs: Configs) -> None:
        self.loaded: list[Loaded] = []
        self.failures: list[Failure] = []
        self.files: list[str] = []
        self._configs = configs
        self._facts: dict[str, Loaded] = {}

    def read(
        self, paths: Iterable[str], *, stdin: tuple[str, bytes] | None = None, force_exclude: bool = False
    ) -> None:
        """Read files and folders; ``stdin`` is the name and the bytes of the path ``-``."""
        names = list(paths)
        if STDIN in names and stdin is not None:
            names.remove(STDIN)
            self._take(*stdin)
        for found in find(names, self._configs, force_exclude=force_exclude):
            if isinstance(found, Missing):
                self.failures.append(Failure(found.path, found.message))
                continue
            path = found.replace(os.sep, "/")
            try:
                with open(found, "rb", buffering=0) as file:
                    data = file.read()
            except OSError as error:
                self.failures.append(Failure(path, error.strerror or str(error)))
                continue
            self._take(path, data)

    def _take(self, path: str, data: bytes) -> None:
        self.files.append(path)
        try:
            loaded = load(path, data)
        except Exception as error:
            message = f"internal error while reading: {type(error).__name__}: {error}; please report it"
            self.failures.append(Failure(path, message))
            return
        if loaded is None:
            return
        config = self._configs.for_path(path)
        loaded.base = config.world()
        loaded.facts = [resource for fact in config.facts for resource in self._facts_of(fact).resources]
        self.loaded.append(loaded)

    def _facts_of(self, path: str) -> Loaded:
        """Facts are objects as they are; a file that holds none is a mistake of whoever named it."""
        if path not in self._facts:
            shown = (os.path.relpath(path) if os.path.isabs(path) else path).replace(os.sep, "/")
            try:
                with open(path, "rb") as file:
                    loaded = load(shown, file.read())
            except OSError as error:
                raise ConfigError(f"{shown}: {error.strerror}") from None
            if loaded is None or not loaded.resources:
                problem = f": {loaded.troubles[0].message}" if loaded and loaded.troubles else ""
                raise ConfigError(f"{shown}: no facts found in this file{problem}")
            self._facts[path] = loaded
        return self._facts[path]


def check(
    paths: Iterable[str],
    configs: Configs | None = None,
    *,
    stdin: tuple[str, bytes] | None = None,
    force_exclude: bool = False,
) -> Report:
    """Check files and folders, each under the configuration that holds for it.

    Raises:
        ConfigError: a configuration or a facts file is wrong.
    """
    configs = configs or Configs()
    given = Input(configs)
    given.read(paths, stdin=stdin, force_exclude=force_exclude)
    report = _run(given, configs) if given.loaded else Report()
    report.files = given.files
    report.failures = given.failures + report.failures
    if report.findings:
        _apply_suppressions(report, given.loaded)
    return report


def _run(given: Input, configs: Configs) -> Report:
    from spmlint.engine import Engine
    from spmlint.link import link
    from spmlint.registry import Registry

    own = {one.source.path: configs.for_path(one.source.path) for one in given.loaded}
    registry = Registry(sorted({pack for config in own.values() for pack in config.packs}))
    wanted = {id(config): _wanted(config, registry) for config in own.values()}
    chosen = {code for config in own.values() for code in codes_of(config.select or (), registry)}
    engine = Engine(registry, set().union(*wanted.values()), chosen)
    report = engine.run(link(given.loaded), [trouble for one in given.loaded for trouble in one.troubles])
    report.findings = [
        finding
        for finding in report.findings
        if (config := own.get(finding.span.source.path)) is None or finding.rule in wanted[id(config)]
    ]
    _apply_severities(report, own)
    for one in given.loaded:
        report.not_checked.extend(NotChecked(span, reason, []) for span, reason in one.unread)
    report.not_checked.sort(key=lambda entry: (*entry.span.key(), entry.reason))
    return report


def _wanted(config: Config, registry: Registry) -> set[str]:
    every = {row[0] for row in registry.rows}
    return (every if config.select is None else codes_of(config.select, registry)) - codes_of(config.ignore, registry)


def codes_of(names: Iterable[str], registry: Registry) -> set[str]:
    """The codes of rules given by code, name or a code's beginning (``SPM1``).

    Raises:
        ConfigError: no rule has that name; the message names the nearest.
    """
    codes: set[str] = set()
    for name in names:
        found = {row[0] for row in registry.rows if row[0].startswith(name.upper()) or row[1] == name.lower()}
        if not found:
            from difflib import get_close_matches

            near = get_close_matches(name, [word for row in registry.rows for word in row[:2]], n=1)
            raise ConfigError(f"no rule {name!r}" + (f", did you mean {near[0]!r}?" if near else ""))
        codes |= found
    return codes


def _apply_severities(report: Report, own: dict[str, Config]) -> None:
    """Ceilings, and rules that files of a pattern are excused from."""
    kept: list[Finding] = []
    for finding in report.findings:
        path = finding.span.source.path
        config = own.get(path)
        names = (finding.rule, finding.name)
        if config is None:
            kept.append(finding)
            continue
        excused = [
            rule
            for pattern, rules in config.per_file_ignores.items()
            for rule in rules
            if matches(path, (pattern,), config.root)
        ]
        if any(name in excused for name in names):
            report.suppressed += 1
            continue
        ceiling = next((config.severity[name] for name in names if name in config.severity), None)
        if ceiling == "off":
            continue
        if ceiling is not None and SEVERITIES.index(finding.severity) < SEVERITIES.index(ceiling):
            finding.severity = ceiling
        kept.append(finding)
    report.findings = kept


def _apply_suppressions(report: Report, loaded: list[Loaded]) -> None:
    if not any("spmlint" in one.source.text for one in loaded):
        return
    from spmlint.suppress import silence, suppressions_of

    known = {one.source.path: suppressions_of(one) for one in loaded}
    report.findings, silenced = silence(report.findings, lambda path: known.get(path, []))
    report.suppressed += silenced
