"""Local directories of the Kubeflow Spark operator: volumes named ``spark-local-dir-*``.

The operator hands those that driver or executor mount to Spark as ``spark.kubernetes.ROLE.volumes.*``
(driverVolumeMountsOption, executorVolumeMountsOption in submission.go); all other volumes are added to the pods behind
Spark's back. Of a claim it hands on the name alone, and the medium of an emptyDir only from 2.5.1 on.
"""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.document.node import Node, Scalar
from spmlint.loaders.manifest_settings import add_fields, open_where_templated, setting_of
from spmlint.places.operators import KUBEFLOW
from spmlint.spark.kubernetes_volumes import LOCAL_DIRECTORY

_MOUNT = {"mountPath": "mount.path", "subPath": "mount.subPath"}
_OPTIONS = {
    "emptyDir": {"sizeLimit": "options.sizeLimit"},
    "hostPath": {"path": "options.path", "type": "options.type"},
    "nfs": {"path": "options.path", "server": "options.server"},
    "persistentVolumeClaim": {"claimName": "options.claimName"},
}
"""The types of volume that are handed on, in the order they are looked for, and what of each."""

_READ_ONLY = {"nfs": "options.readOnly", "persistentVolumeClaim": "options.readOnly"}
_MEDIUM_SINCE = (KUBEFLOW, (2, 5, 1))


def local_directories(spec: Node, prefix: str, role: str) -> list[Layer]:
    """The settings of a role's local directories, and a layer of what only later releases of the operator hand on."""
    title = f"{prefix}.{role}.volumeMounts"
    layer, medium = Layer(title), Layer(title, since=_MEDIUM_SINCE)
    mounts, volumes = spec.get(role, "volumeMounts"), spec.get("volumes")
    if mounts is not None:
        open_where_templated(layer, mounts)
        if volumes is not None:
            open_where_templated(layer, volumes)
    mounted = [
        (index, mount, name)
        for index, mount in enumerate(spec.items(role, "volumeMounts"))
        if (name := mount.string("name") or "").startswith(LOCAL_DIRECTORY)
    ]
    if not mounted:
        return [layer]
    by_name = {volume.string("name"): (index, volume) for index, volume in enumerate(spec.items("volumes"))}
    for index, mount, name in mounted:
        if name not in by_name:
            continue
        at, volume = by_name[name]
        kind = next((kind for kind in _OPTIONS if volume.get(kind) is not None), None)
        if kind is None:
            continue
        start = f"spark.kubernetes.{role}.volumes.{kind}.{name}."
        _add(layer, mount, _MOUNT, start, f"{title}[{index}]")
        _add_read_only(layer, mount, f"{start}mount.readOnly", f"{title}[{index}]")
        source, place = volume.get(kind), f"{prefix}.volumes[{at}].{kind}"
        assert source is not None
        _add(layer, source, _OPTIONS[kind], start, place)
        if kind in _READ_ONLY:
            _add_read_only(layer, source, start + _READ_ONLY[kind], place)
        if kind == "emptyDir" and source.string("medium"):
            _add(medium, source, {"medium": "options.medium"}, start, place)
    return [layer, medium] if medium.settings else [layer]


def _add(layer: Layer, node: Node, fields: dict[str, str], start: str, title: str) -> None:
    add_fields(layer, node, {field: start + key for field, key in fields.items()}, title)


def _add_read_only(layer: Layer, node: Node, key: str, title: str) -> None:
    """The operator says it only where it is true."""
    for name, value in node.pairs():
        if name.value == "readOnly" and isinstance(value, Scalar) and not value.is_false and not value.is_null:
            layer.add(setting_of(key, name, value, f"{title}.readOnly"))
