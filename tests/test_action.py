"""The GitHub action: its shell steps are run here as a runner would run them."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from harness import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{ (?:inputs|steps\.(?P<step>\w+)\.outputs)\.(?P<name>[\w-]+) \}\}")


class Runner:
    """Runs the action's steps in a folder, with its inputs; ``outputs`` are what the steps wrote so far."""

    def __init__(self, folder, **inputs):
        self.folder = folder
        self.inputs = {name: declared.get("default", "") for name, declared in ACTION["inputs"].items()}
        self.inputs.update((name.replace("_", "-"), value) for name, value in inputs.items())
        self.outputs = {}

    def value(self, expression):
        """A text of the action with its expressions filled in."""

        def filled(match):
            return self.inputs[match["name"]] if match["step"] is None else self.outputs[match["step"]][match["name"]]

        return EXPRESSION.sub(filled, expression)

    def step(self, name):
        """Run one step; returns what it printed, and its exit status."""
        step, output = STEPS[name], self.folder.path.parent / f"{name}.output"
        given = {
            "RUNNER_TEMP": str(self.folder.path.parent),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_ACTIONS": "true",
        }
        env = {**os.environ, **given, **{key: self.value(text) for key, text in step.get("env", {}).items()}}
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        done = subprocess.run(command, cwd=self.folder.path, env=env, capture_output=True, text=True, check=False)
        if output.exists():
            self.outputs[name] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done


@pytest.fixture
def here(folder):
    """A folder inside the temporary one, so that what the runner writes lies beside it."""
    folder.path = folder.path / "work space"
    folder.path.mkdir()
    return folder


def check(folder, **inputs):
    runner = Runner(folder, **inputs)
    runner.outputs["install"] = {"python": sys.executable}
    return runner, runner.step("check")


def test_it_is_an_action():
    from check_jsonschema import main

    with pytest.raises(SystemExit) as stop:
        main(["--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")], prog_name="check-jsonschema")
    assert stop.value.code == 0


def test_no_input_is_a_part_of_a_script():
    for step in STEPS.values():
        assert "${{" not in step["run"]


def test_findings_fail_the_step(here):
    here.write("spark-defaults.conf", "spark.executor.memory 400m\n")
    runner, done = check(here)
    assert done.returncode == 1, done.stderr
    assert "SPM101" in done.stdout
    assert runner.outputs["check"] == {"exit-status": "1"}


def test_clean_files_pass(here):
    here.write("spark-defaults.conf", "spark.executor.memory 4g\n")
    runner, done = check(here)
    assert (done.returncode, runner.outputs["check"]) == (0, {"exit-status": "0"}), done.stderr


def test_inputs_reach_the_program_whole(here):
    """Names with blanks, quotes and what a shell would run stay names."""
    name = 'jobs $(touch pwned) "x"/spark defaults.conf'
    here.write(name, "spark.executor.memory 400m\n")
    here.write("other/spark-defaults.conf", "spark.executor.memory 400m\n")
    here.write("-wrong.conf", "spark.executor.memory 400m\n")
    _, done = check(here, paths=f"{name}\n\n-wrong.conf\n", args="--select\nSPM1\n--statistics")
    assert done.returncode == 1, done.stderr
    assert name in done.stdout
    assert "-wrong.conf" in done.stdout
    assert "other/" not in done.stdout
    assert "heap-below-minimum" in done.stderr
    assert not (here.path / "pwned").exists()


def test_facts_version_and_threshold(here):
    here.write(
        "node pool.yaml", "kind: Node\napiVersion: v1\nmetadata: {name: a}\nstatus: {allocatable: {memory: 14Gi}}\n"
    )
    here.write(
        "submit.sh",
        "spark-submit --master k8s://https://example.com --deploy-mode cluster --executor-memory 14g"
        " --conf spark.kubernetes.container.image=example/spark --class com.example.Job local:///job.jar\n",
    )
    _, without = check(here, paths="submit.sh")
    assert without.returncode == 0, without.stdout
    _, done = check(here, paths="submit.sh", facts="node pool.yaml\n", spark_version="3.5")
    assert done.returncode == 1
    assert "SPM211" in done.stdout
    _, done = check(here, paths="submit.sh", facts="node pool.yaml\n", fail_on="never")
    assert done.returncode == 0


def test_a_sarif_report_is_written_beside_the_output(here):
    here.write("spark-defaults.conf", "spark.executor.memory 400m\n")
    here.write("meant/spark-defaults.conf", "# spmlint: ignore[SPM101] meant\nspark.executor.memory 400m\n")
    runner, done = check(here, sarif_file="report of spmlint.sarif")
    assert done.returncode == 1, done.stderr
    report = json.loads((here.path / runner.inputs["sarif-file"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["SPM101"]


def test_a_mistake_is_exit_status_2(here):
    runner, done = check(here, paths="nowhere.yaml")
    assert (done.returncode, runner.outputs["check"]) == (2, {"exit-status": "2"})


@pytest.mark.index
def test_both_steps_from_scratch(here):
    here.write("spark-defaults.conf", "spark.executor.memory 400m\n")
    runner = Runner(here)
    installed = runner.step("install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    done = runner.step("check")
    assert done.returncode == 1
    assert "SPM101" in done.stdout
