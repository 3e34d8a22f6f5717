"""Pages cannot lie: every example is run, every replacement is clean, and a fix turns the one into the other."""

import ast
import inspect

import pytest

from spmlint.page import read_page
from spmlint.registry import Registry
from spmlint_rules.index import INDEX
from spmlint_rules.reindex import render, rules

REGISTRY = Registry()
CODES = [row[0] for row in INDEX]


def options(code, page, folder):
    """Facts the page gives, and the rule chosen by name where all it has is advice."""
    found = {}
    if page.all("Given"):
        found["facts"] = [folder.write(part.file, part.content) for part in page.all("Given")]
    if all(check.advice for check in REGISTRY.rule(code).checks):
        found["select"] = [code]
    return found


def test_the_index_is_what_the_modules_say():
    from pathlib import Path

    import spmlint_rules.index

    assert Path(spmlint_rules.index.__file__).read_text() == render()


def test_codes_and_names_are_unique():
    names = [name for row in INDEX for name in row[:2]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", CODES)
def test_no_heading_is_missing(code):
    page = read_page(REGISTRY.page(code))
    assert page.missing() == []
    assert page.title.endswith(".")
    assert all(part.body.strip() for part in page.parts)
    assert all(part.file for part in page.parts if part.heading in ("Given", "Example", "Use instead"))
    assert bool(page.all("Fix safety")) == (REGISTRY.rule(code).fixable is not None)
    assert len(page.all("Example")) == len(page.all("Use instead"))


@pytest.mark.parametrize("code", CODES)
def test_no_line_of_a_page_is_joined_to_the_next(code):
    """A lone backslash at the end of a line is not in the page: the commands of examples need two."""
    docstring = ast.parse(inspect.getsource(inspect.getmodule(REGISTRY.rule(code).checks[0].function))).body[0]
    assert REGISTRY.page(code).count("\n") == docstring.end_lineno - docstring.lineno


@pytest.mark.parametrize("code", CODES)
def test_the_example_triggers_exactly_its_rule(code, folder):
    page = read_page(REGISTRY.page(code))
    for part in page.all("Example"):
        report = folder.check(folder.write(part.file, part.content), **options(code, page, folder))
        assert {finding.rule for finding in report.findings} == {code}
        assert report.failures == []


@pytest.mark.parametrize("code", CODES)
def test_the_replacement_is_clean(code, folder):
    page = read_page(REGISTRY.page(code))
    for part in page.all("Use instead"):
        report = folder.check(folder.write(part.file, part.content), **options(code, page, folder))
        assert [finding.message for finding in report.findings] == []
        assert report.failures == []


@pytest.mark.parametrize("code", [code for code in CODES if REGISTRY.rule(code).fixable])
def test_the_fix_turns_the_example_into_the_replacement(code, folder):
    page = read_page(REGISTRY.page(code))
    for example, instead in zip(page.all("Example"), page.all("Use instead"), strict=True):
        report = folder.check(folder.write(example.file, example.content), **options(code, page, folder))
        edits = [edit for finding in report.findings if finding.fix for edit in finding.fix.edits]
        text = example.body
        for edit in sorted(edits, key=lambda edit: -edit.span.start):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        assert text == instead.body


def test_every_module_of_the_pack_is_in_the_index():
    assert [rule.code for _, rule in rules()] == CODES
