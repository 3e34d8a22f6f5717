"""Where the time of a check goes: what each step of it adds, and what the checks of rules take.

    python benchmarks/stages.py [FILES]

In one process, after a first pass that imports and compiles everything, on the applications of throughput.py. Each step is
run on fresh input from its beginning and the least of several times counts, so what a step takes is the difference to the
one before; the last table is from a run with a clock around every check, which has a cost of its own.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter

from measure import table
from throughput import application
from yaml.events import StreamEndEvent

from spmlint.answer import World
from spmlint.document.libyaml import load_parser
from spmlint.document.source import decode
from spmlint.document.yaml import read_yaml
from spmlint.engine import Engine
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from spmlint.fragment import Loaded

ROUNDS = 7
SHOWN = 12


def main() -> int:
    """Print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    files = {f"etl-{n}.yaml": application(n).encode() for n in range(count)}
    gc.disable()  # as a check does
    _checked(files)
    steps: dict[str, Callable[[], object]] = {
        "libyaml's events": lambda: [_events(data) for data in files.values()],
        "nodes that know their places": lambda: [read_yaml(decode(path, data)) for path, data in files.items()],
        "settings in layers, objects": lambda: _loaded(files),
        "what belongs together": lambda: link(_loaded(files)),
        "rules": lambda: _checked(files),
    }
    rows, before = [], 0.0
    for name, step in steps.items():
        until = min(_seconds(step) for _ in range(ROUNDS))
        rows.append((name, f"{(until - before) / count * 1e6:.0f}", f"{until / count * 1e6:.0f}"))
        before = until
    print(table(rows, (f"{count} applications", "us a file", "until then")), "\n")
    print(table(_by_check(files), ("the checks that take most", "us a job", "runs a job")))
    return 0


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _events(data: bytes) -> None:
    parser = load_parser()(data.decode())
    while not isinstance(parser.get_event(), StreamEndEvent):
        pass


def _loaded(files: dict[str, bytes]) -> list[Loaded]:
    found = [one for path, data in files.items() if (one := load(path, data)) is not None]
    for one in found:
        one.base = World()
    return found


def _checked(files: dict[str, bytes]) -> None:
    Engine(Registry([])).run(link(_loaded(files)), [])


def _by_check(files: dict[str, bytes]) -> list[tuple[str, ...]]:
    seconds: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    examine = Engine._examine

    def timed(engine: Engine, check: Any, *arguments: Any) -> bool:
        name = f"{check.rule.code} {check.name}"
        started = time.perf_counter()
        silent = examine(engine, check, *arguments)
        seconds[name] += time.perf_counter() - started
        runs[name] += 1
        return silent

    Engine._examine = timed  # type: ignore[method-assign]
    try:
        _checked(files)
    finally:
        Engine._examine = examine  # type: ignore[method-assign]
    rows = [
        (name, f"{taken / len(files) * 1e6:.0f}", f"{runs[name] / len(files):.1f}")
        for name, taken in seconds.most_common(SHOWN)
    ]
    whole = ("all", f"{seconds.total() / len(files) * 1e6:.0f}", f"{runs.total() / len(files):.1f}")
    return [*rows, whole]


if __name__ == "__main__":
    sys.exit(main())
