"""Progress is for a person at a terminal who waits: not before a second, never in a pipe, gone afterwards."""

import io
import os
import re
import subprocess
import sys

import pytest

from spmlint.progress import Progress


class Clock:
    """Each look at it takes 0.05 s."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        self.seconds += 0.05
        return self.seconds


def screen(text):
    """What stands on a line of the terminal at the end."""
    cells = []
    at = 0
    for char in text:
        if char == "\r":
            at = 0
            continue
        cells[at : at + 1] = [char]
        at += 1
    return "".join(cells).rstrip()


def test_nothing_in_the_first_second():
    stream = io.StringIO()
    assert list(Progress(stream, Clock()).watch("files read", [1, 2, 3])) == [1, 2, 3]
    assert stream.getvalue() == ""


def test_the_line_counts_and_goes():
    stream = io.StringIO()
    progress = Progress(stream, Clock())
    watched = progress.watch("jobs checked", list(range(40)))
    assert [next(watched) for _ in range(30)] == list(range(30))
    assert screen(stream.getvalue()).startswith("spmlint: ")
    assert screen(stream.getvalue()).endswith(" of 40 jobs checked")
    # At most ten times a second, of which each look took a twentieth.
    assert stream.getvalue().count("\r") <= 15
    assert len(list(watched)) == 10
    assert screen(stream.getvalue()) == ""


def test_an_unknown_number_of_things_is_only_counted():
    stream = io.StringIO()
    for _ in Progress(stream, Clock()).watch("files read", iter(range(100))):
        pass
    assert re.fullmatch(r"(\rspmlint: \d+ files read)+\r +\r", stream.getvalue())


def test_a_loop_that_breaks_off_is_wiped_by_its_owner():
    stream = io.StringIO()
    progress = Progress(stream, Clock())
    for number in progress.watch("files read", iter(range(100))):
        if number == 50:
            break
    progress.wipe()
    assert screen(stream.getvalue()) == ""


PROGRAM = """
import sys
from spmlint import progress
progress.FIRST_AFTER_S = progress.EVERY_S = 0
from spmlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_on_a_real_terminal_and_in_a_pipe(folder):
    for number in range(30):
        folder.write(f"{number}/spark-defaults.conf", "spark.executor.memory 400m\n")
    command = [sys.executable, "-c", PROGRAM, "check", "--isolated", ".", "missing\n.yaml"]
    terminal, other_end = os.openpty()
    shown = subprocess.run(command, cwd=folder.path, stdout=subprocess.PIPE, stderr=other_end, check=False)
    os.close(other_end)
    said = os.read(terminal, 1 << 20).decode()
    os.close(terminal)
    assert "spmlint: 20 files read" in said
    assert "of 30 jobs checked" in said
    lines = [screen(line) for line in said.replace("\r\n", "\n").split("\n")]
    assert lines == ["spmlint: missing\\x0a.yaml: No such file or directory", ""]
    piped = subprocess.run(command, cwd=folder.path, capture_output=True, check=False)
    assert piped.stdout == shown.stdout
    assert piped.stderr == b"spmlint: missing\\x0a.yaml: No such file or directory\n"
