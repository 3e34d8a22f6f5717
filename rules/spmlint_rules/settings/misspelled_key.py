"""A key is a letter or two away from one that Spark knows, and is itself known to nobody.

What it does
    Looks up each `spark.` key in the keys of all releases. One that is unknown, lies in no plugin's namespace and differs from
    a known key by its case, its dots or one misspelt word is taken for that key. An unknown key alone is never a finding: three
    of four keys in public files belong to plugins, connectors and vendors.
Why it hurts
    Nothing at all is said. Spark keeps the unknown key, shows it in the UI's environment page among the others, and runs with
    the default: "I raised the overhead and the pods are still killed".
Example: spark-defaults.conf
    spark.excutor.cores  4
    spark.executor.memory.overhead  1g
Use instead: spark-defaults.conf
    spark.executor.cores  4
    spark.executor.memoryOverhead  1g
Fix safety
    Unsafe: a setting that had no effect takes effect.
Applies to
    Every platform and version.
References
    The ConfigEntry registry of Spark 3.1 to 4.3.
"""

from __future__ import annotations

from itertools import filterfalse

from spmlint.rule import UNSAFE, WARNING, Edit, Finding, Fix, Iterator, Job, Rule
from spmlint.spark.catalogue import known

rule = Rule("SPM701", "misspelled-key", fixable=UNSAFE)


@rule.check(WARNING, triggers=("spark.*",))
def near_a_known_key(job: Job) -> Iterator[Finding]:
    unknown = list(filterfalse(known, job.conf.keys()))
    if unknown:
        from spmlint.spark.unknown_keys import nearest
    for setting in (setting for key in unknown for setting in job.conf.written(key)):
        meant = nearest(setting.key)
        if meant is None or setting.name is None:
            continue
        editable = setting.name.is_verbatim and not setting.shared and setting.name.value == setting.key
        yield rule.finding(
            setting.name,
            f"{setting.key} is no key of Spark and has no effect; did you mean {meant}",
            fix=Fix(f"write {meant}", [Edit(setting.name.span(), meant)], UNSAFE) if editable else None,
            subject=setting.key,
        )
    job.presumed.conf.keys_with("spark.")  # a templated key may be misspelt as well
