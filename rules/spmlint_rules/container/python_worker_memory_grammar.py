"""A memory setting that Python reads is written in a way only Java understands.

What it does
    `spark.python.worker.memory` (512m) is read by Python, not by Spark's size parser: a number and then exactly one letter, k, m,
    g or t. Reports everything else. It bounds nothing; it says from when on a Python aggregation or sort of an RDD spills.
Why it hurts
    "ValueError: invalid format: 512", in the first task that aggregates or sorts an RDD. The JVM never looks at it, so nothing
    is said before.
Example: spark-defaults.conf
    spark.python.worker.memory  512mb
Use instead: spark-defaults.conf
    spark.python.worker.memory  512m
Fix safety
    Unsafe: for a number without a unit, MiB are taken to be meant.
Applies to
    Python jobs on every manager and version.
References
    pyspark/util.py (_parse_memory); pyspark/shuffle.py.
"""

from __future__ import annotations

from spmlint.rule import UNSAFE, WARNING, Finding, Fix, Iterator, Rule, Written, replace

rule = Rule("SPM218", "python-worker-memory-grammar", fixable=UNSAFE)

KEY = "spark.python.worker.memory"
UNITS = "kmgt"


@rule.check(WARNING, triggers=(KEY,))
def python_cannot_read_it(written: Written) -> Iterator[Finding]:
    text = written.value.known()
    if written.wins and not _is_read(text):
        yield rule.finding(
            written.setting,
            f"{written.setting.label} {text}: Python reads a number and one letter of k, m, g, t, and ends the task with "
            f'"ValueError"',
            fix=_fix(written, text.strip().lower()),
        )


def _is_read(text: str) -> bool:
    """As ``_parse_memory`` does it."""
    try:
        float(text[:-1])
    except ValueError:
        return False
    return text[-1:].lower() in UNITS


def _fix(written: Written, text: str) -> Fix | None:
    shorter = text.removesuffix("ib").removesuffix("b").removesuffix("i")
    spelt = f"{shorter}m" if shorter.isdecimal() else shorter
    return replace(written.setting, spelt, f"write {spelt}", UNSAFE) if _is_read(spelt) else None
