"""Files to Fragments: what each kind of file means.

One module here knows one kind of file; each has ``load(source, loaded)``, which adds what it finds. `recognition` says which
one reads a file, before any parser is imported; a file that is not ours costs nothing else.
"""

from __future__ import annotations

from importlib import import_module

from spmlint.document.text import Source, Span
from spmlint.fragment import END_OF_LINE, Loaded
from spmlint.loaders.recognition import recognise
from spmlint.trouble import CANNOT_PARSE, NOT_UTF8, TOO_LARGE, Trouble

SIZE_LIMIT_BYTES = 8 << 20
NOTEBOOK_LIMIT_BYTES = 64 << 20
"""Files above this are not parsed. Notebooks carry the pictures they drew, which are passed over."""

TEMPLATE_REASON = "template: not checked before it is rendered"


def load(path: str, data: bytes, module: str | None = None) -> Loaded | None:
    """Read one file, as what ``module`` reads or else as what it is recognised for; None where it is not ours.

    What cannot be read becomes a Trouble, a template an entry in ``unread``; nothing here raises for bad input.
    """
    module = module or recognise(path, data)
    if module is None:
        return None
    from spmlint.document.node import Problem
    from spmlint.document.source import decode

    limit_bytes = NOTEBOOK_LIMIT_BYTES if module == "notebook" else SIZE_LIMIT_BYTES
    if len(data) > limit_bytes:
        loaded = Loaded(Source(path, ""), module)
        message = f"larger than {limit_bytes >> 20} MiB, so it is not checked"
        loaded.troubles.append(Trouble(TOO_LARGE, Span(loaded.source, 0, 0), message))
        return loaded
    try:
        source = decode(path, data)
    except Problem as problem:
        loaded = Loaded(Source(path, ""), module)
        message = f"{problem.message} at byte {problem.start}"
        loaded.troubles.append(Trouble(NOT_UTF8, Span(loaded.source, 0, 0), message, problem.hint))
        return loaded
    loaded = Loaded(source, module)
    try:
        loader = import_module(f"spmlint.loaders.{module}")
        loaded.comments = getattr(loader, "COMMENTS", END_OF_LINE)
        loader.load(source, loaded)
    except Problem as problem:
        record(loaded, source, problem)
    return loaded


def record(loaded: Loaded, source: Source, problem: Problem) -> None:
    """Turn what a parser refused into a Trouble, or into a note where the file is a template."""
    from spmlint.document.holes import template_marks

    span = Span(source, problem.start, max(problem.end, problem.start))
    if problem.kind == "limit":
        loaded.troubles.append(Trouble(TOO_LARGE, span, problem.message, problem.hint))
    elif template_marks(source.text):
        loaded.unread.append((Span(source, 0, 0), TEMPLATE_REASON))
    else:
        loaded.troubles.append(Trouble(CANNOT_PARSE, span, problem.message, problem.hint))


TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.node import Problem
