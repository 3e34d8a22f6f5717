"""A size is written in a way the target version of Spark does not read.

What it does
    Reads every size with the grammar of its own reader: digits, then at most a unit (k, m, g, t, p, with or without b), nothing
    between. No fractions, no blanks, no thousands separators; `Ki`, `Mi`, `Gi` only from Spark 4.2. A minus only where the
    reader takes one.
Why it hurts
    Submission or driver start ends with "Size must be specified as bytes (b), kibibytes (k), ..." or, for the two heaps,
    "Executor memory must be a positive number".
Example: spark-defaults.conf
    spark.executor.memory          1.5g
    spark.executor.memoryOverhead  512 m
Use instead: spark-defaults.conf
    spark.executor.memory          1536m
    spark.executor.memoryOverhead  512m
Fix safety
    Safe: the same size, exactly. Offered only where that can be spelt.
Applies to
    Every manager and version. What only one manager reads is judged for that manager.
References
    JavaUtils.byteStringAs; ConfigHelpers.byteFromString.
"""

from __future__ import annotations

from spmlint.rule import ERROR, SAFE, YARN, Finding, Fix, Iterator, Rule, Setting, Written, replace
from spmlint.spark.catalogue import deprecation, entry
from spmlint.spark.entries import Refused, check
from spmlint.spark.manager_keys import is_never_read
from spmlint.spark.refusals import CAUSES
from spmlint.spark.sizes import UNITS, spell_size

rule = Rule("SPM704", "size-not-accepted", fixable=SAFE)

LONGEST = 18
"""More digits than this no size of 64 bits has."""

WITHOUT_MINUS = (
    "spark.driver.memory",
    "spark.executor.memory",
    "spark.executor.memoryOverhead",
    "spark.executor.pyspark.memory",
    "spark.memory.offHeap.size",
)
"""Keys that a second reader, which takes no minus, reads too (ResourceProfile, SparkSubmitArguments)."""


@rule.check(ERROR, triggers=("spark.*",), explains=CAUSES)
def refused_by_its_reader(written: Written) -> Iterator[Finding]:
    spark = written.job.world.spark
    key = written.key
    old = deprecation(key, spark)
    if old is not None and old.read and old.replacement:
        key = old.replacement
    found = entry(key, spark)
    if found is None or found.kind != "bytes" or not written.wins:
        return
    if written.key.startswith("spark.yarn.") and key == written.key and written.job.world.manager != YARN:
        return
    if is_never_read(written.key, written.job.world):
        return
    text = written.value.known()
    reason = _refusal(key, text, written)
    if reason is not None:
        yield rule.finding(
            written.setting,
            f"{written.setting.label}: {reason}",
            fix=_fix(written.setting, text),
        )


def _refusal(key: str, text: str, written: Written) -> str | None:
    if text.startswith("-") and key in WITHOUT_MINUS:
        return f"'{text}' is negative, which Spark refuses here"
    try:
        check(key, text, written.job.world.spark)
    except Refused as refusal:
        return refusal.reason
    return None


def _fix(setting: Setting, text: str) -> Fix | None:
    """The same number of bytes in a spelling that every version reads, where there is one."""
    letters = text.strip().lower().lstrip("0123456789. ")
    whole, _, fraction = text.strip().lower().removesuffix(letters).strip().partition(".")
    digits = f"{whole}{fraction}"
    suffix = letters.removesuffix("ib").removesuffix("b").removesuffix("i") or letters
    if suffix not in UNITS or len(digits) > LONGEST or not (digits.isascii() and digits.isdecimal()):
        return None
    size, rest = divmod(int(digits) << 10 * UNITS.index(suffix), 10 ** len(fraction))
    return None if rest else replace(setting, spell_size(size), f"write {spell_size(size)}", SAFE)
