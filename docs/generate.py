"""Writes what the documentation quotes from the program itself.

    python docs/generate.py           write the output blocks of all pages, the table of configuration keys,
                                      docs/rules/ and docs/examples/
    python docs/generate.py --check   only say what is stale, with exit status 1

``docs/rules/`` holds the page of every rule, read from its module's docstring, and the list of them all;
``docs/examples/report.html`` is the HTML report of ``fixtures/examples``; pages.py tells how the other pages say what is to be
written into them.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import ROOT, output, with_outputs, written

RULES = ROOT / "docs" / "rules"
KEYS = ("<!-- keys -->\n", "<!-- end of keys -->\n")
"""What stands around the table of configuration keys."""

EXAMPLE = ROOT / "docs" / "examples" / "report.html"
EXAMPLE_OF = """spmlint explain --format html --facts fixtures/examples/platform/nodes.yaml
    --facts fixtures/examples/platform/application.json --facts fixtures/examples/platform/yarn.yaml fixtures/examples"""
"""What the example of an HTML report is made by."""


def rendered() -> dict[Path, str]:
    """Every generated text by its path."""
    from spmlint.registry import Registry
    from spmlint.rule_pages import markdown

    registry = Registry()
    texts = {RULES / f"{row[0]}.md": markdown(row[0], registry) for row in registry.rows}
    texts[RULES / "index.md"] = rule_list(registry)
    texts[EXAMPLE] = output(EXAMPLE_OF, ROOT)
    for path in written():
        texts[path] = with_keys(with_outputs(path.read_text(encoding="utf-8")))
    return texts


def rule_list(registry) -> str:
    """The list of all rules, a table a family."""
    from spmlint.page import read_page
    from spmlint.rule_pages import as_dict

    out = [
        "# The rules",
        "",
        "Written by docs/generate.py from the rules' own pages. `spmlint rule SPM101` prints one.",
    ]
    family = None
    for code, name, module, _ in registry.rows:
        package = module.rpartition(".")[0]
        if package != family:
            family = package
            out += [
                "",
                f"## {family_title(package)}",
                "",
                "| rule | severity | fix | what it finds |",
                "|---|---|---|---|",
            ]
        facts = as_dict(code, registry)
        title = read_page(registry.page(code)).title.replace("|", "\\|")
        out.append(
            f"| [{code}]({code}.md) {name} | {', '.join(facts['severities'])} | {facts['fix'] or ''} | {title} |"
        )
    return "\n".join(out) + "\n"


def family_title(package: str) -> str:
    """What a family of rules is about: the docstring of its package, without the range of codes."""
    from importlib import import_module

    return (import_module(f"spmlint_rules.{package}").__doc__ or "").strip().splitlines()[0].rstrip(".")


def with_keys(text: str) -> str:
    """The page with the table of configuration keys, where it has a place for it."""
    before, mark, rest = text.partition(KEYS[0])
    if not mark:
        return text
    return before + mark + keys_table() + KEYS[1] + rest.partition(KEYS[1])[2]


def keys_table() -> str:
    """Every key of the configuration as its schema tells it, with its default."""
    from spmlint.config import Config
    from spmlint.schema import load_schema

    defaults = Config()
    out = ["| key | value | default | what it does |", "|---|---|---|---|"]
    for key, schema in load_schema("config.schema.json")["properties"].items():
        default = getattr(defaults, key.replace("-", "_"))
        shown = f"`{default}`" if isinstance(default, str) else ""
        out.append(f"| `{key}` | {value_of(schema)} | {shown} | {schema['description']} |")
    return "\n".join(out) + "\n"


def value_of(schema) -> str:
    """What a key of the configuration takes, in words."""
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema["type"] == "array":
        items = schema["items"]
        if items["type"] == "object":
            return "list of tables with " + ", ".join(f"`{key}`" for key in items["properties"])
        return "list of strings"
    if schema["type"] == "object":
        return f"table: {value_of(schema['additionalProperties'])} each"
    return "string"


def stale() -> list[Path]:
    """Generated files that are not as they should be, and pages of rules that are no more."""
    texts = rendered()
    wrong = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return wrong + [path for path in RULES.glob("*.md") if path not in texts]


def main() -> int:
    """Write, or with ``--check`` only compare."""
    if "--check" in sys.argv:
        found = stale()
        for path in found:
            print(f"stale: {path.relative_to(ROOT)}; run python docs/generate.py", file=sys.stderr)
        return int(bool(found))
    texts = rendered()
    for folder in (RULES, EXAMPLE.parent):
        folder.mkdir(exist_ok=True)
    for path in RULES.glob("*.md"):
        if path not in texts:
            path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
