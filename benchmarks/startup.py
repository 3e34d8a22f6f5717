"""How long spmlint takes to start and to check one file, as ratios to bare ``python -c pass`` in the same run.

    python benchmarks/startup.py [ROUNDS]

Runs are interleaved and medians compared, so other work on the machine weighs on both sides. Byte code must be cached as an
installed package has it: the script unsets PYTHONDONTWRITEBYTECODE and warms up first.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SPMLINT = str(Path(sys.executable).with_name("spmlint"))
RELEVANT = ROOT / "fixtures" / "examples" / "nightly.yaml"
IRRELEVANT = ROOT / "pyproject.toml"

COMMANDS = {
    "python -c pass": ([sys.executable, "-c", "pass"], None),
    "spmlint --version": ([SPMLINT, "--version"], 2.0),
    "spmlint check (a file that is not ours)": ([SPMLINT, "check", str(IRRELEVANT)], 2.0),
    "spmlint check (one SparkApplication)": ([SPMLINT, "check", str(RELEVANT)], 5.0),
    "spmlint check --format json": (
        [SPMLINT, "check", "--format", "json", str(RELEVANT)],
        None,
    ),
    "spmlint explain": ([SPMLINT, "explain", str(RELEVANT)], None),
}
"""Each command and the ratio it should stay below."""


def measure(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds of processor time of one run, user and system: on a busy machine steadier than the wall clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def main() -> int:
    """Print the table; the exit status is 1 where a ratio is above its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for command, _ in COMMANDS.values():
        measure(command, environment)
    for _ in range(rounds):
        for name, (command, _) in COMMANDS.items():
            times[name].append(measure(command, environment))
    medians = {name: statistics.median(values) for name, values in times.items()}
    base = medians["python -c pass"]
    late = 0
    for name, median in medians.items():
        limit = COMMANDS[name][1]
        late += limit is not None and median / base > limit
        print(f"{name:42} {median:7.1f} ms  {median / base:5.2f} x" + (f"  (limit {limit:g} x)" if limit else ""))
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
