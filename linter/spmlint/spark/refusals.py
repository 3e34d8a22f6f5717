"""What Spark, the JVM, Kubernetes and EMR refuse: the only truth about it, one function for each check.

Each check stops at its own first refusal, as Spark does; ``entries`` and ``sql`` look at each key by itself.

=================  ==================================================================================================
entries            a value that its entry refuses as soon as anybody reads it
validate           ``SparkConf.validateSettings``
umm_driver         ``UnifiedMemoryManager`` in the driver, for a heap of exactly the configured size; by the JVM:
                   for what it reports of it
umm_executor       the same in an executor
tasks              ``ResourceProfile``: a task has to fit into an executor
driver_pod         ``KubernetesDriverBuilder``
executor_pod       ``KubernetesExecutorBuilder``
profile            executor resources on YARN
yarn_client        the constructor of ``deploy.yarn.Client``
yarn_fits          ``Client.verifyClusterResources``, where the largest allocation is known
dynalloc           ``ExecutorAllocationManager``
initial_executors  ``SchedulerBackendUtils``: the first executors and the most, on YARN and Kubernetes
heartbeat          ``HeartbeatReceiver``
launcher           ``SparkSubmitCommandBuilder``; by the JVM: its -Xmx
submit             ``SparkSubmitArguments`` and ``SparkSubmit``
kryo, codec        ``KryoSerializer``, ``CompressionCodec``
sql                ``SQLConf.setConfString``
emr_options        StartJobRun of EMR Serverless
=================  ==================================================================================================
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, EMR_SERVERLESS, KUBERNETES, LOCAL, YARN, Opaque
from spmlint.spark import entries, heap_checks, kubernetes_builders, start_checks, submission, yarn_containers
from spmlint.spark.catalogue import deprecation
from spmlint.spark.entries import Refused
from spmlint.spark.executors import check_dynamic_allocation, check_initial_executors
from spmlint.spark.formula import Conflict
from spmlint.spark.profile import check_tasks
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from spmlint.answer import Versions, World
    from spmlint.spark.formula import Conf
    from spmlint.spark.model import Model

BY_SPARK, BY_JVM, BY_KUBERNETES, BY_EMR = "spark", "jvm", "kubernetes", "emr"
LAUNCH, SUBMIT, START = "launch", "submit", "start"
ENTRIES = "entries"


class Refusal:
    """One refusal: ``by`` whom, in which ``check``, at which ``moment``, over which ``keys`` (the one to change first).

    ``cause`` is the check that knows what is wrong: `ENTRIES` where one value is refused by its own entry, whichever step
    came to read it; else the check itself.
    """

    __slots__ = ("by", "cause", "check", "keys", "message", "moment")

    def __init__(self, by: str, check: str, moment: str, refused: Refused) -> None:
        self.by = by
        self.check = check
        self.moment = moment
        self.cause = check if isinstance(refused, Conflict) else ENTRIES
        self.keys = refused.keys if isinstance(refused, Conflict) else (refused.key,)
        self.message = refused.reason

    def to_dict(self) -> dict[str, object]:
        """As it stands in a footprint."""
        return {
            "by": self.by,
            "check": self.check,
            "moment": self.moment,
            "keys": list(self.keys),
            "message": self.message,
        }


class Check:
    """One step that may refuse: ``run`` raises ``Refused``; ``taken`` says in which worlds there is such a step."""

    __slots__ = ("by", "moment", "name", "run", "taken")

    def __init__(
        self,
        name: str,
        moment: str,
        run: Callable[[Model], None],
        taken: Callable[[World], bool] | None = None,
        by: str = BY_SPARK,
    ) -> None:
        self.name = name
        self.moment = moment
        self.run = run
        self.taken = taken
        self.by = by

    def refusal(self, model: Model) -> Refusal | None:
        """What the step refuses; None where it passes, or is not taken."""
        if self.taken is not None and not self.taken(model.world):
            return None
        try:
            self.run(model)
        except Refused as refused:
            return self.told(refused)
        return None

    def told(self, refused: Refused) -> Refusal:
        """``refused``, as this step's."""
        return Refusal(self.by, self.name, self.moment, refused)


def _submits(world: World) -> bool:
    return world.manager != EMR_SERVERLESS


def _pastes_xmx(world: World) -> bool:
    return _submits(world) and (world.mode == CLIENT or world.manager == KUBERNETES)


def _on_emr_serverless(world: World) -> bool:
    return world.manager == EMR_SERVERLESS


def _on_kubernetes(world: World) -> bool:
    return world.manager == KUBERNETES


def _makes_driver_pod(world: World) -> bool:
    return world.manager == KUBERNETES and world.mode == CLUSTER


def _on_yarn(world: World) -> bool:
    return world.manager == YARN


def _has_executors(world: World) -> bool:
    return world.manager != LOCAL


