"""Writes what the documentation quotes from the program itself.

    python docs/generate.py           write README.md's output blocks, docs/rules/ and docs/examples/
    python docs/generate.py --check   only say what is stale, with exit status 1

A block of README.md after ``<!-- output of: spmlint ... -->`` holds what that command prints; ``docs/rules/`` holds the page
of every rule, read from its module's docstring; ``docs/examples/report.html`` is the HTML report of ``fixtures/examples``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- output of: spmlint (?P<arguments>.*?) -->\n```text\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
REPORT = """explain --format html --facts fixtures/examples/platform/nodes.yaml
    --facts fixtures/examples/platform/application.json --facts fixtures/examples/platform/yarn.yaml fixtures/examples"""
"""What the example of an HTML report is made by."""


def output(arguments: str) -> str:
    """What the program prints, run as a user runs it."""
    command = [sys.executable, "-m", "spmlint", *arguments.split()]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout


def rendered() -> dict[Path, str]:
    """Every generated text by its path."""
    from spmlint.registry import Registry
    from spmlint.rule_pages import markdown

    readme = ROOT / "README.md"
    registry = Registry()
    pages = {ROOT / "docs" / "rules" / f"{row[0]}.md": markdown(row[0], registry) for row in registry.rows}
    pages[ROOT / "docs" / "examples" / "report.html"] = output(REPORT)
    return {readme: BLOCK.sub(lambda m: m[1] + output(m["arguments"]), readme.read_text(encoding="utf-8")), **pages}


def stale() -> list[Path]:
    """Generated files that are not as they should be, and pages of rules that are no more."""
    texts = rendered()
    wrong = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return wrong + [path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in texts]


def main() -> int:
    """Write, or with ``--check`` only compare."""
    if "--check" in sys.argv:
        found = stale()
        for path in found:
            print(f"stale: {path.relative_to(ROOT)}; run python docs/generate.py", file=sys.stderr)
        return int(bool(found))
    texts = rendered()
    for folder in {path.parent for path in texts}:
        folder.mkdir(exist_ok=True)
    for path in (ROOT / "docs" / "rules").glob("*.md"):
        if path not in texts:
            path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
