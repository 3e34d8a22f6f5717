"""The command line: exit status, streams, formats, and what a plain check may not import."""

import json
import os
import subprocess
import sys

import pytest

from spmlint import check, footprint, parse_duration, parse_size
from spmlint.cli import main
from spmlint.report import FORMATS
from spmlint.version import __version__

from harness import FIXTURES, ROOT

GOOD = "spark.executor.memory  4g\n"
BAD = "spark.executor.memory  400m\n"


@pytest.fixture(autouse=True)
def here(folder, monkeypatch):
    monkeypatch.chdir(folder.path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        ({"spark-defaults.conf": GOOD}, [], 0),
        ({"spark-defaults.conf": BAD}, [], 1),
        ({"spark-defaults.conf": BAD}, ["--exit-zero"], 0),
        ({"spark-defaults.conf": BAD}, ["--fail-on", "never"], 0),
        ({"spark-defaults.conf": BAD}, ["--ignore", "SPM101"], 0),
        ({"spark-defaults.conf": "spark.driver.memory 2gb\n"}, [], 0),
        ({"spark-defaults.conf": "spark.driver.memory 2gb\n"}, ["--fail-on", "info"], 1),
        ({"spark-defaults.conf": BAD}, ["nowhere.yaml"], 2),
        ({"spark-defaults.conf": BAD}, ["--select", "SPM999"], 2),
        ({}, ["nowhere.yaml"], 2),
        ({"notes.txt": "nothing"}, [], 0),
        ({".spmlint.toml": "sellect = []"}, ["notes.txt"], 2),
    ],
)
def test_exit_status(here, files, arguments, status):
    for name, text in files.items():
        here.write(name, text)
    paths = [] if any(name.endswith((".yaml", ".txt")) for name in arguments) else ["."]
    here.write("notes.txt", "nothing")
    assert main(["check", *paths, *arguments]) == status


def test_findings_survive_an_unreadable_file(here, capsys):
    here.write("spark-defaults.conf", BAD)
    assert main(["check", "spark-defaults.conf", "nowhere.yaml"]) == 2
    out, err = capsys.readouterr()
    assert "SPM101" in out
    assert "nowhere.yaml" in err


