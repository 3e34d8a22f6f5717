"""Coverage-guided fuzzing of a whole check: reading, linking, every rule, the reports, `explain` and the fixes.

    pip install -e '.[fuzz]'
    python tests/fuzz/fuzz_check.py FOLDER [libFuzzer options, such as -max_total_time=1800]

An input is one byte that chooses a file name, which decides with the bytes after it how they are read, and the file's bytes.
The fixtures are the seeds. FOLDER keeps the corpus that grew from them (``corpus``) and what went wrong (``found``), one file
for each different place something was raised at, so a run goes on after a crash. Each of these becomes a fixture once it is
mended. What may never happen stands in promises.py; nor may an input take longer than `SECONDS`.
"""

from __future__ import annotations

import hashlib
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

import atheris

SECONDS = 5.0
"""Processor time an input may take; instrumented code is several times slower than the code that is shipped."""
LARGEST_SEED_BYTES = 6000


def _import_all() -> None:
    """Everything there is, now, so that it is instrumented: a run would import most of it later."""
    for root in ("spmlint", "spmlint_rules"):
        package = import_module(root)
        for module in pkgutil.walk_packages(package.__path__, f"{root}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


with atheris.instrument_imports(include=["spmlint", "spmlint_rules"]):
    _import_all()

from promises import NAMES, Wrong, keep, seeds, words  # noqa: E402


def _seeds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for _, name, content in seeds(LARGEST_SEED_BYTES):
        data = bytes([NAMES.index(name)]) + content
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def _dictionary(path: Path) -> None:
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words())
    path.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")


def main() -> None:
    """Fuzz until libFuzzer is told to stop."""
    home = Path(sys.argv[1]).resolve()
    found = home / "found"
    found.mkdir(parents=True, exist_ok=True)
    _seeds(home / "seeds")
    (home / "corpus").mkdir(exist_ok=True)
    _dictionary(home / "words")
    seen: set[str] = set()

    def guarded(data: bytes) -> None:
        if not data:
            return
        started = time.process_time()
        try:
            keep(NAMES[data[0] % len(NAMES)], data[1:])
            if time.process_time() - started > SECONDS:
                raise Wrong("slow")
        except Exception as error:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if "/spmlint" in f.filename] or [None]
            where = (
                f"{frames[-1].filename}:{frames[-1].lineno}" if frames[-1] and not isinstance(error, Wrong) else error
            )
            signature = hashlib.sha1(f"{type(error).__name__} {where}".encode()).hexdigest()[:12]
            if signature not in seen:
                seen.add(signature)
                (found / signature).write_bytes(data)
                (found / f"{signature}.txt").write_text(f"{NAMES[data[0] % len(NAMES)]}\n{traceback.format_exc()}")
                print(f"found {signature}: {type(error).__name__}: {error}", file=sys.stderr)

    options = [
        "-max_len=8000", "-timeout=60", "-rss_limit_mb=1500", f"-dict={home / 'words'}",
        f"-artifact_prefix={found}/stopped-", *sys.argv[2:], str(home / "corpus"), str(home / "seeds"),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        atheris.Setup([sys.argv[0], *options], guarded)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
