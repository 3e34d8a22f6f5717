"""One run of `spmlint check`: files to a Report."""

from __future__ import annotations

import os

from spmlint.answer import UNEXPECTED
from spmlint.config import ConfigError, Configs
from spmlint.discovery import Missing, find, read_file
from spmlint.finding import Failure, Finding, NotChecked, Report, internal_error
from spmlint.loaders import NOTEBOOK_LIMIT_BYTES, load
from spmlint.loaders.foreign_names import is_foreign

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spmlint.fragment import Loaded
    from spmlint.linking.link import Linked
    from spmlint.progress import Watch
    from spmlint.trouble import Trouble

STDIN = "-"


class Input:
    """Everything a run has read: what the files gave, which files there were, and which could not be read."""

    __slots__ = ("_configs", "_contents", "_facts", "failures", "files", "loaded")

    def __init__(self, configs: Configs, contents: Mapping[str, bytes] | None = None) -> None:
        self.loaded: list[Loaded] = []
        self.failures: list[Failure] = []
        self.files: list[str] = []
        self._configs = configs
        self._contents = contents or {}
        """What files would hold, by path, where that is not what the disk holds."""
        self._facts: dict[str, Loaded] = {}

    def read(
        self,
        paths: Iterable[str],
        *,
        stdin: tuple[str, bytes] | None = None,
        force_exclude: bool = False,
        watch: Watch | None = None,
    ) -> None:
        """Read files and folders; ``stdin`` is the name and the bytes of the path ``-``."""
        names = list(paths)
        if STDIN in names and stdin is not None:
            names.remove(STDIN)
            self._take(*stdin)
        files = find(names, self._configs, force_exclude=force_exclude)
        for found in watch("files read", files) if watch else files:
            if isinstance(found, Missing):
                self.failures.append(Failure(found.path.replace(os.sep, "/"), found.message))
                continue
            path = found.replace(os.sep, "/")
            if is_foreign(path):
                self.files.append(path)
                continue
            try:
                data = self._bytes_of(path, found)
            except OSError as error:
                self.failures.append(Failure(path, error.strerror or str(error)))
                continue
            self._take(path, data)
        if self.loaded:
            from spmlint.linking.named_files import names_files

            if any(map(names_files, self.loaded)):
                from spmlint.linking.companions import companions_of

                self.loaded += companions_of(self.loaded, self._configs, self._companion)

    def _bytes_of(self, path: str, found: str | None = None) -> bytes:
        """What a file holds, or would hold; ``found`` is what the machine calls it. Raises `OSError` as reading does."""
        return self._contents[path] if path in self._contents else read_file(found or path, NOTEBOOK_LIMIT_BYTES)

    def _take(self, path: str, data: bytes) -> None:
        self.files.append(path)
        loaded = self._load(path, data)
        if loaded is not None:
            self.loaded.append(loaded)

    def _companion(self, path: str, module: str | None) -> Loaded | None:
        """A file that another names; one that cannot be read stays unseen."""
        try:
            data = self._bytes_of(path)
        except OSError:
            return None
        return self._load(path, data, module)

    def _load(self, path: str, data: bytes, module: str | None = None) -> Loaded | None:
        try:
            loaded = load(path, data, module)
        except ImportError as missing:
            # Part of the installation is not there: other findings than on a whole one would be worse than none.
            raise ConfigError(str(missing)) from None
        except UNEXPECTED as error:
            self.failures.append(Failure(path, internal_error("while reading", error)))
            return None
        return None if loaded is None else self._configured(loaded)

    def add(self, loaded: Loaded) -> None:
        """Take what a file gave."""
        self.loaded.append(self._configured(loaded))

    def _configured(self, loaded: Loaded) -> Loaded:
        """With the answers and facts that its configuration holds for it."""
        config = self._configs.for_path(loaded.source.path)
        loaded.base = config.world()
        loaded.facts = [resource for fact in config.facts for resource in self._facts_of(fact).resources]
        return loaded

    def _facts_of(self, path: str) -> Loaded:
        """Facts are objects as they are; a file that holds none is a mistake of whoever named it."""
        if path not in self._facts:
            shown = (os.path.relpath(path) if os.path.isabs(path) else path).replace(os.sep, "/")
            try:
                loaded = load(shown, read_file(path, NOTEBOOK_LIMIT_BYTES))
            except OSError as error:
                raise ConfigError(f"{shown}: {error.strerror}") from None
            if loaded is not None and loaded.troubles:
                places = ((t.span.line, t.span.column, t.message) for t in loaded.troubles)
                raise ConfigError("\n".join(f"{shown}:{line}:{column}: {message}" for line, column, message in places))
            if loaded is None or not loaded.resources:
                raise ConfigError(f"{shown}: no facts found in this file")
            self._facts[path] = loaded
        return self._facts[path]


