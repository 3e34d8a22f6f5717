"""The public API of rules: what a rule says of itself, and what its checks are given.

A rule is one module: a page (its docstring), ``rule = Rule(...)`` and one or more checks. A check is a generator; the name
of its parameters says what it looks at::

    @rule.check(ERROR, triggers=("spark.executor.memory",))
    def too_small(job, role): ...        # once per job and role
    def never_starts(job): ...           # once per job
    def refused(written): ...            # once per setting as somebody spelt it
    def wrong(resource): ...             # once per Kubernetes or EMR object
    def unreadable(trouble): ...         # once per thing a loader could not read

A check has exactly one severity, and what it finds depends on what it asks of its subject and on nothing else
(`spmlint.silence`). ``triggers`` are the Spark keys, object kinds or trouble kinds without which it has nothing to say; a
trailing ``*`` matches any ending. For a job's check the kinds are its own and those of the objects it meets. ``platforms``
are those on which alone it has something to say. A rule is only imported for what passes both.
"""

from __future__ import annotations

from _collections_abc import Iterator  # as in `collections.abc`, which brings all of `collections` with it

from spmlint.answer import (
    CLIENT,
    CLUSTER,
    EMR_ON_EC2,
    EMR_ON_EKS,
    EMR_SERVERLESS,
    JVM,
    KUBERNETES,
    LOCAL,
    PYTHON,
    STANDALONE,
    YARN,
    Opaque,
    R,
)
from spmlint.conf import Conf, Setting
from spmlint.document.text import Span, Text
from spmlint.finding import ERROR, INFO, SAFE, UNSAFE, WARNING, Edit, Finding, Fix, Related
from spmlint.job import DRIVER, EXECUTOR, ROLES, Job, Written
from spmlint.place import Place, Resource, View
from spmlint.trouble import Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from spmlint.places.quantities import Quantity
    from spmlint.registry import Declared

    CheckFunction = Callable[..., Iterator[Finding]]

__all__ = [
    "CLIENT",
    "CLUSTER",
    "DRIVER",
    "EMR_ON_EC2",
    "EMR_ON_EKS",
    "EMR_SERVERLESS",
    "ERROR",
    "EXECUTOR",
    "INFO",
    "JVM",
    "KUBERNETES",
    "LOCAL",
    "PYTHON",
    "ROLES",
    "SAFE",
    "STANDALONE",
    "UNSAFE",
    "WARNING",
    "YARN",
    "Check",
    "Conf",
    "Edit",
    "Finding",
    "Fix",
    "Iterator",
    "Job",
    "Opaque",
    "Place",
    "R",
    "Related",
    "Resource",
    "Rule",
    "Setting",
    "Span",
    "Text",
    "Trouble",
    "View",
    "Written",
    "replace",
]

SUBJECTS = {
    ("job",): "job",
    ("job", "role"): "role",
    ("written",): "written",
    ("resource",): "resource",
    ("trouble",): "trouble",
}


class Check:
    """One check of a rule; see the module's docstring."""

    __slots__ = (
        "_beginnings",
        "_words",
        "advice",
        "explains",
        "function",
        "platforms",
        "rule",
        "severity",
        "subject",
        "triggers",
    )

    def __init__(
        self,
        rule: Rule,
        function: CheckFunction,
        severity: str,
        triggers: Sequence[str],
        explains: Sequence[str],
        platforms: Sequence[str],
        advice: bool,
    ) -> None:
        code = function.__code__
        names = code.co_varnames[: code.co_argcount]
        subject = SUBJECTS.get(names)
        if subject is None:
            known = ", ".join(f"({', '.join(one)})" for one in SUBJECTS)
            raise TypeError(f"{function.__name__} takes ({', '.join(names)}), and a check one of {known}")
        self.rule = rule
        self.function = function
        self.severity = severity
        self.subject = subject
        self.triggers = tuple(triggers)
        self._words = frozenset(trigger for trigger in self.triggers if not trigger.endswith("*"))
        self._beginnings = tuple(trigger[:-1] for trigger in self.triggers if trigger.endswith("*"))
        self.explains = tuple(explains)
        self.platforms = tuple(platforms)
        self.advice = advice

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def declared(self) -> Declared:
        """What the table of rules says of it."""
        return self.subject, self.triggers, self.explains, self.platforms, self.advice

    def hears(self, word: str) -> bool:
        """Whether a key or kind triggers it."""
        return not self.triggers or word in self._words or word.startswith(self._beginnings)


class Rule:
    """A rule's identity. ``fixable`` is SAFE, UNSAFE or None; the page is the docstring of its module."""

    def __init__(self, code: str, name: str, *, fixable: str | None = None, supersedes: Sequence[str] = ()) -> None:
        self.code = code
        self.name = name
        self.fixable = fixable
        self.supersedes = tuple(supersedes)
        self.checks: list[Check] = []

    def check(
        self,
        severity: str,
        *,
        triggers: Sequence[str] = (),
        explains: Sequence[str] = (),
        platforms: Sequence[str] = (),
        advice: bool = False,
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Register a check. ``advice`` is off by default.

        ``explains`` names the causes of refusals of the Spark model it tells of (`spmlint.spark.refusals`); ``*`` stands
        for those that no other check explains.
        """

        def register(function: CheckFunction) -> CheckFunction:
            self.checks.append(Check(self, function, severity, triggers, explains, platforms, advice))
            return function

        return register

    def finding(self, place: Span | Text | Setting | Any, message: str, **details: Any) -> Finding:
        """A finding at a handle; ``details`` are those of `spmlint.finding.Finding`."""
        if "subject" not in details and isinstance(place, Setting):
            details["subject"] = place.key
        return Finding(self.code, self.name, place, message, **details)


def replace(value: Setting | Quantity, text: str, title: str, safety: str) -> Fix | None:
    """The fix that writes ``text`` in place of a value; None where that place is not its own."""
    return Fix(title, [Edit(value.span(), text)], safety) if value.is_editable else None
