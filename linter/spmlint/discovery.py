"""Which files a run looks at: arguments as given, folders walked, excludes honoured."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spmlint.config import Config, Configs

SKIPPED_FOLDERS = frozenset(
    (
        ".git",
        ".hg",
        ".svn",
        ".tox",
        ".nox",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
    )
)


class Missing(Exception):
    """An argument that is no file and no folder."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def find(paths: Iterable[str], configs: Configs, *, force_exclude: bool = False) -> Iterator[str | Missing]:
    """The files to look at, each once, sorted within a folder; a `Missing` for an argument that cannot be one.

    Files named as arguments are taken even where ``exclude`` matches, unless ``force_exclude``. Links to folders are not
    followed, and only regular files are opened.
    """
    seen: set[str] = set()
    for argument in paths:
        path = os.path.normpath(argument)
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            yield Missing(argument, getattr(error, "strerror", None) or str(error))
            continue
        if stat.S_ISDIR(mode):
            found: Iterable[str] = _walk(path, configs)
        elif not stat.S_ISREG(mode):
            yield Missing(argument, "not a regular file")
            continue
        elif force_exclude and is_excluded(path, configs.for_path(path)):
            continue
        else:
            found = (path,)
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def read_file(path: str, most: int) -> bytes:
    """What a regular file holds, without waiting for anybody to write it; of one with more than ``most`` bytes the first of them
    and one more, so that nothing fills the memory.

    Raises:
        OSError: it cannot be opened or read, or is no regular file any more.
    """
    descriptor = os.open(path, _AT_ONCE)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file")
        # No file object: where nearly all files are not ours, making one takes longer than all else.
        data = os.read(descriptor, min(status.st_size, most) + 1)
        if len(data) == status.st_size and data:
            return data
        parts = [data]
        while data and (left := most + 1 - sum(map(len, parts))):  # it grows, or does not tell its size
            data = os.read(descriptor, min(left, _PART))
            parts.append(data)
        return b"".join(parts)
    finally:
        os.close(descriptor)


_PART = 1 << 20
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _walk(folder: str, configs: Configs) -> Iterator[str]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            yield Missing(current, error.strerror or str(error))  # type: ignore[misc]
            continue
        folders = []
        beginning = "" if current == "." else os.path.join(current, "")
        config = configs.for_path(f"{beginning}_")  # one holds for everything in a folder
        for entry in entries:
            path = beginning + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED_FOLDERS and not is_excluded(path, config):
                    folders.append(path)
            elif entry.is_file() and not is_excluded(path, config):
                yield path
        pending.extend(reversed(folders))


def is_excluded(path: str, config: Config) -> bool:
    """Whether the path, or a folder above it, matches an ``exclude`` pattern of the configuration."""
    return bool(config.exclude) and matches(path, config.exclude, config.root)


def matches(path: str, patterns: Iterable[str], root: str) -> bool:
    """Whether a path below ``root``, one of its folders, or its name alone matches one of the shell-style patterns."""
    from fnmatch import fnmatchcase

    relative = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
    parts = relative.split("/")
    candidates = ["/".join(parts[: length + 1]) for length in range(len(parts))] + parts
    return any(fnmatchcase(candidate, pattern.rstrip("/")) for pattern in patterns for candidate in candidates)
