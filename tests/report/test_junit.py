"""JUnit XML, read by junitparser and by the rules of the readers we know: unique names, true counts, never empty."""

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from harness import written


def cases_of(report):
    """The suites' cases by (file, name)."""
    root = JUnitXml.fromstring(written(report, "junit").encode())
    cases = {(suite.name, case.name): case for suite in root for case in suite}
    outcomes = [outcome for case in cases.values() for outcome in case.result]
    assert root.tests == len(cases) == sum(suite.tests for suite in root)
    for count, kind in ((root.failures, Failure), (root.errors, Error), (root.skipped, Skipped)):
        assert count == sum(isinstance(outcome, kind) for outcome in outcomes)
    return cases


def kinds(case):
    return [type(outcome) for outcome in case.result]


def test_each_finding_is_a_case(everything):
    cases = cases_of(everything)
    case = cases["a folder/spark-defaults.conf", "SPM704 size-not-accepted at 4:24"]
    assert kinds(case) == [Failure]
    assert case.classname == "a folder/spark-defaults.conf"
    assert case.result[0].type == "error"
    assert "fix: write 1536m" in case.result[0].text
    assert kinds(cases["nowhere.yaml", "not read: No such file or directory"]) == [Error]
    skipped = cases["a folder/spark-defaults.conf", "SPM101 heap-below-minimum at 2:21"]
    assert skipped.result[0].message == "suppressed: until the migration"
    assert len([case for case in cases.values() if kinds(case) == [Failure]]) == len(everything.findings)
    assert len([case for case in cases.values() if kinds(case) == [Skipped]]) == 2 + len(everything.not_checked)


def test_a_clean_file_has_a_case_that_passes_and_a_foreign_one_none(everything):
    cases = cases_of(everything)
    assert kinds(cases["clean/spark-defaults.conf", "no findings"]) == []
    assert not [name for name in cases if "notes.txt" in name[0]]


def test_a_file_that_was_only_read_for_another_is_no_suite(folder):
    (folder.path / ".git").mkdir()
    folder.write("spark.conf", "spark.executor.memory  4g\n")
    script = folder.write("run.sh", "spark-submit --master yarn --properties-file spark.conf app.py\n")
    assert {path for path, _ in cases_of(folder.check(script))} == {"run.sh"}


def test_suppressed_findings_can_be_left_out(everything):
    everything.hides_suppressed = True
    assert not [
        case for case in cases_of(everything).values() for one in case.result if "suppressed" in (one.message or "")
    ]


@pytest.mark.parametrize("files", [[], ["notes.txt"]])
def test_it_is_never_empty(folder, files):
    cases = cases_of(folder.check(*[folder.write(name, "") for name in files]))
    assert [name for _, name in cases] == ["no files to check"]


def test_advice_does_not_fail(folder):
    report = folder.check(folder.write("spark-defaults.conf", "spark.driver.memory 2gb\n"))
    assert [finding.severity for finding in report.findings] == ["info"]
    ((_, case),) = cases_of(report).items()
    assert kinds(case) == []
    assert report.findings[0].message in case.system_out
