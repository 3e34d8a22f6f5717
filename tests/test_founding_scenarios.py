"""What users met, and what spmlint must say about it: the scenarios the project was founded on."""

import json

import pytest

APPLICATION = json.dumps(
    {
        "releaseLabel": "emr-7.2.0",
        "type": "SPARK",
        "maximumCapacity": {"cpu": "400 vCPU", "memory": "3000 GB", "disk": "150 GB"},
    }
)
CELL = """%%configure -f
{"driverMemory":"4G","driverCores":1,"executorMemory":"4G","executorCores":2,
 "numExecutors":10}
"""


def notebook(cell):
    return json.dumps(
        {
            "cells": [{"cell_type": "code", "source": cell.splitlines(keepends=True), "metadata": {}, "outputs": []}],
            "metadata": {"kernelspec": {"name": "pysparkkernel", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def application(executor, *, driver="{memory: 2g}", conf="", python=False):
    main, kind = ("local:///a.py", "Python") if python else ("local:///a.jar", "Scala")
    return f"""apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: nightly}}
spec:
  type: {kind}
  mode: cluster
  mainApplicationFile: {main}
  sparkVersion: 3.5.1
  sparkConf: {{{conf}}}
  driver: {driver}
  executor: {executor}
"""


@pytest.fixture
def found(folder):
    """The findings of one file, by rule, with facts beside it."""

    def check(name, text, **facts):
        paths = [folder.write(fact.replace("_", "."), content) for fact, content in facts.items()]
        report = folder.check(folder.write(name, text), facts=paths)
        assert report.failures == []
        return {finding.rule: finding for finding in report.findings}

    return check


def test_disk_allows_fewer_executors_than_the_cell_asks_for(found):
    finding = found("etl.ipynb", notebook(CELL), application_json=APPLICATION)["SPM301"]
    assert finding.severity == "warning"
    assert "disk allows 6 executors beside the driver, 5 beside driver and notebook kernel" in finding.message
    assert "10" in finding.message
    whole = " ".join([finding.message, *finding.derivation])
    assert "Worker could not be allocated as the application has exceeded maximumCapacity settings" in whole
    assert "disk: 150 GB" in whole
    assert finding.span.text == "10"


def test_a_trailing_comma_makes_the_cell_count_for_nothing(found):
    findings = found("etl.ipynb", notebook(CELL.replace("10}", "10,}")), application_json=APPLICATION)
    assert findings["SPM711"].severity == "error"
    assert findings["SPM711"].span.text == ","
    assert "SPM301" not in findings


def test_one_executor_asked_for_and_three_start(found):
    finding = found("etl.ipynb", notebook(CELL.replace("10}", "1}")), application_json=APPLICATION)["SPM402"]
    assert finding.severity == "warning"
    assert finding.message.startswith("3 executors start, not 1")
    assert "to pin 1" in finding.message


@pytest.mark.parametrize(
    ("heap", "severity"),
    [("400m", "error"), ("449m", "error"), ("450m", "warning"), ("464m", "warning"), ("465m", None)],
)
def test_the_smallest_heap_on_kubernetes(found, heap, severity):
    finding = found("job.yaml", application(f"{{memory: {heap}}}")).get("SPM101")
    assert (finding.severity if finding else None) == severity


def test_a_heap_without_a_unit(found):
    finding = found("spark-defaults.conf", "spark.executor.memory 2048\n")["SPM102"]
    assert finding.severity == "error"
    assert finding.fix.edits[0].text == "2048m"


def test_python_workers_without_room(found):
    assert "SPM201" not in found("job.yaml", application("{memory: 4g}", python=True))
    conf = "spark.executor.pyspark.memory: 2g"
    assert "SPM201" not in found("job.yaml", application("{memory: 4g}", conf=conf, python=True))
    finding = found("job.yaml", application("{memory: 4g, memoryOverhead: 512m}", python=True))["SPM201"]
    assert finding.severity == "warning"
    assert finding.derivation[0].startswith("executor container 4608 MiB = heap 4096")


KUBELET = """apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
systemReserved: {memory: 1Gi}
"""


def test_a_stock_spark_pod_gets_no_swap(found):
    kubelet = KUBELET + "failSwapOn: false\nmemorySwap: {swapBehavior: LimitedSwap}\n"
    finding = found("job.yaml", application("{memory: 4g}"), kubelet_yaml=kubelet)["SPM501"]
    assert finding.severity == "warning"
    assert "request" in " ".join([finding.message, *finding.derivation])


def test_limited_swap_on_a_kubelet_that_refuses_swap(found):
    finding = found("kubelet.yaml", KUBELET + "memorySwap: {swapBehavior: LimitedSwap}\n")["SPM502"]
    assert finding.severity == "warning"
    assert finding.span.text == "LimitedSwap"
