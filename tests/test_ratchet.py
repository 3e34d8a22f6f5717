"""What is found in the fixtures is written down, so that every change of it is seen."""

import sys

from harness import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import ratchet


def test_a_change_of_what_is_found_in_the_fixtures_is_written_down():
    folder, file = ratchet.COMMITTED
    changed = ratchet.changes(ratchet.recorded(file), ratchet.record(folder))
    assert not changed, "\n".join(
        [*changed, "if this is meant: python benchmarks/ratchet.py --write, and commit the record"]
    )


def test_changes_are_shown_side_by_side():
    assert ratchet.changes(["a 1", "b", "c", "c"], ["a 2", "b", "c"]) == ["- a 1", "+ a 2", "- c"]
