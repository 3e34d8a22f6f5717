"""What is read of a folder of real files: ``python benchmarks/carriers.py DIR [--missed]``.

Prints a table with a line for each folder in DIR: its files, those recognised as ours, those that give a job or an object,
the jobs, their settings, and what was not checked. ``--missed`` lists the files that gave nothing, with the reason.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from spmlint.config import Configs
from spmlint.linking.link import link
from spmlint.loaders.recognition import recognise
from spmlint.run import Input

COLUMNS = ("files", "recognised", "with a job", "with an object", "jobs", "settings", "not checked", "not read")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="list the files that gave no job, with the reason")
    arguments = parser.parse_args()
    table, missed = measure(arguments.folder)
    width = max(map(len, table))
    print(f"{'':{width}}", *COLUMNS, sep="  ")
    total: Counter[str] = Counter()
    for kind, counts in sorted(table.items()):
        total.update(counts)
        print(line(kind, counts, width))
    print(line("all", total, width))
    if arguments.missed:
        print()
        print(*missed, sep="\n")


def line(title: str, counts: Counter[str], width: int) -> str:
    return "  ".join([f"{title:{width}}", *(f"{counts[column]:{len(column)}}" for column in COLUMNS)])


def measure(folder: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """The counts for each folder in ``folder``, and the files without a job with the reason."""
    given = Input(Configs())
    given.read([str(folder)])
    table: dict[str, Counter[str]] = {}
    by_path = {one.source.path: one for one in given.loaded}
    jobs: dict[str, list[int]] = {}
    linked = link(given.loaded)
    for job in linked.jobs:
        jobs.setdefault(job.span.source.path, []).append(sum(len(layer.settings) for layer in job.layers))
    missed = []
    for path in given.files:
        kind = Path(path).relative_to(folder).parts[0]
        loaded, found = by_path.get(path), jobs.get(path, [])
        objects = loaded.resources if loaded else []
        counts = Counter(
            {
                "files": 1,
                "recognised": loaded is not None,
                "with a job": bool(found),
                "with an object": bool(objects) and not found,
                "jobs": len(found),
                "settings": sum(found),
                "not checked": len(loaded.unread) if loaded else 0,
                "not read": len(loaded.troubles) if loaded else 0,
            }
        )
        table.setdefault(kind, Counter()).update(counts)
        if not found:
            module = recognise(path, Path(path).read_bytes())
            said = [trouble.message for trouble in loaded.troubles] if loaded else []
            said += [reason for _, reason in loaded.unread] if loaded else []
            said += sorted({f"gives {resource.kind}" for resource in objects})
            missed.append(f"{path}: {module}: {'; '.join(said) or 'nothing'}")
    return table, missed


if __name__ == "__main__":
    main()
