"""A spark-submit command is not read as it was meant: an option is unknown or unfinished, or a line is not continued.

What it does
    Reads the command as spark-submit does: each option with its value, then the application. Finds an unknown option, one
    without its value, a command that ends before its application (with a hint where the backslash is missing), typographic
    dashes that came from a word processor, and keys of `--conf` with blanks round them.
Why it hurts
    "Unrecognized option: --executor-mem", "Missing application resource", or worse: the command runs with half of its options
    and the shell says "--conf: command not found" for the rest.
Example: nightly.sh
    spark-submit --master yarn --deploy-mode cluster --executor-mem 4g --class com.example.Nightly nightly.jar
Use instead: nightly.sh
    spark-submit --master yarn --deploy-mode cluster --executor-memory 4g --class com.example.Nightly nightly.jar
Applies to
    Commands in scripts, Dockerfiles, Makefiles and container arguments. In documentation half a command is enough.
References
    SparkSubmitOptionParser; SparkSubmitArguments.
"""

from __future__ import annotations

from spmlint.rule import ERROR, WARNING, Finding, Iterator, Rule, Trouble

rule = Rule("SPM716", "broken-command")


@rule.check(ERROR, triggers=("command-refused", "command-unfinished", "command-dash"))
def refused(trouble: Trouble) -> Iterator[Finding]:
    yield _finding(trouble)


@rule.check(WARNING, triggers=("command-key",))
def key_is_lost(trouble: Trouble) -> Iterator[Finding]:
    yield _finding(trouble)


def _finding(trouble: Trouble) -> Finding:
    hint = f"; {trouble.hint}" if trouble.hint else ""
    return rule.finding(trouble.span, f"{trouble.message}{hint}")
