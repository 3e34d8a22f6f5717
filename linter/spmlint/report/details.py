"""What every format for people says of a finding behind its message: the sum, the fix, the other places."""

from __future__ import annotations

from spmlint.finding import SAFE
from spmlint.report.layout import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.document.text import Span
    from spmlint.finding import Finding, NotChecked


def where(span: Span) -> str:
    """``path:line:column``."""
    return f"{visible(span.source.path)}:{span.line}:{span.column}"


def details(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """A label, a place or nothing, and a text, line by line."""
    for line in finding.derivation:
        yield "sum", "", visible(line)
    if finding.fix:
        label = "fix" if finding.fix.safety == SAFE else f"fix ({finding.fix.safety})"
        yield label, "", visible(finding.fix.title)
    for related in finding.related:
        yield "see", where(related.span), visible(related.message)
    if finding.jobs > 1:
        yield "jobs", "", f"{finding.jobs} jobs read this line"


def not_checked(entry: NotChecked) -> str:
    """What could not be read, and the rules that would have needed it."""
    rules = f" ({', '.join(entry.rules)})" if entry.rules else ""
    return f"not checked: {visible(entry.reason)}{rules}"


def full_message(finding: Finding) -> str:
    """The message and the details below it, in plain lines."""
    lines = [" ".join(filter(None, (f"{label}:", place, text))) for label, place, text in details(finding)]
    return "\n".join([visible(finding.message), *lines])
