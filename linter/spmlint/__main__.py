"""spmlint as a process of its own: the installed command, and ``python -m spmlint``."""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # ``python -m`` looks for modules in the current folder first, and what is checked must not become code.
    del sys.path[0]

from spmlint.cli import main


def run() -> None:
    """Run the command line and end the process, without taking apart what was built: that takes a tenth of a short run."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # it stays open
    status = main()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
