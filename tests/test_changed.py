"""``--changed-since`` in a real repository."""

import json
import os
import subprocess

import pytest

from spmlint.cli import main

BAD = "spark.executor.memory  400m\n"


def git(*arguments):
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(folder, monkeypatch):
    """``main`` with old/, both/ and gone/ in it; a branch on which both/ and a file of an odd name changed."""
    monkeypatch.chdir(folder.path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q", "-b", "main")
    for name in ("old", "both", "gone", "later"):
        folder.write(f"{name}/spark-defaults.conf", BAD)
    folder.write(".gitignore", "ignored/\n")
    git("add", ".")
    git("commit", "-qm", "first")
    git("checkout", "-qb", "branch")
    folder.write("both/spark-defaults.conf", BAD + BAD)
    folder.write("odd 日本\n/spark-defaults.conf", BAD)
    git("rm", "-q", "gone/spark-defaults.conf")
    git("add", ".")
    git("commit", "-qm", "second")
    git("checkout", "-q", "main")
    folder.write("later/spark-defaults.conf", BAD + "# on main only\n")
    git("commit", "-qam", "third")
    git("checkout", "-q", "branch")
    return folder


def files(capsys, *arguments, status=1):
    assert main(["check", "--isolated", "--format", "json", "--show-files", *arguments]) == status
    out, err = capsys.readouterr()
    shown = err.splitlines()
    assert json.loads(out)["summary"]["files"] == len(shown)
    return sorted(shown)


def test_what_the_branch_changed_and_nothing_else(repository, capsys):
    assert files(capsys, "--changed-since", "main") == ["both/spark-defaults.conf", "odd 日本\\x0a/spark-defaults.conf"]
    assert files(capsys, "--changed-since", "main", "both", "old") == ["both/spark-defaults.conf"]
    assert files(capsys, "--changed-since", "HEAD", status=0) == []


def test_the_work_tree_the_index_and_new_files_count(repository, capsys):
    repository.write("old/spark-defaults.conf", "# changed\n" + BAD)
    assert files(capsys, "--changed-since", "HEAD") == ["old/spark-defaults.conf"]
    git("add", ".")
    repository.write("new/spark-defaults.conf", BAD)
    repository.write("ignored/spark-defaults.conf", BAD)
    assert files(capsys, "--changed-since", "HEAD") == ["new/spark-defaults.conf", "old/spark-defaults.conf"]


def test_from_a_folder_below_and_through_links(repository, capsys, monkeypatch, tmp_path_factory):
    (repository.path / "both/link.conf").symlink_to("../old/spark-defaults.conf")
    monkeypatch.chdir(repository.path / "both")
    assert files(capsys, "--changed-since", "main") == ["link.conf", "spark-defaults.conf"]
    assert files(capsys, "--changed-since", "main", "../old", status=0) == []
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "link"
    elsewhere.symlink_to(repository.path)
    monkeypatch.chdir(elsewhere)
    assert "both/spark-defaults.conf" in files(capsys, "--changed-since", "main")


def test_excludes_and_missing_arguments_are_as_ever(repository, capsys):
    repository.write(".spmlint.toml", 'exclude = ["both"]\n')
    assert main(["check", "--changed-since", "main", "--show-files"]) == 1
    assert "both/" not in capsys.readouterr().err
    assert main(["check", "--isolated", "--changed-since", "main", "nowhere.yaml"]) == 2
    assert "nowhere.yaml: No such file" in capsys.readouterr().err


def test_what_a_changed_file_names_is_still_read(repository, capsys):
    submit = "spark-submit --master yarn --deploy-mode cluster --properties-file old/spark-defaults.conf app.py\n"
    repository.write("run.sh", submit)
    git("add", ".")
    git("commit", "-qm", "script")
    arguments = ["check", "--isolated", "--format", "json"]
    assert main([*arguments, "--changed-since", "HEAD~1"]) == main([*arguments, "run.sh"]) == 1
    changed, alone = capsys.readouterr().out.split("}\n{")
    assert f"{changed}}}\n" == f"{{{alone}"
    assert "old/spark-defaults.conf" in changed


@pytest.mark.parametrize("ref", ["nowhere", "", "-h", "--help", "HEAD:both", "main..branch"])
def test_what_is_no_commit_is_a_usage_error(repository, capsys, ref):
    assert main(["check", f"--changed-since={ref}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"spmlint: --changed-since: there is no commit {ref!r} here; a shallow clone may lack it\n"


def test_histories_that_never_met(repository, capsys):
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "other")
    assert main(["check", "--changed-since", "main"]) == 2
    assert "no commit in common" in capsys.readouterr().err


def test_without_a_repository_or_git(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder.path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.path.parent))
    assert main(["check", "--changed-since", "main"]) == 2
    assert "--changed-since: not a git repository" in capsys.readouterr().err
    monkeypatch.setenv("PATH", str(folder.path))
    assert main(["check", "--changed-since", "main"]) == 2
    assert "git is not installed" in capsys.readouterr().err


def test_nothing_of_the_repository_is_run(repository, capsys):
    trap = repository.path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{repository.path}/sprung'\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.hooksPath", "alias.diff", "core.askPass"):
        git("config", key, str(trap))
    assert "both/spark-defaults.conf" in files(capsys, "--changed-since", "main")
    assert not (repository.path / "sprung").exists()
