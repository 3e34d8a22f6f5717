"""The file goes beyond a limit that no real configuration reaches, and was skipped.

What it does
    Stops at 200 levels of nesting, at 8 MiB (notebooks: 64 MiB), at two million values or 10,000 documents in one file, and
    at 100 LimitRanges, 100 ResourceQuotas or 1,000 claims for one namespace. What stands before is still checked, and so is
    the rest of the run.
Why it hurts
    Readers of such files run out of stack or memory: libyaml's own tree builder crashes the process, and a service that
    accepts the file can be stopped by it.
Example: limits.yaml
    kind: LimitRange
    spec: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      [[[[[[[[[[
Use instead: limits.yaml
    kind: LimitRange
    spec: []
Applies to
    Every file.
References
    The limits stand in `spmlint.document` and `spmlint.loaders`.
"""

from __future__ import annotations

from spmlint.rule import ERROR, Finding, Iterator, Rule, Trouble

rule = Rule("SPM904", "too-deep-or-large")


@rule.check(ERROR, triggers=("too-deep-or-large",))
def beyond_limits(trouble: Trouble) -> Iterator[Finding]:
    hint = f"; {trouble.hint}" if trouble.hint else ""
    yield rule.finding(trouble.span, f"{trouble.message}{hint}")
