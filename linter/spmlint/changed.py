"""Which files changed since a commit, as git tells it: no shell, no network, nothing that the repository configures to be run."""

from __future__ import annotations

import os

from spmlint.config import ConfigError
from spmlint.discovery import Missing, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from spmlint.config import Configs

_GIT = (
    "git",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
)
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def changed(paths: Iterable[str], ref: str, configs: Configs, *, force_exclude: bool = False) -> list[str]:
    """The files of ``paths`` that changed since ``ref`` and HEAD parted, and those not tracked and not ignored.

    What is no file and ``-`` stay as they are.

    Raises:
        ConfigError: git is missing, this is no repository of it, or it holds no such commit.
    """
    names = _changed_names(ref)
    kept = []
    for found in find([path for path in paths if path != "-"], configs, force_exclude=force_exclude):
        if isinstance(found, Missing):
            kept.append(found.path)
        elif _name(found) in names:
            kept.append(found)
    return [path for path in paths if path == "-"] + kept


def _name(path: str) -> str:
    """A path as git has it: links are followed, but the file's own."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _changed_names(ref: str) -> set[str]:
    done, said = _git("rev-parse", "--show-toplevel")
    if not done:
        raise ConfigError(f"--changed-since: {said}")
    top = os.path.realpath(said)
    # A name that begins with a hyphen is no commit's, and git would take it for an option.
    done, commit = (False, "") if ref.startswith("-") else _git("rev-parse", "--verify", f"{ref}^{{commit}}")
    if not done:
        raise ConfigError(f"--changed-since: there is no commit {ref!r} here; a shallow clone may lack it")
    done, base = _git("merge-base", commit, "HEAD")
    if not done:
        raise ConfigError(f"--changed-since: {ref!r} and HEAD have no commit in common; a shallow clone may lack it")
    names: set[str] = set()
    for command in (
        ("diff", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--diff-filter=d", base, "--"),
        ("ls-files", "--others", "--exclude-standard", "-z"),
    ):
        done, said = _git(*command, folder=top)
        if not done:
            raise ConfigError(f"--changed-since: {said}")
        names.update(os.path.normpath(os.path.join(top, name)) for name in said.split("\0") if name)
    return names


def _git(*arguments: str, folder: str | None = None) -> tuple[bool, str]:
    """Whether git did it, and what it printed; or what it says is wrong."""
    import subprocess

    try:
        result = subprocess.run(
            [*_GIT, *arguments],
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        return False, "git is not installed"
    said = os.fsdecode(result.stdout if result.returncode == 0 else result.stderr)
    return result.returncode == 0, said.removesuffix("\n").removeprefix("fatal: ")
