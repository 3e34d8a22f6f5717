"""The memory map on the terminal: the parts where they lie, to scale, and the same text with and without colour."""

import re

import pytest

from spmlint.config import Configs
from spmlint.explain import explain
from spmlint.linking.link import link
from spmlint.report.layout import put
from spmlint.report.memory_map import WIDTH, lines
from spmlint.run import Input

CONF = """\
spark.master k8s://example
spark.kubernetes.container.image spark
spark.executor.memory 8g
spark.executor.memoryOverhead 1g
spark.memory.offHeap.enabled true
spark.memory.offHeap.size 2g
spark.executor.pyspark.memory 3g
spark.kubernetes.local.dirs.tmpfs true
"""

NODES = """\
spmlint: facts
nodes: [{name: pool, count: 6, allocatable: {memory: 60Gi, cpu: 15890m, pods: 110}}]
"""


@pytest.fixture
def explained(folder, monkeypatch):
    """The one job of a spark-defaults.conf."""

    def make(conf=CONF, **options):
        monkeypatch.chdir(folder.path)
        folder.write("spark-defaults.conf", conf)
        given = Input(Configs(isolated=True, overrides={"spark_version": "3.5", "language": "python", **options}))
        given.read(["spark-defaults.conf"])
        return [explain(job) for job in link(given.loaded).jobs]

    return make


def plain(explained):
    return ["".join(text for text, _ in line) for line in lines(explained)]


def test_parts_lie_where_they_begin(explained):
    bars = {}
    for line in plain(explained()):
        found = re.match(r" +([\w-]+) +[\d.]+ MiB  ([·█]+)", line)
        if found:
            bars[found[1]] = found[2]
    assert {len(bar) for bar in bars.values()} == {WIDTH}
    # 14336 MiB: 8192 heap, 1024 overhead, 2048 off-heap, 3072 PySpark
    edges = [round(WIDTH * at / 14336) for at in (0, 8192, 9216, 11264, 14336)]
    for name, start, end in zip(("heap", "overhead", "off-heap", "PySpark"), edges, edges[1:], strict=False):
        assert bars[name] == "·" * start + "█" * (end - start) + "·" * (WIDTH - end), name
    # A part too small for a column has one all the same.
    assert "█" in bars["reserved"]
    # Storage and execution fill the unified pool.
    assert bars["storage"].index("█") == bars["spark"].index("█")
    assert bars["execution"].rindex("█") == bars["spark"].rindex("█")


def test_a_pipe_gets_the_same_characters_as_a_terminal(explained, capsys, monkeypatch):
    import sys

    made = explained()
    monkeypatch.setenv("NO_COLOR", "1")
    put(lines(made), sys.stdout)
    piped = capsys.readouterr().out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    put(lines(made), sys.stdout)
    painted = capsys.readouterr().out
    assert "\x1b[" in painted
    shown = re.sub(r"\x1b\[[\d;]*m", "", painted)
    assert [line.rstrip() for line in shown.splitlines()] == piped.splitlines()


def test_a_place_is_filled_and_what_runs_out_is_marked(explained, folder):
    folder.write("nodes.yaml", NODES)
    told = plain(explained(CONF + "spark.executor.cores 4\n", facts=[str(folder.path / "nodes.yaml")]))
    assert "  place  node pool (nodes.yaml:2) holds 3 executors, one of 6" in told
    [cpu] = [line for line in told if re.match("    cpu +█", line)]
    assert cpu.endswith("3 x 4000 of 15890 millicores, 3890 millicores left over, runs out first")
    assert cpu.count("█") + cpu.count("▓") == round(WIDTH * 12000 / 15890)
    [pods] = [line for line in told if re.match("    pods +▓", line)]
    assert pods.endswith("3 x 1 of 110, 107 left over")
    assert "    one more fits where each takes at most 3972 millicores of cpu" in told


def test_what_yarn_grants_is_the_measure_of_its_container(explained, folder):
    folder.write("yarn.yaml", "spmlint: facts\nyarn: {minimum-allocation-mb: 1024}\n")
    conf = "spark.master yarn\nspark.submit.deployMode cluster\nspark.executor.memory 4g\n"
    told = plain(explained(conf, facts=[str(folder.path / "yarn.yaml")]))
    assert "  executor  container 4505 MiB, granted 5120 MiB (cpu 1; 1 task at a time)" in told
    end = round(WIDTH * 4505 / 5120)
    assert f"    container             4505 MiB  {'█' * end}{'·' * (WIDTH - end)}" in told


def test_options_that_hide_the_collector_hide_only_what_it_decides(explained):
    told = "\n".join(plain(explained(CONF + "spark.executor.extraJavaOptions {{ options }}\n")))
    assert "heap                  8192 MiB" in told
    assert "executor's Storage Memory" not in told


def test_numbers_that_are_refused_are_not_told_as_open(explained):
    refused = CONF + "spark.dynamicAllocation.enabled true\nspark.dynamicAllocation.minExecutors 5\n"
    refused += "spark.dynamicAllocation.maxExecutors 2\n"
    assert "  executors  number not known" in plain(explained(refused))


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ("spark.master yarn\nspark.submit.deployMode client\n", "  driver  heap 1024 MiB, no container of its own"),
        ("spark.master local[2]\n", "  driver  heap 1024 MiB, no container of its own"),
        (
            "spark.master k8s://example\nspark.driver.memoryOverhead some\n",
            "  driver  heap 1024 MiB, container not known (cpu 1)",
        ),
    ],
)
def test_a_heap_without_a_container_says_why(explained, conf, told):
    assert told in plain(explained(conf))
