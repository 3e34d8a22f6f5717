"""Jobs of the Volcano scheduler, batch.volcano.sh: tasks with a pod each, whose containers may start Spark."""

from __future__ import annotations

from spmlint.document.node import Node
from spmlint.fragment import Loaded
from spmlint.loaders.kubernetes import load_command
from spmlint.place import View


def load_object(root: Node, loaded: Loaded) -> None:
    """Add the job of each container that starts one."""
    namespace = root.string("metadata", "namespace")
    for task in root.items("spec", "tasks"):
        pod = View(task)
        for field in ("initContainers", "containers"):
            for container in pod.items("template", "spec", field):
                load_command(container, namespace, loaded)
