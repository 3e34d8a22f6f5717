"""The index as it should be: every rule of this pack, found by importing every module of it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from spmlint.rule import Rule

HEAD = '''"""Every rule: code, name, module, and what each check declares (`spmlint.registry.Declared`).

Written by ``python -m spmlint_rules``; a test keeps it true. It lets a run import only the rules that have something to
look at.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.registry import Row

INDEX: tuple[Row, ...] = (
'''


def rules() -> list[tuple[str, Rule]]:
    """Module name (relative to the pack) and rule, sorted by code."""
    root = Path(__file__).parent
    found = []
    for path in sorted(root.glob("*/*.py")):
        module = f"{path.parent.name}.{path.stem}"
        rule = getattr(import_module(f"{__package__}.{module}"), "rule", None)
        if isinstance(rule, Rule):
            found.append((module, rule))
    return sorted(found, key=lambda pair: pair[1].code)


def render() -> str:
    """The text of ``index.py``."""
    lines = [HEAD]
    for module, rule in rules():
        lines.append(
            f"    (\n        {_quote(rule.code)},\n        {_quote(rule.name)},\n        {_quote(module)},\n        (\n"
        )
        for check in rule.checks:
            subject, *words, advice = check.declared
            lines.append(f"            ({_quote(subject)}, {', '.join(map(_tuple, words))}, {advice}),\n")
        lines.append("        ),\n    ),\n")
    return "".join(lines) + ")\n"


def _quote(text: str) -> str:
    return f'"{text}"'


def _tuple(words: tuple[str, ...]) -> str:
    if not words:
        return "()"
    return "(" + ", ".join(map(_quote, words)) + ("," if len(words) == 1 else "") + ")"
