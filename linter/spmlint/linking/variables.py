"""Variables of Terraform: a module is a folder, and its variables and locals hold in all of its files."""

from __future__ import annotations

from spmlint.document.node import Alias

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.node import Node
    from spmlint.fragment import Loaded

    Values = dict[tuple[str, str], list[Node]]


def fill_references(loaded: list[Loaded]) -> None:
    """Let each reference stand for the one value that the files of its folder give it.

    Where two files give one, which of them counts is for the command line to say, and the reference stays a placeholder. So
    it does where there is a default alone: whoever applies the module may give another.
    """
    given: Values = {}
    for one in loaded:
        for name, value in one.variables.items():
            given.setdefault((_folder(one), name), []).append(value)
    for one in loaded:
        for reference in one.references:
            found: Node | None = reference
            seen = set()
            while isinstance(found, Alias) and found.name not in seen:
                seen.add(found.name)
                key = (_folder(one), found.name)
                values_of_it = given.get(key, [])
                found = values_of_it[0] if len(values_of_it) == 1 else None
            if found is not None and not isinstance(found, Alias):
                reference.target = found


def _folder(one: Loaded) -> str:
    return one.source.path.replace("\\", "/").rpartition("/")[0]
