"""The resources of the operators of Spark: whose a resource is, by its group and version, and what reads it."""

from __future__ import annotations

from importlib import import_module

from spmlint.document.node import Node
from spmlint.fragment import Loaded
from spmlint.loaders.kubernetes import resource_of
from spmlint.loaders.manifest_settings import text_at
from spmlint.trouble import API_GROUP_MISSPELLED, API_VERSION_NOT_SERVED, API_VERSION_OLD, Trouble

UNSERVED = "UnservedSparkResource"
"""The kind of an object that no operator takes as it stands: of a misspelled group, or of a version none serves."""

_READERS: dict[tuple[str, str], tuple[str, str | None, tuple[str, ...]]] = {
    ("sparkoperator.k8s.io", "SparkApplication"): ("kubeflow", "v1beta2", ()),
    ("sparkoperator.k8s.io", "ScheduledSparkApplication"): ("kubeflow", "v1beta2", ()),
    ("sparkoperator.k8s.io", "SparkConnect"): ("spark_connect", "v1alpha1", ()),
    ("spark.apache.org", "SparkApplication"): ("apache_operator", "v1", ("v1beta1", "v1alpha1")),
    ("spark.apache.org", "SparkCluster"): ("apache_operator", "v1", ("v1beta1", "v1alpha1")),
    ("spark.stackable.tech", "SparkApplication"): ("stackable", "v1alpha1", ()),
    **{
        ("spark.stackable.tech", kind): ("stackable_servers", None, ())
        for kind in ("SparkApplicationTemplate", "SparkConnectServer", "SparkHistoryServer")
    },
}
"""By group and kind: the module that reads it, the version its operator serves (None: versions that read alike), and those
of the same schema before."""


def load_resource(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of a resource; a Trouble where its group or version is none that an operator has now."""
    written = text_at(root, "apiVersion")
    if written is None or written.holes:
        return
    group, _, version = written.value.partition("/")
    reader = _READERS.get((group, kind))
    if reader is None:
        meant = _group_meant(group, kind)
        if meant is not None:
            message = f"no operator has the group {group}: nothing will run this {kind}"
            hint = f"{meant}/{_READERS[meant, kind][1] or version}"
            loaded.troubles.append(Trouble(API_GROUP_MISSPELLED, written.span(), message, hint))
            loaded.resources.append(resource_of(root, UNSERVED))
        return
    module, served, before = reader
    if version in before:
        message = f"{written.value} is an older version of {group}/{served}"
        loaded.troubles.append(Trouble(API_VERSION_OLD, written.span(), message, f"{group}/{served}"))
    elif served is not None and version != served:
        message = f"the operator does not serve {written.value}: no {kind} of it can be created"
        loaded.troubles.append(Trouble(API_VERSION_NOT_SERVED, written.span(), message, f"{group}/{served}"))
        loaded.resources.append(resource_of(root, UNSERVED))
        return
    import_module(f"spmlint.loaders.{module}").load_object(root, kind, loaded)


def _group_meant(group: str, kind: str) -> str | None:
    """The group that differs by its separators, or by one letter or two; a fork's group is its own."""
    squashed = _squashed(group)
    for known, known_kind in _READERS:
        if known_kind == kind:
            from difflib import SequenceMatcher

            matcher = SequenceMatcher(None, squashed, _squashed(known))
            if matcher.ratio() > 0.93:
                return known
    return None


def _squashed(group: str) -> str:
    return "".join(letter for letter in group.lower() if letter.isalnum())
