"""Runs checks on subjects, in every world that remains possible, and weighs what they find.

One table here, not the rules, says what a finding is worth that is true only in some worlds: one step less than its
severity, and the message names them.
"""

from __future__ import annotations

from spmlint.answer import PLATFORMS, QUESTIONS, UNEXPECTED, Opaque, Senseless, Split, World, describe, explore
from spmlint.finding import Failure, Finding, NotChecked, Report, internal_error, lower
from spmlint.job import ROLES, Job, Written
from spmlint.registry import Registry
from spmlint.silence import Answers, Silence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from spmlint.document.text import Span
    from spmlint.linking.link import Linked
    from spmlint.progress import Watch
    from spmlint.rule import Check
    from spmlint.trouble import Trouble

SUBJECTS_OF_JOBS = ("job", "role", "written")


class Engine:
    """One run of the rules.

    ``wanted`` holds the codes to run (None: all); ``chosen`` those asked for by name, whose advice is wanted too.
    """

    def __init__(self, registry: Registry, wanted: set[str] | None = None, chosen: set[str] | None = None) -> None:
        self.registry = registry
        self.wanted = wanted
        self._needed = None if wanted is None else registry.needed(wanted)
        self.chosen = chosen or set()
        self.report = Report()
        self._found: dict[tuple[str, tuple[str, int, int], str], Finding] = {}
        self._worlds: dict[tuple[str, tuple[str, int, int], str], list[World]] = {}
        self._explained: dict[tuple[str, tuple[str, int, int]], list[list[World]]] = {}
        self._readers: dict[tuple[str, tuple[str, int, int]], set[int]] = {}
        self._unread: dict[tuple[tuple[str, int, int], str], tuple[Span, set[str]]] = {}
        self._missing: dict[str, set[str]] = {}
        self._failed: set[tuple[str, str]] = set()
        self._by_words: dict[tuple[frozenset[str], tuple[str, ...]], tuple[list[Check], ...]] = {}
        self._by_key: dict[tuple[str, tuple[str, ...]], list[Check]] = {}
        self._by_kind: dict[tuple[str, str], list[Check]] = {}
        self._superseded: dict[str, tuple[str, ...]] = {}
        self._silence = Silence()

    def run(self, linked: Linked, troubles: list[Trouble], watch: Watch | None = None) -> Report:
        """Run every check that applies; the report's files, failures and suppressions are the caller's."""
        for job in watch("jobs checked", linked.jobs) if watch else linked.jobs:
            try:
                self._examine_job(job)
            except UNEXPECTED as error:
                self.report.failures.append(Failure(job.span.source.path, internal_error("in a job", error)))
            job.forget()
        for resource in linked.resources:
            for check in self._checks_of("resource", resource.kind):
                self._examine(check, resource.stream, resource.world, (resource,))
            resource.forget()
        for trouble in troubles:
            for check in self._checks_of("trouble", trouble.kind):
                self._examine(check, trouble.span.source.path, World(), (trouble,))
        self.report.jobs = len(linked.jobs)
        self.report.failures.extend(linked.failures)
        self._conclude()
        return self.report

    def _checks_of(self, subject: str, kind: str) -> list[Check]:
        """The checks of objects or troubles of one kind."""
        key = (subject, kind)
        if key not in self._by_kind:
            self._by_kind[key] = self.registry.checks((subject,), {kind}, PLATFORMS, self._needed, self.chosen)
        return self._by_kind[key]

    def _examine_job(self, job: Job) -> None:
        of_job, of_role, written = self._checks_of_job(job)
        answers, platforms = self._silence.of_job(job), job.world.options("platform")
        for setting in job.conf.settings():
            if setting.is_injected:
                continue
            key = setting.key
            hearing = self._by_key.get((key, platforms))
            if hearing is None:
                hearing = self._by_key[key, platforms] = [check for check in written if check.hears(key)]
            self._ask(job, answers, key, hearing, (Written(job, setting),))
        for role in ROLES:
            self._ask(job, answers, (role,), of_role, (job, role))
        self._ask(job, answers, (), of_job, (job,))

    def _ask(
        self,
        job: Job,
        answers: Answers | None,
        about: str | tuple[str, ...],
        checks: Sequence[Check],
        subject: tuple[Any, ...],
    ) -> None:
        """Run the checks of a part of a job: the setting of a key, a role, the whole."""
        path, role = job.span.source.path, None if isinstance(about, str) else next(iter(about), None)
        for check in checks if answers is None else self._silence.rest(answers, about, checks):
            job.asked.clear()
            is_silent = self._examine(check, path, job.world, subject, job, role)
            if is_silent and answers is not None:
                self._silence.learn(answers, about, check, job.asked)

    def _checks_of_job(self, job: Job) -> tuple[list[Check], ...]:
        """The checks of jobs, of roles and of settings that its keys, its kind and the objects it meets trigger.

        The jobs of one stream are often alike, and then are given the same lists.
        """
        words = frozenset((*job.conf.keys(), *job.kinds(), *job.place.kinds()))
        key = words, job.world.options("platform")
        found = self._by_words.get(key)
        if found is None:
            checks = self.registry.checks(SUBJECTS_OF_JOBS, *key, self._needed, self.chosen)
            found = self._by_words[key] = tuple(
                [check for check in checks if check.subject == subject] for subject in SUBJECTS_OF_JOBS
            )
        return found

    def _examine(
        self,
        check: Check,
        path: str,
        world: World,
        subject: tuple[Any, ...],
        job: Job | None = None,
        role: str | None = None,
    ) -> bool:
        """Run one check on one subject of a file in every world it tells apart, and keep what it finds.

        Returns:
            Whether it could look at everything it wanted to see, and found nothing.
        """
        holes: list[Opaque] = []
        try:
            try:
                found = [(world, _findings(check, subject, holes))]
            except Split:
                found = _explored(check, subject, world, holes)
            for hole in holes:
                self._note_hole(check, hole)
            for _, findings in found:
                if findings:
                    self._keep(check, world, found, job, role)
                    return False
        except UNEXPECTED as error:
            self._fail(check.rule.code, path, error)
            return False
        return not holes

    def _keep(
        self,
        check: Check,
        world: World,
        found: list[tuple[World, list[Finding]]],
        job: Job | None,
        role: str | None,
    ) -> None:
        groups: dict[tuple[str, int, int], list[tuple[World, Finding]]] = {}
        for current, findings in found:
            for finding in findings:
                groups.setdefault(finding.span.key(), []).append((current, finding))
        for group in groups.values():
            group.sort(key=lambda pair: pair[0].preference())
            finding = group[0][1]
            worlds = [current for current, _ in group]
            severity: str | None = check.severity
            if len({current.key() for current in worlds}) < len(found):
                severity = lower(check.severity)
                finding.worlds = describe(worlds, world)
            if severity is None:
                continue
            finding.severity = severity
            if finding.worlds:
                finding.message = f"{finding.worlds[0].upper()}{finding.worlds[1:]}: {finding.message}"
            if job is not None:
                finding.job = job.name
            finding.role = role
            self._superseded.setdefault(check.rule.code, check.rule.supersedes)
            key = (finding.rule, finding.span.key())
            readers = self._readers.setdefault(key, set())
            readers.add(id(job))
            self._found.setdefault((*key, finding.refusal), finding).jobs = len(readers)
            self._worlds.setdefault((*key, finding.refusal), worlds)
            for cause in check.explains:
                self._explained.setdefault((cause, finding.span.key()), []).append(worlds)

    def _is_wanted(self, code: str) -> bool:
        return self.wanted is None or code in self.wanted

    def _note_hole(self, check: Check, hole: Opaque) -> None:
        if not self._is_wanted(check.rule.code):
            return
        if hole.place is None:
            self._missing.setdefault(hole.reason, set()).add(check.rule.code)
            return
        span = hole.place.span()
        entry = self._unread.setdefault((span.key(), hole.reason), (span, set()))
        entry[1].add(check.rule.code)

    def _fail(self, code: str, path: str, error: BaseException) -> None:
        if (code, path) not in self._failed:
            self._failed.add((code, path))
            self.report.failures.append(Failure(path, internal_error(f"in {code}", error)))

    def _conclude(self) -> None:
        silencing: dict[tuple[str, tuple[str, int, int]], list[list[World]]] = {}
        for code, place, refusal in self._found:
            for general in self._superseded.get(code, ()):
                silencing.setdefault((general, place), []).append(self._worlds[code, place, refusal])
        findings: dict[tuple[str, tuple[str, int, int]], Finding] = {}
        for (code, place, refusal), finding in self._found.items():
            if self._is_wanted(code):
                said = [*silencing.get((code, place), ()), *self._explanations(finding)]
                # What is true in some worlds only does not silence what is true in others.
                if not any(_covers(worlds, self._worlds[code, place, refusal]) for worlds in said):
                    findings.setdefault((code, place), finding)
        for finding in findings.values():
            try:
                finding.add_up()
            except UNEXPECTED as error:
                self._fail(finding.rule, finding.span.source.path, error)
        self.report.findings = sorted(findings.values(), key=Finding.sort_key)
        self.report.not_checked = [
            NotChecked(span, reason, sorted(rules))
            for (_, reason), (span, rules) in sorted(self._unread.items(), key=lambda e: e[0])
        ]
        self.report.notes = [
            f"{reason} (not checked: {', '.join(sorted(rules))})" for reason, rules in sorted(self._missing.items())
        ]

    def _explanations(self, finding: Finding) -> list[list[World]]:
        """The worlds of each finding that tells of the same refusal, here or at another setting it is about."""
        places = (finding.span, *(related.span for related in finding.related))
        return [worlds for span in places for worlds in self._explained.get((finding.refusal, span.key()), ())]


