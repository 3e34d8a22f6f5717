"""The text report on terminals of every width: the excerpt fits and the carets stand under the value."""

import os
import re
import struct
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from spmlint.document.text import Source, Span
from spmlint.finding import Finding, Report
from spmlint.report import text
from spmlint.report.layout import columns, cut

from harness import written


def excerpt(source, start, end, width):
    finding = Finding("SPM101", "n", Span(Source("a.yaml", source), start, end), "m")
    report = Report()
    report.findings = [finding]
    _, line, carets, *_ = ["".join(part for part, _ in line) for line in text._lines(report, width)]
    return line, carets.rstrip()


def under(line, carets):
    """What stands above the carets."""
    left, right = columns(carets) - carets.count("^"), columns(carets)
    found, at = "", 0
    for char in line:
        if left <= at < right:
            found += char
        at += columns(char)
    return found


LINE = "a: 日本語, key: {left} 400m {right}\n"


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("left", [0, 5, 300, 100_000])
@pytest.mark.parametrize("right", [0, 5, 300, 100_000])
@pytest.mark.parametrize("filler", ["x", "日", "\t"])
def test_a_line_is_cut_to_a_window_around_the_value(width, left, right, filler):
    source = LINE.format(left=filler * left, right=filler * right)
    at = source.index("400m")
    line, carets = excerpt(source, at, at + 4, width)
    assert cell_len(line) <= width
    assert under(line, carets) == "400m"
    if filler != "\t":
        assert ("…" in line) == (cell_len(f"  1 | {source[:-1]}") > width)


def test_short_lines_are_whole():
    line, carets = excerpt("k: v1\n", 3, 5, 80)
    assert (line, carets) == ("  1 | k: v1", "    |    ^^")


@pytest.mark.parametrize("value", ["x" * 100_000, "日" * 100_000])
def test_a_huge_value_is_cut_too(value):
    line, carets = excerpt(f"key: {value}\n", 5, 5 + len(value), 80)
    assert cell_len(line) == cell_len(carets) <= 80
    assert line.endswith("…")


def test_a_value_of_several_lines_shows_the_first():
    line, carets = excerpt("key: one\n  two\n", 5, 14, 80)
    assert (under(line, carets), line) == ("one", "  1 | key: one")


def test_an_empty_place_has_one_caret():
    assert excerpt("k:\n", 2, 2, 80) == ("  1 | k:", "    |   ^")


def test_a_very_narrow_terminal_is_no_crash():
    for width in range(12):
        excerpt("key: value\n", 5, 10, width)


@given(st.text(), st.integers(0, 50), st.booleans())
def test_what_is_cut_fits_and_is_a_part_of_it(whole, width, keep_end):
    kept = cut(whole, width, keep_end=keep_end)
    assert columns(kept) <= width
    if kept != whole:
        assert whole.endswith(kept[1:]) if keep_end else whole.startswith(kept[:-1])


def _all_of(terminal):
    """Everything written to the other end of a pseudo-terminal, which is closed by now: Linux says so by an error."""
    said = b""
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:
            piece = b""
        if not piece:
            return said.decode()
        said += piece


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("environment", "painted"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_on_a_real_terminal_of_80_columns(folder, environment, painted):
    import fcntl
    import termios

    folder.write(
        "spark-defaults.conf", f"spark.app.name {'日本' * 60}\nspark.x.{'y' * 200} 1\nspark.executor.memory 400m\n"
    )
    folder.write(
        "job.sh",
        f"spark-submit --conf spark.a={'日本' * 50} --conf spark.driver.memory=1.5g --name {'n' * 200} a.jar\n",
    )
    terminal, other_end = os.openpty()
    fcntl.ioctl(other_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "spmlint", "check", "--isolated", "."]
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    subprocess.run(
        command, cwd=folder.path, stdout=other_end, env={**clean, "TERM": "xterm-256color", **environment}, check=False
    )
    os.close(other_end)
    said = _all_of(terminal)
    os.close(terminal)
    assert ("\x1b[" in said) == painted
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()
    excerpts = [line for line in lines if re.match(r"  +\d* \| ", line)]
    assert len(excerpts) >= 4
    assert all(cell_len(line) <= 80 for line in excerpts)
    shown = [under(line, carets.rstrip()) for line, carets in zip(excerpts[::2], excerpts[1::2], strict=True)]
    assert {"400m", "1.5g"} <= set(shown)


def test_a_pipe_gets_the_same_whatever_the_terminal(folder):
    report = folder.check(folder.write("spark-defaults.conf", "spark.executor.memory 400m\n"))
    assert "spark.executor.memory 400m" in written(report, "text")
