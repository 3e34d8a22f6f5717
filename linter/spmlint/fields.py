"""The fields of the resources and requests that spmlint reads, with the types their servers take.

The facts stand in ``fields.tsv``, one line for an object: kind, path (``[]`` for an item of a list), and its fields as
``name:type``. A type is ``s`` string, ``i`` integer, ``n`` number, ``b`` boolean, ``m`` map of strings, ``o`` object, ``l``
list of objects and ``k`` map of objects under keys of one's own (``*`` in a path) with lines of their own, ``x`` not looked
into. An object's line holds every field that any release has had:

* kubeflow: the CRDs of 114 tags, spark-operator-1.0.0 to v2.5.2; ``templateContainerName`` is Google's fork's
* EMR: StartJobRunRequest and JobRun of botocore 1.44 (emr-serverless/2021-07-13, emr-containers/2020-10-01), and
  CreateApplicationRequest
* Livy: CreateBatchRequest and CreateInteractiveRequest
"""

from __future__ import annotations

from os.path import dirname, join

STRING, INTEGER, MAP, OBJECT, LIST, KEYED = "s", "i", "m", "o", "l", "k"

_objects: dict[str, dict[str, dict[str, str]]] = {}


def fields_of(kind: str) -> dict[str, dict[str, str]]:
    """The objects of a kind by their path: field -> type. Empty for a kind whose fields are not known."""
    if not _objects:
        with open(join(dirname(__file__), "fields.tsv"), encoding="utf-8") as file:
            for line in file:
                name, path, fields = line.rstrip("\n").split("\t")
                _objects.setdefault(name, {})[path] = dict(field.split(":") for field in fields.split(" "))
    return _objects.get(kind, {})


def nearest_field(name: str, known: dict[str, str]) -> str | None:
    """The field of ``known`` that ``name`` is a misspelling of; None where there is doubt."""
    from difflib import get_close_matches

    folded = {field.lower(): field for field in known}
    near = get_close_matches(name.lower(), folded, n=1, cutoff=0.85)
    return folded[near[0]] if near else None