def test_text_points_at_the_exact_value(here, capsys):
    here.write("spark-defaults.conf", BAD)
    main(["check", "spark-defaults.conf"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "spark-defaults.conf:1:24: error SPM101 heap-below-minimum: "
        "executor heap 400 MiB is below the 450 MiB Spark needs to start"
    )
    column = lines[1].index("400m")
    assert lines[2].rstrip() == lines[2][:column].replace("1", " ") + "^^^^"
    assert lines[3].strip().startswith("sum: minimum heap 450 MiB")
    assert "465m" in lines[4]
    assert lines[-1] == "Found 1 error in 1 file (1 job)."


def test_wide_characters_and_tabs_do_not_move_the_caret(here, capsys):
    here.write("job.conf", "spark.app.name 日本\nspark.executor.memory\t400m\n")
    main(["check", "job.conf"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].index("400m") == lines[2].index("^^^^")


def test_json(here, capsys):
    here.write("spark-defaults.conf", BAD)
    assert main(["check", "--format", "json", "spark-defaults.conf"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    assert report["summary"] == {
        "files": 1,
        "jobs": 1,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "not_checked": 0,
        "suppressed": 0,
    }
    [finding] = report["findings"]
    place = {"path": "spark-defaults.conf", "line": 1, "column": 24, "end_line": 1, "end_column": 28}
    assert {key: finding[key] for key in place} == place
    assert finding["fix"] == {
        "safety": "unsafe",
        "title": "the smallest heap that starts everywhere: 465m",
        "edits": [{**place, "text": "465m"}],
    }
    assert (finding["rule"], finding["name"], finding["jobs"]) == ("SPM101", "heap-below-minimum", 1)


def test_the_fingerprint_survives_moved_lines_and_other_values(here, capsys):
    prints = []
    for text in (BAD, "# a comment\n\nspark.executor.memory 300m\n"):
        here.write("spark-defaults.conf", text)
        main(["check", "--format", "json", "spark-defaults.conf"])
        prints.append(json.loads(capsys.readouterr().out)["findings"][0]["fingerprint"])
    assert prints[0] == prints[1]


def test_statistics_count_what_each_rule_said(here, capsys):
    here.write("a/spark-defaults.conf", "spark.executor.memory 400m\nspark.driver.memory 300m\n")
    here.write("b/spark-defaults.conf", "spark.executor.memory 400m\nspark.executor.pyspark.memory 1.5g\n")
    assert main(["check", "--isolated", "--statistics", "a", "b"]) == 1
    err = capsys.readouterr().err
    assert err.splitlines() == [
        "     3 SPM101 error   heap-below-minimum",
        "     1 SPM704 error   size-not-accepted",
    ]
    assert main(["check", "--isolated", "--statistics", "--select", "SPM102", "a"]) == 0
    assert capsys.readouterr().err == ""


def test_standard_input_is_read_by_its_name(here, capsys, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert main(["check", "-", "--stdin-filename", "spark-defaults.conf"]) == 1
    assert "spark-defaults.conf:1:24" in capsys.readouterr().out


def test_colour_only_where_it_is_wanted(here, capsys, monkeypatch):
    here.write("spark-defaults.conf", BAD)
    main(["check", "spark-defaults.conf"])
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "spark-defaults.conf"])
    painted = capsys.readouterr().out
    assert "\x1b[" in painted
    import re

    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", painted).splitlines()] == plain.splitlines()
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "spark-defaults.conf"])
    assert "\x1b" not in capsys.readouterr().out


def test_terminal_escapes_of_the_input_are_neutralised(here, capsys):
    here.write("spark-defaults.conf", "spark.executor.memory  \x1b[31m1.5g\n")
    main(["check", "spark-defaults.conf"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\\x1b[31m1.5g" in out


def test_rule_prints_the_page(capsys):
    assert main(["rule", "SPM101"]) == 0
    text = capsys.readouterr().out
    assert main(["rule", "heap-below-minimum"]) == 0
    assert capsys.readouterr().out == text
    assert "Why it hurts" in text
    assert main(["rule", "--all", "--format", "json"]) == 0
    assert {"SPM101", "SPM707"} <= {page["code"] for page in json.loads(capsys.readouterr().out)}
    assert main(["rule", "SPM101", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# SPM101 heap-below-minimum")
    assert main(["rule"]) == 0
    assert "SPM901" in capsys.readouterr().out
    assert main(["rule", "heap-below-minimun"]) == 2
    assert "did you mean 'heap-below-minimum'" in capsys.readouterr().err


def spmlint(*arguments, **environment):
    """Run the program as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "spmlint", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_version_and_usage():
    assert spmlint("--version").stdout == f"spmlint {__version__}\n"
    assert spmlint().returncode == 2
    assert spmlint("chekc").returncode == 2
    assert "--facts" in spmlint("check", "--help").stdout


def test_what_was_done_is_counted(here, capsys):
    here.write("spark-defaults.conf", "spark.executor.memory 1.5g\nspark.driver.memory 400m\n")
    main(["check", "--fix", "."])
    assert capsys.readouterr().err == "spmlint: 1 finding fixed in 1 file\n"
    main(["check", "--write-baseline", "."])
    assert capsys.readouterr().err == "spmlint: 1 finding written to .spmlint-baseline.json\n"


def test_a_path_without_a_command_is_told_the_command(here):
    here.write("spark-defaults.conf", BAD)
    result = spmlint("spark-defaults.conf")
    assert result.returncode == 2
    assert result.stderr.endswith("spmlint: to check it: spmlint check spark-defaults.conf\n")
    assert "to check it" not in spmlint("check", "--format", "checkstyle").stderr


def test_a_closed_pipe_is_no_error(here):
    here.write("spark-defaults.conf", BAD * 3000)
    command = f"{sys.executable} -m spmlint check --format json spark-defaults.conf | head -c 10"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert result.stderr == ""


def test_several_reports_in_one_run(here, capsys):
    here.write("spark-defaults.conf", BAD)
    outputs = ["--output", "sarif=out.sarif", "--output", "junit=out.xml", "--output=text=out.txt"]
    assert main(["check", ".", "--format", "json", *outputs]) == 1
    printed = capsys.readouterr().out
    assert json.loads(printed)["findings"][0]["rule"] == "SPM101"
    assert json.loads((here.path / "out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "SPM101"
    assert (here.path / "out.xml").read_text().startswith("<?xml")
    assert (here.path / "out.txt").read_text().startswith("spark-defaults.conf:1:24: error SPM101")
    assert sorted(path.name for path in here.path.iterdir()) == [
        "out.sarif",
        "out.txt",
        "out.xml",
        "spark-defaults.conf",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_is_printed(here, capsysbinary, form):
    here.write("spark-defaults.conf", BAD)
    main(["check", ".", "--format", form, "--output", f"{form}=out"])
    assert (here.path / "out").read_bytes() == capsysbinary.readouterr().out


def test_a_report_in_a_file_is_never_painted(here, monkeypatch):
    here.write("spark-defaults.conf", BAD)
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", ".", "--output", "text=out.txt"])
    assert "\x1b" not in (here.path / "out.txt").read_text()


def test_a_report_replaces_the_old_one_and_keeps_its_mode_and_link(here):
    here.write("spark-defaults.conf", BAD)
    here.write("old.json", "old")
    (here.path / "old.json").chmod(0o640)
    (here.path / "link.json").symlink_to("old.json")
    assert main(["check", "spark-defaults.conf", "--output", "json=link.json"]) == 1
    assert json.loads((here.path / "old.json").read_text())["version"] == 1
    assert (here.path / "old.json").stat().st_mode & 0o777 == 0o640
    assert (here.path / "link.json").is_symlink()


def test_a_device_is_written_and_not_replaced(here, capfd):
    here.write("spark-defaults.conf", BAD)
    assert main(["check", ".", "--output", f"gitlab={os.devnull}"]) == 1
    assert not os.path.isfile(os.devnull)


def test_a_report_that_cannot_be_written_is_trouble_and_the_rest_is_told(here, capsys):
    here.write("spark-defaults.conf", BAD)
    assert main(["check", ".", "--output", "sarif=nowhere/out.sarif", "--output", "json=out.json"]) == 2
    out, err = capsys.readouterr()
    assert "SPM101" in out
    assert err == "spmlint: nowhere/out.sarif: sarif report not written: No such file or directory\n"
    assert (here.path / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "sarif"], "'sarif' is not FORMAT=FILE"),
        (["--output", "sarif="], "is not FORMAT=FILE"),
        (["--output", "sarfi=x"], "no format 'sarfi', did you mean sarif?"),
        (["--output", "checkstyle=x"], "choose from text, json, sarif"),
        (["--output", "sarif=-"], "say --format sarif"),
        (["--output", "sarif=x", "--diff"], "--output goes with neither"),
        (["--output", "sarif=x", "--write-baseline"], "--output goes with neither"),
        (["--format", "checkstyle"], "choose from"),
    ],
)
def test_wrong_outputs_are_usage_errors(here, capsys, arguments, said):
    with pytest.raises(SystemExit) as exit_:
        main(["check", ".", *arguments])
    assert exit_.value.code == 2
    assert said in capsys.readouterr().err
    assert list(here.path.iterdir()) == []


def test_github_actions_gets_text_and_annotations(here, capsys, monkeypatch):
    here.write("spark-defaults.conf", BAD)
    main(["check", "."])
    text = capsys.readouterr().out
    main(["check", ".", "--format", "github"])
    annotations = capsys.readouterr().out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check", "."]) == 1
    both = capsys.readouterr().out
    assert both.startswith("::stop-commands::")
    assert both.index(text) < both.index(annotations)
    for form, alone in (("text", text), ("github", annotations)):
        main(["check", ".", "--format", form])
        assert capsys.readouterr().out == alone


@pytest.mark.parametrize("error", [ZeroDivisionError, MemoryError, RecursionError, GeneratorExit])
def test_an_error_of_ours_is_one_line_and_status_2(here, capsys, monkeypatch, error):
    def broken(report, stream):
        raise error("oh\nno")

    monkeypatch.setattr("spmlint.report.text.write", broken)
    here.write("spark-defaults.conf", GOOD)
    assert main(["check", "."]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith(f"spmlint: internal error: {error.__name__}: oh\\x0ano (")
    assert "please report it" in err


def test_each_line_of_a_configuration_error_is_a_line(here, capsys):
    here.write(".spmlint.toml", "sellect = []\nignor = []\n")
    assert main(["check", "--config", ".spmlint.toml"]) == 2
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 2
    assert all(line.startswith("spmlint: .spmlint.toml: ") for line in err)


def test_names_of_files_cannot_drive_the_terminal_through_stderr(here, capsys):
    here.write("a\n\x1b[31m-spark-defaults.conf", GOOD)
    main(["check", ".", "gone\x1b[2J", "--show-files"])
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert err.splitlines()[1] == "a\\x0a\\x1b[31m-spark-defaults.conf"


HEAVY = {
    "collections",
    "rich",
    "jsonschema",
    "pyhocon",
    "ruamel",
    "dataclasses",
    "importlib.metadata",
    "concurrent.futures",
    "tomllib",
    "typing",
    "pathlib",
    "subprocess",
    "difflib",
    "hashlib",
    "shutil",
    "spmlint.arguments",
    "spmlint.changed",
    "spmlint.progress",
    "spmlint.replace_file",
    "spmlint.report.json",
}


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (
            FIXTURES / "examples" / "nightly.yaml",
            {
                "re",
                "enum",
                "spmlint.places.namespaces",
                "spmlint.places.nodes",
                "spmlint.emr.capacity",
                "spmlint.spark.unknown_keys",
            },
        ),
        (ROOT / "LICENSE", {"yaml", "argparse", "json", "spmlint.engine", "spmlint.document.node"}),
    ],
)
def test_a_plain_check_does_not_import_what_it_does_not_need(path, more):
    program = (
        "import sys; from spmlint.cli import main; main(['check', sys.argv[1]]); "
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}", str(path)],
                            capture_output=True, text=True, check=False)  # fmt: skip
    loaded = set(result.stderr.split())
    assert "spmlint.run" in loaded
    assert loaded & (HEAVY | more) == set()


def test_the_public_api(here):
    report = check([here.write("spark-defaults.conf", BAD)])
    assert [finding.rule for finding in report.findings] == ["SPM101"]
    made = footprint({"spark.executor.memory": "4g"}, spark_version="3.5.1", language="python").to_dict()
    assert made["executor"]["container_mib"] == 5734
    assert made["spark_version"] == "3.5.1"
    assert parse_size("1500k", unit="m", spark_version="3.5") == 1
    assert parse_size("4Gi", spark_version="4.2.0") == 4 << 30
    assert parse_duration("2min", unit="s", spark_version="3.5") == 120
    with pytest.raises(ValueError, match=r"4\.2"):
        parse_size("4Gi", spark_version="4.1.0")
    with pytest.raises(ValueError, match="not one of those modelled"):
        footprint({}, spark_version="2.4.8")
    with pytest.raises(ValueError, match="mesos"):
        footprint({}, spark_version="3.5", manager="mesos")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_bytes_under_any_locale(here, form):
    here.write("spark-defaults.conf", "spark.executor.memory  1.5\\ud800g # 日本\n")
    outputs = {
        spmlint("check", "--format", form, "spark-defaults.conf", LC_ALL=locale, PYTHONIOENCODING=encoding).stdout
        for locale, encoding in (("C", "latin-1"), ("C.UTF-8", "utf-8"))
    }
    assert len(outputs) == 1
    assert "\\ud800" in outputs.pop()


def test_a_reader_that_has_seen_enough_is_no_error(here):
    """Where the pipe is closed before the few lines are written out, Python would say so at exit."""
    here.write("spark-defaults.conf", "spark.executor.memory  400m\n")
    command = [sys.executable, "-m", "spmlint", "check", "spark-defaults.conf"]
    with subprocess.Popen(command, cwd=here.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(("stream", "status"), [("<", 1), (">", 1), ("2>", 1)])
def test_a_stream_that_is_closed_is_no_error_of_ours(here, stream, status):
    here.write("spark-defaults.conf", "spark.executor.memory  400m\n")
    command = f"{sys.executable} -m spmlint check spark-defaults.conf {stream}&-"
    result = subprocess.run(["sh", "-c", command], cwd=here.path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (status, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_one_line(here):
    here.write("spark-defaults.conf", "spark.executor.memory  400m\n")
    command = f"{sys.executable} -m spmlint check spark-defaults.conf > /dev/full"
    result = subprocess.run(["sh", "-c", command], cwd=here.path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (2, "spmlint: output: No space left on device\n")
