"""How long spmlint takes to start and to check one file, as ratios to bare ``python -c pass`` in the same run.

    python benchmarks/startup.py [ROUNDS]

Measures the spmlint installed beside this Python, and of the pinned peers (``pip install '.[bench]'``) those that are there.
The exit status is 1 where a ratio is above its limit.
"""

from __future__ import annotations

import sys

from measure import BARE, PYTHON, ROOT, SPMLINT, medians, peak_mib, peak_of_check_mib, peer, table

EXAMPLE = str(ROOT / "fixtures" / "examples" / "nightly.yaml")
FOREIGN = str(ROOT / "pyproject.toml")
TEMPLATE = str(ROOT / "fixtures" / "carriers" / "template.yaml")
SCRIPT = str(ROOT / "fixtures" / "commands" / "nightly.sh")

COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "`python -c pass`": (BARE, None),
    "`python -c 'import re'`": ([PYTHON, "-c", "import re"], None),
    "`spmlint --version`": ([SPMLINT, "--version"], 1.4),
    "`spmlint check`, a file that is not ours": ([SPMLINT, "check", FOREIGN], 1.4),
    "`spmlint check`, one SparkApplication": ([SPMLINT, "check", EXAMPLE], 4.0),
    "the same, `python -m spmlint`": ([PYTHON, "-m", "spmlint", "check", EXAMPLE], None),
    "the same, `--format json`": ([SPMLINT, "check", "--format", "json", EXAMPLE], None),
    "`spmlint check`, one shell script": ([SPMLINT, "check", SCRIPT], None),
    "`spmlint explain`, one SparkApplication": ([SPMLINT, "explain", EXAMPLE], None),
}
"""Each command, and the ratio it has to stay below."""

PEERS = {
    "`yamllint`, the same SparkApplication": ("yamllint", ["-d", "relaxed", EXAMPLE]),
    "`kubernetes-validate`, the same": ("kubernetes-validate", [EXAMPLE]),
    "`cfn-lint`, one template": ("cfn-lint", [TEMPLATE]),
    "`ruff check`, one Python file (native)": (
        "ruff",
        ["check", "--no-cache", str(ROOT / "benchmarks" / "startup.py")],
    ),
    "`shellcheck`, one script (native)": ("shellcheck", [SCRIPT]),
}
MEMORY = 3.0
"""How much of bare Python's memory one check may take."""


def main() -> int:
    """Print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    commands = {name: command for name, (command, _) in COMMANDS.items()}
    commands |= {name: [path, *words] for name, (program, words) in PEERS.items() if (path := peer(program))}
    found = medians(commands, rounds)
    base = found["`python -c pass`"]
    late = []
    rows = []
    for name, time_ms in found.items():
        limit = COMMANDS[name][1] if name in COMMANDS else None
        if limit is not None and time_ms / base > limit:
            late.append(name)
        rows.append((name, f"{time_ms:.1f}", f"{time_ms / base:.2f}", f"{limit:g}" if limit else ""))
    print(table(rows, ("", "ms", "x", "limit")))
    bare, own = peak_mib(""), peak_of_check_mib(EXAMPLE)
    print(f"\nPeak memory: bare Python {bare:.1f} MiB, one check {own:.1f} MiB, {own / bare:.2f} x (limit {MEMORY:g})")
    late += ["peak memory"] if own / bare > MEMORY else []
    print("\n".join(f"above its limit: {name}" for name in late))
    return int(bool(late))


if __name__ == "__main__":
    sys.exit(main())