def _covers(some: list[World], others: list[World]) -> bool:
    """Whether ``others`` have no answer to any question that ``some`` do not have."""
    return all(
        {option for world in others for option in world.options(question)}
        <= {option for world in some for option in world.options(question)}
        for question in QUESTIONS
    )


def _findings(check: Check, subject: tuple[Any, ...], holes: list[Opaque]) -> list[Finding]:
    """What a check finds, up to the first thing it cannot know; raises `Split` to be asked again in narrower worlds."""
    findings: list[Finding] = []
    try:
        for finding in check.function(*subject):
            findings.append(finding)
    except Opaque as hole:
        holes.append(hole.with_traceback(None))  # which would keep every frame, and nobody looks for such rings
    except Senseless:
        pass
    return findings


def _explored(
    check: Check, subject: tuple[Any, ...], world: World, holes: list[Opaque]
) -> list[tuple[World, list[Finding]]]:
    """What a check finds in each of the worlds it tells apart."""
    found: list[tuple[World, list[Finding]]] = []
    holes.clear()
    try:
        for _ in explore(world, lambda now: found.append((now, _findings(check, _within(subject, now), holes)))):
            pass
    except Opaque as too_many:
        holes.append(too_many)
    return found


def _within(subject: tuple[Any, ...], world: World) -> tuple[Any, ...]:
    """A subject as it looks in one world; roles and troubles look the same in all."""
    return tuple([part.within(world) if hasattr(part, "within") else part for part in subject])
