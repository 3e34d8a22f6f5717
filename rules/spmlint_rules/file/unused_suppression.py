"""A suppression silences nothing.

What it does
    Finds `# spmlint: ignore[...]` comments and `spmlint.io/ignore` annotations behind which, after all rules have run, there is
    nothing left to silence, or that name a rule that does not exist. Where a named rule was not run, or could not read the
    place, nothing is said.
Why it hurts
    Nothing is wrong today. The next mistake of the same kind at this place would pass unseen.
Example: spark-defaults.conf
    # spmlint: ignore[SPM101] the heap was 128m once
    spark.executor.memory  4g
Use instead: spark-defaults.conf
    spark.executor.memory  4g
Fix safety
    Safe: a comment is removed.
Applies to
    Every format with comments, and the annotations of Kubernetes objects (no fix there).
References
    The README of spmlint, "Suppressions".
"""

from __future__ import annotations

from spmlint.rule import SAFE, WARNING, Edit, Finding, Fix, Iterator, Rule, Span, Trouble

rule = Rule("SPM903", "unused-suppression", fixable=SAFE)


@rule.check(WARNING, triggers=("unused-comment", "unused-annotation"))
def silences_nothing(trouble: Trouble) -> Iterator[Finding]:
    fix = None
    if trouble.kind == "unused-comment":
        fix = Fix("remove the comment", [Edit(_with_line(trouble.span), "")], SAFE)
    yield rule.finding(trouble.span, f"the suppression has no effect: {trouble.message}", fix=fix)


def _with_line(comment: Span) -> Span:
    """The comment to its end with the blanks before it; its whole line where nothing else stands on it."""
    text = comment.source.text
    start, end = comment.start, comment.end
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    while start and text[start - 1] in " \t":
        start -= 1
    if start == 0 or text[start - 1] in "\r\n":
        end += 2 if text[end : end + 2] == "\r\n" else min(1, len(text) - end)
    return Span(comment.source, start, end)
