"""The same input gives the same bytes: whatever the order of arguments, the hash seed, the locale and the way to the folder."""

import os
import subprocess
import sys

import pytest

from harness import FIXTURES

FOLDERS = ("carriers", "commands", "examples", "hocon", "operators", "yaml")


def output(folder, *arguments, **environment):
    """What a run of its own writes to both streams, and its exit status."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "spmlint", "check", "--isolated", *arguments]
    result = subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, check=False)
    return result.stdout, result.stderr, result.returncode


@pytest.fixture(scope="module")
def plain():
    found = output(FIXTURES, *FOLDERS, PYTHONHASHSEED="0")
    assert b"SPM101" in found[0]
    return found


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        {"TZ": "Asia/Kathmandu", "COLUMNS": "20"},
    ],
    ids=str,
)
def test_the_environment_changes_nothing(plain, environment):
    assert output(FIXTURES, *FOLDERS, PYTHONHASHSEED="0", **environment) == plain


def test_the_order_of_arguments_changes_nothing(plain):
    assert output(FIXTURES, *reversed(FOLDERS), PYTHONHASHSEED="0") == plain
    assert output(FIXTURES, "hocon", *(f"./{name}/" for name in FOLDERS), "hocon", PYTHONHASHSEED="0") == plain


def test_the_way_to_the_folder_changes_nothing(plain, tmp_path):
    (tmp_path / "here").symlink_to(FIXTURES)
    there = str(tmp_path / "here")
    assert output(there, *FOLDERS, PWD=there, PYTHONHASHSEED="0") == plain


@pytest.mark.parametrize("form", ["json", "text"])
def test_the_seed_of_hashes_changes_nothing(form):
    arguments = ("--format", form, "rules", *FOLDERS)
    assert output(FIXTURES, *arguments, PYTHONHASHSEED="1") == output(FIXTURES, *arguments, PYTHONHASHSEED="20")
