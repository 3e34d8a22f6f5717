"""The benchmark that looks inside a run still finds its way there; the others only run commands."""

import subprocess
import sys

from harness import ROOT


def test_every_step_and_the_checks_are_told():
    command = [sys.executable, "-W", "error", ROOT / "benchmarks" / "stages.py", "2"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in result.stdout.splitlines() if line.startswith("|")]
    assert rows[2:7] == [
        "libyaml's events",
        "nodes that know their places",
        "settings in layers, objects",
        "what belongs together",
        "rules",
    ]
    assert any(row.startswith("SPM") for row in rows)
    assert rows[-1] == "all"
