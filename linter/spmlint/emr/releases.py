"""EMR releases: which Spark they carry, and since which one a feature exists.

Sources: Spark release history and the pages of application versions in the EMR release guide; the release pages of the EMR
Serverless user guide (emr-6.6.0 and later carry the same Spark there) and of the EMR on EKS guide (emr-6.2.0, 6.3.0);
the announcement of emr-7.14 for its Spark 3.5.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version

_LABEL = re.compile(r"(?:.*/)?(emr(?:-spark)?)-([0-9]+)\.([0-9]+)(?:\.[0-9]+)?(?:-.*)?")

_SPARK: dict[str, tuple[tuple[Version, Version], ...]] = {
    "emr": (
        ((4, 0), (1, 6)),
        ((5, 0), (2, 4)),
        ((6, 0), (3, 0)),
        ((6, 3), (3, 1)),
        ((6, 6), (3, 2)),
        ((6, 8), (3, 3)),
        ((6, 12), (3, 4)),
        ((7, 0), (3, 5)),
    ),
    "emr-spark": (((8, 0), (4, 0)), ((8, 1), (4, 1))),
}
"""Series -> since which release, which Spark."""

_NEWEST: dict[str, dict[int, int]] = {"emr": {4: 9, 5: 36, 6: 15, 7: 14}, "emr-spark": {8: 1}}
"""Series -> major -> the last minor whose Spark was read in a source."""

DISK_TYPE = "shuffle-optimized disks"
SCHEDULER = "job concurrency and queuing"
RESILIENCY = "retry policies"
INTERACTIVE = "interactive workloads"
LIVY_TTL = "ttl of Livy sessions"
LOG4J2 = "custom log4j2 classifications"
PROMETHEUS = "Prometheus monitoring"
SERVERLESS_STORAGE = "serverless storage"
SERVERLESS_STORAGE_1TB = "1 TB of serverless storage"
MERGED_CONFIGURATION = "merging of application and job configuration"
UNBOUNDED_EXECUTORS = "unbounded maxExecutors"

_SINCE: dict[str, dict[str, Version]] = {
    DISK_TYPE: {"emr": (7, 1)},
    SCHEDULER: {"emr": (7, 0)},
    RESILIENCY: {"emr": (7, 1)},
    INTERACTIVE: {"emr": (6, 14)},
    LIVY_TTL: {"emr": (7, 8)},
    LOG4J2: {"emr": (6, 8)},
    PROMETHEUS: {"emr": (7, 1)},
    SERVERLESS_STORAGE: {"emr": (7, 12)},
    SERVERLESS_STORAGE_1TB: {"emr": (7, 14), "emr-spark": (8, 1)},
    MERGED_CONFIGURATION: {"emr-spark": (8, 1)},
    UNBOUNDED_EXECUTORS: {"emr": (6, 10)},
}
"""Feature -> series -> its first release."""


class Release:
    """What a label names: ``series`` is ``"emr"`` or ``"emr-spark"``, ``version`` its major and minor."""

    __slots__ = ("series", "version")

    def __init__(self, series: str, version: Version) -> None:
        self.series = series
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and (self.series, self.version) == (other.series, other.version)

    def __hash__(self) -> int:
        return hash((self.series, self.version))

    def __repr__(self) -> str:
        return f"{self.series}-{self.version[0]}.{self.version[1]}"


def parse_release(label: str) -> Release | None:
    """``emr-7.5.0``, ``emr-7.7.0-java8-latest``, ``notebook-spark/emr-7.13.0-latest``, ``emr-spark-8.0-preview``; else None."""
    match = _LABEL.fullmatch(label.strip())
    return None if match is None else Release(match[1], (int(match[2]), int(match[3])))


def spark_version(label: str) -> Version | None:
    """Major and minor of the Spark a release carries; None where the label or its Spark is not known.

    Patch releases of EMR keep the minor line. All of emr-4 is answered as its last Spark, 1.6, all of emr-5 as 2.4 and
    emr-6.0 to 6.2 as 3.0, though the oldest of each carry an older one still: all outside what spmlint models.
    """
    release = parse_release(label)
    if release is None or release.version[1] > _NEWEST[release.series].get(release.version[0], -1):
        return None
    carried = None
    for since, spark in _SPARK[release.series]:
        if release.version >= since:
            carried = spark
    return carried


def has_feature(label: str, feature: str) -> bool | None:
    """Whether a release has ``feature`` (a constant of this module); None where no source says."""
    release = parse_release(label)
    since = None if release is None else _SINCE[feature].get(release.series)
    return None if release is None or since is None else release.version >= since


def default_max_executors(label: str | None) -> int | None:
    """``spark.dynamicAllocation.maxExecutors`` of EMR Serverless where a job has none: 100 up to emr-6.9, then no bound.

    None is no bound, which also answers a ``label`` that is not known. Source: page jobs-spark.
    """
    return 100 if label is not None and has_feature(label, UNBOUNDED_EXECUTORS) is False else None
