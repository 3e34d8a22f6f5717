"""Writes a file in one step: whoever reads it meanwhile sees the old bytes or the new ones, never a part."""

from __future__ import annotations

import os
import stat


def replace_file(path: str, data: bytes) -> None:
    """Write ``data``, through links, keeping the mode of a file that is there; a pipe or device is written as it is.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as file:
            file.write(data)
        return
    draft = f"{target}.{os.getpid()}.spmlint"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(draft, stat.S_IMODE(mode))
        os.replace(draft, target)
    except BaseException:
        os.unlink(draft)
        raise
