"""Argo Workflows: the manifests that their templates create, and the commands that their containers run."""

from __future__ import annotations

from spmlint.document.node import Node
from spmlint.document.text import Text
from spmlint.fragment import Loaded
from spmlint.loaders.embedded_file import load_manifest
from spmlint.loaders.kubernetes import load_command
from spmlint.place import View

_TEMPLATES = {
    "Workflow": ("spec", "templates"),
    "WorkflowTemplate": ("spec", "templates"),
    "ClusterWorkflowTemplate": ("spec", "templates"),
    "CronWorkflow": ("spec", "workflowSpec", "templates"),
}
"""Where each kind holds its templates."""

_CONTAINER_LISTS = (("initContainers",), ("sidecars",), ("containerSet", "containers"))


def load_workflow(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of each template that holds one."""
    namespace = root.string("metadata", "namespace")
    for template in root.items(*_TEMPLATES.get(kind, ("none",))):
        manifest = template.scalar("resource", "manifest")
        if manifest is not None and "park" in manifest.value:
            load_manifest(manifest.text, loaded)
        view = View(template)
        containers = [container for path in _CONTAINER_LISTS for container in view.items(*path)]
        single = view.at("container")
        for container in [*containers, single] if single else containers:
            load_command(container, namespace, loaded)
        source = template.scalar("script", "source")
        if source is not None and "spark" in source.value:
            _load_script(template, source.text, namespace, loaded)


def _load_script(template: Node, text: Text, namespace: str | None, loaded: Loaded) -> None:
    from spmlint.loaders.shell_script import load_script
    from spmlint.loaders.spark_submit import Carrier

    command = [word.value for item in View(template).items("script", "command") if (word := item.value())]
    if any(word.endswith("sh") for word in command):
        load_script(text, Carrier(loaded, namespace=namespace))
