"""Pod templates that settings of a job name (``spark.kubernetes.driver.podTemplateFile``).

Spark's client reads the file as a Pod whatever it says of its kind (KubernetesUtils.loadPodFromTemplate), so a file that
only a setting tells to be one is read here.
"""

from __future__ import annotations

from spmlint.document.node import Mapping
from spmlint.document.text import Source
from spmlint.document.yaml import iter_yaml
from spmlint.fragment import Loaded
from spmlint.loaders.kubernetes import resource_of
from spmlint.place import View


def load(source: Source, loaded: Loaded) -> None:
    """Add the pod that the file holds first."""
    for document in iter_yaml(source):
        root = document.root
        if isinstance(root, Mapping):
            loaded.resources.append(resource_of(root, "Pod", pod=View(root).at("spec")))
            return
