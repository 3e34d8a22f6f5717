"""Files that are read only because a checked file names them, so that a hook that passes the changed files alone sees what
a run on the whole project does.

A companion lies inside the project, its links resolved: the folder of the git repository, else that of the configuration,
else the current one. Nothing else on the machine is opened.
"""

from __future__ import annotations

import os
import posixpath
import stat

from spmlint.discovery import is_excluded
from spmlint.linking.named_files import files_named, names_files
from spmlint.loaders import SIZE_LIMIT_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spmlint.config import Configs
    from spmlint.finding import Report
    from spmlint.fragment import Loaded

    Reader = Callable[[str, str | None], Loaded | None]
    """Reads the file at a path as what a loader reads, or None as it is recognised."""

MOST = 1000
"""Companions of one run: a chain of files that name each other ends somewhere."""

_TERRAFORM = "terraform"


def companions_of(loaded: list[Loaded], configs: Configs, read: Reader) -> list[Loaded]:
    """What the files of a run name, and what those name in turn, without what is in the run already."""
    found: list[Loaded] = []
    known = {(one.source.path, module) for one in loaded for module in (one.module, None)}
    known |= {(one.source.path, "pod_template") for one in loaded if any(r.kind == "Pod" for r in one.resources)}
    pending = list(loaded)
    while pending and len(found) < MOST:
        one = pending.pop(0)
        if not names_files(one):
            continue
        root = project_root(one.source.path, configs)
        one.root = _shown(root)
        for module, paths in (*_module_files(one), *files_named(one)):
            if any((path, module) in known for path in paths):
                continue
            path = next((path for path in paths if _is_inside(path, root)), None)
            if path is None:
                continue
            known |= {(path, module), (path, None)}
            companion = read(path, module)
            if companion is not None:
                companion.is_companion = True
                found.append(companion)
                pending.append(companion)
    return found


def as_companions(report: Report, paths: set[str], configs: Configs) -> None:
    """Leave of the findings in files of ``paths`` what may be said of a file that is not checked itself.

    They are findings about the jobs that were, so they stand; but an edit there may change other jobs, which are not in
    the run, and what the configuration excludes is nobody's to mend.
    """
    excluded = {path for path in paths if is_excluded(path, configs.for_path(path))}
    report.findings = [finding for finding in report.findings if finding.span.source.path not in excluded]
    for finding in report.findings:
        if finding.fix is not None and any(edit.span.source.path in paths for edit in finding.fix.edits):
            finding.fix = None


def project_root(path: str, configs: Configs) -> str:
    """The folder of the project that a file belongs to, with its links resolved."""
    folder = os.path.realpath(os.path.dirname(path) or ".")
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return os.path.realpath(configs.for_path(path).root)
        folder = above


def _shown(root: str) -> str:
    """A folder as paths of the run spell it: relative to the current one."""
    relative = os.path.relpath(root).replace(os.sep, "/")
    return "" if relative == "." else relative


def _is_inside(path: str, root: str) -> bool:
    """Whether a path is a regular file of the project, of a size that is read."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.join(root, "")):
        return False
    try:
        found = os.stat(real)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size <= SIZE_LIMIT_BYTES


def _module_files(one: Loaded) -> Iterator[tuple[str | None, list[str]]]:
    """The other files of a module of Terraform, which is a folder, where a file of it uses variables."""
    if one.module != _TERRAFORM or not one.references:
        return
    folder = posixpath.dirname(one.source.path)
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        return
    for name in names:
        if name.endswith((".tf", ".tfvars")):
            yield _TERRAFORM, [posixpath.join(folder, name)]
