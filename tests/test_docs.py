"""The documentation says what the program does: its quotes are what the program prints now."""

import re
import runpy

from harness import ROOT


def test_nothing_generated_is_stale():
    assert runpy.run_path(str(ROOT / "docs" / "generate.py"))["stale"]() == []


def test_the_readme_begins_with_the_two_commands():
    first, second = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)[:2]
    assert "spmlint check fixtures/examples/nightly.yaml" in first
    assert "-m pytest" in second


def test_no_rule_is_named_that_does_not_exist():
    from spmlint.registry import Registry

    codes = {row[0] for row in Registry().rows}
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"SPM\d{3}", (ROOT / name).read_text()))
        assert named <= codes, name
