"""A value is none that its key takes: not a boolean, not a number, out of range, or not one of the words there are.

What it does
    Reads each value as its own entry does in the target version: booleans are `true` and `false` and nothing else, whole
    numbers have no fraction, times have at most one unit (us, ms, s, m, min, h, d), words and ranges are those of the entry.
    Sizes have a rule of their own.
Why it hurts
    "spark.speculation should be boolean, but was yes", from 4.1 on "INVALID_CONF_VALUE": where Spark reads the key on its way
    up, nothing starts. Where it reads it later or not at all, the same text waits for whoever turns the feature on.
Example: spark-defaults.conf
    spark.speculation             yes
    spark.sql.shuffle.partitions  2e3
Use instead: spark-defaults.conf
    spark.speculation             true
    spark.sql.shuffle.partitions  2000
Applies to
    Every manager and version. An error where the key is certainly read: by every SparkContext, by a session (`spark.sql.`),
    or by a step of the start that this manager and these switches lead to; else a warning.
References
    ConfigEntry.readFrom; ConfigBuilder; SQLConf.setConfString.
"""

from __future__ import annotations

from spmlint.rule import ERROR, WARNING, Finding, Iterator, Rule, Written
from spmlint.spark.catalogue import deprecation, entry
from spmlint.spark.entries import TRANSLATIONS, Refused, check
from spmlint.spark.refusals import CAUSES, set_in_session

rule = Rule("SPM705", "value-not-accepted")


@rule.check(ERROR, triggers=("spark.*",), explains=CAUSES)
def refused_when_read(written: Written) -> Iterator[Finding]:
    reason = _reason(written)
    if reason is not None and written.job.is_stopped_by(written.key, _read_as(written)):
        yield rule.finding(written.setting, f"{written.setting.label}: {reason}, and Spark refuses it at its start")


@rule.check(WARNING, triggers=("spark.*",))
def refused_if_read(written: Written) -> Iterator[Finding]:
    reason = _reason(written)
    if reason is not None and not written.job.is_stopped_by(written.key, _read_as(written)):
        yield rule.finding(written.setting, f"{written.setting.label}: {reason}, and Spark refuses it once it reads it")


def _reason(written: Written) -> str | None:
    """Why the entry does not take the value; None where it does, or where another rule judges it."""
    if not written.wins or written.setting.is_injected:
        return None
    key, spark = _read_as(written), written.job.world.spark
    found = entry(key, spark)
    if found is not None and (found.kind == "bytes" or found.takes_any_text):
        return None
    try:
        if key == written.key and key.startswith("spark.sql."):
            set_in_session(written.job.conf, key, spark)
        elif found is not None:
            check(key, written.value.known(), spark)
    except KeyError:
        return None
    except Refused as refusal:
        return refusal.reason
    return None


def _read_as(written: Written) -> str:
    """The entry that reads the key: its own, or the newer one's where only the old name is written."""
    spark = written.job.world.spark
    old = deprecation(written.key, spark)
    if old is None or not old.read or old.replacement is None or written.key in TRANSLATIONS:
        return written.key
    newer = entry(old.replacement, spark)
    is_renamed = newer is not None and written.key in newer.old
    return old.replacement if is_renamed and not written.job.conf.winner(old.replacement) else written.key
