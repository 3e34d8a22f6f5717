"""Which cluster manager and deploy mode a key is for: the keys that only one of them reads.

Sources: ``deploy.k8s.Config``, ``deploy.yarn.config``, ``SparkSubmit`` (which flag reaches which manager).
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, KUBERNETES, STANDALONE, YARN
from spmlint.spark.catalogue import deprecation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions, World

OVERHEAD_FACTOR = "spark.kubernetes.memoryOverheadFactor"

_PREFIXES = {"spark.kubernetes.": KUBERNETES, "spark.yarn.": YARN}

_DRIVER_SIZES = {
    "spark.driver.cores": (STANDALONE, YARN, KUBERNETES),
    "spark.driver.memoryOverhead": (YARN, KUBERNETES),
    "spark.driver.memoryOverheadFactor": (YARN, KUBERNETES),
    "spark.driver.minMemoryOverhead": (YARN, KUBERNETES),
    "spark.kubernetes.driver.request.cores": (KUBERNETES,),
    "spark.kubernetes.driver.limit.cores": (KUBERNETES,),
}
"""Sizes of a driver that the cluster starts, and the managers on which nothing else tells of them."""

_MASTER_SIZES = (
    "spark.yarn.am.memory",
    "spark.yarn.am.memoryOverhead",
    "spark.yarn.am.cores",
    "spark.yarn.am.extraJavaOptions",
    "spark.yarn.am.extraLibraryPath",
)
"""Sizes of the application master of a client; in cluster mode the driver is the master."""


def only_reader(key: str, spark: Versions) -> str | None:
    """The one manager that reads ``key``, by the prefix of its name; None where others read it too.

    An older name that Spark still reads for a newer one goes where the newer one does:
    `spark.yarn.executor.memoryOverhead` holds on Kubernetes.

    Raises:
        Split: only some of the releases still possible read it as an older name.
    """
    reader = next((manager for prefix, manager in _PREFIXES.items() if key.startswith(prefix)), None)
    if reader is None:
        return None
    old = deprecation(key, spark)
    if old is not None and old.read and old.replacement is not None:
        return only_reader(old.replacement, spark)
    return reader


def only_mode(key: str, manager: str) -> str | None:
    """The one deploy mode in which ``key`` is read on ``manager``; None where it is in both, or its manager is another."""
    if manager in _DRIVER_SIZES.get(key, ()):
        return CLUSTER
    return CLIENT if manager == YARN and key in _MASTER_SIZES else None


def is_never_read(key: str, world: World) -> bool:
    """Whether the manager and mode are known, and nothing reads ``key`` there.

    Raises:
        Split: only some of the releases still possible read it as an older name.
    """
    manager, mode = world.manager.known, world.mode.known
    if manager is None:
        return False
    reader, needed = only_reader(key, world.spark), only_mode(key, manager)
    return reader not in (None, manager) or (mode is not None and needed not in (None, mode))
