"""Every file under fixtures/rules is checked and must give exactly what the ``.expect`` file beside it says.

A case is two files: ``SPM101/kubeflow-driver-64m.yaml``, as a user would write it, and
``SPM101/kubeflow-driver-64m.yaml.expect``, one line a finding. Lines that begin with ``#`` in the latter are options:
``# facts: kubelet.yaml`` (a file beside it), ``# also: other.yaml``, ``# select: SPM707``, ``# spark_version: 3.5``.
"""

import pytest

from spmlint_rules.index import INDEX

from harness import FIXTURES, Folder, lines

READ_AS_A_WHOLE = {
    "SPM203": "it asks which keys are written, and a placeholder in a value hides no key",
    "SPM711": "a cell is JSON or it is not; one that a template makes is left out as a whole",
    "SPM714": "it asks which keys are written",
    "SPM716": "a command is read or not; a placeholder may stand for any word",
    "SPM717": "group and version are known, or the file is a template that is left out as a whole",
    "SPM719": "it asks which keys are written",
    "SPM901": "what a template keeps from being read is noted without a rule",
    "SPM903": "where the named rule could not look, it says nothing, and that rule is noted",
}
"""Rules of which no single value keeps an answer back, and why: something near them is not checked instead."""

NOTHING_TO_HIDE = {
    "SPM904": "limits are those of the bytes, before anything is read",
    "SPM905": "bytes are text or they are not",
}
"""Rules that no placeholder can keep from answering, and why."""

CASES = sorted((FIXTURES / "rules").glob("*/*.expect"))


def read_expectation(path):
    options, expected, also = {}, [], []
    for line in path.read_text().splitlines():
        name, _, value = line.removeprefix("# ").partition(": ")
        if not line.startswith("# "):
            expected.append(line)
        elif name == "also":
            also.append(value)
        else:
            options[name] = value.split(", ") if name in ("facts", "select", "ignore") else value
    return options, expected, also


@pytest.mark.parametrize("expect", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(expect):
    options, expected, also = read_expectation(expect)
    report = Folder(expect.parent).check(expect.stem, *also, **options)
    assert lines(report) == expected


@pytest.mark.parametrize("code", [row[0] for row in INDEX])
def test_every_rule_has_failing_passing_and_not_checked_cases(code):
    mine = [read_expectation(path)[1] for path in CASES if path.parent.name == code]
    assert any(any(line.startswith(code) for line in expected) for expected in mine), "no failing case"
    assert any(expected == [] for expected in mine), "no passing case"
    unread = [line for expected in mine for line in expected if line.startswith("not-checked")]
    if code in READ_AS_A_WHOLE:
        assert unread, "no not-checked case"
    assert any(code in line for line in unread) == (code not in READ_AS_A_WHOLE and code not in NOTHING_TO_HIDE), (
        "no not-checked case, or a reason to have none that does not hold"
    )