def check(
    paths: Iterable[str],
    configs: Configs | None = None,
    *,
    stdin: tuple[str, bytes] | None = None,
    force_exclude: bool = False,
    contents: Mapping[str, bytes] | None = None,
    watch: Watch | None = None,
) -> Report:
    """Check files and folders, each under the configuration that holds for it.

    ``contents`` are bytes to take for files of these paths instead of what the disk holds. ``watch`` is given the long loops
    of the run, with what a turn of each has done, and returns the same things.

    Raises:
        ConfigError: a configuration or a facts file is wrong.
    """
    configs = configs or Configs()
    given = Input(configs, contents)
    given.read(paths, stdin=stdin, force_exclude=force_exclude, watch=watch)
    return report_on(given, configs, watch=watch)


def report_on(given: Input, configs: Configs, *, linked: Linked | None = None, watch: Watch | None = None) -> Report:
    """What the rules say of files that have been read; ``linked`` is what they make together, where that is known already."""
    report = _run(given, configs, linked, watch) if given.loaded else Report()
    report.files = given.files
    report.recognised = [one.source.path for one in given.loaded if not one.is_companion]
    files = given.files
    report.enabled = lambda: _Rules((*files, "_"), configs).enabled()
    report.failures = given.failures + report.failures
    return report


class _Rules:
    """The rules of one run, and what each file's configuration says of them."""

    def __init__(self, paths: Iterable[str], configs: Configs) -> None:
        from spmlint.registry import Registry
        from spmlint.selection import Selection

        own = {path: configs.for_path(path) for path in paths}
        each = {id(config): config for config in own.values()}
        self._packs = sorted({pack for config in each.values() for pack in config.packs})
        self._registry = Registry(self._packs)
        selections = {key: Selection(config, self._registry) for key, config in each.items()}
        self._selections = {path: selections[id(config)] for path, config in own.items()}
        self._wanted = {code for selection in selections.values() for code in selection.wanted}
        self._chosen = {code for selection in selections.values() for code in selection.chosen}

    def run(self, linked: Linked, troubles: list[Trouble], watch: Watch | None = None) -> Report:
        """What they find, each file's findings as its configuration has them."""
        from spmlint.engine import Engine

        report = Engine(self._registry, self._wanted, self._chosen).run(linked, troubles, watch)
        report.findings = [finding for finding in report.findings if self._is_told(finding, report)]
        return report

    def _is_told(self, finding: Finding, report: Report) -> bool:
        selection = self._selections.get(finding.span.source.path)
        return selection is None or selection.settle(finding, report)

    def wants(self, path: str, names: Iterable[str] | None) -> bool:
        """Whether everything that rules of these codes or names (None: every rule) find in a file is told."""
        selection = self._selections.get(path)
        if selection is None:
            return True
        if names is None:
            return len(selection.wanted) == len(self._registry.rows)
        codes = {self._registry.code_of(name) or name for name in names}
        return codes <= selection.wanted and not any(map(self._is_silent, codes))

    def _is_silent(self, code: str) -> bool:
        """Whether a rule holds advice that nobody asked for."""
        return code not in self._chosen and any(check.advice for check in self._registry.rule(code).checks)

    def knows(self, name: str) -> bool:
        """Whether there is a rule of this code or name."""
        return self._registry.code_of(name) is not None

    def enabled(self) -> tuple[list[str], list[str]]:
        """The packs, and the codes of all rules that are looked for in one file or another."""
        rules = [self._registry.rule(row[0]) for row in self._registry.rows if row[0] in self._wanted]
        return self._packs, [
            rule.code for rule in rules if rule.code in self._chosen or not all(check.advice for check in rule.checks)
        ]


def _run(given: Input, configs: Configs, linked: Linked | None, watch: Watch | None) -> Report:
    from spmlint.linking.link import Linked, link

    checked = [one for one in given.loaded if not one.is_companion]
    rules = _Rules([one.source.path for one in given.loaded], configs)
    linked = linked or link(given.loaded)  # which may meet troubles too
    report = rules.run(linked, [trouble for one in checked for trouble in one.troubles], watch)
    if len(checked) < len(given.loaded):
        from spmlint.linking.companions import as_companions

        as_companions(report, {one.source.path for one in given.loaded} - set(given.files), configs)
    for one in checked:
        report.not_checked.extend(NotChecked(span, reason, []) for span, reason in one.unread)
    report.not_checked.sort(key=lambda entry: (*entry.span.key(), entry.reason))
    if any("spmlint" in one.source.text for one in given.loaded):
        from spmlint.suppress import silence, suppressions_of, unused

        suppressions = {one.source.path: suppressions_of(one) for one in given.loaded}
        silence(report, lambda path: suppressions.get(path, []))
        # Only now is it known which of them silenced nothing: what is said of them is found in a run of its own.
        own = {one.source.path: suppressions[one.source.path] for one in checked}
        found = rules.run(Linked([], []), list(unused(own, report.not_checked, rules)))
        report.findings = sorted(report.findings + found.findings, key=Finding.sort_key)
        for excused in found.silenced:
            report.silence(excused.finding, excused.kind, excused.reason)
    return report
