"""How tests of operators look at what a loader gave."""

from __future__ import annotations

from pathlib import Path

from spmlint.fragment import Fragment, Loaded
from spmlint.job import Job
from spmlint.linking.link import link
from spmlint.loaders import load

FIXTURES = Path(__file__).parent.parent / "fixtures" / "operators"


def read(text: str, name: str = "job.yaml") -> Loaded:
    """What a file of that name and content gives."""
    loaded = load(name, text.encode())
    assert loaded is not None
    return loaded


def fixture(name: str) -> Loaded:
    """What one of the fixtures gives."""
    return read((FIXTURES / name).read_text(), name)


def jobs(*loaded: Loaded, facts: Loaded | None = None) -> list[Job]:
    """The jobs of a run on these files."""
    for one in loaded:
        one.facts = facts.resources if facts else []
    return link(list(loaded)).jobs


def written(fragment: Fragment) -> dict[str, str]:
    """What each key is set to by somebody, the last writer's value, with the words of the file behind an arrow."""
    found = {}
    for layer in fragment.layers:
        for setting in layer.settings:
            if not layer.injected:
                span = setting.span().text
                value = setting.value.value
                found[setting.key] = value if span == value else f"{value} <- {span}"
    return found


def given(fragment: Fragment) -> dict[str, str]:
    """What the operator sets by itself, whatever its release."""
    layers = [layer for layer in fragment.layers if layer.injected and layer.since is None]
    return {setting.key: setting.value.value for layer in layers for setting in layer.settings}
