"""Calls of the AWS command line: its options put together to the request they send, and read as that.

An option is the request's field in kebab case, and a structure is JSON (aws-cli user guide, "Specify parameter values").
Shorthand (``cpu=4vCPU,memory=16GB``) is left alone, and so is ``file://`` of a file that the script does not write itself.
"""

from __future__ import annotations

from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem, TextScalar
from spmlint.document.text import Text
from spmlint.loaders.spark_submit import Carrier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVICES = {
    ("emr-serverless", "start-job-run"): "emr_serverless",
    ("emr-serverless", "create-application"): "emr_serverless",
    ("emr-serverless", "update-application"): "emr_serverless",
    ("emr-containers", "start-job-run"): "emr_containers",
}
"""The calls that are understood, and the loader of their requests."""

_WHOLE_REQUEST = "cli-input-json"
_FILE = "file://"


def load_call(words: Sequence[Text], carrier: Carrier) -> None:
    """Add what a call of ``aws`` asks for; nothing for one that is not ours."""
    plain = [index for index, word in enumerate(words) if index and not word.value.startswith("-")]
    calls = [(index, (words[index].value, words[index + 1].value)) for index in plain if index + 1 < len(words)]
    found = next(((index, _SERVICES[call]) for index, call in calls if call in _SERVICES), None)
    if found is None:
        return
    index, module = found
    request = _request(words[index + 1 :], carrier)
    if request is not None:
        from importlib import import_module

        import_module(f"spmlint.loaders.{module}").load_object(request, carrier.loaded)


def _request(words: Sequence[Text], carrier: Carrier) -> Node | None:
    """The request that options make; None where one of its structures cannot be read."""
    span = words[0].span()
    request = Mapping(span.source, span.start, span.end)
    for at, word in enumerate(words):
        if not word.value.startswith("--"):
            continue
        name, equals, _ = word.value.partition("=")
        if equals:
            value = word.slice(len(name) + 1, len(word.value))
        elif at + 1 < len(words) and not words[at + 1].value.startswith("--"):
            value = words[at + 1]
        else:
            continue
        node = _node(value, carrier)
        if node is None:
            return None
        if name[2:] == _WHOLE_REQUEST and isinstance(node, Mapping):
            request.own[:0] = node.own
        else:
            request.own.append((TextScalar(word.slice(0, len(name)), _camel_case(name[2:])), node))
    return request


def _node(value: Text, carrier: Carrier) -> Node | None:
    if value.value.startswith(_FILE):
        # A file that the script itself has written a line above is as good as what stands in its place.
        value = carrier.written.get(value.value.removeprefix(_FILE), value)
    if not value.value.lstrip().startswith(("{", "[")):
        return TextScalar(value)
    try:
        return read_json(value)
    except Problem as problem:
        # The shell may have made something else of it than could be seen.
        carrier.loaded.unread.append((value.span(), f"not read as JSON: {problem.message}"))
        return None


def _camel_case(option: str) -> str:
    first, *others = option.split("-")
    return first + "".join(other.capitalize() for other in others)
