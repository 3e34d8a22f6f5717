"""What the built-in rules stand on: the public API, the pure models, and the views of what is written; nothing that parses."""

import ast
import sys
from pathlib import Path

import pytest

import spmlint_rules

PACK = Path(spmlint_rules.__file__).parent

MODELS = ("spmlint.spark.", "spmlint.kubernetes.", "spmlint.emr.")

VIEWS = (
    "spmlint.places.",
    "spmlint.answer",
    "spmlint.conf",
    "spmlint.fields",
    "spmlint.java_words",
    "spmlint.patterns",
    "spmlint.place",
)
"""What stands between the subjects of rules and the models: what an object says in the terms of a model."""


def imported(path):
    """Every module a file imports, and ``module.name`` of what it takes from spmlint itself."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", sorted(PACK.glob("*/*.py")), ids=lambda path: path.stem)
def test_a_rule_sees_neither_loaders_nor_parsers(path):
    ours = {module for module in imported(path) if module.split(".")[0] in ("spmlint", "spmlint_rules")}
    assert {name for name in ours - {*VIEWS, "spmlint.rule"} if not name.startswith((*MODELS, VIEWS[0]))} == set()


@pytest.mark.parametrize("path", sorted(PACK.glob("*/*.py")), ids=lambda path: path.stem)
def test_a_rule_needs_no_other_package(path):
    foreign = {module.split(".")[0] for module in imported(path)} - {"spmlint", "spmlint_rules"}
    assert foreign <= set(sys.stdlib_module_names)
