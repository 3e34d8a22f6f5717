"""What the pages on integrations tell people to paste, given to the tools it is meant for."""

import re
import shlex
import shutil
import subprocess
import sys

import check_jsonschema
import pytest
import yaml

from harness import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import pages

FOLDER = ROOT / "docs" / "integrations"


def text(page):
    return (FOLDER / page).read_text(encoding="utf-8")


def blocks(page, language):
    return [block.body for block in pages.blocks(text(page)) if block.language == language]


@pytest.mark.parametrize(
    ("page", "schema"),
    [("github-actions.md", "vendor.github-workflows"), ("gitlab-ci.md", "vendor.gitlab-ci")],
)
def test_pipelines_match_the_schema_of_their_host(page, schema, tmp_path, capsys):
    found = blocks(page, "yaml")
    assert found
    for number, body in enumerate(found):
        file = tmp_path / f"{number}.yml"
        file.write_text(body)
        with pytest.raises(SystemExit) as stop:
            check_jsonschema.main(["--builtin-schema", schema, str(file)], prog_name="check-jsonschema")
        assert stop.value.code == 0, capsys.readouterr().out


def assert_written(folder, command, reports):
    """The command, as a pipeline calls it, finds something and writes the reports that the pipeline then reads."""
    folder.write("spark-defaults.conf", "spark.executor.memory 400m\n")
    words = shlex.split(command)
    assert words[0].endswith("spmlint")
    run = (sys.executable, "-m", "spmlint", *words[1:])
    assert subprocess.run(run, cwd=folder.path, capture_output=True, check=False).returncode == 1
    assert reports
    for report in reports:
        assert "SPM101" in (folder.path / report).read_text(encoding="utf-8")


def test_the_job_of_gitlab_writes_the_reports_it_names(folder):
    (body,) = blocks("gitlab-ci.md", "yaml")
    job = yaml.safe_load(body)["spmlint"]
    (command,) = job["script"]
    assert_written(folder, command, job["artifacts"]["reports"].values())


def test_the_pipeline_of_jenkins_writes_the_reports_it_names(folder):
    (body,) = blocks("jenkins.md", "groovy")
    (command,) = re.findall(r"sh '(\S*spmlint check .*)'", body)
    assert_written(folder, command, re.findall(r"(?:junit|pattern:) '(.*?)'", body))


def test_pre_commit_takes_the_configurations(tmp_path):
    for number, body in enumerate(blocks("pre-commit.md", "yaml")):
        file = tmp_path / f"{number}.yaml"
        file.write_text(body)
        command = (sys.executable, "-m", "pre_commit", "validate-config", str(file))
        assert subprocess.run(command, check=False).returncode == 0
        hooks = yaml.safe_load(body)["repos"][0]["hooks"]
        assert {hook["id"] for hook in hooks} <= {"spmlint", "spmlint-fix"}


def test_the_table_of_inputs_is_the_action_s():
    declared = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    inputs = text("github-actions.md").partition("## Inputs")[2].partition("##")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", inputs, re.MULTILINE) == list(declared)
    used = [step["with"] for body in blocks("github-actions.md", "yaml") for step in steps(body) if "with" in step]
    assert used
    assert all(set(given) <= set(declared) for given in used)


def steps(workflow):
    """The steps of a workflow that use this action."""
    for job in yaml.safe_load(workflow)["jobs"].values():
        yield from (step for step in job["steps"] if step.get("uses", "").startswith("spmlint/"))


@pytest.fixture
def checked(folder, monkeypatch):
    """What a check of a file with an error, a warning and an info prints, and line, column and severity of each finding."""
    folder.write(
        "a job.sh",
        "spark-submit --master yarn --deploy-mode cluster --executor-memory 8g \\\n"
        "  --conf spark.executor.memoryOverhead=512m --conf spark.driver.maxResultSize=1.5g \\\n"
        "  --conf spark.dynamicAllocation.enabled=true job.py\n",
    )
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    command = (sys.executable, "-m", "spmlint", "check", "a job.sh")
    printed = subprocess.run(command, cwd=folder.path, capture_output=True, encoding="utf-8", check=False).stdout
    findings = folder.check("a job.sh").findings
    places = [(str(found.span.line), str(found.span.column), found.severity) for found in findings]
    assert {severity for _, _, severity in places} == {"error", "warning", "info"}
    return printed, places


def test_the_problem_matcher_reads_the_output(checked):
    printed, places = checked
    (body,) = blocks("editors.md", "json")
    pattern = yaml.safe_load(body)["tasks"][0]["problemMatcher"]["pattern"]
    matches = [found for found in (re.match(pattern["regexp"], line) for line in printed.splitlines()) if found]
    groups = [
        tuple(found[pattern[part]] for part in ("file", "line", "column", "severity", "code")) for found in matches
    ]
    assert [group[1:4] for group in groups] == places
    assert {group[0] for group in groups} == {"a job.sh"}
    assert all(re.fullmatch(r"SPM\d{3}", group[4]) for group in groups)


@pytest.mark.skipif(shutil.which("vim") is None, reason="there is no Vim here")
def test_vim_reads_the_output(checked, tmp_path):
    printed, places = checked
    (body,) = blocks("editors.md", "vim")
    (tmp_path / "output.txt").write_text(printed)
    (tmp_path / "settings.vim").write_text(
        body + "cgetfile output.txt\n"
        "call writefile(map(getqflist(), 'v:val.lnum . \" \" . v:val.col . \" \" . v:val.type'), 'found.txt')\nqa!\n"
    )
    command = ("vim", "-N", "-u", "NONE", "-i", "NONE", "-es", "-S", "settings.vim")
    subprocess.run(command, cwd=tmp_path, check=False, timeout=30)
    found = [tuple(line.split()) for line in (tmp_path / "found.txt").read_text().splitlines()]
    assert found == [(line, column, severity[0]) for line, column, severity in places]
