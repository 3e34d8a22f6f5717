"""Rule packs of others: one that is really installed, and what is said of those that cannot be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spmlint.cli import main
from spmlint.config import ConfigError
from spmlint.page import read_page
from spmlint.registry import Registry

ACME = Path(__file__).parent / "packs" / "acme"
CONFIG = '[tool.spmlint]\npacks = ["acme_spark_rules"]\n'
MOVING = "spark.kubernetes.container.image  acme/spark:latest\n"


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The folder into which pip has installed the example pack."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--disable-pip-version-check", "--target", target, ACME], check=True)
    return target


@pytest.fixture
def spmlint(folder, installed):
    """Runs the command line in a folder whose configuration names the pack, where the pack is installed."""
    folder.write("pyproject.toml", CONFIG)

    def run(*arguments):
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        command = [sys.executable, "-m", "spmlint", *arguments]
        return subprocess.run(command, cwd=folder.path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_an_installed_pack_finds_what_it_looks_for(folder, spmlint):
    folder.write("spark-defaults.conf", MOVING)
    done = spmlint("check", "--fail-on", "warning", "spark-defaults.conf")
    assert done.returncode == 1, done.stderr
    assert (
        "spark-defaults.conf:1:35: warning ACME001 image-without-tag: the image acme/spark:latest may be" in done.stdout
    )


def test_its_findings_are_selected_and_silenced_like_all_others(folder, spmlint):
    folder.write("spark-defaults.conf", f"# spmlint: ignore[image-without-tag] a demonstration\n{MOVING}")
    assert "1 suppressed" in spmlint("check", "spark-defaults.conf").stdout
    folder.write("spark-defaults.conf", MOVING)
    assert spmlint("check", "--ignore", "ACME001", "spark-defaults.conf").returncode == 0
    assert spmlint("check", "--select", "acme001", "spark-defaults.conf").returncode == 1


def test_its_holes_are_not_checked(folder, spmlint):
    folder.write("spark-defaults.conf", "spark.kubernetes.container.image  acme/spark:${TAG}\n")
    done = spmlint("check", "--select", "ACME001", "spark-defaults.conf")
    assert done.returncode == 0
    assert "not checked: templated value ${TAG} (ACME001)" in done.stdout


def test_its_page_is_shown(spmlint):
    done = spmlint("rule", "ACME001")
    assert done.stdout.startswith("ACME001 image-without-tag  [warning]\n\nA container image has no tag that stays.\n")
    assert "ACME001 image-without-tag" in spmlint("rule").stdout


def test_its_page_is_as_true_as_those_of_the_built_in_rules(monkeypatch, folder):
    monkeypatch.syspath_prepend(str(ACME))
    page = read_page(Registry(["acme_spark_rules"]).page("ACME001"))
    assert page.missing() == []
    for heading, found in (("Example", {"ACME001"}), ("Use instead", set())):
        (part,) = page.all(heading)
        report = folder.check(folder.write(part.file, part.content), packs=["acme_spark_rules"])
        assert {finding.rule for finding in report.findings} == found


def test_it_uses_the_public_api_alone():
    for path in (ACME / "acme_spark_rules").glob("*.py"):
        lines = [line for line in path.read_text().splitlines() if line.startswith(("from spmlint", "import spmlint"))]
        assert all(line.startswith("from spmlint.rule import ") for line in lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "rule pack 'other_rules' cannot be imported: No module named 'other_rules'"),
        ("import not_installed_anywhere\n", "cannot be imported: No module named 'not_installed_anywhere'"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError: division by zero"),
        ("raise SystemExit\n", "cannot be imported: SystemExit"),
        ("x = 1\n", "rule pack 'other_rules' has no RULES"),
        ("RULES = []\n", "rule pack 'other_rules' has no RULES"),
        ("RULES = ['ACME001']\n", "rule pack 'other_rules' has no RULES"),
        (
            "from spmlint.rule import Rule\nRULES = [Rule('SPM101', 'ours')]\n",
            "SPM101 ours clashes with SPM101 of spmlint itself",
        ),
        (
            "from spmlint.rule import Rule\nRULES = [Rule('ACME001', 'heap-below-minimum')]\n",
            "ACME001 heap-below-minimum clashes with SPM101 of spmlint itself",
        ),
        (
            "from spmlint.rule import Rule\nRULES = [Rule('ACME001', 'a'), Rule('acme001', 'b')]\n",
            "acme001 b clashes with ACME001 of another rule of a pack",
        ),
        (
            "from spmlint.rule import WARNING, Rule\nrule = Rule('ACME001', 'a')\n@rule.check(WARNING)\ndef f(conf): ...\n",
            "cannot be imported: TypeError: f takes (conf), and a check one of (job), (job, role), (written), ",
        ),
    ],
)
def test_a_pack_that_cannot_be_used_is_a_wrong_configuration(text, message, folder, monkeypatch, capsys):
    if text is not None:
        (folder.path / "modules").mkdir()
        folder.write("modules/other_rules.py", text)
        monkeypatch.syspath_prepend(str(folder.path / "modules"))
    monkeypatch.delitem(sys.modules, "other_rules", raising=False)
    monkeypatch.chdir(folder.path)
    folder.write(".spmlint.toml", 'packs = ["other_rules"]\n')
    folder.write("spark-defaults.conf", MOVING)
    with pytest.raises(ConfigError):
        Registry(["other_rules"])
    assert main(["check", "spark-defaults.conf"]) == 2
    assert message in capsys.readouterr().err
    monkeypatch.delitem(sys.modules, "other_rules", raising=False)


def test_a_module_of_the_folder_that_is_checked_is_no_pack(folder):
    """``python -m`` would look there first."""
    folder.write("evil.py", "open('executed', 'w')\nRULES = []\n")
    folder.write(".spmlint.toml", 'packs = ["evil"]\n')
    folder.write("spark-defaults.conf", MOVING)
    command = [sys.executable, "-m", "spmlint", "check", "spark-defaults.conf"]
    done = subprocess.run(command, cwd=folder.path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "rule pack 'evil' cannot be imported" in done.stderr
    assert not (folder.path / "executed").exists()
