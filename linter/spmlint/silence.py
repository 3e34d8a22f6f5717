"""Checks that found nothing in one job, and what they asked it: no job that answers alike is asked again.

A large repository holds families of jobs that differ in a name, a path and a size or two. What a check finds depends on
what it asks: of the settings through `spmlint.conf.Conf`, of everything else through the attributes of a
`spmlint.job.Job`; both write down what they are asked for. Where the answers are those after which a check had nothing to
say, it has nothing to say again. Whoever found something runs again, for the finding is of its own place.
"""

from __future__ import annotations

from spmlint.job import ATTRIBUTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from spmlint.conf import Layer, Setting, Word
    from spmlint.job import Job
    from spmlint.rule import Check

    About = str | tuple[str, ...]
    """What of a job is looked at: the setting of a key, a role, or nothing in particular."""

    Asked = tuple[Word, ...]

MOST_ANSWERS = 50_000
"""So many sets of answers are remembered, some 20 MB; whoever brings more begins anew."""


class Silence:
    """What one run has learnt."""

    __slots__ = ("_kinds", "_questions", "_size")

    def __init__(self) -> None:
        self._kinds: dict[Hashable, int] = {}
        """A number for each kind of job within which answers mean the same."""
        self._questions: dict[tuple[int, About], dict[Asked, dict[Hashable, set[Check]]]] = {}
        """By kind and by what of a job is looked at: what was asked, what was answered, and who then found nothing."""
        self._size = 0

    def of(self, job: Job) -> Answers | None:
        """A job as others can be compared with it; None where something in its files hides settings of it."""
        if any(place is not None for layer in job.layers for _, _, place, _ in layer.opened):
            return None
        kind = job.world.key(), job.kinds(), job.complete, tuple(map(_shape, job.layers))
        return Answers(job, self._kinds.setdefault(kind, len(self._kinds)))

    def rest(self, answers: Answers, about: About, checks: Sequence[Check]) -> Sequence[Check]:
        """Those of ``checks`` that may have something to say about a part of a job."""
        silent: set[Check] = set()
        for asked, known in self._questions.get((answers.kind, about), {}).items():
            silent.update(known.get(answers.to(asked), ()))
        return [check for check in checks if check not in silent] if silent else checks

    def learn(self, answers: Answers, about: About, check: Check, asked: Iterable[Word]) -> None:
        """A check has found nothing after it asked for these words, and for the setting it looked at."""
        words = tuple(sorted({*asked, about} if isinstance(about, str) else set(asked), key=repr))
        answered = answers.to(words)
        if answered is None:
            return
        if self._size >= MOST_ANSWERS:
            self._questions.clear()
            self._size = 0
        known = self._questions.setdefault((answers.kind, about), {}).setdefault(words, {})
        if answered not in known:
            self._size += 1
        known.setdefault(answered, set()).add(check)


class Answers:
    """What one job answers to whatever it is asked, as something that another job's answer can be equal to."""

    __slots__ = ("_job", "_known", "_written", "kind")

    def __init__(self, job: Job, kind: int) -> None:
        self.kind = kind
        self._job = job
        self._written: dict[str, Hashable] = {}
        """Of each key what a check can see but its place; None where there is no comparing it."""
        for rank, layer in enumerate(job.layers):
            for setting in layer.settings:
                self._written[setting.key] = None if setting.key in self._written else _seen(setting, rank)
        self._known: dict[Asked, tuple[Hashable, ...] | None] = {}

    def to(self, asked: Asked) -> tuple[Hashable, ...] | None:
        """The answers to some words, in their order; None where one of them is like no other job's."""
        if asked not in self._known:
            answers = [self._answer(word) for word in asked]
            self._known[asked] = None if None in answers else tuple(answers)
        return self._known[asked]

    def _answer(self, word: Word) -> Hashable:
        if isinstance(word, str):
            return self._written.get(word, ())
        what, name = word
        if what == ATTRIBUTE:
            return None if getattr(self._job, name) else ()
        family = [(key, seen) for key, seen in self._written.items() if key.startswith(name)]
        return None if any(seen is None for _, seen in family) else tuple(family)


def _shape(layer: Layer) -> Hashable:
    of_layer = layer.name, layer.moment, layer.injected, layer.classification, layer.clears, layer.since
    return (
        (*of_layer, *[(after, reason, keys) for after, reason, _, keys in layer.opened]) if layer.opened else of_layer
    )


def _seen(setting: Setting, rank: int) -> Hashable:
    value = setting.value
    position = setting.position if setting.layer.opened else 0
    return None if value.holes else (value.value, setting.label, rank, position, setting.name is None, setting.shared)
