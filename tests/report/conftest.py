"""Reports to write: one with something of everything, and whatever a test puts together."""

import pytest

from spmlint.document.text import Source, Span
from spmlint.finding import ERROR, SAFE, Edit, Failure, Finding, Fix, NotChecked, Related, Report

SETTINGS = """\
# spmlint: ignore[SPM101] until the migration
spark.driver.memory 300m
spark.executor.memory  400m
spark.executor.memory  1.5g
spark.app.name  ${name}
"""
APPLICATION = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: "日本 𝔰"}
spec:
  type: Scala
  mainApplicationFile: local:///a.jar
  sparkVersion: 3.5.1
  sparkConf: {"spark.a": "日本 𝔰", spark.executor.memory: 400m}
  driver: {memory: "{{ memory }}"}
  executor: {cores: 1}
"""


@pytest.fixture
def everything(folder, monkeypatch):
    """Errors and warnings, fixes, related places, something suppressed, not checked and unreadable; wide characters."""
    monkeypatch.chdir(folder.path)
    folder.write("a folder/spark-defaults.conf", SETTINGS)
    folder.write("excused/spark-defaults.conf", "spark.executor.memory  400m\n")
    folder.write("job.yaml", APPLICATION)
    folder.write("clean/spark-defaults.conf", "spark.executor.memory  4g\n")
    folder.write("notes.txt", "nothing to see")
    report = folder.check(".", "nowhere.yaml", per_file_ignores={"excused/*": ["SPM101"]})
    assert {finding.severity for finding in report.findings} >= {"error", "warning"}
    assert report.suppressed == len(report.silenced) == 2
    assert report.failures
    assert report.not_checked
    return report


@pytest.fixture
def report_of():
    """Makes a report of one finding at ``start`` to ``end`` of a text."""

    def make(path="a.yaml", text="first\nsecond\n", start=0, end=5, message="m", **more):
        source = Source(path, text, bom=more.pop("bom", False))
        span = Span(source, start, end)
        finding = Finding("SPM101", "heap-below-minimum", span, message, **more)
        finding.severity = ERROR
        report = Report()
        report.files = report.recognised = [path]
        report.findings = [finding]
        return report

    return make


@pytest.fixture
def hostile(report_of):
    """Makes a report in which ``text`` stands wherever a text can stand, and in the name of the file."""

    def make(text):
        source = Source(text, "some text\n")
        span = Span(source, 0, 4)
        report = report_of(
            path=text,
            message=text,
            derivation=[text],
            fix=Fix(text, [Edit(span, text)], SAFE),
            related=[Related(span, text)],
        )
        report.not_checked = [NotChecked(span, text, ["SPM201"])]
        report.failures = [Failure(text, text)]
        report.silence(Finding("SPM102", "some-rule", span, text), "inSource", text, span)
        return report

    return make
