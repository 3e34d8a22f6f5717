"""The documentation says what the program does: its quotes, examples, links and command lines are all tried."""

import json
import re
import shlex
import sys
import tomllib

import pytest
import yaml

from spmlint.arguments import parse
from spmlint.options import Options
from spmlint.page import read_page
from spmlint.registry import Registry
from spmlint.schema import validate
from spmlint.version import __version__

from harness import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import generate
import pages

WRITTEN = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in pages.written()}
CODES = {row[0] for row in Registry().rows}
COMMAND = re.compile(r"(?:^|[\s'\"`(|/])spmlint ((?:check|explain|rule|completion)\b[^\n`|;&>#)]*)", re.MULTILINE)
PARSERS = {"yaml": lambda text: list(yaml.safe_load_all(text)), "json": json.loads, "toml": tomllib.loads}


def every_page(function):
    return pytest.mark.parametrize("page", WRITTEN)(function)


def blocks_of(page, *roles):
    return [block for block in pages.blocks(WRITTEN[page]) if block.role in roles]


def test_nothing_generated_is_stale():
    assert generate.stale() == []


def test_the_readme_begins_with_the_two_commands():
    first, second = [block.body for block in pages.blocks(WRITTEN["README.md"]) if block.language == "sh"][:2]
    assert "spmlint check fixtures/examples/nightly.yaml" in first
    assert "-m pytest" in second


def test_the_readme_names_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    needed += [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    names = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in needed}
    roles = WRITTEN["README.md"].partition("## What it stands on")[2].lower()
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", roles)} == set()


@every_page
def test_no_rule_is_named_that_does_not_exist(page):
    assert set(re.findall(r"SPM\d{3}", WRITTEN[page])) <= CODES


@every_page
def test_every_example_gives_what_its_page_says(page, folder):
    facts = []
    for block in blocks_of(page, pages.FILE, pages.FACTS):
        folder.write(block.subject, block.body)
        if block.role == pages.FACTS:
            facts.append(block.subject)
        elif block.finds is not None:
            report = folder.check(block.subject, facts=facts)
            assert {finding.rule for finding in report.findings} == block.finds, block.body
            assert report.failures == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_examples_of_a_rule_are_blocks_of_its_page(code):
    page = read_page(Registry().page(code))
    text = (ROOT / "docs" / "rules" / f"{code}.md").read_text(encoding="utf-8")
    assert [block.body for block in pages.blocks(text)] == [part.body for part in page.parts if part.file]


@every_page
def test_every_block_parses_in_its_language(page):
    for block in pages.blocks(WRITTEN[page]):
        if block.language in PARSERS:
            PARSERS[block.language](block.body)


@every_page
def test_every_configuration_is_one(page):
    for block in pages.blocks(WRITTEN[page]):
        if block.language == "toml":
            data = tomllib.loads(block.body)
            assert validate(data.get("tool", {}).get("spmlint", data), "config.schema.json") == [], block.body


def command_lines(text):
    """Every call of the program in a page; the quote around one that stands in quotes is not a part of it."""
    for command in COMMAND.findall(text):
        for quote in "'\"":
            if command.count(quote) % 2:
                command = command[: command.rindex(quote)]
        yield command


@every_page
def test_every_command_line_is_one(page):
    for command in command_lines(WRITTEN[page]):
        try:
            parse(shlex.split(command), Options())
        except SystemExit as stop:
            pytest.fail(f"exit status {stop.code}: spmlint {command}")


def anchors(text):
    headings = re.findall(r"^#+ +(.*)$", pages.prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", pages.prose(WRITTEN[page])):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), target


def test_every_page_can_be_reached_from_the_readme():
    reached, pending = set(), [ROOT / "README.md"]
    while pending:
        page = pending.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)\s#]+)", pages.prose(page.read_text(encoding="utf-8")))
        pending += [(page.parent / link).resolve() for link in links if not link.startswith("https://")]
    assert set(pages.written()) | set((ROOT / "docs" / "rules").glob("*.md")) == reached


def test_the_version_is_said_once_and_quoted_right():
    """The pages pin the version that this is, and the changelog begins with it."""
    quoted = {version for text in WRITTEN.values() for version in re.findall(r"(?:spmlint@|rev: )v(\d[\w.]*)", text)}
    assert quoted == {__version__}
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == __version__
