"""A job: its settings, the world (versions, manager, mode ...) it is looked at in, and what is known of where it runs."""

from __future__ import annotations

from spmlint.answer import LOCAL, World
from spmlint.asked import note_reading
from spmlint.conf import START, Conf, Layer, Setting
from spmlint.document.text import Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spmlint.asked import Word
    from spmlint.place import Place, Resource
    from spmlint.spark.formula import Note
    from spmlint.spark.model import Model
    from spmlint.spark.refusals import Refusal

DRIVER, EXECUTOR = "driver", "executor"
ROLES = (DRIVER, EXECUTOR)


class Job:
    """One Spark application as its files describe it, in the world (versions, manager, mode ...) being looked at.

    Made by `spmlint.linking.link` alone. Rules see it through ``conf``, ``world``, ``model`` and ``place``, and the object it is
    written as, if it is one, through ``resource``.
    """

    __slots__ = (
        "_confs",
        "_models",
        "_presumed",
        "asked",
        "complete",
        "kind",
        "layers",
        "main",
        "main_class",
        "name",
        "place",
        "pod_templates",
        "presume",
        "resource",
        "span",
        "version",
        "world",
    )

    def __init__(
        self,
        name: str,
        kind: str,
        span: Span,
        layers: Sequence[Layer],
        world: World,
        place: Place,
        *,
        complete: bool,
        main: Text | None = None,
        resource: Resource | None = None,
    ) -> None:
        self.asked: list[Word] = []
        """See `spmlint.asked`."""
        self.name = name
        self.kind = kind
        self.span = span
        self.layers = list(layers)
        self.world = world
        self.place = place
        self.complete = complete
        self.main = main
        self.resource = resource
        self.presume = False
        self.main_class: Text | None = None
        """The class that is run, where the file names one."""
        self.version: str | None = None
        """The Spark version as the file spells it, if it does."""
        self.pod_templates: dict[str, Resource] = {}
        """By role, the pod in a file that a setting of the job names as its template."""
        self._confs: dict[tuple[int, bool], Conf] = {}
        self._models: dict[object, Model] = {}
        self._presumed: Job | None = None

    def kinds(self) -> tuple[str, ...]:
        """What it is written as: its carrier, and the kind of the object where it is one."""
        return (self.kind,) if self.resource is None else (self.kind, self.resource.kind)

    def within(self, world: World, *, presume: bool = False) -> Job:
        """The same job in a narrower world; numbers already computed for that world are shared."""
        if world is self.world and presume == self.presume:
            return self
        view = self._copy()
        view.world = world
        view.presume = presume
        return view

    def under(self, layer: Layer) -> Job:
        """The same job with the settings of a layer on top of all others."""
        view = self._copy()
        view.layers = [*_SLOTS["layers"].__get__(self), layer]
        view._confs, view._models = {}, {}
        return view

    def _copy(self) -> Job:
        view = Job.__new__(Job)
        for slot in _SLOTS.values():
            slot.__set__(view, slot.__get__(self))
        view._presumed = None
        return view

    def forget(self) -> None:
        """Give back what was worked out: a run has many jobs, and whoever asks once more gets it once more."""
        self._confs.clear()
        self._models.clear()
        self.asked.clear()
        self._presumed = None

    @property
    def presumed(self) -> Job:
        """The same job, what nobody gave taken for empty."""
        if self._presumed is None:
            self._presumed = self.within(self.world, presume=True)
        return self._presumed

    def conf_at(self, moment: int) -> Conf:
        """The settings visible at a moment: LAUNCH, SUBMIT or START."""
        key = (moment, self.presume)
        if key not in self._confs:
            self._confs[key] = Conf(_SLOTS["layers"].__get__(self), moment, presume=self.presume, asked=self.asked)
        return self._confs[key]

    @property
    def conf(self) -> Conf:
        """The settings a running driver sees."""
        return self.conf_at(START)

    @property
    def model(self) -> Model:
        """What Spark makes of this conf in this world; computed once and shared by all rules."""
        key = (self.world.key(), self.presume)
        if key not in self._models:
            from spmlint.spark.model import Model

            self._models[key] = Model(self.conf, self.world, self.asked)
        return self._models[key]

    def model_without(self, *keys: str) -> Model:
        """What Spark would make of this conf had nobody written ``keys``."""
        from spmlint.spark.model import Model

        return Model(self.conf.without(*keys), self.world, self.asked)

    def refusal(self, check: str, by: str = "spark") -> Refusal | None:
        """What one check of the model refuses (`spmlint.spark.refusals`), as far as it is certain from these files.

        In a job whose other settings are not known, only where every key the refusal is about is written here, or cannot
        be set where nobody sees it.
        """
        found = self.presumed.model.refusal(check, by)
        return found if found is not None and self.is_certain(found) else None

    def is_certain(self, refusal: Refusal) -> bool:
        """Whether everything that a refusal is about is written here, or cannot be set where nobody sees it."""
        return all(self.written(key) or self.conf.is_certain(key) for key in refusal.keys)

    def written(self, key: str) -> Setting | None:
        """The setting an entry is read from, whatever may hide above it: its key's, or an older name's that is still read."""
        from spmlint.spark.catalogue import entry

        found = entry(key, self.world.spark)
        names = (key,) if found is None else (key, *found.old)
        return next((setting for name in names if (setting := self.conf.winner(name)) is not None), None)

    def is_stopped_by(self, *keys: str) -> bool:
        """Whether a value that the entry of ``keys`` (its own key, or an older one) refuses keeps this job from running.

        Every SparkContext reads some keys and every session those of ``spark.sql.``; others are read by a step of the start,
        if the manager and the switches of this job lead there.
        """
        from spmlint.spark.read_at_start import READ_AT_START, READ_ON_CLUSTERS
        from spmlint.spark.refusals import CHECKS

        if any(key in READ_AT_START or key.startswith("spark.sql.") for key in keys):
            return True
        if any(key in READ_ON_CLUSTERS for key in keys) and self.world.manager != LOCAL:
            return True
        refusals = (self.refusal(step.name, step.by) for step in CHECKS)
        return any(refusal is not None and refusal.keys[0] in keys for refusal in refusals)

    def refused_setting(self, refusal: Refusal) -> Setting | None:
        """The setting to point at: the first of the refusal's keys that somebody wrote."""
        settings = map(self.written, refusal.keys)
        return next((setting for setting in settings if setting is not None and not setting.is_injected), None)

    def container_sum(self, role: str) -> str:
        """The sum of a role's container, each term with its place."""
        from spmlint.spark.containers import container

        def formula(note: Note) -> object:
            made = container(self.conf, self.world, role, note)
            return made.container_mib if made else None

        return self.sum(f"{role} container", formula)

    def sum(self, total_name: str, formula: Callable[[Note], object], unit: str = "MiB") -> str:
        """Run ``formula`` once more and write down its terms: ``name = heap 4096 (spec.executor.memory, line 23) + ...``.

        ``formula`` takes a ``note(term, value, how)`` function and returns the total.
        """
        conf = self.conf
        terms: list[str] = []
        conf.reads = []

        def note(name: str, value: int | float | str, how: str) -> None:
            assert conf.reads is not None
            source = next((setting for setting in conf.reads if setting.key == how), None)
            terms.append(f"{name} {value} ({source.where() if source else how})")
            conf.reads.clear()

        try:
            total = formula(note)
        finally:
            conf.reads = None
        return f"{total_name} {total} {unit} = " + " + ".join(terms)


_SLOTS = note_reading(
    Job, ("layers", "main", "main_class", "name", "place", "pod_templates", "resource", "span", "version")
)


class Written:
    """A setting as spelt in its file, in the job that reads it: what checks of raw text look at."""

    __slots__ = ("job", "setting")

    def __init__(self, job: Job, setting: Setting) -> None:
        self.job = job
        self.setting = setting

    @property
    def key(self) -> str:
        return self.setting.key

    @property
    def value(self) -> Text:
        return self.setting.value

    def within(self, world: World) -> Written:
        """The same setting of the job in a narrower world."""
        return self if world is self.job.world else Written(self.job.within(world), self.setting)

    @property
    def wins(self) -> bool:
        """Whether no stronger setting of the same key is written."""
        return self.job.conf.winner(self.setting.key) is self.setting
