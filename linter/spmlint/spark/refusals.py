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
from spmlint.spark import entries, heap_checks, kubernetes_pods, start_checks, submission, yarn_containers
from spmlint.spark.catalogue import deprecation
from spmlint.spark.entries import Refused
from spmlint.spark.executors import check_dynamic_allocation, check_initial_executors
from spmlint.spark.formula import Conflict
from spmlint.spark.profile import check_tasks
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spmlint.answer import Versions, World
    from spmlint.spark.formula import Conf

BY_SPARK, BY_JVM, BY_KUBERNETES, BY_EMR = "spark", "jvm", "kubernetes", "emr"
LAUNCH, SUBMIT, START = "launch", "submit", "start"


class Refusal:
    """One refusal: ``by`` whom, in which ``check``, at which ``moment``, over which ``keys`` (the one to change first)."""

    __slots__ = ("by", "check", "keys", "message", "moment")

    def __init__(self, by: str, check: str, moment: str, refused: Refused) -> None:
        self.by = by
        self.check = check
        self.moment = moment
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
        run: Callable[[Conf, World], None],
        taken: Callable[[World], bool] | None = None,
        by: str = BY_SPARK,
    ) -> None:
        self.name = name
        self.moment = moment
        self.run = run
        self.taken = taken
        self.by = by

    def refusal(self, conf: Conf, world: World) -> Refusal | None:
        """What the step refuses; None where it passes, or is not taken."""
        if self.taken is not None and not self.taken(world):
            return None
        try:
            self.run(conf, world)
        except Refused as refused:
            return Refusal(self.by, self.name, self.moment, refused)
        return None


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
    Check("driver_pod", SUBMIT, kubernetes_pods.check_driver_pod, _makes_driver_pod),
    Check("driver_pod", SUBMIT, kubernetes_pods.check_driver_limit, _makes_driver_pod, by=BY_KUBERNETES),
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
    Check("executor_pod", START, kubernetes_pods.check_executor_pod, _on_kubernetes),
    Check("executor_pod", START, kubernetes_pods.check_executor_limit, _on_kubernetes, by=BY_KUBERNETES),
    Check("umm_executor", START, heap_checks.check_executor_heap, _has_executors),
    Check("umm_executor", START, heap_checks.check_executor_jvm, _has_executors, by=BY_JVM),
)
"""Every check that stops at its first refusal, in the order in which the steps are taken."""

_BY_NAME = {(check.name, check.by): check for check in CHECKS}


def refusal(name: str, conf: Conf, world: World, by: str = BY_SPARK) -> Refusal | None:
    """What one of `CHECKS` refuses; None where it passes, or ``world`` has no such step.

    Raises:
        KeyError: there is no such check.
    """
    return _BY_NAME[name, by].refusal(conf, world)


def yarn_fits(conf: Conf, world: World, maximum_mib: int) -> Refusal | None:
    """Whether YARN refuses containers above ``maximum_mib``; None where they fit, or its client refused before."""
    return _yarn_fits(maximum_mib).refusal(conf, world)


def _yarn_fits(maximum_mib: int) -> Check:
    def run(conf: Conf, world: World) -> None:
        yarn_containers.check_maximum(conf, world, maximum_mib)

    return Check("yarn_fits", SUBMIT, run, _on_yarn)


def refused_entries(conf: Conf, world: World) -> Iterator[Refusal]:
    """Each written value that its entry refuses.

    Raises:
        Opaque: at the end, where a value could not be read.
    """
    return _each("entries", conf, world, conf.keys(), _read_entry)


def refused_sql(conf: Conf, world: World) -> Iterator[Refusal]:
    """Each written ``spark.sql.`` value that a session refuses to set.

    Raises:
        Opaque: at the end, where a value could not be read.
    """
    return _each("sql", conf, world, conf.keys_with("spark.sql."), _set_in_session)


def _each(
    name: str, conf: Conf, world: World, keys: Iterable[str], look: Callable[[Conf, str, Versions], None]
) -> Iterator[Refusal]:
    hidden: Opaque | None = None
    for key in keys:
        try:
            look(conf, key, world.spark)
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


def _set_in_session(conf: Conf, key: str, spark: Versions) -> None:
    text = conf.get(key) or ""
    removed = deprecation(key, spark)
    if removed is not None and removed.default is not None and removed.default != text:
        raise Refused(
            key, f"it was removed in {removed.since}, and only its old default '{removed.default}' may be set"
        )
    entries.check(key, text, spark)


def refusals(conf: Conf, world: World, *, yarn_maximum_mib: int | None = None) -> Iterator[Refusal]:
    """Everything that is refused, whoever comes first.

    Raises:
        Opaque: at the end, where something needed could not be read.
    """
    hidden: Opaque | None = None
    steps = CHECKS if yarn_maximum_mib is None else (*CHECKS, _yarn_fits(yarn_maximum_mib))
    for check in steps:
        try:
            found = check.refusal(conf, world)
        except Opaque as opaque:
            hidden = hidden or opaque
            continue
        if found is not None:
            yield found
    for each in (refused_entries, refused_sql):
        try:
            yield from each(conf, world)
        except Opaque as opaque:
            hidden = hidden or opaque
    if hidden:
        raise hidden
