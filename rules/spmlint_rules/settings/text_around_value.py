"""Quotes, a trailing comment or an invisible character have become a part of the value.

What it does
    Finds what was written round a value and is read as part of it: quotes round the whole value in a properties file, or
    inside the quotes of a command; a `#` behind a blank (no file of Spark has comments behind a value); non-breaking and
    zero-width spaces, carriage returns, typographic quotes, and typographic dashes where an option's hyphen is meant.
Why it hurts
    A number or a switch is refused: "Failed to parse byte string: 4g # was 2g". A path, a class or a list of Java options is
    taken with all of it: a directory whose name begins with a quote, or options that the quotes join into a single one.
Example: spark-defaults.conf
    spark.executor.memory  4g # was 2g
    spark.local.dir        "/mnt/scratch"
Use instead: spark-defaults.conf
    spark.executor.memory  4g
    spark.local.dir        /mnt/scratch
Fix safety
    Safe where the key takes nothing but what is left; unsafe where it takes any text.
Applies to
    Every platform and version.
References
    java.util.Properties.load; JavaUtils.byteStringAs; Cloudera, Configuring Spark applications (no comment behind a value).
"""

from __future__ import annotations

from spmlint.rule import ERROR, SAFE, UNSAFE, WARNING, Edit, Finding, Fix, Iterator, Rule, Text, Written
from spmlint.spark.catalogue import entry
from spmlint.spark.entries import Refused, check
from spmlint.spark.refusals import CAUSES

rule = Rule("SPM706", "text-around-value", fixable=SAFE, supersedes=("SPM103", "SPM704", "SPM705"))

INVISIBLE = {
    "\u00a0": "a non-breaking space (U+00A0)",
    "\u200b": "a zero-width space (U+200B)",
    "\u2060": "a word joiner (U+2060)",
    "\ufeff": "a byte order mark (U+FEFF)",
    "\r": "a carriage return",
}
QUOTES = ('"', "'")
TYPOGRAPHIC_QUOTES = "\u2018\u2019\u201c\u201d\u201e"
TYPOGRAPHIC_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"


@rule.check(ERROR, triggers=("spark.*",), explains=CAUSES)
def refused_with_it(written: Written) -> Iterator[Finding]:
    around = _around(written)
    if around is not None and _is_refused_for(written, around[1]) and written.job.is_stopped_by(written.key):
        yield _finding(written, *around, SAFE)


@rule.check(WARNING, triggers=("spark.*",))
def taken_with_it(written: Written) -> Iterator[Finding]:
    around = _around(written)
    if around is None:
        return
    refused = _is_refused_for(written, around[1])
    if refused is None or (refused and not written.job.is_stopped_by(written.key)):
        yield _finding(written, *around, UNSAFE)


@rule.check(WARNING, triggers=("spark.*",))
def invisible_in_key(written: Written) -> Iterator[Finding]:
    name = written.setting.name
    found = next((mark for mark in written.key if mark in INVISIBLE), None)
    if name is not None and found is not None:
        yield rule.finding(name, f"the key holds {INVISIBLE[found]}, so no reader finds it: {written.key!r}")


def _around(written: Written) -> tuple[str, str] | None:
    """What stands round the value, and what is left without it; None where the value is clean."""
    text = written.value.value
    if len(text) > 1 and text[0] in QUOTES and text[-1] == text[0] and _keeps_quotes(written):
        if not written.key.endswith("JavaOptions"):
            return f"the quotes {text[0]} are part of the value", text[1:-1]
        if len(text.split()) > 1:
            return f"the quotes {text[0]} join all options into one", text[1:-1]
    head, mark, behind = text.replace("\t", " ").partition(" #")
    if mark and head.strip() and not _is_hole(written.value, len(head) + 1):
        clean = text[: len(head.rstrip())]
        if behind.startswith(" ") or _is_refused_for(written, clean):  # "Issue #7" is a name
            return f"'{text[len(head) :].strip()}' is no comment but part of the value", clean
    for mark in INVISIBLE:
        if mark in text:
            return f"{INVISIBLE[mark]} is part of the value", text.replace(mark, "")
    if len(text) > 1 and text[0] in TYPOGRAPHIC_QUOTES and text[-1] in TYPOGRAPHIC_QUOTES:
        return f"the typographic quotes {text[0]}{text[-1]} are part of the value", text[1:-1]
    if written.key.endswith("JavaOptions"):
        dash = next((word[0] for word in text.split() if word[0] in TYPOGRAPHIC_DASHES), None)
        if dash is not None:
            return f"the typographic dash {dash} begins no option", text.replace(dash, "-")
    return None


def _keeps_quotes(written: Written) -> bool:
    """Whether quotes that are part of a value can only be a mistake: in YAML, JSON and HOCON they may be meant."""
    return written.job.kind == "spark-defaults" or written.setting.label.startswith("--")


def _is_hole(text: Text, at: int) -> bool:
    return any(start <= at < end for start, end in text.holes)


def _is_refused_for(written: Written, clean: str) -> bool | None:
    """Whether the key's entry takes what is left and not what is written; None where it takes any text.

    What it would not take without it either is for other rules to tell.
    """
    spark = written.job.world.spark
    found = entry(written.key, spark)
    if found is None or found.takes_any_text:
        return None
    return (
        written.wins
        and not _takes(written, written.value.value)
        and (written.value.holes != [] or _takes(written, clean))
    )


def _takes(written: Written, text: str) -> bool:
    try:
        check(written.key, text, written.job.world.spark)
    except Refused:
        return False
    return True


def _finding(written: Written, what: str, clean: str, safety: str) -> Finding:
    setting = written.setting
    fix = Fix(f"write {clean}", [Edit(setting.span(), clean)], safety) if setting.is_editable else None
    return rule.finding(setting, f"{setting.label}: {what}", fix=fix)
