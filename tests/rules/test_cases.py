"""Every file under fixtures/rules is checked and must give exactly what the ``.expect`` file beside it says.

A case is two files: ``SPM101/kubeflow-driver-64m.yaml``, as a user would write it, and
``SPM101/kubeflow-driver-64m.yaml.expect``, one line a finding. Lines that begin with ``#`` in the latter are options:
``# facts: kubelet.yaml`` (a file beside it), ``# also: other.yaml``, ``# select: SPM707``, ``# spark_version: 3.5``.
"""

import pytest

from spmlint_rules.index import INDEX

from harness import FIXTURES, Folder, lines

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
    if not code.startswith("SPM9"):
        assert any(any(line.startswith("not-checked") for line in expected) for expected in mine), "no not-checked case"
