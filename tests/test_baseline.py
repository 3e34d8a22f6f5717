"""A baseline accepts what was there, by what it is about and not by where or how it is written."""

import json

import pytest

from spmlint.cli import main
from spmlint.fingerprint import fingerprint

OLD = "spark.executor.memory 400m\n"


@pytest.fixture
def here(folder, monkeypatch):
    monkeypatch.chdir(folder.path)
    folder.write("spark-defaults.conf", OLD)
    assert main(["check", "--isolated", "--write-baseline", "--baseline", "accepted.json", "."]) == 0
    return folder


def run(*arguments):
    return main(["check", "--isolated", "--baseline", "accepted.json", *arguments])


def test_accepted_findings_do_not_fail_a_run(here, capsys):
    assert run(".") == 0
    assert "1 suppressed" in capsys.readouterr().out


def test_moved_lines_and_other_values_stay_accepted(here):
    here.write("spark-defaults.conf", "# a line more\n\nspark.executor.memory 300m\n")
    assert run(".") == 0


def test_a_new_finding_fails(here):
    here.write("spark-defaults.conf", OLD + "spark.driver.memory 300m\n")
    assert run(".") == 1
    here.write("other/spark-defaults.conf", OLD)
    here.write("spark-defaults.conf", OLD)
    assert run(".") == 1


def test_stale_entries_are_named_for_files_that_were_looked_at(here, capsys):
    here.write("spark-defaults.conf", "spark.executor.memory 4g\n")
    here.write("notes.txt", "")
    assert run(".") == 0
    assert "stale baseline entry: SPM101: spark-defaults.conf" in capsys.readouterr().err
    assert run("notes.txt") == 0
    assert "stale" not in capsys.readouterr().err


def test_entries_of_files_that_are_gone_are_stale(here, capsys):
    (here.path / "spark-defaults.conf").rename(here.path / "moved.conf")
    assert run(".") == 1
    assert "stale baseline entry: SPM101: spark-defaults.conf" in capsys.readouterr().err


def test_a_second_finding_of_the_same_kind_is_new(here):
    here.write("spark-defaults.conf", OLD + OLD.replace("400m", "300m"))
    report = here.check("spark-defaults.conf")
    assert len({fingerprint(finding) for finding in report.findings if finding.rule == "SPM101"}) == 1


def test_a_broken_baseline_is_a_usage_error(here, capsys):
    here.write("accepted.json", "[]")
    assert run(".") == 2
    assert "not a baseline" in capsys.readouterr().err
    (here.path / "accepted.json").unlink()
    assert run(".") == 2


def test_the_file_is_stable(here):
    before = (here.path / "accepted.json").read_bytes()
    main(["check", "--isolated", "--write-baseline", "--baseline", "accepted.json", "."])
    assert (here.path / "accepted.json").read_bytes() == before
    assert json.loads(before)["version"] == 1
