"""Measuring commands side by side: interleaved runs, medians, and ratios within one run.

On a machine that others use too, the processor time of a process (user and system) is steadier than the clock, and a ratio of
two commands measured in turns is steadier than either. Byte code is cached, as pip leaves it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
BARE = [PYTHON, "-c", "pass"]
SPMLINT = str(Path(PYTHON).with_name("spmlint"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

_PEAK = """
import sys
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1], file=sys.stderr)
"""


def peer(name: str) -> str | None:
    """The program ``name`` that is installed beside this Python, or None."""
    path = Path(PYTHON).with_name(name)
    return str(path) if path.exists() else None


def processor_ms(command: list[str]) -> float:
    """User and system time of one run, in milliseconds."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    child = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=silent)
    _, _, usage = os.wait4(child, 0)
    return (usage.ru_utime + usage.ru_stime) * 1000


def medians(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The median time of each command in milliseconds, run in turns after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            took = processor_ms(command)
            if turn:
                times[name].append(took)
    return {name: statistics.median(values) for name, values in times.items()}


def peak_mib(program: str) -> float:
    """The most memory that a Python program holds at once. Linux alone tells."""
    command = [PYTHON, "-c", program + _PEAK]
    result = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return int(result.stderr.split()[-1]) / 1024


def peak_of_check_mib(path: str) -> float:
    """The same of a check of ``path``."""
    return peak_mib(f"from spmlint.cli import main\nmain(['check', {path!r}])")


def table(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> str:
    """A table in Markdown; all columns but the first are numbers."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
