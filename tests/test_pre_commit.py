"""The hook, run by the real pre-commit with this repository as its source; and which files its pattern takes."""

import re
import subprocess
import sys

import pytest
import yaml

from harness import ROOT

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.mark.parametrize(
    "path",
    [
        "spark-defaults.conf",
        "conf/spark-defaults.conf.template",
        "jobs/nightly.yaml",
        "jobs/nightly.yml",
        "emr/start-job-run.json",
        "notebooks/etl.ipynb",
        "app.properties",
        "deploy/spark-prod.conf",
        "docs/README.md",
        "jobs/export.py",
    ],
)
def test_the_pattern_takes_what_may_hold_spark_settings(path):
    assert re.search(HOOKS["spmlint"]["files"], path)


@pytest.mark.parametrize("path", ["image.png", "nginx.conf", "main.go", "Cargo.toml", "setup.cfg", "notes.txt"])
def test_the_pattern_leaves_the_rest_alone(path):
    assert not re.search(HOOKS["spmlint"]["files"], path)


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.index
def test_the_real_pre_commit_passes_clean_files_and_stops_wrong_ones(tmp_path):
    """A repository of its own, with this one as the source of the hook, taken as it is in git."""
    repository = tmp_path / "repository"
    repository.mkdir()
    run("git", "init", "-q", cwd=repository)
    (repository / "spark-defaults.conf").write_text("spark.executor.memory 4g\n")
    (repository / "notes.txt").write_text("nothing of ours\n")
    run("git", "add", "-A", cwd=repository)
    command = (sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "spmlint", "--all-files")
    clean = run(*command, cwd=repository)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    (repository / "spark-defaults.conf").write_text("spark.executor.memory 400m\n")
    wrong = run(*command, cwd=repository)
    assert wrong.returncode == 1
    assert "spark-defaults.conf:1:23: error SPM101" in wrong.stdout
