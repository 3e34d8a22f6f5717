"""Which cluster manager a key is for: the keys that only one of them reads.

Sources: ``deploy.k8s.Config``, ``deploy.yarn.config``, ``SparkSubmit`` (which flag reaches which manager).
"""

from __future__ import annotations

from spmlint.answer import KUBERNETES, YARN
from spmlint.spark.catalogue import deprecation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions

OVERHEAD_FACTOR = "spark.kubernetes.memoryOverheadFactor"

_PREFIXES = {"spark.kubernetes.": KUBERNETES, "spark.yarn.": YARN}


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
