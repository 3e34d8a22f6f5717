"""Files that other files name: a properties file, a pod template, the bases and patches of a kustomization.

A name is looked for from the folder of the file that says it, from the current folder, and from the project's. What a
machine or a container would make of a name (an absolute path, a URL, a placeholder) names no file of the project.
"""

from __future__ import annotations

import posixpath

from spmlint.answer import Opaque, World
from spmlint.conf import SUBMIT, Conf, Layer
from spmlint.fragment import PROPERTIES_FILE
from spmlint.job import ROLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spmlint.conf import Setting
    from spmlint.document.text import Text
    from spmlint.fragment import Fragment, Loaded
    from spmlint.place import Resource

POD_TEMPLATE_KEY = "spark.kubernetes.{role}.podTemplateFile"


def paths_of(one: Loaded, name: str) -> list[str]:
    """Where a file that ``one`` calls ``name`` may lie, the likeliest place first; paths as those of the run are."""
    folders = (posixpath.dirname(one.source.path), "", one.root)
    return list(dict.fromkeys(posixpath.normpath(posixpath.join(folder, name)) for folder in folders))


def names_files(one: Loaded) -> bool:
    """Whether a file may name another; says no for nearly all without looking further."""
    return bool(
        one.kustomizations
        or one.references
        or any(PROPERTIES_FILE in fragment.refers for fragment in one.fragments)
        or "podTemplateFile" in one.source.text
    )


def files_named(one: Loaded) -> Iterator[tuple[str | None, list[str]]]:
    """For each file that ``one`` names: the loader that reads it (None: as it is recognised) and where it may lie."""
    for fragment in one.fragments:
        named = fragment.refers.get(PROPERTIES_FILE)
        if named is not None and _is_relative(named):
            yield "spark_defaults", paths_of(one, named.value)
        for role in ROLES:
            setting = pod_template_named(fragment.layers, role)
            if setting is not None and _is_relative(setting.value):
                yield "pod_template", paths_of(one, setting.value.value)
    for kustomization in one.kustomizations:
        for path in kustomization.bases:
            yield None, [path, *(posixpath.join(path, name) for name in KUSTOMIZATIONS)]
        for patch in kustomization.patches:
            if patch.path:
                yield None, [patch.path]
                yield "json_patch", [patch.path]


class Files:
    """The properties files and pod templates of one run, by path."""

    __slots__ = ("_layers", "_properties", "_templates")

    def __init__(self, loaded: list[Loaded]) -> None:
        self._properties = {
            one.source.path: one.source
            for one in loaded
            if one.module == "spark_defaults" and (one.source.text or not one.troubles)
        }
        self._layers: dict[str, Layer] = {}
        self._templates: dict[str, Resource] = {}
        for one in loaded:
            pod = next((resource for resource in one.resources if resource.kind == "Pod"), None)
            if pod is not None and one.module in ("kubernetes", "pod_template"):
                self._templates[one.source.path] = pod

    def properties(self, fragment: Fragment, one: Loaded) -> tuple[list[Layer], World]:
        """The settings of the properties file that a command names, and what they say of where it runs.

        A file that is not given may set anything.
        """
        from spmlint.loaders.spark_defaults import properties_layer, world_of

        named = fragment.refers[PROPERTIES_FILE]
        paths = [] if named.holes else paths_of(one, named.value)
        path = next((path for path in paths if path in self._properties), None)
        if path is not None:
            if path not in self._layers:
                self._layers[path] = properties_layer(self._properties[path].whole(), posixpath.basename(path))
            return [self._layers[path]], world_of(self._layers[path])
        unseen = Layer(PROPERTIES_FILE)
        unseen.open(f"{PROPERTIES_FILE} {named.value} is not among the files given", named)
        return [unseen], World()

    def pod_templates(self, layers: Sequence[Layer], one: Loaded) -> dict[str, Resource]:
        """The pod of each role whose template the settings name, where that file is given."""
        found = {}
        for role in ROLES:
            setting = pod_template_named(layers, role)
            for path in paths_of(one, setting.value.value) if setting else ():
                if path in self._templates:
                    found[role] = self._templates[path]
                    found[role].has_jobs = True
                    break
        return found


KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
"""What the file of a folder that is a base is called."""


def pod_template_named(layers: Sequence[Layer], role: str) -> Setting | None:
    """The setting that names the pod template of a role; None where nobody wrote one, or another may hide above it."""
    key = POD_TEMPLATE_KEY.format(role=role)
    if not any(setting.key == key for layer in layers for setting in layer.settings):
        return None
    try:
        setting = Conf(layers, SUBMIT).setting(key)
    except Opaque:
        return None
    return None if setting is None or setting.is_injected or setting.value.holes else setting


def _is_relative(name: Text) -> bool:
    value = name.value
    return bool(value) and not name.holes and not value.startswith(("/", "\\", "~")) and ":" not in value
