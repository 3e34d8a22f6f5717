"""GitLab Code Quality, by the fields its documentation names and with what its widget does in mind."""

import json

from jsonschema import Draft202012Validator

from harness import written

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^(/|\./)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def violations_of(report):
    text = written(report, "gitlab")
    assert text[0] == "["
    found = json.loads(text)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_nothing_found_is_an_empty_array(folder):
    assert violations_of(folder.check(folder.write("notes.txt", ""))) == []


def test_findings(everything):
    found = violations_of(everything)
    failure, *rest = found
    assert failure["location"]["path"] == "nowhere.yaml"
    assert failure["severity"] == "blocker"
    assert [one["check_name"] for one in rest] == [finding.rule for finding in everything.findings]
    assert len({one["fingerprint"] for one in found}) == len(found)
    (size,) = [one for one in rest if one["check_name"] == "SPM704"]
    assert size["location"] == {"path": "a folder/spark-defaults.conf", "lines": {"begin": 4, "end": 4}}
    assert size["description"].startswith("SPM704 size-not-accepted: spark.executor.memory: '1.5g'")
    assert size["severity"] == "critical"


def test_moved_lines_keep_their_fingerprints_and_equal_findings_differ(folder):
    line = "spark-submit --conf spark.driver.memory=1x a.jar\n"
    before = violations_of(folder.check(folder.write("a.sh", line * 2)))
    after = violations_of(folder.check(folder.write("a.sh", "\n\n" + line * 2)))
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert len({one["fingerprint"] for one in before}) == len(before) > 1
