"""A %%configure cell does not do what it says: it is not read, comes too late, or another cell takes its place.

What it does
    Reads `%%configure` cells as sparkmagic does: the lines below the magic are one strict JSON object, without comments,
    trailing commas or single quotes. Also finds a cell without `-f` below a cell that has already started the session, a cell
    that a later one replaces (a `%%configure` replaces the whole configuration, nothing is merged), and JSON that begins on
    the magic's own line, which belongs to the magic's options.
Why it hurts
    The cell answers "Could not parse JSON object from input" or "A session has already been started" in its output and does
    not fail: the next cell starts a session with the old or the default sizes.
Example: session.md
    ```
    %%configure -f
    {"executorMemory": "4G", "executorCores": 2,}
    ```
Use instead: session.md
    ```
    %%configure -f
    {"executorMemory": "4G", "executorCores": 2}
    ```
Fix safety
    Safe: a comma with nothing after it is removed, the object stays the same.
Applies to
    Cells read by sparkmagic and its relatives (EMR Studio, SageMaker, HDInsight). AWS Glue, Fabric and Synapse read their
    cells themselves, by other rules; they are left alone.
References
    sparkmagic, KernelMagics.configure and UserCodeParser; Livy, POST /sessions.
"""

from __future__ import annotations

from spmlint.rule import ERROR, INFO, SAFE, WARNING, Edit, Finding, Fix, Iterator, Rule, Trouble

rule = Rule("SPM711", "configure-cell-ignored", fixable=SAFE)


@rule.check(ERROR, triggers=("cell-ignored",))
def not_json(trouble: Trouble) -> Iterator[Finding]:
    trailing = trouble.span.text == "," and trouble.hint
    fix = Fix(trouble.hint, [Edit(trouble.span, "")], SAFE) if trailing else None
    yield _finding(trouble, f"the cell is not JSON and is ignored: {trouble.message}", fix)


@rule.check(WARNING, triggers=("cell-not-forced", "cell-dead", "cell-brace-on-magic-line"))
def without_effect(trouble: Trouble) -> Iterator[Finding]:
    yield _finding(trouble, trouble.message)


@rule.check(INFO, triggers=("cell-replaced",))
def replaced_later(trouble: Trouble) -> Iterator[Finding]:
    yield _finding(trouble, trouble.message)


def _finding(trouble: Trouble, message: str, fix: Fix | None = None) -> Finding:
    hint = f"; {trouble.hint}" if trouble.hint else ""
    return rule.finding(trouble.span, f"{message}{hint}", fix=fix)
