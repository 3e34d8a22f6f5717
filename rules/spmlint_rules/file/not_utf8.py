"""The file holds bytes that are not UTF-8 text, so its readers see something else than its author did.

What it does
    Reports the offset of the first byte that is not UTF-8, or of a NUL. The file is skipped.
Why it hurts
    Spark reads spark-defaults.conf as UTF-8 and replaces what it cannot read; Kubernetes refuses the object: "invalid
    leading UTF-8 octet". A NUL usually means that the file is not text at all, or was saved as UTF-16.
Example: spark-defaults.conf
    spark.app.name  nightly␀
Use instead: spark-defaults.conf
    spark.app.name  nightly
Applies to
    Every file.
References
    Spark, Utils.getPropertiesFromFile; YAML 1.2, character encodings.
"""

from __future__ import annotations

from spmlint.rule import ERROR, Finding, Iterator, Rule, Trouble

rule = Rule("SPM905", "not-utf8")


@rule.check(ERROR, triggers=("not-utf8",))
def undecodable(trouble: Trouble) -> Iterator[Finding]:
    hint = f"; {trouble.hint}" if trouble.hint else ""
    yield rule.finding(trouble.span, f"{trouble.message}{hint}")
