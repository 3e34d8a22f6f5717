"""``%%configure`` cells: which product reads one, which of them hold, and the sessions they start.

sparkmagic (KernelMagics.configure) reads the lines below the magic with ``json.loads``. What that refuses it reports in the
cell's output and goes on with the old settings; so it does with a cell without ``-f`` once a session runs. A cell replaces
what an earlier one said as a whole; nothing is merged. AWS Glue and Microsoft Fabric (and Synapse) have magics of the same
name with other bodies and rules, which `managed_sessions` reads.
"""

from __future__ import annotations

import re

from spmlint.document.holes import mark_holes, template_marks
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Problem
from spmlint.document.text import Source, Span, Text, join
from spmlint.fragment import Loaded
from spmlint.loaders import TEMPLATE_REASON
from spmlint.loaders.livy import add_session, session
from spmlint.loaders.managed_sessions import load_fabric
from spmlint.trouble import (
    CELL_BRACE,
    CELL_DEAD,
    CELL_IGNORED,
    CELL_NOT_FORCED,
    CELL_REPLACED,
    TOO_LARGE,
    Trouble,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Series = Sequence["Magic | None"]
    """The cells of one notebook in order; None for one that makes a session start."""

_MAGIC = re.compile(r"\s*(?P<name>%%configure)(?P<arguments>[^\n\r]*)(?:\r\n|\r|\n|\Z)")
_FORCE = re.compile(r"(?:^|\s)(?:-f|--force)")
_NAME = re.compile(r"(?:^|\s)(?:-n|--name)[\s=]*([^\s{]+)")
_STARTS = re.compile(r"\s*(?:[^%\s]|%%(?:spark|pyspark|scalaspark|sql|send_to_spark)\b)")
"""Cells that sparkmagic's kernels send to the session; other magics run beside it. A comment alone is sent too."""

_SPARKMAGIC_KERNEL = re.compile(r"(?:py)?sparkr?3?kernel")
_GLUE_MAGIC = re.compile(
    r"%(?:glue_version|glue_ray|idle_timeout|number_of_workers|worker_type|session_id_prefix|iam_role"
    r"|additional_python_modules|extra_py_files|extra_jars|security_config|connections|min_workers|streaming|etl)\b"
)
_GLUE_KEY = re.compile(r"""["']--[a-z][\w-]*["']\s*:""")
_FABRIC_KEY = re.compile(
    r'"(?:defaultLakehouse|defaultWarehouse|mountPoints|environment|sessionTimeoutInSeconds|useStarterPool'
    r'|useWorkspacePool|vCores|parameterName)"\s*:'
)
_EMR_SERVERLESS_KEY = re.compile(r'"(?:spark\.)?emr-serverless\.')


class Magic:
    """One ``%%configure`` cell: where its name stands, what follows on its line, and the lines below."""

    __slots__ = ("arguments", "body", "name")

    def __init__(self, name: Span, arguments: Text, body: Text) -> None:
        self.name = name
        self.arguments = arguments
        self.body = body

    @property
    def is_forced(self) -> bool:
        """Whether it replaces a running session; any value after ``-f`` counts as true."""
        return _FORCE.search(self.arguments.value.partition("{")[0]) is not None

    @property
    def session(self) -> str:
        """The session it speaks of, where one notebook has several (``-n NAME``); empty otherwise."""
        named = _NAME.search(self.arguments.value.partition("{")[0])
        return named[1] if named else ""

    def brace(self) -> Text | None:
        """The JSON that begins on the magic's own line; None where it begins below, as it should."""
        at = self.arguments.value.find("{")
        return None if at < 0 else self.arguments.slice(at, len(self.arguments.value))


def read_magic(cell: Text) -> Magic | None:
    """The magic that begins a cell; None for any other cell."""
    match = _MAGIC.match(cell.value)
    if match is None:
        return None
    return Magic(
        cell.span(*match.span("name")),
        cell.slice(*match.span("arguments")),
        cell.slice(match.end(), len(cell.value)),
    )


def starts_session(code: str) -> bool:
    """Whether a cell that is no ``%%configure`` makes a session start that was not there."""
    return _STARTS.match(code) is not None


def is_glue(source: Source, kernel: str | None = None) -> bool:
    """Whether a notebook is one of AWS Glue, by its kernel or by magics only Glue has."""
    return (kernel or "").startswith("glue") or _GLUE_MAGIC.search(source.text) is not None


def load_series(series: Series, loaded: Loaded, kernel: str | None = None) -> None:
    """Add the sessions of one notebook that is not Glue's, and what goes wrong with its cells."""
    runs = False
    latest: dict[str, tuple[Magic, bool]] = {}
    """Session name -> the last magic whose settings hold, and whether a session has used them."""
    for magic in series:
        if magic is None:
            runs = True
            latest = {name: (earlier, True) for name, (earlier, _) in latest.items()}
            continue
        root = _body(magic, loaded, kernel)
        if root is None:
            continue
        if runs and not magic.is_forced:
            message = "without -f this cell changes nothing: the cells above have already started a session"
            loaded.troubles.append(Trouble(CELL_NOT_FORCED, magic.name, message, "write %%configure -f"))
        else:
            if magic.session in latest:
                _replace(*latest[magic.session], magic, loaded)
            latest[magic.session] = (magic, False)
        add_session(session(root, magic.name), loaded)


def _replace(earlier: Magic, used: bool, later: Magic, loaded: Loaded) -> None:
    """Say that ``later`` replaces ``earlier``, whose job never runs unless a cell between them used it."""
    if earlier.body.value.split() == later.body.value.split():
        return
    by = f"the %%configure cell at line {later.name.line} replaces it as a whole, nothing is merged"
    if used:
        message = f"what this cell says holds only for the cells above line {later.name.line}: {by}"
        loaded.troubles.append(Trouble(CELL_REPLACED, earlier.name, message))
    else:
        loaded.troubles.append(Trouble(CELL_DEAD, earlier.name, f"this cell has no effect: {by}"))
        loaded.fragments = [one for one in loaded.fragments if one.place != earlier.name]


def _body(magic: Magic, loaded: Loaded, kernel: str | None) -> Node | None:
    """The request in the cell; None where the cell is another product's, or sparkmagic cannot read it."""
    brace = magic.brace()
    body = magic.body if brace is None else join([brace, magic.body], "\n")
    root, problems = _read(body)
    if root is None and (marked := mark_holes(body)) is not body:
        # A placeholder may stand where only a value can: look once more with every one taken for such.
        root, problems = _read(marked)
    if not _is_livy(body.value, kernel, problems, body.source):
        if isinstance(root, Mapping) and (_FABRIC_KEY.search(body.value) or _is_synapse(kernel)):
            load_fabric(root, magic.name, loaded)
        return None
    if problems and template_marks(body.value):
        loaded.unread.append((magic.name, TEMPLATE_REASON))
        return None
    if problems:
        first = min(problems, key=lambda problem: problem.start)
        kind = TOO_LARGE if first.kind == "limit" else CELL_IGNORED
        span = Span(body.source, first.start, max(first.end, first.start))
        loaded.troubles.append(Trouble(kind, span if body.value.strip() else magic.name, first.message, first.hint))
        return None
    if brace is not None:
        message = "sparkmagic reads the JSON from the line below the magic; what stands on its own line is not read"
        loaded.troubles.append(Trouble(CELL_BRACE, brace.span(0, 1), message, "begin the JSON on the next line"))
    return root if isinstance(root, Mapping) else None


def _read(body: Text) -> tuple[Node | None, list[Problem]]:
    """The JSON of a body, as far as it can be read, and all that ``json.loads`` would not take."""
    problems: list[Problem] = []
    try:
        return read_json(body, forgiven=problems), problems
    except Problem as problem:
        return None, [*problems, problem]


def _is_synapse(kernel: str | None) -> bool:
    """Whether a notebook is run by Fabric or Synapse, which name their kernels alike."""
    return (kernel or "").startswith("synapse")


def _is_livy(body: str, kernel: str | None, problems: Sequence[Problem], source: Source) -> bool:
    """Whether a cell speaks to Livy. Comments are read by Fabric and Synapse only, where nothing else tells them apart."""
    if _GLUE_KEY.search(body) or _FABRIC_KEY.search(body) or _is_synapse(kernel):
        return False
    if _SPARKMAGIC_KERNEL.fullmatch(kernel or "") or _EMR_SERVERLESS_KEY.search(body):
        return True
    return not any(source.text[problem.start : problem.start + 1] in ("#", "/") for problem in problems)
