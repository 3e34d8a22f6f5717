"""Which job of the page a finding is shown at, and how the jobs are named in links."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.explained import Explained
    from spmlint.finding import Finding

LONGEST_ANCHOR = 48


def anchors(explained: list[Explained]) -> list[str]:
    """An id for each job, made of its name: ``job-nightly``, and ``job-nightly-2`` for the next of that name."""
    taken: set[str] = set()
    found = []
    numbers: dict[str, int] = {}
    for one in explained:
        stem = re.sub("[^a-z0-9]+", "-", f"job {one.data['name']}".lower()).strip("-")[:LONGEST_ANCHOR]
        anchor = stem
        while anchor in taken:
            numbers[stem] = numbers.get(stem, 1) + 1
            anchor = f"{stem}-{numbers[stem]}"
        taken.add(anchor)
        found.append(anchor)
    return found


def divide(explained: list[Explained], findings: list[Finding]) -> tuple[list[list[Finding]], list[Finding]]:
    """The findings of each job, and those that stand elsewhere: in a file several jobs read, or in none of a job.

    A finding belongs to the job it names in the job's own file. Of several jobs of one name, as in a stream of documents, it
    is the last that begins before it.
    """
    by_name: dict[tuple[str, str], list[int]] = {}
    for index, one in enumerate(explained):
        by_name.setdefault((one.data["path"], one.data["name"]), []).append(index)
    own: list[list[Finding]] = [[] for _ in explained]
    others: list[Finding] = []
    for finding in findings:
        candidates = by_name.get((finding.span.source.path, finding.job or ""), [])
        line = finding.span.line
        before = [index for index in candidates if explained[index].data["line"] <= line]
        if candidates:
            own[before[-1] if before else candidates[0]].append(finding)
        else:
            others.append(finding)
    return own, others
