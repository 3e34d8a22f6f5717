"""reviewdog's diagnostics, by the fields of its format: an unknown one would be refused by its reader."""

import json

import pytest
from jsonschema import Draft202012Validator

from spmlint.document.text import Source, Span
from spmlint.finding import SAFE, Edit, Fix

from harness import written


def message(required=(), **properties):
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties}


TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 1}
SEVERITY = {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]}
POSITION = message(line=NUMBER, column=NUMBER)
RANGE = message(["start"], start=POSITION, end=POSITION)
SOURCE = message(["name"], name=TEXT, url=TEXT)
DIAGNOSTIC = message(
    ["message", "location"],
    message=TEXT,
    location=message(["path"], path=TEXT, range=RANGE),
    severity=SEVERITY,
    source=SOURCE,
    code=message(value=TEXT, url=TEXT),
    suggestions={"type": "array", "items": message(["range", "text"], range=RANGE, text=TEXT)},
)
SCHEMA = message(["diagnostics"], diagnostics={"type": "array", "items": DIAGNOSTIC}, source=SOURCE, severity=SEVERITY)


def diagnostics_of(report):
    result = json.loads(written(report, "rdjson"))
    Draft202012Validator(SCHEMA).validate(result)
    assert result["source"]["name"] == "spmlint"
    return result["diagnostics"]


def test_findings(everything):
    failure, *rest = diagnostics_of(everything)
    assert failure["location"] == {"path": "nowhere.yaml"}
    assert [one["code"]["value"] for one in rest] == [finding.rule for finding in everything.findings]
    (size,) = [one for one in rest if one["code"]["value"] == "SPM704"]
    assert size["severity"] == "ERROR"
    assert size["code"]["url"].endswith("/SPM704.md")
    place = {"start": {"line": 4, "column": 24}, "end": {"line": 4, "column": 28}}
    assert size["location"] == {"path": "a folder/spark-defaults.conf", "range": place}
    assert size["suggestions"] == [{"range": place, "text": "1536m"}]


def cut(data, place):
    """What reviewdog takes for the range: bytes of the file's lines."""
    lines = data.split(b"\n")
    assert place["start"]["line"] == place["end"]["line"]
    return lines[place["start"]["line"] - 1][place["start"]["column"] - 1 : place["end"]["column"] - 1]


def test_columns_count_bytes(everything, folder):
    data = (folder.path / "job.yaml").read_bytes()
    (heap,) = [
        one for one in diagnostics_of(everything)[1:]
        if one["code"]["value"] == "SPM101" and one["location"]["path"] == "job.yaml"
    ]  # fmt: skip
    assert cut(data, heap["location"]["range"]) == b"400m"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_counts(folder, mark):
    data = f"{mark}spark.executor.memory 1.5g\n".encode()
    (one,) = diagnostics_of(folder.check(folder.write("spark-defaults.conf", data)))
    assert cut(data, one["location"]["range"]) == b"1.5g"


def test_several_edits_or_another_file_are_no_suggestion(report_of):
    def of(*edits):
        return diagnostics_of(report_of(fix=Fix("t", edits, SAFE)))[0]

    there = Source("b.yaml", "text\n")
    assert "suggestions" not in of(Edit(Span(there, 0, 1), "x"))
    assert "suggestions" not in of(Edit(Span(there, 0, 1), "x"), Edit(Span(there, 2, 3), "x"))
