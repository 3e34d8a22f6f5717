"""An identity of findings that survives moved lines and changed values: rule, file, job, role and setting."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.finding import Finding


def fingerprint(finding: Finding) -> str:
    """The identity, as 32 hexadecimal digits; findings of one rule about the same setting share it."""
    from hashlib import sha256

    parts = (finding.rule, finding.span.source.path, finding.job or "", finding.role or "", finding.subject)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def numbered(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """The findings in order of place, each with its fingerprint and the number of it among those that share it.

    Pass silenced findings along with the others: then silencing one does not give its number to the next.
    """
    seen: dict[str, int] = {}
    identified = []
    for finding in sorted(findings, key=lambda one: one.sort_key()):
        shared = fingerprint(finding)
        seen[shared] = seen.get(shared, 0) + 1
        identified.append((finding, f"{shared}:{seen[shared]}"))
    return identified
