"""Annotations, read as the runner of GitHub Actions reads its log."""

from io import StringIO

import pytest

from spmlint.report.github import write_log

from harness import written

COMMANDS = ("error", "warning", "notice", "stop-commands")


def unescaped(text, names):
    """As the runner does: each code in turn, ``%25`` last."""
    for code, char in {**names, "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
        text = text.replace(code, char)
    return text


def commands(log):
    """Every command the runner obeys: name, properties and data."""
    stopped = None
    for line in log.split("\n"):
        line = line.lstrip()
        if stopped is not None:
            if line == f"::{stopped}::":
                stopped = None
            continue
        if "##[" in line and not line.startswith("::"):
            yield "old syntax", {}, line
        head, colons, data = line.removeprefix("::").partition("::")
        name, _, said = head.partition(" ")
        if not line.startswith("::") or not colons or name not in COMMANDS:
            continue
        if name == "stop-commands":
            stopped = data
            continue
        pairs = [pair.split("=", 1) for pair in said.strip().split(",") if pair]
        properties = {key: unescaped(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}
        yield name, properties, unescaped(data, {})


def test_errors_come_first(everything):
    names = [name for name, _, _ in commands(written(everything, "github"))]
    assert names == sorted(names, key=COMMANDS.index)
    assert len(names) == len(everything.findings) + len(everything.failures)


def test_a_finding_is_an_annotation(everything):
    found = [one for one in commands(written(everything, "github")) if "SPM704" in one[1]["title"]]
    ((name, properties, data),) = found
    assert name == "error"
    assert properties == {
        "file": "a folder/spark-defaults.conf",
        "line": "4",
        "endLine": "4",
        "col": "24",
        "endColumn": "28",
        "title": "SPM704 size-not-accepted",
    }
    assert data.split("\n")[-1] == "fix: write 1536m"


def test_columns_are_dropped_where_a_span_crosses_lines(report_of):
    ((_, properties, _),) = commands(written(report_of(start=2, end=9), "github"))
    assert properties == {"file": "a.yaml", "line": "1", "endLine": "2", "title": "SPM101 heap-below-minimum"}


@pytest.mark.parametrize("text", ["100%", "%25%0A", "a,b=c:d;e", "::error::x", "a%2Cb", "##[error]x"])
def test_what_is_escaped_comes_back(report_of, text):
    ((_, properties, data),) = commands(written(report_of(path=text, message=text), "github"))
    assert (properties["file"], data) == (text, text)


@pytest.mark.parametrize("text", ["::error::forged", "##[error]forged", "x\n::warning::forged", "::stop-commands::x"])
def test_nothing_in_the_text_of_a_log_is_obeyed(report_of, text):
    report = report_of(path=text, message=text, text=f"##[error]{text}\n", end=9)
    stream = StringIO()
    write_log(report, stream)
    assert len(list(commands(stream.getvalue()))) == 1
    assert "SPM101 heap-below-minimum" in stream.getvalue().split("::\n")[0]
