"""Suppressions where each format allows them, and nowhere else."""

import pytest

APPLICATION = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: nightly{annotations}
spec:
  type: Scala
  mainApplicationFile: local:///a.jar
  sparkVersion: 3.5.1
  sparkConf:
{before}    spark.executor.memory: 8g{after}
  driver: {{memory: 2g}}
  executor: {{memory: 4g}}
"""


def application(before="", after="", annotations=""):
    return APPLICATION.format(before=before, after=after, annotations=annotations)


@pytest.mark.parametrize(
    ("parts", "silenced"),
    [
        ({}, False),
        ({"after": "  # spmlint: ignore[SPM707] on purpose"}, True),
        ({"after": "  # spmlint: ignore[overridden-setting]"}, True),
        ({"after": "  # spmlint: ignore[SPM101, spm707]"}, True),
        ({"after": "  # spmlint: ignore"}, True),
        ({"after": "  # spmlint: ignore[SPM101]"}, False),
        ({"before": "    # spmlint: ignore[SPM707]\n"}, True),
        ({"before": "    # spmlint: ignore[SPM707]\n    # because\n\n"}, True),
        ({"before": "    # spmlint: ignore[SPM707]\n    spark.a: b\n"}, False),
        ({"before": "    # spmlint: ignore-file[SPM707]\n"}, True),
        ({"annotations": '\n  annotations: {spmlint.io/ignore: "SPM101,overridden-setting"}'}, True),
        ({"annotations": '\n  annotations: {spmlint.io/ignore: "SPM101"}'}, False),
    ],
)
def test_yaml(folder, parts, silenced):
    report = folder.check(folder.write("job.yaml", application(**parts)), select=["SPM707"])
    assert (len(report.findings), report.suppressed) == ((0, 1) if silenced else (1, 0))


def test_an_annotation_covers_its_own_object_only(folder):
    first = application(annotations='\n  annotations: {spmlint.io/ignore: "SPM707"}')
    report = folder.check(folder.write("job.yaml", first + "---\n" + application()), select=["SPM707"])
    assert len(report.findings) == 1
    assert report.findings[0].span.line > first.count("\n")


def test_properties_know_no_end_of_line_comment(folder):
    text = "spark.executor.memory  1.5g # spmlint: ignore\n"
    assert folder.check(folder.write("spark-defaults.conf", text)).suppressed == 0


def test_properties_suppress_on_the_line_before(folder):
    text = "# spmlint: ignore[SPM704] until the migration\nspark.executor.memory  1.5g\nspark.driver.memory 1.5g\n"
    report = folder.check(folder.write("spark-defaults.conf", text))
    assert report.suppressed == 1
    assert [finding.span.line for finding in report.findings] == [3]


@pytest.mark.parametrize("comment", ["# spmlint: ignore[SPM101]", "// spmlint: ignore[SPM101]"])
def test_hocon_has_both_kinds_of_comments_at_the_end_of_a_line(folder, comment):
    text = f'env {{\n  spark.executor.memory = "400m" {comment}\n}}\nsource {{}}\nsink {{}}\n'
    assert folder.check(folder.write("job.conf", text)).suppressed == 1


def test_json_has_no_comments(folder):
    text = '{"file": "a.jar", "executorMemory": "400m", "conf": {"spark.app.name": "# spmlint: ignore"}}'
    report = folder.check(folder.write("livy.json", text))
    assert (report.suppressed, len(report.findings)) == (0, 1)


COMMAND = "spark-submit --master yarn \\\n  --executor-memory 400m --class A a.jar"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("job.sh", f"#!/bin/sh\n# spmlint: ignore[SPM101] until the migration\n{COMMAND}\n"),
        ("job.sh", f"#!/bin/sh\n# spmlint: ignore-file\n\nset -e\n{COMMAND}\n"),
        ("Dockerfile", f"FROM apache/spark:3.5.1\n# spmlint: ignore[SPM101]\nCMD {COMMAND}\n"),
        ("Makefile", f"nightly:\n\t# spmlint: ignore[SPM101]\n\t{COMMAND}\n"),
        (
            "job.py",
            "from pyspark import SparkConf\n"
            'conf = SparkConf().set("spark.executor.memory", "400m")  # spmlint: ignore[SPM101]\n',
        ),
        (
            "main.tf",
            'resource "aws_emrserverless_application" "a" {\n  release_label = "emr-7.5.0"\n  type = "spark"\n'
            '  maximum_capacity {\n    cpu = "40 cores" # spmlint: ignore\n    memory = "160 GB"\n  }\n}\n',
        ),
    ],
    ids=lambda value: value if "." in value and " " not in value else "",
)
def test_each_format_has_its_comments(folder, name, text):
    report = folder.check(folder.write(name, text), select=["SPM101", "SPM606"])
    bare = folder.check(folder.write(name, text.replace("spmlint:", "")), select=["SPM101", "SPM606"])
    assert bare.findings
    assert (len(report.findings), report.suppressed) == (0, len(bare.findings))


@pytest.mark.parametrize("reason", ["", " because", ": because", " - because"])
def test_a_reason_is_kept_and_none_is_needed(folder, reason):
    name = folder.write("spark-defaults.conf", f"# spmlint: ignore[SPM101]{reason}\nspark.executor.memory 400m\n")
    (silenced,) = folder.check(name).silenced
    assert silenced.reason == ("because" if reason else "")


def test_a_suppression_of_a_rule_that_does_not_exist_is_told(folder):
    name = folder.write("spark-defaults.conf", "# spmlint: ignore[SPM999]\nspark.executor.memory 4g\n")
    (finding,) = folder.check(name).findings
    assert (finding.rule, "SPM999" in finding.message) == ("SPM903", True)


UNUSED = "spark.executor.memory  4g\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# spmlint: ignore[SPM101] once\nspark.executor.memory  4g\n", UNUSED),
        ("# spmlint: ignore-file\r\nspark.executor.memory  4g\n", UNUSED),
        ("spark.executor.memory  4g\n  # spmlint: ignore[SPM101]", UNUSED),
    ],
)
def test_an_unused_suppression_is_removed(folder, before, after):
    report = folder.check(folder.write("spark-defaults.conf", before))
    (finding,) = report.findings
    assert finding.rule == "SPM903"
    (edit,) = finding.fix.edits
    assert before[: edit.span.start] + edit.text + before[edit.span.end :] == after


def test_what_was_not_looked_for_is_not_unused(folder):
    name = folder.write("spark-defaults.conf", "# spmlint: ignore[SPM101]\n" + UNUSED)
    assert folder.check(name, select=["SPM903"]).findings == []
    assert len(folder.check(name, select=["SPM903", "SPM101"]).findings) == 1
    assert folder.check(name, ignore=["SPM903"]).findings == []