CHECKS = (
    Check("launcher", LAUNCH, submission.check_launcher, _submits),
    Check("launcher", LAUNCH, submission.check_xmx, _pastes_xmx, by=BY_JVM),
    Check("submit", SUBMIT, submission.check_submission, _submits),
    Check("emr_options", SUBMIT, submission.check_emr_options, _on_emr_serverless, by=BY_EMR),
    Check("driver_pod", SUBMIT, kubernetes_builders.check_driver_pod, _makes_driver_pod),
    Check("driver_pod", SUBMIT, kubernetes_builders.check_driver_limit, _makes_driver_pod, by=BY_KUBERNETES),
    Check("yarn_client", SUBMIT, yarn_containers.check_client, _on_yarn),
    Check("validate", START, start_checks.check_settings),
    Check("heartbeat", START, start_checks.check_heartbeat),
    Check("umm_driver", START, heap_checks.check_driver_heap),
    Check("umm_driver", START, heap_checks.check_driver_jvm, by=BY_JVM),
    Check("kryo", START, start_checks.check_kryo),
    Check("codec", START, start_checks.check_codec),
    Check("tasks", START, check_tasks),
    Check("dynalloc", START, check_dynamic_allocation, _has_executors),
    Check("initial_executors", START, check_initial_executors, _has_executors),
    Check("profile", START, yarn_containers.check_executor, _on_yarn),
    Check("executor_pod", START, kubernetes_builders.check_executor_pod, _on_kubernetes),
    Check("executor_pod", START, kubernetes_builders.check_executor_limit, _on_kubernetes, by=BY_KUBERNETES),
    Check("umm_executor", START, heap_checks.check_executor_heap, _has_executors),
    Check("umm_executor", START, heap_checks.check_executor_jvm, _has_executors, by=BY_JVM),
)
"""Every check that stops at its first refusal, in the order in which the steps are taken."""

CAUSES = (ENTRIES, "sql", *dict.fromkeys(check.name for check in CHECKS))
"""Every cause: what a text that is no value at all can be refused for, by whichever step comes to it first."""

_BY_NAME = {(check.name, check.by): check for check in CHECKS}


def refusal(name: str, model: Model, by: str = BY_SPARK) -> Refusal | None:
    """What one of `CHECKS` refuses; None where it passes, or there is no such step.

    Raises:
        KeyError: there is no such check.
    """
    return _BY_NAME[name, by].refusal(model)


def yarn_fits(model: Model, maximum_mib: int) -> Refusal | None:
    """Whether YARN refuses containers above ``maximum_mib``; None where they fit, or its client refused before."""
    return _yarn_fits(maximum_mib).refusal(model)


def _yarn_fits(maximum_mib: int) -> Check:
    def run(model: Model) -> None:
        yarn_containers.check_maximum(model, maximum_mib)

    return Check("yarn_fits", SUBMIT, run, _on_yarn)


def refused_entries(model: Model) -> Iterator[Refusal]:
    """Each written value that its entry refuses.

    Raises:
        Opaque: at the end, where a value could not be read.
    """
    return _each(ENTRIES, model, model.conf.keys(), _read_entry)


def refused_sql(model: Model) -> Iterator[Refusal]:
    """Each written ``spark.sql.`` value that a session refuses to set.

    Raises:
        Opaque: at the end, where a value could not be read.
    """
    return _each("sql", model, model.conf.keys_with("spark.sql."), set_in_session)


def _each(
    name: str, model: Model, keys: Iterable[str], look: Callable[[Conf, str, Versions], None]
) -> Iterator[Refusal]:
    hidden: Opaque | None = None
    for key in keys:
        try:
            look(model.conf, key, model.world.spark)
        except KeyError:
            continue  # no entry: Spark does not look at it, or only as text
        except Refused as refused:
            yield Refusal(BY_SPARK, name, START, refused)
        except Opaque as opaque:
            hidden = hidden or opaque
    if hidden:
        raise hidden


def _read_entry(conf: Conf, key: str, spark: Versions) -> None:
    read(conf, key, spark)


def set_in_session(conf: Conf, key: str, spark: Versions) -> None:
    """Sets one key as a session does with every key of ``spark.sql.`` it is given.

    Raises:
        Refused: the session does not take the value, or not any more.
        KeyError: Spark has no such entry.
    """
    text = conf.get(key) or ""
    removed = deprecation(key, spark)
    if removed is not None and removed.default is not None and removed.default != text:
        raise Refused(
            key, f"it was removed in {removed.since}, and only its old default '{removed.default}' may be set"
        )
    entries.check(key, text, spark)


_steps_of: dict[tuple[Any, Any], tuple[Check, ...]] = {}


def _steps(world: World) -> tuple[Check, ...]:
    """The steps that are taken in ``world``."""
    at = world.platform.options, world.mode.options
    if at not in _steps_of:
        _steps_of[at] = tuple(check for check in CHECKS if check.taken is None or check.taken(world))
    return _steps_of[at]


def refusals(model: Model, *, yarn_maximum_mib: int | None = None) -> Iterator[Refusal]:
    """Everything that is refused, whoever comes first.

    Raises:
        Opaque: at the end, where something needed could not be read.
    """
    hidden: Opaque | None = None
    steps = _steps(model.world)
    if yarn_maximum_mib is not None and _on_yarn(model.world):
        steps = (*steps, _yarn_fits(yarn_maximum_mib))
    for step in steps:
        try:
            step.run(model)
        except Refused as refused:
            yield step.told(refused)
        except Opaque as opaque:
            hidden = hidden or opaque
    for each in (refused_entries, refused_sql):
        try:
            yield from each(model)
        except Opaque as opaque:
            hidden = hidden or opaque
    if hidden:
        raise hidden
