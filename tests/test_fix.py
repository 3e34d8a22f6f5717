"""Fixes change what they name and nothing else, settle, and leave files that still parse."""

import os
import re
import stat
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from spmlint.cli import main
from spmlint.document.text import Source, Span
from spmlint.finding import SAFE, Edit, Finding, Fix, Report
from spmlint.fix import MOST_ROUNDS, fix, write
from spmlint.run import check

from harness import FIXTURES, run

DEFAULTS = (
    "# sizes\nspark.executor.memory  1.5g\r\nspark.executor.memoryOverhead = 512 m\n\nspark.app.name caf\u00e9 1.5g"
)
FIXED = DEFAULTS.replace("1.5g\r", "1536m\r").replace("512 m", "512m")
APPLICATION = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: nightly}   # comments stay
spec:
  type: Scala
  mainApplicationFile: local:///a.jar
  sparkVersion: 3.5.1
  driver:   {memory: '1.5g',   cores: 1}
  executor:
    memory:  "2.5g"
    memoryOverhead: >-
      0.5g
"""


@pytest.fixture
def here(folder, monkeypatch):
    monkeypatch.chdir(folder.path)
    return folder


def fixed(*paths, unsafe=False):
    from spmlint.config import Configs

    return fix(lambda contents: check(paths, Configs(isolated=True), contents=contents), unsafe=unsafe)


def test_a_fix_changes_the_value_and_no_other_byte(here):
    for name, start in (("plain.properties", ""), ("bom.properties", "\ufeff")):
        here.write(name, (start + DEFAULTS).encode())
        assert main(["check", "--isolated", "--fix", name]) == 0
        assert (here.path / name).read_bytes() == (start + FIXED).encode()


def test_fixing_twice_changes_nothing(here):
    here.write("spark-defaults.conf", DEFAULTS)
    assert fixed("spark-defaults.conf").applied == 2
    main(["check", "--isolated", "--fix", "spark-defaults.conf"])
    again = fixed("spark-defaults.conf")
    assert (again.applied, again.contents) == (0, {})


def test_yaml_keeps_its_shape_and_differs_in_the_edited_values_only(here):
    here.write("job.yaml", APPLICATION)
    main(["check", "--isolated", "--fix", "job.yaml"])
    after = (here.path / "job.yaml").read_text()
    assert after == APPLICATION.replace("'1.5g'", "'1536m'").replace('"2.5g"', '"2560m"').replace("0.5g", "512m")
    reader = YAML()
    old, new = reader.load(StringIO(APPLICATION)), reader.load(StringIO(after))
    new["spec"]["driver"]["memory"] = "1.5g"
    new["spec"]["executor"]["memory"] = "2.5g"
    new["spec"]["executor"]["memoryOverhead"] = "0.5g"
    assert new == old


def test_unsafe_fixes_are_asked_for(here):
    here.write("spark-defaults.conf", "spark.executor.memory 400m\n")
    main(["check", "--isolated", "--fix", "spark-defaults.conf"])
    assert (here.path / "spark-defaults.conf").read_text() == "spark.executor.memory 400m\n"
    assert main(["check", "--isolated", "--fix", "--unsafe-fixes", "spark-defaults.conf"]) == 0
    assert (here.path / "spark-defaults.conf").read_text() == "spark.executor.memory 465m\n"


def test_rounds_go_on_until_nothing_is_left(here):
    """A size becomes readable in one round, and large enough in the next."""
    here.write("spark-defaults.conf", "spark.executor.memory 0.25g\n")
    main(["check", "--isolated", "--fix", "--unsafe-fixes", "spark-defaults.conf"])
    assert (here.path / "spark-defaults.conf").read_text() == "spark.executor.memory 465m\n"


def test_a_diff_changes_no_file(here, capsys):
    here.write("spark-defaults.conf", DEFAULTS)
    assert main(["check", "--isolated", "--diff", "spark-defaults.conf"]) == 1
    out = capsys.readouterr().out
    assert "-spark.executor.memory  1.5g" in out
    assert "+spark.executor.memory  1536m" in out
    assert (here.path / "spark-defaults.conf").read_bytes() == DEFAULTS.encode()
    here.write("spark-defaults.conf", FIXED)
    assert main(["check", "--isolated", "--diff", "spark-defaults.conf"]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "spark.executor.memory 1.5g ${X}\n",
        "spark.executor.memory {{ n }}.5g\n",
        "spark.executor.memory 1.5\\\n  g\n",
        "spark.executor.memory 1\\u002e5g\n",
    ],
)
def test_what_is_not_verbatim_is_not_touched(here, text):
    here.write("spark-defaults.conf", text)
    assert fixed("spark-defaults.conf", unsafe=True).contents == {}


def test_a_value_that_an_alias_shares_is_not_touched(here):
    text = APPLICATION.replace("'1.5g'", "&size 1.5g").replace('"2.5g"', "*size").replace("0.5g", "512m")
    here.write("job.yaml", text)
    outcome = fixed("job.yaml")
    assert {finding.rule for finding in outcome.report.findings} >= {"SPM704"}
    assert outcome.contents == {}


def test_mode_and_links_stay(here):
    here.write("real.properties", DEFAULTS)
    (here.path / "real.properties").chmod(0o640)
    (here.path / "link.properties").symlink_to("real.properties")
    main(["check", "--isolated", "--fix", "link.properties"])
    assert (here.path / "link.properties").is_symlink()
    assert stat.S_IMODE(os.stat(here.path / "real.properties").st_mode) == 0o640
    assert (here.path / "real.properties").read_bytes() == FIXED.encode()
    assert sorted(os.listdir(here.path)) == ["link.properties", "real.properties"]


def test_a_file_that_changed_meanwhile_is_left_alone(here):
    here.write("spark-defaults.conf", DEFAULTS)
    outcome = fixed("spark-defaults.conf")
    here.write("spark-defaults.conf", "spark.executor.memory 1.5g # mine\n")
    write(outcome)
    assert (here.path / "spark-defaults.conf").read_text() == "spark.executor.memory 1.5g # mine\n"
    assert [failure.path for failure in outcome.report.failures] == ["spark-defaults.conf"]


def test_utf_16_is_not_rewritten(here):
    here.write("job.yaml", APPLICATION.encode("utf-16"))
    outcome = fixed("job.yaml")
    assert outcome.report.findings
    assert outcome.contents == {}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "spark.executor.memory 1.5g",
                "spark.driver.memory 2gb",
                "spark.executor.memory 400m",
                "# a comment 1.5g",
                "",
                "spark.memory.offHeap.size=0.5G  ",
                "\tspark.executor.memoryOverhead:  4 g",
                "other.key 1.5g",
            ]
        ),
        max_size=8,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_mixture_settles_and_keeps_what_is_not_a_value(tmp_path_factory, texts, end, unsafe):
    folder = tmp_path_factory.mktemp("mixture")
    path = folder / "spark.properties"
    path.write_bytes(end.join(texts).encode())
    outcome = fixed(str(path), unsafe=unsafe)
    after = outcome.contents.get(str(path), path.read_bytes()).decode()
    assert len(after.split(end)) == len(end.join(texts).split(end))
    for before_line, after_line in zip(end.join(texts).split(end), after.split(end), strict=True):
        if before_line != after_line:
            key = re.match(r"\s*[\w.]+[ =:]+", before_line)[0]
            assert after_line.startswith(key)
            assert re.fullmatch(r"[0-9]+[kmg]\s*", after_line[len(key) :])
    path.write_bytes(after.encode())
    assert fixed(str(path), unsafe=unsafe).contents == {}


EXAMPLES = sorted(path for path in (FIXTURES / "rules").glob("*/*.yaml") if "templated" not in path.name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_yaml_case_still_parses_after_its_fixes_and_settles(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    outcome = fixed(str(copy), unsafe=True)
    if not outcome.contents:
        return
    data = outcome.contents[str(copy)]
    list(YAML(typ="safe", pure=True).compose_all(StringIO(data.decode())))
    copy.write_bytes(data)
    assert fixed(str(copy), unsafe=True).contents == {}
    before = {(f.rule, f.subject) for f in run([str(path)]).findings if f.fix}
    assert before


def report_of(path, text, *edits, severity="warning"):
    """A report with one finding for each of ``edits``: start, end and the text to write."""
    source = Source(path, text)
    report = Report()
    for start, end, new in edits:
        made = Fix("write it", [Edit(Span(source, start, end), new)], SAFE)
        finding = Finding("ACME001", "ours", Span(source, start, end), "wrong", fix=made)
        finding.severity = severity
        report.findings.append(finding)
    return report


def growing(path, longest=10_000):
    """A check that always finds one more letter to write."""

    def check_again(contents):
        text = contents.get(path, b"a").decode()
        return report_of(path, text, *([(len(text), len(text), "a")] if len(text) < longest else []))

    return check_again


def test_rounds_come_to_an_end(here):
    here.write("a.txt", "a")
    outcome = fix(growing("a.txt"), unsafe=False)
    assert (outcome.applied, outcome.contents["a.txt"]) == (MOST_ROUNDS, b"a" * (1 + MOST_ROUNDS))
    assert fix(growing("a.txt", longest=4), unsafe=False).contents["a.txt"] == b"aaaa"


def test_edits_that_touch_wait_for_the_next_round(here):
    here.write("a.txt", "abc")
    rounds = []

    def check_again(contents):
        text = contents.get("a.txt", b"abc").decode()
        rounds.append(text)
        return report_of("a.txt", text, (0, 2, "x"), (1, 3, "y"), (2, 3, "z")) if text == "abc" else Report()

    outcome = fix(check_again, unsafe=False)
    assert rounds == ["abc", "xc"]
    assert (outcome.applied, outcome.contents["a.txt"]) == (1, b"xc")


def test_a_round_that_brings_an_error_is_taken_back_for_that_file_alone(here):
    here.write("bad.txt", "a")
    here.write("good.txt", "a")

    def check_again(contents):
        report = Report()
        for path in ("bad.txt", "good.txt"):
            text = contents.get(path, b"a").decode()
            if text == "a":
                report.findings += report_of(path, text, (0, 1, "b")).findings
            elif path == "bad.txt":
                report.findings += report_of(path, text, (0, 1, "b"), severity="error").findings
        return report

    outcome = fix(check_again, unsafe=False)
    assert outcome.contents == {"good.txt": b"b"}
    assert [finding.span.source.path for finding in outcome.report.findings] == ["bad.txt"]


def test_a_file_that_changed_since_it_was_read_is_not_fixed(here):
    here.write("a.txt", "somebody else wrote this")
    outcome = fix(growing("a.txt"), unsafe=True)
    assert (outcome.applied, outcome.contents) == (0, {})


def test_a_file_that_is_gone_is_not_fixed(here):
    assert fix(growing("gone.txt"), unsafe=True).contents == {}


def test_a_fix_in_another_file_than_its_finding_is_left_to_people(here):
    here.write("a.txt", "a")
    here.write("b.txt", "b")
    finding = report_of("a.txt", "a", (0, 1, "x")).findings[0]
    finding.fix.edits.append(report_of("b.txt", "b", (0, 1, "x")).findings[0].fix.edits[0])
    report = Report()
    report.findings.append(finding)
    assert fix(lambda contents: report, unsafe=True).contents == {}


def test_a_file_that_cannot_be_replaced_is_named_and_whole(here, monkeypatch):
    here.write("spark-defaults.conf", DEFAULTS)
    outcome = fixed("spark-defaults.conf")

    def refuse(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    write(outcome)
    assert [failure.message for failure in outcome.report.failures] == ["not fixed: No space left on device"]
    assert (here.path / "spark-defaults.conf").read_bytes() == DEFAULTS.encode()
    assert os.listdir(here.path) == ["spark-defaults.conf"]
