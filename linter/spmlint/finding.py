"""What a rule found: a message at a place, with its sum, its fix and the places it relates to."""

from __future__ import annotations

from spmlint.document.text import Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spmlint.conf import Setting
    from spmlint.places.quantities import Quantity

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
"""Strongest first. error: will be refused, killed or never start; warning: will misbehave or is silently ignored;
info: advice."""

SAFE, UNSAFE = "safe", "unsafe"

IN_SOURCE, EXTERNAL = "inSource", "external"
"""Where a finding was silenced: at its place in the file, or in the configuration or a baseline (SARIF's words)."""

HOME = "https://github.com/spmlint/spmlint"

LONGEST_MESSAGE = 1000
"""A message quotes values of the input, which may be of any length."""


def lower(severity: str) -> str | None:
    """The severity one step below; None below info."""
    at = SEVERITIES.index(severity) + 1
    return SEVERITIES[at] if at < len(SEVERITIES) else None


def at_least(severity: str, threshold: str) -> bool:
    """Whether ``severity`` is ``threshold`` or stronger."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


class Edit:
    """Replace what stands in ``span`` by ``text``."""

    __slots__ = ("span", "text")

    def __init__(self, span: Span, text: str) -> None:
        self.span = span
        self.text = text


class Fix:
    """Edits that together mend a finding. ``safety`` is SAFE (same meaning, or the only possible one) or UNSAFE."""

    __slots__ = ("edits", "safety", "title")

    def __init__(self, title: str, edits: Sequence[Edit], safety: str) -> None:
        self.title = title
        self.edits = list(edits)
        self.safety = safety


class Related:
    """Another place that belongs to a finding (the winner of an override, the capacity that is too small)."""

    __slots__ = ("message", "span")

    def __init__(self, place: Span | Text | Setting | Quantity, message: str) -> None:
        self.span = place.span()
        self.message = message


class Finding:
    """One finding. Rules make it with `spmlint.rule.Rule.finding`; the engine adds what it knows of the run.

    ``derivation`` holds the lines of the sum that proves it, or a function that computes them when a report asks.
    ``subject`` is the setting or path it is about, as the fingerprint knows it. ``refusal`` is the cause of a refusal that is
    told for want of a rule that explains it; such a finding goes where a check that ``explains`` the cause spoke at its
    place or at a related one.
    """

    __slots__ = (
        "_derivation",
        "fix",
        "job",
        "jobs",
        "message",
        "name",
        "refusal",
        "related",
        "role",
        "rule",
        "severity",
        "span",
        "subject",
        "worlds",
    )

    def __init__(
        self,
        rule: str,
        name: str,
        place: Span | Text | Setting | Quantity,
        message: str,
        *,
        derivation: Sequence[str] | Callable[[], Sequence[str]] = (),
        fix: Fix | None = None,
        related: Sequence[Related] = (),
        subject: str = "",
        refusal: str = "",
    ) -> None:
        self.rule = rule
        self.name = name
        self.span = place.span()
        self.message = message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 3] + "..."
        self.fix = fix
        self.related = list(related)
        self.subject = subject
        self.refusal = refusal
        self.severity = INFO
        self.job: str | None = None
        self.jobs = 1
        self.role: str | None = None
        self.worlds = ""
        self._derivation = derivation

    def add_up(self) -> None:
        """Compute the sum, once it is certain that the finding is told."""
        compute = self._derivation
        if callable(compute):
            self._derivation = ()  # should it fail, there is none
            self._derivation = list(compute())

    @property
    def derivation(self) -> list[str]:
        """The sum, line by line."""
        self.add_up()
        return [] if callable(self._derivation) else list(self._derivation)

    @property
    def url(self) -> str:
        """The rule's page."""
        return page_url(self.rule)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (*self.span.key(), self.rule, self.message)


def page_url(code: str) -> str:
    """Where the page of a rule can be read."""
    return f"{HOME}/blob/main/docs/rules/{code}.md"


class Silenced:
    """A finding that is not told. ``kind`` is IN_SOURCE or EXTERNAL, ``reason`` what was written beside it, ``span`` the
    comment or annotation that silences it, where there is one.
    """

    __slots__ = ("finding", "kind", "reason", "span")

    def __init__(self, finding: Finding, kind: str, reason: str, span: Span | None = None) -> None:
        self.finding = finding
        self.kind = kind
        self.reason = reason
        self.span = span


class NotChecked:
    """Something in the input that could not be read, and the rules that would have needed it."""

    __slots__ = ("reason", "rules", "span")

    def __init__(self, span: Span, reason: str, rules: Sequence[str]) -> None:
        self.span = span
        self.reason = reason
        self.rules = sorted(set(rules))


def internal_error(where: str, error: BaseException) -> str:
    """An error of ours, as a line that is worth reporting: ``where`` in the run, what, and in which line of the program."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    line = f" ({at.tb_frame.f_globals.get('__name__')}, line {at.tb_lineno})" if at is not None else ""
    doing = f" {where}" if where else ""
    return f"internal error{doing}: {type(error).__name__}: {error}{line}; please report it: {HOME}/issues"


class Failure:
    """A file that could not be read, or an internal error."""

    __slots__ = ("message", "path")

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message


class Report:
    """The outcome of one run, sorted by place; what every output format is written from."""

    __slots__ = (
        "enabled",
        "failures",
        "files",
        "findings",
        "hides_suppressed",
        "jobs",
        "not_checked",
        "notes",
        "recognised",
        "silenced",
        "suppressed",
    )

    def __init__(self) -> None:
        self.files: list[str] = []
        self.recognised: list[str] = []
        """Those of the files that hold something to check."""
        self.jobs = 0
        self.suppressed = 0
        self.silenced: list[Silenced] = []
        """The suppressed findings themselves."""
        self.hides_suppressed = False
        """Whether they are left out of the formats that show them."""
        self.findings: list[Finding] = []
        self.not_checked: list[NotChecked] = []
        self.failures: list[Failure] = []
        self.notes: list[str] = []
        """One line each for facts that were not given but would have let more be checked."""
        self.enabled: Callable[[], tuple[Sequence[str], Sequence[str]]] = lambda: ((), ())
        """The rule packs besides the built-in one and the codes of all rules that were looked for, found out when a
        report asks.
        """

    def silence(self, finding: Finding, kind: str, reason: str, span: Span | None = None) -> None:
        """Count and keep a finding that is not told; see `Silenced`."""
        self.suppressed += 1
        self.silenced.append(Silenced(finding, kind, reason, span))

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)
