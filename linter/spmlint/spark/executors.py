"""How many executors a job begins with, keeps and may have.

Sources: ``ExecutorAllocationManager.validateSettings``, ``Utils.isDynamicAllocationEnabled``,
``Utils.getDynamicAllocationInitialExecutors``, ``SchedulerBackendUtils.getInitialTargetExecutorNumber``.
"""

from __future__ import annotations

from spmlint.answer import EMR_ON_EC2, EMR_SERVERLESS, KUBERNETES, LOCAL, V3_4, V3_5, V4_0, YARN
from spmlint.spark.emr_serverless_workers import DEFAULT_INSTANCES
from spmlint.spark.formula import Conflict, check_written, silent
from spmlint.spark.numbers import INT_MAX
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import World
    from spmlint.spark.formula import Conf, Note
    from spmlint.spark.model import Model

ENABLED = "spark.dynamicAllocation.enabled"
MINIMUM = "spark.dynamicAllocation.minExecutors"
MAXIMUM = "spark.dynamicAllocation.maxExecutors"
INITIAL = "spark.dynamicAllocation.initialExecutors"
INSTANCES = "spark.executor.instances"
BACKLOG = "spark.dynamicAllocation.schedulerBacklogTimeout"
SUSTAINED_BACKLOG = "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout"
RATIO = "spark.dynamicAllocation.executorAllocationRatio"
SHUFFLE_TRACKING = "spark.dynamicAllocation.shuffleTracking.enabled"
MOVED_BLOCKS = "spark.storage.decommission.shuffleBlocks.enabled"

DEFAULT_EXECUTORS = 2
"""Without dynamic allocation and without `spark.executor.instances`, on YARN and Kubernetes."""


class Executors:
    """``initial`` executors at first; with ``dynamic`` allocation between ``minimum`` and ``maximum``.

    ``initial`` is None where it follows from the cores of the cluster (standalone). ``maximum`` is None where there is
    none. Without dynamic allocation nothing is kept or bounded: ``minimum`` is 0 and ``maximum`` None.
    """

    __slots__ = ("dynamic", "initial", "maximum", "minimum")

    def __init__(self, initial: int | None, minimum: int, maximum: int | None, dynamic: bool) -> None:
        self.initial = initial
        self.minimum = minimum
        self.maximum = maximum
        self.dynamic = dynamic


def is_dynamic(conf: Conf, world: World) -> bool:
    """Whether executors come and go. Never in local mode; by default on EMR Serverless and EMR on EC2.

    Raises:
        Refused: `spark.dynamicAllocation.enabled` is neither true nor false.
    """
    if conf.get(ENABLED) is None:
        return bool(world.manager == EMR_SERVERLESS or world.platform.known == EMR_ON_EC2)
    return bool(read(conf, ENABLED, world.spark)) and world.manager != LOCAL


def executors(conf: Conf, world: World, note: Note = silent) -> Executors:
    """The number of executors.

    Raises:
        Refused: a number is none.
    """
    if is_dynamic(conf, world):
        initial = initial_executors(conf, world, note)
        maximum = read(conf, MAXIMUM, world.spark)
        return Executors(
            initial, read(conf, MINIMUM, world.spark), None if maximum == INT_MAX else maximum, dynamic=True
        )
    return Executors(_fixed(conf, world, note), 0, None, dynamic=False)


def _fixed(conf: Conf, world: World, note: Note) -> int | None:
    if not world.manager.among(KUBERNETES, YARN, EMR_SERVERLESS):
        return 0 if world.manager == LOCAL else None
    written = read(conf, INSTANCES, world.spark)
    if written is not None:
        note("executors", written, INSTANCES)
        return int(written)
    count = DEFAULT_INSTANCES if world.manager == EMR_SERVERLESS else DEFAULT_EXECUTORS
    note("executors", count, "the default")
    return count


def initial_executors(conf: Conf, world: World, note: Note = silent) -> int:
    """The executors dynamic allocation begins with: the most of minimum, initial and `spark.executor.instances`.

    Raises:
        Refused: a number is none.
    """
    spark = world.spark
    initial = read(conf, INITIAL, spark)
    if conf.get(INITIAL) is None and world.manager == EMR_SERVERLESS:
        initial = DEFAULT_INSTANCES
    minimum = read(conf, MINIMUM, spark)
    instances = read(conf, INSTANCES, spark)
    count = max(minimum, initial, instances or 0)
    by = MINIMUM if count == minimum else INITIAL if count == initial else INSTANCES
    note("executors at first", count, f"the most of minimum, initial and instances: {by}")
    return int(count)


