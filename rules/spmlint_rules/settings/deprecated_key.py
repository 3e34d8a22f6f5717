"""A key has a new name. Spark still reads the old one, until a release that does not.

What it does
    Looks up every key in the table of deprecated keys of the target version. An old name that is still read is advice. Where
    the new name is written too, with another value, the old one is dead: a warning.
Why it hurts
    Spark logs "The configuration key ... has been deprecated" once and goes on. `spark.blacklist.*` was read that way up to
    4.0; 4.1 ignores it, with the same line in the log.
Example: spark-defaults.conf
    spark.master                         yarn
    spark.yarn.executor.memoryOverhead   1g
Use instead: spark-defaults.conf
    spark.master                         yarn
    spark.executor.memoryOverhead   1g
Fix safety
    Safe: offered where Spark itself reads the old name as the new one, text and all.
Applies to
    Every platform, from the release that deprecated the key.
References
    SparkConf.configsWithAlternatives and deprecatedConfigs; SQLConf.deprecatedSQLConfigs.
"""

from __future__ import annotations

from spmlint.rule import INFO, SAFE, WARNING, Edit, Finding, Fix, Iterator, Related, Rule, Setting, Written
from spmlint.spark.catalogue import Old, deprecation, entry
from spmlint.spark.entries import TRANSLATIONS

rule = Rule("SPM702", "deprecated-key", fixable=SAFE)


@rule.check(WARNING, triggers=("spark.*",))
def beaten_by_new_name(written: Written) -> Iterator[Finding]:
    newer = _newer(written)
    if newer is not None and written.value.known() != newer.value.known():
        yield rule.finding(
            written.setting,
            f"{written.setting.label} has no effect: it is the old name of {newer.key}, which is set to "
            f"{newer.value.value}",
            related=[Related(newer, f"{newer.label} = {newer.value.value} wins")],
        )


@rule.check(INFO, triggers=("spark.*",))
def has_new_name(written: Written) -> Iterator[Finding]:
    old = _old(written)
    if old is None:
        return
    newer = _newer(written)
    if newer is not None and written.value.known() != newer.value.known():
        return
    since = f" since Spark {old.since}" if old.since else ""
    advice = f"; write {old.replacement}" if old.replacement else ""
    yield rule.finding(
        written.setting.name or written.setting,
        f"{written.key} is deprecated{since}{advice}",
        fix=_fix(written, old),
        subject=written.key,
    )


def _old(written: Written) -> Old | None:
    old = deprecation(written.key, written.job.world.spark)
    return old if old is not None and old.read and not written.setting.is_injected else None


def _newer(written: Written) -> Setting | None:
    """The setting of the new name, where both are written and Spark reads the old one only for want of it."""
    old = _old(written)
    if old is None or old.replacement is None or not _is_renamed(written, old):
        return None
    return written.job.conf.winner(old.replacement)


def _is_renamed(written: Written, old: Old) -> bool:
    """Whether the new entry itself reads the old key; other replacements may mean something else."""
    found = entry(old.replacement, written.job.world.spark) if old.replacement else None
    return found is not None and written.key in found.old


def _fix(written: Written, old: Old) -> Fix | None:
    name = written.setting.name
    if name is None or not name.is_verbatim or name.value != written.key or written.setting.shared:
        return None
    if old.replacement is None or written.key in TRANSLATIONS or not _is_renamed(written, old):
        return None
    if written.job.conf.winner(old.replacement) is not None:
        return None
    return Fix(f"write {old.replacement}", [Edit(name.span(), old.replacement)], SAFE)
