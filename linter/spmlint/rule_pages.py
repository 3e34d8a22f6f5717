"""`spmlint rule`: the pages of rules as text, Markdown or JSON."""

from __future__ import annotations

import sys

from spmlint.config import ConfigError, Configs
from spmlint.page import read_page
from spmlint.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.options import Options


def show(options: Options) -> int:
    """Print the pages asked for; without a name, the list of rules. Returns the exit status."""
    registry = Registry(Configs().for_path("_").packs)
    if not options.rules and not options.all:
        for row in registry.rows:
            print(f"{row[0]} {row[1]:34} {read_page(registry.page(row[0])).title}")
        return 0
    codes = [row[0] for row in registry.rows] if options.all else [_code(name, registry) for name in options.rules]
    if options.format == "json":
        import json

        json.dump([as_dict(code, registry) for code in codes], sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    write = markdown if options.format == "markdown" else text
    sys.stdout.write("\n".join(write(code, registry) for code in codes))
    return 0


def _code(name: str, registry: Registry) -> str:
    code = registry.code_of(name)
    if code is None:
        raise ConfigError(registry.no_rule(name))
    return code


def _severities(code: str, registry: Registry) -> list[str]:
    checks = registry.rule(code).checks
    found = dict.fromkeys(f"{check.severity} (off by default)" if check.advice else check.severity for check in checks)
    return list(found)


def text(code: str, registry: Registry) -> str:
    """A page for the terminal."""
    rule, page = registry.rule(code), read_page(registry.page(code))
    out = [f"{rule.code} {rule.name}  [{', '.join(_severities(code, registry))}]", "", page.title, ""]
    for part in page.parts:
        out.append(f"{part.heading}: {part.file}" if part.file else part.heading)
        out.extend(f"    {line}" if line else "" for line in part.body.rstrip("\n").split("\n"))
        out.append("")
    return "\n".join(out)


def markdown(code: str, registry: Registry) -> str:
    """A page for the docs."""
    rule, page = registry.rule(code), read_page(registry.page(code))
    fix = {"safe": "safe", "unsafe": "unsafe (`--unsafe-fixes`)", None: "none"}[rule.fixable]
    out = [
        f"# {rule.code} {rule.name}",
        "",
        page.title,
        "",
        f"Severity: {', '.join(_severities(code, registry))}. Fix: {fix}.",
        "",
    ]
    for part in page.parts:
        out += [f"## {part.heading}", ""]
        if part.file:
            fence = _fence(part.body)
            out += [f"`{part.file}`", "", fence + _language(part.file), part.body.rstrip("\n"), fence, ""]
        else:
            out += [part.body.rstrip("\n"), ""]
    return "\n".join(out)


def _fence(body: str) -> str:
    """More backticks than the text itself has in a row."""
    fence = "```"
    while fence in body:
        fence += "`"
    return fence


def _language(file: str) -> str:
    languages = {"yaml": "yaml", "json": "json", "conf": "properties", "ipynb": "json", "sh": "bash", "py": "python"}
    return languages.get(file.rpartition(".")[2], "text")


def as_dict(code: str, registry: Registry) -> dict[str, Any]:
    """A page as plain data."""
    rule, page = registry.rule(code), read_page(registry.page(code))
    return {
        "code": rule.code,
        "name": rule.name,
        "title": page.title,
        "severities": _severities(code, registry),
        "fix": rule.fixable,
        "parts": [{"heading": part.heading, "file": part.file, "body": part.body} for part in page.parts],
    }
