"""Variables of Terraform: a module is a folder, and its variables and locals hold in all of its files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.node import Node
    from spmlint.fragment import Loaded


def fill_references(loaded: list[Loaded]) -> None:
    """Let each reference stand for the one value that the files of its folder give it.

    Where two files give one, which of them counts is for the command line to say, and the reference stays a placeholder.
    """
    given: dict[tuple[str, str], list[Node]] = {}
    for one in loaded:
        for name, value in one.variables.items():
            given.setdefault((_folder(one), name), []).append(value)
    for one in loaded:
        for reference in one.references:
            values = given.get((_folder(one), reference.name), [])
            if len(values) == 1:
                reference.target = values[0]


def _folder(one: Loaded) -> str:
    return one.source.path.replace("\\", "/").rpartition("/")[0]
