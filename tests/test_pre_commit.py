"""The hooks: which files their pattern takes, and what the real pre-commit does with this repository as their source."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from identify.extensions import EXTENSIONS
from identify.identify import tags_from_path

from spmlint.loaders import recognition

from harness import FIXTURES, ROOT

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
TEMPLATES = (".j2", ".tmpl", ".template")


def is_taken(path):
    """As pre-commit decides it, but for the type."""
    hook = HOOKS["spmlint"]
    return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)


def marks(found):
    """Every text the recognition of files looks for."""
    if isinstance(found, bytes):
        return [found]
    return [mark for one in found for mark in marks(one)] if isinstance(found, tuple) else []


def test_both_hooks_take_the_same_files():
    assert list(HOOKS) == ["spmlint", "spmlint-fix"]
    for key in ("files", "exclude", "types", "require_serial"):
        assert HOOKS["spmlint"][key] == HOOKS["spmlint-fix"][key]


@pytest.mark.parametrize(
    "path",
    [
        "spark-defaults.conf",
        "conf/spark-defaults.conf.template",
        "conf/spark-defaults",
        "jobs/nightly.yaml",
        "jobs/nightly.yml",
        "jobs/nightly.yaml.j2",
        "emr/start-job-run.json",
        "notebooks/etl.ipynb",
        "app.properties",
        "deploy/prod.conf",
        "deploy/seatunnel.hocon",
        "deploy/options.TXT",
        "docs/README.md",
        "jobs/export.py",
        "bin/submit.sh",
        "bin/submit.sh.template",
        "bin/submit",
        "Dockerfile",
        "docker/Dockerfile.spark",
        "spark.dockerfile",
        "Makefile",
        "build/rules.mk",
        "infra/emr.tf",
        "infra/prod.tfvars",
        "hadoop/yarn-site.xml",
        "base/kustomization",
    ],
)
def test_the_pattern_takes_what_may_hold_spark_settings(path):
    assert is_taken(path)


@pytest.mark.parametrize(
    "path",
    [
        "image.png",
        "docs/logo.svg",
        "main.go",
        "Job.scala",
        "Cargo.toml",
        "uv.lock",
        "poetry.lock",
        "package-lock.json",
        "web/pnpm-lock.yaml",
        "web/app.min.json",
        "data.csv",
        "table.parquet",
        "app.jar",
        "my.dockerfile.png",
        ".gitignore",
    ],
)
def test_the_pattern_leaves_the_rest_alone(path):
    assert not is_taken(path)


def test_whatever_a_loader_may_read_is_taken():
    """Every ending known to pre-commit, alone and as a template: with all marks in it, what is recognised is taken too."""
    # Behind an empty line: what is looked for at the head of a file (user data of several parts) is passed over.
    data = b"\n" + b" ".join(mark for value in vars(recognition).values() for mark in marks(value))
    endings = [f".{ending}" for ending in EXTENSIONS if "text" in EXTENSIONS[ending]] + ["", ".tfvars", ".hocon"]
    names = [f"{stem}{ending}" for stem in ("job", "spark-values", "dockerfile", "makefile") for ending in endings]
    names += [f"job{ending}{template}" for ending in endings for template in TEMPLATES]
    recognised = [name for name in names if recognition.recognise(name, data)]
    assert len(recognised) > 30
    assert [name for name in recognised if not is_taken(name)] == []


def test_every_fixture_a_loader_reads_is_taken_as_text():
    read = [
        path
        for path in FIXTURES.rglob("*")
        if path.is_file() and path.suffix != ".expect" and recognition.recognise(path.name, path.read_bytes())
    ]
    assert len(read) > 500
    assert [path for path in read if not is_taken(path.relative_to(ROOT).as_posix())] == []
    assert [path for path in read if "text" not in tags_from_path(str(path))] == []


def git(folder, *words):
    identity = ("-c", "user.name=spmlint", "-c", "user.email=spmlint@example.com")
    done = subprocess.run(("git", *identity, *words), cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


class Repository:
    """A git repository of its own that uses both hooks."""

    def __init__(self, path, source, environments):
        self.path = path
        self.environments = environments
        git(path, "init", "-q")
        revision = git(source, "rev-parse", "HEAD").strip()
        hooks = [{"id": name} for name in HOOKS]
        self.write(
            ".pre-commit-config.yaml", yaml.dump({"repos": [{"repo": str(source), "rev": revision, "hooks": hooks}]})
        )

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def stage(self):
        git(self.path, "add", "-A")

    def hook(self, name, *words):
        """One run of a hook on what is staged, or as ``words`` say."""
        return subprocess.run(
            (sys.executable, "-m", "pre_commit", "run", name, *words),
            cwd=self.path,
            env={**os.environ, "PRE_COMMIT_HOME": str(self.environments)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """This project as it lies here, in one commit: where the hooks come from."""
    folder = tmp_path_factory.mktemp("source")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "as it is")
    return folder


@pytest.fixture(scope="module")
def environments(tmp_path_factory):
    """Where pre-commit installs the hooks, once for all tests."""
    return tmp_path_factory.mktemp("environments")


@pytest.fixture
def repository(tmp_path, source, environments):
    return Repository(tmp_path, source, environments)


SMALL = "spark.executor.memory 400m\n"
ENOUGH = "spark.executor.memory 4g\n"


@pytest.mark.index
def test_the_hooks_are_valid():
    command = (sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert subprocess.run(command, check=False).returncode == 0


@pytest.mark.index
def test_clean_files_pass_and_wrong_ones_stop(repository):
    repository.write("spark-defaults.conf", ENOUGH)
    repository.write("picture.png", SMALL)
    repository.stage()
    clean = repository.hook("spmlint", "--all-files")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    repository.write("spark-defaults.conf", SMALL)
    wrong = repository.hook("spmlint", "--all-files")
    assert wrong.returncode == 1
    assert "spark-defaults.conf:1:23: error SPM101" in wrong.stdout


@pytest.mark.index
def test_excluded_files_are_passed_by_though_they_are_named(repository):
    repository.write(".spmlint.toml", 'exclude = ["legacy"]\n')
    repository.write("legacy/spark-defaults.conf", SMALL)
    repository.stage()
    result = repository.hook("spmlint")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.index
def test_only_what_is_staged_is_checked(repository):
    repository.write("spark-defaults.conf", ENOUGH)
    repository.stage()
    repository.write("spark-defaults.conf", SMALL)
    unstaged = repository.hook("spmlint")
    assert unstaged.returncode == 0, unstaged.stdout + unstaged.stderr
    assert (repository.path / "spark-defaults.conf").read_text() == SMALL
    repository.stage()
    repository.write("spark-defaults.conf", ENOUGH)
    staged = repository.hook("spmlint")
    assert staged.returncode == 1
    assert "SPM101" in staged.stdout


@pytest.mark.index
def test_a_thousand_files_are_one_run(repository):
    """More names than one process takes on some systems, one of them with a finding."""
    for number in range(1000):
        name = f"a-folder-with-a-long-name-of-its-own/{number:04}/spark-defaults.conf"
        repository.write(name, SMALL if number == 777 else ENOUGH)
    repository.stage()
    result = repository.hook("spmlint", "--verbose")
    assert result.returncode == 1
    assert result.stdout.count("error SPM101") == 1
    assert "0777/spark-defaults.conf" in result.stdout
    assert re.findall(r"^Found .*", result.stdout, re.MULTILINE) == ["Found 1 error in 1001 files (1000 jobs)."]


@pytest.mark.index
def test_the_fixing_hook_stops_the_first_time_and_passes_the_second(repository):
    repository.write("spark-defaults.conf", "spark.executor.memory 1.5g\n")
    repository.stage()
    first = repository.hook("spmlint-fix")
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert (repository.path / "spark-defaults.conf").read_text() == "spark.executor.memory 1536m\n"
    repository.stage()
    second = repository.hook("spmlint-fix")
    assert second.returncode == 0, second.stdout + second.stderr
