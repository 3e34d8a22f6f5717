"""The volumes Spark mounts into its pods (``spark.kubernetes.ROLE.volumes.TYPE.NAME.*``) and its local directories.

Sources: ``KubernetesVolumeUtils``, ``MountVolumesFeatureStep``, ``LocalDirsFeatureStep``.
"""

from __future__ import annotations

from spmlint.answer import V4_0
from spmlint.spark import quantities
from spmlint.spark.formula import Conflict
from spmlint.spark.numbers import LONG_MAX, magnitude
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Versions
    from spmlint.spark.formula import Conf

LOCAL_DIRECTORY = "spark-local-dir-"
"""Volumes whose names begin so hold shuffle and spill data."""

REQUIRED_OPTIONS = {
    "hostPath": ("path",),
    "persistentVolumeClaim": ("claimName",),
    "emptyDir": (),
    "nfs": ("path", "server"),
}
"""The types of volume Spark knows, and the options each needs."""


class Volume:
    """One declared volume: ``options`` are the written ``options.*``, ``prefix`` begins all of its keys.

    ``first_key`` is the one that declares it.
    """

    __slots__ = ("first_key", "kind", "mount_path", "name", "options", "prefix")

    def __init__(self, prefix: str, kind: str, name: str, conf: Conf, keys: list[str]) -> None:
        self.prefix = prefix
        self.first_key = keys[0]
        self.kind = kind
        self.name = name
        self.mount_path = conf.get(f"{prefix}mount.path")
        at = len(prefix) + len("options.")
        self.options = {key[at:]: conf.get(key) or "" for key in keys if key.startswith(f"{prefix}options.")}

    @property
    def size_key(self) -> str:
        """The key of its size."""
        return f"{self.prefix}options.sizeLimit"

    def sized(self) -> str | None:
        """Its size as written, where its type has one."""
        return self.options.get("sizeLimit") if self.kind in ("emptyDir", "persistentVolumeClaim") else None


def volumes(conf: Conf, role: str) -> list[Volume]:
    """The volumes written for a role's pods, right or wrong, in the order they are first named."""
    family = f"spark.kubernetes.{role}.volumes."
    keys_of: dict[tuple[str, str], list[str]] = {}
    for key in conf.keys_with(family):
        kind, dot, rest = key[len(family) :].partition(".")
        if dot and rest.strip("."):
            keys_of.setdefault((kind, rest.partition(".")[0]), []).append(key)
    return [Volume(f"{family}{kind}.{name}.", kind, name, conf, keys) for (kind, name), keys in keys_of.items()]


def read_volumes(conf: Conf, spark: Versions, role: str) -> list[Volume]:
    """The volumes of a role's pods (``KubernetesVolumeUtils.parseVolumesWithPrefix``).

    Raises:
        Refused: one is not what Spark takes for a volume.
    """
    found = volumes(conf, role)
    for volume in found:
        if volume.mount_path is None:
            raise Conflict("the volume is mounted nowhere", f"{volume.prefix}mount.path", volume.first_key)
        _check_read_only(conf, f"{volume.prefix}mount.readOnly")
        exclusive = f"{volume.prefix}mount.subPath", f"{volume.prefix}mount.subPathExpr"
        if all(conf.get(key) is not None for key in exclusive) and spark >= V4_0:
            raise Conflict("only one of subPath and subPathExpr can hold", *exclusive)
        if volume.kind not in REQUIRED_OPTIONS:
            raise Conflict(f"'{volume.kind}' is no type of volume Spark knows", volume.first_key)
        for option in REQUIRED_OPTIONS[volume.kind]:
            if option not in volume.options:
                missing = f"{volume.prefix}options.{option}"
                raise Conflict(f"a volume of type {volume.kind} needs {missing}", missing, volume.first_key)
        size = volume.sized()
        if size is not None and (size == "" or size.isdecimal()) and _bytes(size) < 1024 and spark >= V4_0:
            raise Conflict(f"'{size}' bytes are less than 1 KiB: the unit is missing", volume.size_key)
    return found


def mount_volumes(conf: Conf, spark: Versions, role: str) -> None:
    """Mounts the volumes of a role's pods (``MountVolumesFeatureStep``).

    Raises:
        Refused: Spark cannot.
    """
    mounted: dict[str | None, str] = {}
    for volume in read_volumes(conf, spark, role):
        key = f"{volume.prefix}mount.path"
        if volume.mount_path in mounted:
            raise Conflict(f"two volumes are mounted at {volume.mount_path}", key, mounted[volume.mount_path])
        mounted[volume.mount_path] = key
        size = volume.sized()
        # A claim is only made where its class is named too.
        if size is not None and (volume.kind == "emptyDir" or "storageClass" in volume.options):
            try:
                quantities.check(size, spark)
            except ValueError as refusal:
                raise Conflict(str(refusal), volume.size_key) from refusal


def _bytes(digits: str) -> int:
    return magnitude(digits, LONG_MAX) if digits else 0


def _check_read_only(conf: Conf, key: str) -> None:
    text = conf.get(key)
    if text is not None and text.lower() not in ("true", "false"):
        raise Conflict(f"'{text}' is neither true nor false", key)


def local_directories_in_memory(conf: Conf, spark: Versions, role: str) -> bool:
    """Whether shuffle and spill files of a role's pods lie in memory, where they count against the container's limit.

    A declared local directory decides by its own ``options.medium``; `spark.kubernetes.local.dirs.tmpfs` only where
    none is declared.

    Raises:
        Refused: `spark.kubernetes.local.dirs.tmpfs` is neither true nor false.
    """
    tmpfs = bool(read(conf, "spark.kubernetes.local.dirs.tmpfs", spark))
    declared = [volume for volume in volumes(conf, role) if volume.name.startswith(LOCAL_DIRECTORY)]
    if not declared:
        return tmpfs
    return any(volume.kind == "emptyDir" and volume.options.get("medium") == "Memory" for volume in declared)
