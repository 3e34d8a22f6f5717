"""What no rule explains is told by the rule for the rest, and by nobody twice."""

import pytest

from spmlint.registry import THE_REST, Registry

UNREADABLE = "spark.network.crypto.enabled  perhaps\n"


def rules_of(report):
    return {finding.rule for finding in report.findings}


def test_only_one_rule_tells_of_the_rest():
    assert [row[0] for row in Registry().rows if any(THE_REST in check[2] for check in row[3])] == ["SPM718"]


def test_a_refusal_that_a_rule_explains_is_told_once(folder):
    assert rules_of(folder.check(folder.write("spark-defaults.conf", UNREADABLE))) == {"SPM705"}


@pytest.mark.parametrize("options", [{"select": ["SPM718"]}, {"ignore": ["SPM705"]}])
def test_it_stays_explained_where_that_rule_is_not_wanted(folder, options):
    report = folder.check(folder.write("spark-defaults.conf", UNREADABLE), **options)
    assert rules_of(report) == set()


def test_without_an_explanation_it_is_told(folder, monkeypatch):
    for code in ("SPM704", "SPM705", "SPM706"):
        for check in Registry().rule(code).checks:
            monkeypatch.setattr(check, "explains", ())
    report = folder.check(folder.write("spark-defaults.conf", UNREADABLE), ignore=["SPM705"])
    assert rules_of(report) == {"SPM718"}


def test_an_explanation_elsewhere_does_not_count(folder):
    text = UNREADABLE + "spark.io.compression.codec  brotli\n"
    report = folder.check(folder.write("spark-defaults.conf", text))
    assert [(finding.rule, finding.span.line) for finding in report.findings] == [("SPM705", 1), ("SPM718", 2)]


def test_rules_that_only_explain_leave_no_note(folder):
    text = "spark.executor.memory  ${HEAP}\n"
    report = folder.check(folder.write("spark-defaults.conf", text), select=["SPM718"])
    assert {code for entry in report.not_checked for code in entry.rules} == {"SPM718"}
