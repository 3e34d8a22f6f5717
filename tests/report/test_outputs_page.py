"""docs/outputs.md tells of every format, and its command lines are ones that the program takes."""

import re
import shlex

import pytest

from spmlint.arguments import make_parser
from spmlint.report import FORMATS

from harness import ROOT

PAGE = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"spmlint (?:check|completion)\b[^\n|>#'`]*", PAGE)


def test_every_format_has_a_section_and_a_row():
    assert re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)[: len(FORMATS)] == list(FORMATS)
    assert re.findall(r"^\| \[(\w+)\]", PAGE, re.MULTILINE) == list(FORMATS)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_every_command_line_parses(command):
    make_parser().parse_args(shlex.split(command)[1:])


def test_they_were_found():
    assert len(COMMANDS) > 10
