"""Checks that found nothing, and what they asked for: where all answers are the same they are not run again.

A large repository holds families of jobs that differ in a name, a path and a size or two. Whoever found something runs
again, for the finding is of its own place.
"""

from __future__ import annotations

from spmlint.asked import FAMILY, SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from collections.abc import Sequence as List

    from spmlint.asked import Word
    from spmlint.conf import Layer, Setting
    from spmlint.job import Job
    from spmlint.rule import Check

    About = str | tuple[str, ...]
    """What of a job is looked at: the setting of a key, a role, or nothing in particular."""
    Asked = tuple[Word, ...]

MOST_ANSWERS = 50_000
"""So many sets of answers are remembered, some 20 MB; whoever brings more begins anew."""

TRIALS = 16
"""So often a check may run and find nothing; from then on it is remembered only if it need not run half of the times."""

_HOPELESS = 1 << 60


class Silence:
    """What one run has learnt."""

    __slots__ = ("_families", "_orders", "_size")

    def __init__(self) -> None:
        self._families: dict[Hashable, _Family] = {}
        self._orders: dict[frozenset[Word], Asked] = {}
        """Each set of words in the order in which it was first met."""
        self._size = 0

    def of_job(self, job: Job) -> Answers | None:
        """A job as others can be compared with it; None where something in its files hides settings of it."""
        if any(place is not None for layer in job.layers for _, _, place, _ in layer.opened):
            return None
        kind = job.world.key(), job.kinds(), job.complete, tuple(map(_shape, job.layers))
        return Answers(self._family(kind), job)

    def _family(self, kind: Hashable) -> _Family:
        family = self._families.get(kind)
        if family is None:
            family = self._families[kind] = _Family()
        family.members += 1
        return family

    def rest(self, answers: Answers, about: About, checks: List[Check]) -> List[Check]:
        """Those of ``checks`` that may have something to say."""
        silent: set[Check] = set()
        for asked, known in answers.family.questions.get(about, {}).items():
            silent.update(known.get(answers.to(asked), ()))
        return [check for check in checks if check not in silent] if silent else checks

    def learn(self, answers: Answers, about: About, check: Check, asked: Iterable[Word]) -> None:
        """A check has found nothing after it asked for these words, and for the setting it looked at."""
        family = answers.family
        learnt = family.learnt.get((about, check), 0)
        if learnt >= TRIALS and 2 * learnt > family.members:
            if learnt < _HOPELESS:
                family.learnt[about, check] = _HOPELESS
                family.forget(about, check)
            return
        family.learnt[about, check] = learnt + 1
        words = frozenset((*asked, about) if isinstance(about, str) else asked)
        order = self._orders.setdefault(words, tuple(words))
        answered = answers.to(order)
        if answered is None:
            return
        if self._size >= MOST_ANSWERS:
            self._families.clear()
            self._size = 0
        known = family.questions.setdefault(about, {}).setdefault(order, {})
        if answered not in known:
            self._size += 1
        known.setdefault(answered, set()).add(check)


class _Family:
    """The jobs within which answers mean the same."""

    __slots__ = ("learnt", "members", "questions")

    def __init__(self) -> None:
        self.members = 0
        self.learnt: dict[tuple[About, Check], int] = {}
        """How often a check had to run and found nothing."""
        self.questions: dict[About, dict[Asked, dict[Hashable, set[Check]]]] = {}
        """By what is looked at: what was asked, what was answered, and who then found nothing."""

    def forget(self, about: About, check: Check) -> None:
        """Have no answers compared for a check that meets new ones nearly every time."""
        questions = self.questions.get(about, {})
        for asked, known in list(questions.items()):
            for answered, silent in list(known.items()):
                silent.discard(check)
                if not silent:
                    del known[answered]
            if not known:
                del questions[asked]


class Answers(dict["Word", "Hashable"]):
    """What one job answers, as something that another's answer can be equal to; None where nothing can be."""

    __slots__ = ("_job", "_keys", "_known", "family")

    def __init__(self, family: _Family, job: Job) -> None:
        self.family = family
        self._job = job
        self._known: dict[Asked, tuple[Hashable, ...] | None] = {}
        for rank, layer in enumerate(job.layers):
            for setting in layer.settings:
                self[setting.key] = None if setting.key in self else _seen(setting, rank)
        self._keys = [key for key in self if isinstance(key, str)]

    def to(self, asked: Asked) -> tuple[Hashable, ...] | None:
        """The answers to some words, in their order; None where one of them is like no other's."""
        if asked not in self._known:
            answers = tuple(map(self.__getitem__, asked))
            self._known[asked] = None if None in answers else answers
        return self._known[asked]

    def __missing__(self, word: Word) -> Hashable:
        answer = self[word] = () if isinstance(word, str) else self._answer(word[0], *word[1:])
        return answer

    def _answer(self, what: str, *names: str) -> Hashable:
        if what == FAMILY:
            return tuple([key for key in self._keys if key.startswith(names[0])])
        if what == SETTINGS:
            seen = [(key, self[key]) for key in self._keys]
            return None if any(one is None for _, one in seen) else tuple(seen)
        value = getattr(self._job, names[0])
        return (value,) if isinstance(value, str) else None if value else ()


def _shape(layer: Layer) -> Hashable:
    of_layer = layer.name, layer.moment, layer.injected, layer.classification, layer.clears, layer.since
    return (
        (*of_layer, *[(after, reason, keys) for after, reason, _, keys in layer.opened]) if layer.opened else of_layer
    )


def _seen(setting: Setting, rank: int) -> Hashable:
    """All that a check can see of a setting but its place; None for one that is not wholly known."""
    value = setting.value
    position = setting.position if setting.layer.opened else 0
    return None if value.holes else (value.value, setting.label, rank, position, setting.name is None, setting.shared)