def check_dynamic_allocation(model: Model) -> None:
    """Starts dynamic allocation, if it is on.

    Raises:
        Refused: Spark cannot.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    if not is_dynamic(conf, world):
        return
    initial_executors(conf, world)
    model.make_profile()
    minimum = read(conf, MINIMUM, spark)
    maximum = read(conf, MAXIMUM, spark)
    backlog = read(conf, BACKLOG, spark)
    sustained = read(conf, SUSTAINED_BACKLOG, spark)
    ratio = read(conf, RATIO, spark)
    if minimum < 0 or maximum < 0:
        raise Conflict("the numbers of executors cannot be negative", MINIMUM if minimum < 0 else MAXIMUM)
    if maximum == 0:
        raise Conflict("with at most 0 executors there are none", MAXIMUM)
    if minimum > maximum:
        raise Conflict(f"at least {minimum} executors and at most {maximum}", MINIMUM, MAXIMUM)
    if backlog <= 0:
        raise Conflict("in whole seconds the timeout has to be above 0", BACKLOG)
    if sustained <= 0:
        raise Conflict("in whole seconds the timeout has to be above 0", SUSTAINED_BACKLOG)
    _check_shuffle_data(conf, world)
    if ratio <= 0 or ratio > 1:
        raise Conflict(f"the ratio is above 0 and at most 1, not {ratio:g}", RATIO)
    model.task_slots()
    for key in (
        "spark.dynamicAllocation.executorIdleTimeout",
        "spark.dynamicAllocation.cachedExecutorIdleTimeout",
        "spark.dynamicAllocation.shuffleTracking.timeout",
    ):
        read(conf, key, spark)


def _check_shuffle_data(conf: Conf, world: World) -> None:
    """An executor may only go if its shuffle files stay readable."""
    spark = world.spark
    if world.manager == EMR_SERVERLESS or world.platform.known == EMR_ON_EC2:
        return  # the platform sets up shuffle tracking or the shuffle service itself
    decommission = bool(read(conf, "spark.decommission.enabled", spark))
    # Since 4.0 they are read whether they matter or not.
    check_written(
        conf, spark, {SHUFFLE_TRACKING: V4_0, MOVED_BLOCKS: V4_0} if decommission else {SHUFFLE_TRACKING: V4_0}
    )
    if read(conf, "spark.shuffle.service.enabled", spark) or read(conf, SHUFFLE_TRACKING, spark):
        return
    if decommission and read(conf, MOVED_BLOCKS, spark):
        return
    plugin = conf.get("spark.shuffle.sort.io.plugin.class")
    if plugin is not None and not plugin.startswith("org.apache.spark.") and spark >= V3_5:
        return  # whether its storage is reliable is not for a configuration to tell
    raise Conflict(
        "executors cannot go unless something keeps their shuffle files: shuffle tracking"
        + (" (on by default only since 3.4)" if conf.get(SHUFFLE_TRACKING) is None and not spark >= V3_4 else "")
        + ", decommissioning with shuffle blocks, or the external shuffle service",
        ENABLED,
        SHUFFLE_TRACKING,
    )


def check_initial_executors(model: Model) -> None:
    """The scheduler backends of YARN and Kubernetes (and EMR Serverless) check once more, on their own.

    Raises:
        Refused: dynamic allocation would begin with more executors than it may have.
    """
    conf, world = model.conf, model.world
    if not is_dynamic(conf, world) or not world.manager.among(YARN, KUBERNETES, EMR_SERVERLESS):
        return
    initial = initial_executors(conf, world)
    minimum = read(conf, MINIMUM, world.spark)
    maximum = read(conf, MAXIMUM, world.spark)
    if not minimum <= initial <= maximum:
        written = MINIMUM if initial == minimum else INSTANCES if conf.get(INSTANCES) is not None else INITIAL
        raise Conflict(f"{initial} executors at first, but at most {maximum}", MAXIMUM, written)
