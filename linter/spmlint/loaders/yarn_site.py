"""yarn-site.xml: what YARN grants, and what its nodes have."""

from __future__ import annotations

from spmlint.document.hadoop_xml import read_hadoop_xml
from spmlint.document.text import Source
from spmlint.fragment import Loaded
from spmlint.place import YARN_CLUSTER, Resource


def load(source: Source, loaded: Loaded) -> None:
    """Add the file as one object whose fields are its properties."""
    loaded.resources.append(Resource(read_hadoop_xml(source), YARN_CLUSTER, name="yarn-site"))
