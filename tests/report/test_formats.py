"""What holds for every format: hostile text cannot break it, the bytes are the same each time, and the help names it."""

import json
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sarif_kit import assert_valid

from spmlint import report as package
from spmlint.report import FORMATS

from harness import written

NASTY = [
    "a\nb\rc\r\nd",
    "\x1b[31mred\x1b[0m \x07 \x9b",
    "\ud800 \udfff \udc80",
    "]]> <![CDATA[ --> </failure> & \" '",
    "%0A::error::x , : ; = ,line=3",
    "\x00 \x0b \ufffe \uffff \u2028 \u2029 \u202e",
    "[a](b) [[c]] {0} {{x}} \\",
    "日本 𝔰 é ﷽",
    "</script><script>alert(1)</script>",
    "x" * 5000,
]


def parse(form, text):
    """What the consumer's parser makes of it."""
    if form == "junit":
        return ElementTree.fromstring(text.encode())
    if form in ("text", "github"):
        return text
    data = json.loads(text)
    if form == "sarif":
        assert_valid(data)
    return data


def test_each_module_of_a_format_is_listed():
    signature = "def write(report: Report, stream: TextIO) -> None:"
    folder = Path(package.__file__).parent
    assert {path.stem for path in folder.glob("*.py") if signature in path.read_text()} == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_hostile_text_survives(hostile, form, text):
    out = written(hostile(text), form)
    parse(form, out)
    # Nothing but line ends may drive a terminal or break a line; JSON spells what it must itself.
    assert all(char.isprintable() or char == "\n" for char in out if form not in ("json", "rdjson", "gitlab", "sarif"))


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_survives(hostile, form, text):
    parse(form, written(hostile(text), form))


@pytest.mark.parametrize("form", FORMATS)
def test_names_come_back_where_the_consumer_looks_the_file_up(report_of, form):
    name = "a b/日本 𝔰-%20,:'\"<&>.yaml"
    data = parse(form, written(report_of(path=name), form))
    found = {
        "text": lambda: data.partition(":1:1: ")[0],
        "json": lambda: data["findings"][0]["path"],
        "github": lambda: name if "file=a b/日本 𝔰-%2520%2C%3A'\"<&>.yaml," in data else data,
        "gitlab": lambda: data[0]["location"]["path"],
        "rdjson": lambda: data["diagnostics"][0]["location"]["path"],
        "junit": lambda: data[0].get("name"),
        "sarif": lambda: unquote(
            data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        ),
    }
    assert found[form]() == name


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "text"])
def test_no_format_hides_a_file_that_could_not_be_read(everything, form):
    assert "nowhere.yaml" in written(everything, form)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(folder, form):
    folder.write("spark-defaults.conf", "spark.executor.memory  400m\nspark.driver.memory  1.5g\n")
    assert written(folder.check("."), form) == written(folder.check("."), form)


def test_the_help_names_every_format(capsys):
    from spmlint.cli import main

    with pytest.raises(SystemExit):
        main(["check", "--help"])
    out = capsys.readouterr().out
    for form, reader in FORMATS.items():
        assert f"  {form:8}{reader}" in out
