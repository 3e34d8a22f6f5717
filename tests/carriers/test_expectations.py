"""Files of the shapes people keep, each with all that has to be found in it: jobs, layers, settings, places, holes.

``<file>.expect`` stands beside a file: a line a job with what is certain of it, below it its layers and their settings, each
``key = value`` with the range of the value; ``~`` marks a value with a placeholder, ``?`` what may set more. What the file
gives besides follows: objects, parts that are not read, what is wrong with it.
"""

from __future__ import annotations

import pytest

from spmlint.document.text import Span, Text
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders import load

from harness import FIXTURES

ROOT = FIXTURES / "carriers"
CASES = sorted(path.with_suffix("") for path in ROOT.glob("*/*.expect"))


def described(loaded: Loaded | None) -> list[str]:
    """All that a file gives, in the form of the ``.expect`` files."""
    if loaded is None:
        return ["not ours"]
    found = [line for fragment in loaded.fragments for line in _job(fragment)]
    for resource in loaded.resources:
        found.append(" ".join(filter(None, ("object", resource.kind, resource.name, resource.role))))
    found += [f"unread {_place(span)} {reason}" for span, reason in loaded.unread]
    found += [f"trouble {_place(trouble.span)} {trouble.message}" for trouble in loaded.troubles]
    return found or ["nothing"]


def _job(fragment: Fragment) -> list[str]:
    world = fragment.world
    known = [world.platform.known, world.mode.known, world.language.known]
    version = world.spark.known
    said = [f"Spark {version[0]}.{version[1]}"] if version else []
    said += [name for name in known if name]
    state = "job" if fragment.complete else "part"
    lines = [f"{state} {fragment.name} ({fragment.kind}) {_place(fragment.place)} {', '.join(said)}".rstrip()]
    for layer in fragment.layers:
        if not layer.settings and not layer.opened:
            continue
        lines.append(f"  {layer.name}{', injected' if layer.injected else ''}")
        entries = [(rank, 1, setting) for rank, setting in enumerate(layer.settings)]
        entries += [(rank, 0, (reason, place)) for rank, reason, place, _ in layer.opened]
        for _, is_setting, entry in sorted(entries, key=lambda one: one[:2]):
            if not is_setting:
                reason, place = entry
                lines.append(f"    ? {reason} {_place(place)}".rstrip())
            else:
                value = entry.value.value.encode("unicode_escape").decode()
                lines.append(f"    {entry.key} {'~' if entry.value.holes else '='} {value} {_place(entry.value)}")
    return lines


def _place(place: Text | Span | None) -> str:
    if place is None:
        return ""
    span = place.span()
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_file_gives(path):
    name = str(path.relative_to(ROOT))
    expected = path.with_name(f"{path.name}.expect").read_text().splitlines()
    assert described(load(name, path.read_bytes())) == expected


def test_there_are_enough_of_them_for_every_kind():
    assert len(CASES) >= 60
    assert len({path.parent for path in CASES}) >= 12
