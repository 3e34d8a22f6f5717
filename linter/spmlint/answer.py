"""How a question is answered: plainly, or by saying why it cannot be.

Models and rules read as if one version, one cluster manager, one deploy mode and one language were known. What is not
known is a *set of possible answers*; comparing it gives a plain ``bool`` where all of them agree, and raises `Split`
where they do not. The engine catches the `Split`, runs both halves, and unites what they found. A value that cannot be
read at all (a template hole, an unseen layer) raises `Opaque` instead.

Both derive from ``BaseException`` on purpose: accessors can return plain types, rule bodies stay straight-line
arithmetic, and no ``except Exception`` eats an unanswered question.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

Version = tuple[int, int]
"""Major and minor of a release; behaviour is the same inside a minor line (facts checked per patch release)."""

SPARK_VERSIONS: tuple[Version, ...] = ((3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (4, 0), (4, 1), (4, 2), (4, 3))
"""The Spark releases the model is proven against."""

V3_1, V3_2, V3_3, V3_4, V3_5, V4_0, V4_1, V4_2, V4_3 = SPARK_VERSIONS

KUBERNETES_VERSIONS: tuple[Version, ...] = tuple((1, minor) for minor in range(28, 38))
"""The Kubernetes releases the facts cover: 1.28 to 1.37."""

KUBERNETES, YARN, STANDALONE, LOCAL, EMR_SERVERLESS = "kubernetes", "yarn", "standalone", "local", "emr-serverless"
EMR_ON_EC2, EMR_ON_EKS = "emr-on-ec2", "emr-on-eks"

MANAGER_OF = {
    KUBERNETES: KUBERNETES,
    YARN: YARN,
    STANDALONE: STANDALONE,
    LOCAL: LOCAL,
    EMR_SERVERLESS: EMR_SERVERLESS,
    EMR_ON_EC2: YARN,
    EMR_ON_EKS: KUBERNETES,
}
"""Each platform a job can run on, and the cluster manager that stands behind it."""

PLATFORMS = tuple(MANAGER_OF)
MANAGERS = (KUBERNETES, YARN, STANDALONE, LOCAL, EMR_SERVERLESS)
CLUSTER, CLIENT = "cluster", "client"
MODES = (CLUSTER, CLIENT)
JVM, PYTHON, R = "jvm", "python", "r"
LANGUAGES = (JVM, PYTHON, R)


class Opaque(BaseException):
    """The answer stands in something that cannot be read.

    ``place`` is the `spmlint.document.text.Text` (or any object with a ``span()``) that hides it, or None where a fact
    was simply not given; ``reason`` is one phrase for the report.
    """

    def __init__(self, reason: str, place: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class Split(BaseException):
    """The possible answers to ``question`` disagree: ``yes`` are those for which the comparison holds, ``no`` the rest."""

    def __init__(self, question: str, yes: tuple[Any, ...], no: tuple[Any, ...]) -> None:
        super().__init__(question)
        self.question = question
        self.yes = yes
        self.no = no


UNEXPECTED = (Exception, Opaque, Split)
"""What a barrier has to stop so that the rest of a run goes on: any error, and a question that nobody took up."""


class Senseless(ValueError):
    """What is written means nothing to whoever reads it: Spark refuses the value, Kubernetes the quantity.

    There is then no number for other rules to judge; the refusal itself has rules of its own.
    """


class Choice:
    """The answers to one question that are still possible. An empty one means: outside what is modelled."""

    __slots__ = ("options", "question")
    __hash__ = None  # type: ignore[assignment]  # it compares by asking, so it cannot be a key

    def __init__(self, question: str, options: Iterable[Any]) -> None:
        self.question = question
        self.options: tuple[Any, ...] = tuple(options)

    def matches(self, test: Callable[[Any], bool]) -> bool:
        """Whether ``test`` holds for every possible answer.

        Raises:
            Split: some answers pass and some do not.
            Opaque: the answer is known to lie outside what is modelled.
        """
        if len(self.options) == 1:  # nearly always, so it is worth a line
            return test(self.options[0])
        yes = tuple(option for option in self.options if test(option))
        if len(yes) == len(self.options):
            if not yes:
                raise Opaque(f"the {self.question} is outside what spmlint models")
            return True
        if not yes:
            return False
        raise Split(self.question, yes, tuple(option for option in self.options if option not in yes))

    def among(self, *values: Any) -> bool:
        """Whether the answer is one of ``values``."""
        return self.matches(lambda option: option in values)

    def __eq__(self, other: object) -> bool:
        return self.matches(lambda option: option == other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    @property
    def known(self) -> Any:
        """The only possible answer, or None while several are."""
        return self.options[0] if len(self.options) == 1 else None

    def single(self) -> Any:
        """The answer itself, one option at a time: raises `Split` until only one is left."""
        if len(self.options) > 1:
            raise Split(self.question, self.options[-1:], self.options[:-1])
        if not self.options:
            raise Opaque(f"the {self.question} is outside what spmlint models")
        return self.options[0]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.question!r}, {self.options!r})"


class Versions(Choice):
    """An interval of releases: ``version >= V3_4`` is a plain answer where the whole interval agrees."""

    __slots__ = ()
    __hash__ = None

    def __ge__(self, other: Version) -> bool:
        return self.matches(lambda version: version >= other)

    def __lt__(self, other: Version) -> bool:
        return not self >= other

    def __gt__(self, other: Version) -> bool:
        return self.matches(lambda version: version > other)

    def __le__(self, other: Version) -> bool:
        return not self > other


class Manager(Choice):
    """The cluster manager, as a view of the platform: asking it narrows the platform, so the two cannot disagree."""

    __slots__ = ()
    __hash__ = None

    def among(self, *values: Any) -> bool:
        return self.matches(lambda platform: MANAGER_OF[platform] in values)

    def __eq__(self, other: object) -> bool:
        return self.matches(lambda platform: MANAGER_OF[platform] == other)

    @property
    def known(self) -> Any:
        managers = {MANAGER_OF[platform] for platform in self.options}
        return managers.pop() if len(managers) == 1 else None


_ALL: dict[str, tuple[Any, ...]] = {
    "Spark version": SPARK_VERSIONS,
    "platform": PLATFORMS,
    "deploy mode": MODES,
    "language": LANGUAGES,
    "Kubernetes version": KUBERNETES_VERSIONS,
}

QUESTIONS = tuple(_ALL)
"""All that can be asked of a world."""


class World:
    """What is known, and what is still possible, about where and how a job runs. Immutable.

    ``World()`` knows nothing; `narrowed` answers one question. Attributes: ``spark`` and ``kubernetes`` (`Versions`),
    ``platform``, ``mode``, ``language`` (`Choice`), ``manager`` (`Manager`, a view of the platform).
    """

    __slots__ = ("_key", "_known", "_narrowed", "kubernetes", "language", "manager", "mode", "platform", "spark")

    spark: Versions
    kubernetes: Versions
    platform: Choice
    manager: Manager
    mode: Choice
    language: Choice
    _known: dict[str, tuple[Any, ...]]
    _key: tuple[tuple[Any, ...], ...]
    _narrowed: dict[tuple[str, tuple[Any, ...]], World]

    def __new__(cls, known: dict[str, tuple[Any, ...]] | None = None) -> World:
        if known is None:
            return _NOTHING_KNOWN
        world = super().__new__(cls)
        world._known = known
        world._key = tuple([world.options(question) for question in _ALL])
        world._narrowed = {}
        world.spark = Versions("Spark version", world.options("Spark version"))
        world.kubernetes = Versions("Kubernetes version", world.options("Kubernetes version"))
        world.platform = Choice("platform", world.options("platform"))
        world.manager = Manager("platform", world.options("platform"))
        world.mode = Choice("deploy mode", world.options("deploy mode"))
        world.language = Choice("language", world.options("language"))
        return world

    def options(self, question: str) -> tuple[Any, ...]:
        """Every answer to ``question`` that is still possible."""
        return self._known.get(question, _ALL[question])

    def narrowed(self, question: str, options: Iterable[Any]) -> World:
        """The same world with ``question`` answered by one of ``options``."""
        kept = tuple(options)
        world = self._narrowed.get((question, kept))
        if world is None:
            world = self._narrowed[question, kept] = World({**self._known, question: kept})
        return world

    def with_spark(self, version: Version | None) -> World:
        """The world of one Spark release; a release outside `SPARK_VERSIONS` leaves no answer at all."""
        if version is None:
            return self
        return self.narrowed("Spark version", (version,) if version in SPARK_VERSIONS else ())

    def with_manager(self, manager: str) -> World:
        """Only the platforms behind which ``manager`` stands."""
        return self.narrowed("platform", (p for p in self.options("platform") if MANAGER_OF[p] == manager))

    def completed_by(self, other: World) -> World:
        """This world, and for the questions it leaves open what ``other`` says."""
        world = self
        for question in other._known:
            options = world.options(question)
            also = tuple(option for option in options if option in other.options(question))
            if also and len(also) < len(options):
                world = world.narrowed(question, also)
        return world

    def halves(self, split: Split) -> tuple[World, World]:
        """The two worlds a `Split` separates."""
        return self.narrowed(split.question, split.yes), self.narrowed(split.question, split.no)

    def key(self) -> tuple[tuple[Any, ...], ...]:
        """A hashable identity."""
        return self._key

    def preference(self) -> tuple[int, ...]:
        """Sorts worlds so that the one a report speaks of first (newest version, first-named options) comes first."""
        return (
            -max((SPARK_VERSIONS.index(v) for v in self.options("Spark version")), default=-1),
            min((PLATFORMS.index(p) for p in self.options("platform")), default=0),
            min((MODES.index(m) for m in self.options("deploy mode")), default=0),
            min((LANGUAGES.index(x) for x in self.options("language")), default=0),
            -max((KUBERNETES_VERSIONS.index(v) for v in self.options("Kubernetes version")), default=-1),
        )

    def __repr__(self) -> str:
        return f"World({self._known!r})"


_NOTHING_KNOWN = World({})
"""Every world is narrowed from it, and each is made once: the jobs of a run live in few."""


def parse_version(text: str) -> Version | None:
    """``"3.5.1"``, ``"v3.5"``, ``"3.5.0-amzn-1"`` -> ``(3, 5)``; None where no version can be read."""
    head = text.strip().lstrip("v").split("-", 1)[0].split(".")
    if len(head) < 2 or not (head[0].isdecimal() and head[1].isdecimal()):
        return None
    return int(head[0]), int(head[1])


def explore(world: World, run: Callable[[World], None], *, limit: int = 512) -> Iterator[World]:
    """Run ``run`` in ``world``, or in the halves of it that each `Split` separates; yield each world it finished in.

    Raises:
        Opaque: more than ``limit`` worlds would be needed.
    """
    pending, started = [world], 0
    while pending:
        current = pending.pop()
        started += 1
        if started > limit:
            raise Opaque("too many versions, managers and modes remain possible")
        try:
            run(current)
        except Split as split:
            pending.extend(reversed(current.halves(split)))
        else:
            yield current


def describe(worlds: list[World], whole: World) -> str:
    """Names the ``worlds`` among those ``whole`` allows: ``"Spark 3.1 to 3.3, on Kubernetes"``; empty where it is all."""
    parts = []
    for question, say in _SAY.items():
        seen = {option for world in worlds for option in world.options(question)}
        kept = [option for option in whole.options(question) if option in seen]
        left = [option for option in whole.options(question) if option not in seen]
        if kept and left:
            parts.append(say(kept, left))
    return ", ".join(parts)


_PLATFORM_NAMES = {
    KUBERNETES: "on Kubernetes",
    YARN: "on YARN",
    STANDALONE: "on a standalone cluster",
    LOCAL: "in local mode",
    EMR_SERVERLESS: "on EMR Serverless",
    EMR_ON_EC2: "on EMR on EC2",
    EMR_ON_EKS: "on EMR on EKS",
}
_LANGUAGE_NAMES = {JVM: "on the JVM", PYTHON: "in Python", R: "in R"}


def _say_versions(product: str) -> Callable[[list[Version], list[Version]], str]:
    def say(versions: list[Version], _: list[Version]) -> str:
        low, high = min(versions), max(versions)
        if low == high:
            return f"{product} {low[0]}.{low[1]}"
        return f"{product} {low[0]}.{low[1]} to {high[0]}.{high[1]}"

    return say


def _say_platforms(kept: list[str], left: list[str]) -> str:
    """The shorter list: those meant, or those left out. Where all platforms of a manager are meant, its name will do."""
    if len(left) < len(kept):
        return "everywhere but " + " and ".join(_PLATFORM_NAMES[platform] for platform in left)
    implied = {platform for platform in kept if MANAGER_OF[platform] != platform and MANAGER_OF[platform] in kept}
    return " or ".join(_PLATFORM_NAMES[platform] for platform in kept if platform not in implied)


_SAY: dict[str, Callable[[list[Any], list[Any]], str]] = {
    "Spark version": _say_versions("Spark"),
    "platform": _say_platforms,
    "deploy mode": lambda modes, _: f"in {' or '.join(modes)} mode",
    "language": lambda languages, _: "for a job " + " or ".join(_LANGUAGE_NAMES[language] for language in languages),
    "Kubernetes version": _say_versions("Kubernetes"),
}
