"""SARIF against the standard's own schema, and against what GitHub's documentation of code scanning asks for beyond it."""

import json
from urllib.parse import unquote

import pytest
from sarif_kit import assert_valid

from spmlint import check
from spmlint.config import Config
from spmlint.registry import Registry
from spmlint.report.sarif import to_dict

from harness import written


@pytest.fixture
def run(everything):
    log = json.loads(written(everything, "sarif"))
    assert_valid(log)
    return log["runs"][0]


def results_of(report):
    log = to_dict(report)
    assert_valid(log)
    return log["runs"][0]["results"]


def test_an_empty_report_is_valid_too(folder):
    log = json.loads(written(folder.check(folder.write("notes.txt", "")), "sarif"))
    assert_valid(log)
    assert log["runs"][0]["results"] == []
    assert log["runs"][0]["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_all_enabled_rules_are_listed_whatever_was_found(folder, run):
    everything = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    nothing = to_dict(folder.check(folder.write("notes.txt", "")))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in nothing] == everything == sorted(everything)
    advice = {row[0] for row in Registry().rows if all(check.advice for check in Registry().rule(row[0]).checks)}
    assert set(everything) == {row[0] for row in Registry().rows} - advice


@pytest.mark.parametrize(
    ("settings", "there", "gone"),
    [
        ({"select": ["SPM101", "SPM704"]}, {"SPM101", "SPM704"}, {"SPM201"}),
        ({"ignore": ["SPM101"]}, {"SPM704"}, {"SPM101"}),
        ({"severity": {"SPM101": "off"}}, {"SPM704"}, {"SPM101"}),
        ({"select": ["SPM2"]}, {"SPM201"}, {"SPM101"}),
    ],
)
def test_rules_that_are_off_are_not_listed(folder, settings, there, gone):
    config = Config()
    for name, value in settings.items():
        setattr(config, name, value)
    report = check([str(folder.path / folder.write("notes.txt", ""))], config=config)
    listed = {rule["id"] for rule in to_dict(report)["runs"][0]["tool"]["driver"]["rules"]}
    assert there <= listed
    assert not gone & listed


def test_rules_say_what_code_scanning_shows(run):
    for rule in run["tool"]["driver"]["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "Why it hurts" in rule["help"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
        assert rule["helpUri"].endswith(f"/{rule['id']}.md")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "spark" in rule["properties"]["tags"]


def test_results_point_at_their_rule_and_place(everything, run, folder):
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    assert [result["ruleId"] for result in results if "suppressions" not in result] == [
        finding.rule for finding in everything.findings
    ]
    (heap,) = [
        result["locations"][0]["physicalLocation"]
        for result in results
        if result["ruleId"] == "SPM101" and "job.yaml" in str(result["locations"])
    ]
    assert heap["artifactLocation"] == {"uri": "job.yaml", "uriBaseId": "%SRCROOT%"}
    column = (folder.path / "job.yaml").read_text(encoding="utf-8").splitlines()[7].index("400m") + 1
    assert heap["region"] == {"startLine": 8, "startColumn": column, "endLine": 8, "endColumn": column + 4}


def test_paths_are_relative_uris(run, report_of):
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert "a%20folder/spark-defaults.conf" in uris
    for path in ("a:b/c d%20#?.yaml", "日本.yaml", "../up.yaml"):
        (result,) = results_of(report_of(path=path))
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(location["uri"]) == path
        assert not set(location["uri"]) & set(" #?:")
    (result,) = results_of(report_of(path="/tmp/a b.yaml"))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///tmp/a%20b.yaml"}


def test_fixes_are_the_edits(everything, run):
    (result,) = [result for result in run["results"] if result["ruleId"] == "SPM704"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert change["artifactLocation"]["uri"] == "a%20folder/spark-defaults.conf"
    assert replacement["deletedRegion"] == result["locations"][0]["physicalLocation"]["region"]
    assert replacement["insertedContent"] == {"text": "1536m"}
    assert fix["properties"] == {"safety": "safe"}


def test_suppressed_findings_stay_with_their_reason(everything, run):
    comment, pattern = [result for result in run["results"] if "suppressions" in result]
    (suppression,) = comment["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "until the migration")
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 1
    assert pattern["suppressions"] == [{"kind": "external", "justification": "per-file-ignores of excused/*"}]
    everything.hides_suppressed = True
    rest = results_of(everything)
    assert rest == [result for result in run["results"] if "suppressions" not in result]
    assert rest


def test_the_reason_of_a_suppression_is_what_stands_behind_it(folder):
    for comment, reason in (
        ("# spmlint: ignore[SPM101]: agreed with ops -- see #12 ", "agreed with ops -- see #12"),
        ("# spmlint: ignore", ""),
        ("# spmlint: ignore-file[SPM101] - legacy", "legacy"),
    ):
        report = folder.check(folder.write("spark-defaults.conf", f"{comment}\r\nspark.executor.memory 400m\r\n"))
        assert [one.reason for one in report.silenced] == [reason]


def test_accepted_findings_are_suppressed_by_the_baseline(folder, monkeypatch):
    from spmlint import baseline

    monkeypatch.chdir(folder.path)
    report = folder.check(folder.write("spark-defaults.conf", "spark.executor.memory 400m\n"))
    baseline.write(report, "accepted.json")
    baseline.apply(report, "accepted.json")
    (result,) = results_of(report)
    assert result["suppressions"] == [{"kind": "external", "justification": "accepted in accepted.json"}]


def test_related_places_are_linked_from_the_message(run):
    (result,) = [result for result in run["results"] if result["ruleId"] == "SPM708"]
    (related,) = result["relatedLocations"]
    assert f"]({related['id']})" in result["message"]["text"]
    assert related["physicalLocation"]["region"]["startLine"] == 4


def test_no_text_of_the_input_becomes_a_link(report_of):
    (result,) = results_of(report_of(message="a [name](https://evil.example)", derivation=["[sum](2)"]))
    assert "](" not in result["message"]["text"]


def fingerprints(report):
    return [result["partialFingerprints"]["spmlint/v1"] for result in results_of(report)]


def test_fingerprints_survive_moved_lines_and_stay_distinct(folder):
    name = folder.write("a.sh", "spark-submit --conf spark.driver.memory=1x a.jar\n" * 2)
    before = fingerprints(folder.check(name))
    folder.write(name, "# moved\n\n" + "spark-submit --conf spark.driver.memory=1y a.jar\n" * 2)
    assert fingerprints(folder.check(name)) == before
    assert len(set(before)) == len(before) > 1


def test_silencing_one_finding_leaves_the_others_their_fingerprints(folder):
    line = "spark-submit --conf spark.driver.memory=1x a.jar\n"
    before = folder.check(folder.write("a.sh", line * 2))
    after = folder.check(folder.write("a.sh", "# spmlint: ignore\n" + line * 2))
    assert len(after.silenced) == 1
    after.hides_suppressed = True
    assert fingerprints(after) == fingerprints(before)[1:]


def test_what_failed_is_told(everything, run):
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    failures = [one for one in invocation["toolExecutionNotifications"] if one["level"] == "error"]
    assert [one["message"]["text"] for one in failures] == ["nowhere.yaml: No such file or directory"]
    notes = [one for one in invocation["toolExecutionNotifications"] if one["level"] == "note"]
    assert len(notes) == len(everything.not_checked) > 0
    assert all(note["message"]["text"].startswith("not checked: ") for note in notes)
