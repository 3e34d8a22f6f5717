"""Starts `Registry.java` on the jars of a released Spark.

The jars come out of the ``pyspark`` packages, installed once into ``$SPMLINT_SPARK_JARS`` (default: a folder of the user's
cache). A JDK 17 is found by ``JAVA_HOME`` or ``PATH``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RELEASES = {
    (3, 1): "3.1.3",
    (3, 2): "3.2.4",
    (3, 3): "3.3.4",
    (3, 4): "3.4.4",
    (3, 5): "3.5.9",
    (4, 0): "4.0.5",
    (4, 1): "4.1.4",
    (4, 2): "4.2.1",
    (4, 3): "4.3.0",
}
"""The patch release that stands for each minor line."""

_CACHE = Path(os.environ.get("SPMLINT_SPARK_JARS", Path.home() / ".cache" / "spmlint-spark-jars"))
_SOURCE = Path(__file__).with_name("Registry.java")


def jars(release: str) -> str:
    """The class path of ``release``, installed at the first call.

    Raises:
        subprocess.CalledProcessError: the package cannot be installed.
    """
    folder = _CACHE / release / "pyspark" / "jars"
    if not folder.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(_CACHE / release)]
        subprocess.run([*pip, f"pyspark=={release}"], check=True)
    return f"{folder}{os.sep}*"


def run(release: str, mode: str, requests: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """What ``Registry.java`` answers in ``mode`` (``registry`` or ``ask``), one object a line.

    Raises:
        subprocess.CalledProcessError: the program failed; its complaint is on stderr.
    """
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=en", "-Dfile.encoding=UTF-8"]
    done = subprocess.run(
        [str(java), *options, "-cp", jars(release), str(_SOURCE), mode],
        input="\n".join(map(json.dumps, requests)),
        stdout=subprocess.PIPE,
        stderr=None if "-v" in sys.argv else subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
