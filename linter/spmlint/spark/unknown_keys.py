"""What a key that Spark does not know may be: a plugin's, or a misspelling of a key it does know.

An unknown key alone says nothing: three of four keys in public configurations belong to plugins, connectors and vendors.
"""

from __future__ import annotations

from spmlint.spark.catalogue import known, targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN_NAMESPACES = (
    "spark.armada.",
    "spark.cassandra.",
    "spark.celeborn.",
    "spark.comet.",
    "spark.databricks.",
    "spark.dataflint.",
    "spark.datasource.",
    "spark.dataproc.",
    "spark.delta.",
    "spark.elasticsearch.",
    "spark.emr-serverless.",
    "spark.emr.",
    "spark.es.",
    "spark.flint.",
    "spark.fs.",
    "spark.gluten.",
    "spark.glue.",
    "spark.hadoop.",
    "spark.hoodie.",
    "spark.hudi.",
    "spark.iceberg.",
    "spark.jobserver.",
    "spark.kyuubi.",
    "spark.lineage.",
    "spark.livy.",
    "spark.memverge.",
    "spark.microsoft.",
    "spark.mongodb.",
    "spark.ms.",
    "spark.neo4j.",
    "spark.openlineage.",
    "spark.plugins.",
    "spark.qubole.",
    "spark.rapids.",
    "spark.redis.",
    "spark.rss.",
    "spark.sedona.",
    "spark.shuffle.remote.",
    "spark.snowflake.",
    "spark.sql.auron.",
    "spark.sql.blaze.",
    "spark.sql.catalog.",
    "spark.sql.delta.",
    "spark.sql.gluten.",
    "spark.sql.hoodie.",
    "spark.sql.iceberg.",
    "spark.sql.kyuubi.",
    "spark.synapse.",
    "spark.trident.",
    "spark.uniffle.",
)
"""Where the keys of plugins, connectors and vendors begin; Spark itself never looks at them."""

WRONG_FORMS = {
    "spark.executor.num": "spark.executor.instances",
    "spark.kubernetes.driver.memoryOverhead": "spark.driver.memoryOverhead",
    "spark.kubernetes.driver.reusePersistentVolume": "spark.kubernetes.driver.reusePersistentVolumeClaim",
    "spark.kubernetes.executor.memoryOverhead": "spark.executor.memoryOverhead",
    "spark.num.executors": "spark.executor.instances",
}
"""Keys that never were in a release, or only in a fork before Spark 2.3, met in public files; and the keys that are meant."""

_squashed: dict[str, str] = {}
_by_frame: dict[tuple[str, ...], list[tuple[int, str, str]]] = {}
"""Known keys by all their parts but one: rank among the targets, the whole key, the part left out."""


def is_plugin_key(key: str) -> bool:
    """Whether ``key`` lies in the namespace of a known plugin, connector or vendor."""
    return key.startswith(PLUGIN_NAMESPACES)


def nearest(key: str) -> str | None:
    """The key that ``key`` is a misspelling of, where there is little doubt; None for a known key or a plugin's.

    Either case and separators apart they are the same, or one word of one part differs by a letter (two in a long word).
    A different word is a different key: ``uris`` is no misspelling of ``jars``, nor ``min`` of ``max``. Some wrong forms
    are known by themselves.
    """
    if key in WRONG_FORMS:
        return WRONG_FORMS[key]
    if not key.startswith("spark.") or known(key) or is_plugin_key(key):
        return None
    if not _squashed:
        _learn()
    same = _squashed.get(_squash(key))
    if same is not None:
        return same
    candidates = [
        (rank, name)
        for frame, part in _frames(key)
        for rank, name, meant in _by_frame.get(frame, ())
        if abs(len(meant) - len(part)) <= 2 and _misspelt(part, meant)
    ]
    return min(candidates)[1] if candidates else None


def _learn() -> None:
    for name in targets():
        _squashed.setdefault(_squash(name), name)
    for rank, name in enumerate(_squashed.values()):
        for frame, part in _frames(name):
            _by_frame.setdefault(frame, []).append((rank, name, part))


def _frames(key: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """For each part of ``key``: all the others with a gap in its place, and the part itself."""
    parts = key.split(".")
    for at, part in enumerate(parts):
        yield (*parts[:at], "", *parts[at + 1 :]), part


def _squash(key: str) -> str:
    return key.lower().replace(".", "").replace("-", "").replace("_", "")


def _words(part: str) -> list[str]:
    """``"memoryOverhead"`` -> ``["memory", "overhead"]``."""
    words = [""]
    for mark in part:
        if mark.isupper():
            words.append("")
        words[-1] += mark.lower()
    return words


def _misspelt(written: str, meant: str) -> bool:
    pairs = list(zip(_words(written), _words(meant), strict=False))
    if len(_words(written)) != len(_words(meant)):
        pairs = [(written.lower(), meant.lower())]
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    shorter = min(len(one), len(other))
    if not (one.isalpha() and other.isalpha()) or shorter < 4:
        return False
    edits = _edits(one, other)
    if edits == 1:
        # Short words with one letter replaced are too often two words: host, post, port.
        return len(one) != len(other) or shorter >= 5 or sorted(one) == sorted(other)
    return edits == 2 and shorter >= 8


def _edits(one: str, other: str) -> int:
    """Letters inserted, removed, replaced or swapped with the next (optimal string alignment); 3 means more than 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
