"""`explain`: the founding numbers, the stated assumption, and what differs elsewhere."""

import json

import pytest

from spmlint.cli import main
from spmlint.explain import binary_size


@pytest.fixture
def explain(folder, monkeypatch, capsys):
    """Run ``spmlint explain`` in the folder and return its standard output."""
    monkeypatch.chdir(folder.path)

    def run(*arguments):
        assert main(["explain", "--isolated", *arguments]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def footprint(explain):
    """The one job of ``explain --format json``."""

    def run(*arguments):
        [job] = json.loads(explain("--format", "json", *arguments))["jobs"]
        return job

    return run


APPLICATION = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: nightly}}
spec:
  type: Python
  mode: cluster
  mainApplicationFile: local:///nightly.py
  sparkVersion: 3.5.1
  sparkConf: {{{conf}}}
  driver: {{memory: 2g}}
  executor: {{memory: 4g}}
"""


def test_a_4g_executor_with_a_fraction_of_three_quarters(footprint, folder):
    folder.write(
        "spark-defaults.conf",
        "spark.executor.memory 4g\nspark.memory.fraction 0.75\nspark.memory.storageFraction 0.5\n",
    )
    regions = footprint("spark-defaults.conf")["executor"]["regions"]
    assert {name: value >> 20 for name, value in regions.items()} == {
        "reserved": 300,
        "user": 949,
        "spark": 2847,
        "storage": 1423,
        "execution": 1423,
    }


def test_i_set_4_gb_and_see_2(footprint, explain):
    executor = footprint("--conf", "spark.executor.memory=4g")["executor"]
    assert round(executor["regions"]["spark"] / 2**20, 1) == 2277.6
    assert executor["spark_ui_storage_memory"] == "2.2 GiB"
    text = explain("--conf", "spark.executor.memory=4g")
    assert "2277.6 MiB" in text
    assert "the Spark UI shows 2.2 GiB as this executor's Storage Memory" in text


def test_pyspark_containers(footprint, folder):
    folder.write("plain.yaml", APPLICATION.format(conf=""))
    assert footprint("plain.yaml")["executor"]["container_mib"] == 5734
    folder.write("pyspark.yaml", APPLICATION.format(conf="spark.executor.pyspark.memory: 2g"))
    executor = footprint("pyspark.yaml")["executor"]
    assert (executor["container_mib"], executor["pyspark_mib"]) == (7782, 2048)


def test_every_number_shows_its_sum(explain, folder):
    folder.write("job.yaml", APPLICATION.format(conf=""))
    assert (
        "executor container 5734 MiB = heap 4096 (spec.executor.memory, line 11) + "
        "overhead 1638 (0.4 x heap: Python or R on Kubernetes)"
    ) in explain("job.yaml")


def test_what_is_not_known_is_assumed_and_said(footprint):
    job = footprint("--conf", "spark.executor.memory=4g")
    assert job["assumed"] == {
        "spark_version": "4.3",
        "platform": "kubernetes",
        "deploy_mode": "cluster",
        "language": "jvm",
    }
    python = next(entry for entry in job["differs"] if entry["question"] == "language")
    assert python["values"] == ["python", "r"]
    assert python["changes"]["executor.container_mib"] == 5734


def test_what_the_files_say_is_not_assumed(footprint, folder):
    folder.write("job.yaml", APPLICATION.format(conf=""))
    job = footprint("job.yaml")
    assert (job["assumed"], job["differs"]) == ({}, [])
    assert (job["spark_version"], job["path"], job["line"], job["name"]) == ("3.5.1", "job.yaml", 3, "nightly")


def test_the_command_line_answers(footprint):
    job = footprint(
        "--conf", "spark.executor.memory=4g", "--manager", "yarn", "--language", "python", "--spark-version", "3.3"
    )
    assert (job["manager"], job["language"], job["spark_version"]) == ("yarn", "python", "3.3")
    assert job["executor"]["container_mib"] == 4505


def test_a_refused_heap_has_no_regions(footprint):
    job = footprint("--conf", "spark.executor.memory=400m")
    assert job["executor"]["regions"]["spark"] is None
    assert {"umm_driver", "umm_executor"} <= {refusal["check"] for refusal in job["refusals"]}


def test_a_templated_value_gives_no_number(footprint, folder):
    folder.write("job.yaml", APPLICATION.format(conf="").replace("memory: 4g", "memory: '{{ memory }}'"))
    job = footprint("job.yaml")
    assert job["executor"]["container_mib"] is None
    assert job["driver"]["container_mib"] == 2867


def test_off_heap_memory_counts_in_the_ui(footprint):
    pairs = ["spark.executor.memory=4g", "spark.memory.offHeap.enabled=true", "spark.memory.offHeap.size=1g"]
    job = footprint(*(word for pair in pairs for word in ("--conf", pair)))
    assert job["executor"]["spark_ui_storage_memory"] == "3.2 GiB"
    assert job["executor"]["off_heap_mib"] == 1024


def test_a_setting_by_hand_needs_an_equals_sign(monkeypatch, capsys):
    assert main(["explain", "--conf", "spark.executor.memory"]) == 2
    assert "KEY=VALUE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (2388236697, "2.2 GiB"), (1 << 30, "1 GiB"), (5 << 42, "20 TiB")],
)
def test_sizes_as_the_spark_ui_writes_them(size, shown):
    assert binary_size(size) == shown


def test_what_is_only_missing_may_be_given_elsewhere(footprint, folder):
    folder.write(
        "spark-defaults.conf",
        "spark.master k8s://https://x\nspark.submit.deployMode cluster\nspark.executor.memory 4g\n",
    )
    made = footprint("spark-defaults.conf")
    assert (made["refusals"], made["executor"]["container_mib"], made["driver"]["container_mib"]) == ([], 4505, 1408)
    by_hand = footprint("--conf", "spark.executor.memory=400m", "--manager", "kubernetes")
    assert [refusal["check"] for refusal in by_hand["refusals"]] == ["umm_driver", "umm_executor"]


def test_the_storage_memory_of_the_ui_counts_off_heap_memory_and_says_so(explain, folder):
    folder.write("spark-defaults.conf", "spark.master yarn\nspark.executor.memory 4g\nspark.memory.offHeap.size 2g\n")
    said = explain("spark-defaults.conf")
    assert "the Spark UI shows 4.2 GiB as this executor's Storage Memory, 2048 MiB of it off-heap" in said
