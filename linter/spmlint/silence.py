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
        """Those of ``checks``, a list that lives as long as this, that may have something to say."""
        part = answers.family.parts.get(about)
        if part is None:
            return checks
        answered = id(checks), *map(answers.__getitem__, part.words)
        rest = part.rests.get(answered)
        if rest is None:
            silent: set[Check] = set()
            for asked, known in part.silent.items():
                silent.update(known.get(answers.to(asked) or (), ()))
            rest = [check for check in checks if check not in silent]
            if None not in answered:
                part.rests[answered] = rest
                self._size += 1
        return rest

    def learn(self, answers: Answers, about: About, check: Check, asked: Iterable[Word]) -> None:
        """A check has found nothing after it asked for these words, and for the setting it looked at."""
        family = answers.family
        part = family.parts.get(about)
        if part is None:
            part = family.parts[about] = _Part()
        if not part.is_worth_it(check, family.members):
            return
        words = frozenset((*asked, about) if isinstance(about, str) else asked)
        order = self._orders.setdefault(words, tuple(words))
        answered = answers.to(order)
        if answered is None:
            return
        if self._size >= MOST_ANSWERS:
            self._families.clear()
            self._size = 0
        self._size += part.learn(check, order, answered)


class _Family:
    """The jobs within which answers mean the same."""

    __slots__ = ("members", "parts")

    def __init__(self) -> None:
        self.members = 0
        self.parts: dict[About, _Part] = {}


class _Part:
    """What has been learnt of one part of these jobs."""

    __slots__ = ("_times", "rests", "silent", "words")

    def __init__(self) -> None:
        self._times: dict[Check, int] = {}
        """How often a check had to run and found nothing; 0 once that is not remembered any more."""
        self.silent: dict[Asked, dict[tuple[Hashable, ...], set[Check]]] = {}
        """By what was asked and answered: who then found nothing."""
        self.words: list[Word] = []
        """Everything that was asked."""
        self.rests: dict[tuple[Hashable, ...], List[Check]] = {}
        """Who may have something to say, by the list he stands in and the answers to all words."""

    def is_worth_it(self, check: Check, members: int) -> bool:
        """Whether to remember that a check has run once more and found nothing."""
        times = self._times.get(check, 1)
        if times > TRIALS and 2 * times > members:
            self._times[check] = 0
            self._forget(check)
            return False
        self._times[check] = times + 1 if times else 0
        return times > 0

    def learn(self, check: Check, asked: Asked, answered: tuple[Hashable, ...]) -> int:
        """A check has found nothing; returns how many answers more are remembered now."""
        known = self.silent.setdefault(asked, {})
        before = len(known)
        known.setdefault(answered, set()).add(check)
        self.words += [word for word in asked if word not in self.words]
        self.rests.clear()
        return len(known) - before

    def _forget(self, check: Check) -> None:
        """Have no answers compared for a check that meets new ones nearly every time."""
        for asked, known in list(self.silent.items()):
            for answered, silent in list(known.items()):
                silent.discard(check)
                if not silent:
                    del known[answered]
            if not known:
                del self.silent[asked]
        self.words = list(dict.fromkeys(word for asked in self.silent for word in asked))
        self.rests.clear()


class Answers(dict["Word", "Hashable"]):
    """What one job answers, as something that another's answer can be equal to; None where nothing can be."""

    __slots__ = ("_job", "_keys", "family")

    def __init__(self, family: _Family, job: Job) -> None:
        self.family = family
        self._job = job
        for rank, layer in enumerate(job.layers):
            for setting in layer.settings:
                self[setting.key] = None if setting.key in self else _seen(setting, rank)
        self._keys = [key for key in self if isinstance(key, str)]

    def to(self, asked: Asked) -> tuple[Hashable, ...] | None:
        """The answers to some words, in their order; None where one of them is like no other's."""
        answers = tuple(map(self.__getitem__, asked))
        return None if None in answers else answers

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
    return None if value.holes else (value.value, setting.label, rank, position, setting.is_named, setting.shared)
