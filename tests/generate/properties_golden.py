"""Writes tests/document/golden/properties.json.gz: what a real JDK's java.util.Properties reads in thousands of files.

    python tests/generate/properties_golden.py

needs a JDK 17 (``JAVA_HOME`` or ``PATH``) and takes a few seconds. Each case is ``[text, answer]``; the answer is a list of
keys and values in turn, in the order Java puts them, or null where Java refuses the file.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import random
import subprocess
from pathlib import Path

TARGET = Path(__file__).parents[1] / "document" / "golden" / "properties.json.gz"
_SOURCE = Path(__file__).with_name("PropertiesReader.java")

TRICKY = [
    "\n", "a", "a=", "=b", "a=b", "a = b", "a: b", "a b", "a\tb", "a\fb", " a=b ", "\ta\t=\tb\t", "a==b", "a = = b",
    "a::b", "a =: b", "a \t : \t b", "a  b", "#c", "!c", " # c", "#c\\\na=b", "!c\\\na=b", "a=b#c", "a=b !c",
    "a#=b", "a=\\", "\\", "\\\n", "\\\r", "\\\r\n", "\\\n\\\n", "\\\r\n\\", "\\\n ", "\\\n#c\nx", "\\\n\n#c\nx",
    "\\\n  \nx", "a\\\nb=c", "a=b\\\nc", "a=b\\\n   c", "a=b\\\r\n c", "a=b\\\r c", "a=b\\\n", "a=b\\\n\n",
    "a=b\\\n\nc=d", "a=b\\\n  \nc=d", "a=b\\\n#c", "a=b\\\n !c", "a\\\n =b", "a \\\n = \\\n b", "a=\\\n\\\nb",
    "a=b\\\\\nc=d", "a=b\\\\\\\nc=d", "a\\=b=c", "a\\:b:c", "a\\ b c", "a\\\tb c", "a\\\\=b", "a\\\\ b",
    "a=\\t\\n\\r\\f", "a=\\q\\\"\\'", "a=C:\\temp\\new", "a=\\u0041", "\\u0061=b", "a=\\u00e9", "a=\\uD83D\\uDE00",
    "a=\\ud83d\\ude00", "a=\\ud83d", "a=\\ude00\\ud83d", "a=\\ud83dx\\ude00", "a=\\ud83d\\\n\\ude00",
    "\\ud83d=\\ude00", "a=😀", "é=ü", "a=\\u", "a=\\u1", "a=\\u12 4", "a=\\u123", "a=\\u123g", "a\\u12=b",
    "a=\\U0041", "a=\\\\u0041", "a=\\uu0041", "a\\u003db=c", "\\u0023a=b", "\\#a=b", "\\!a=b", "a=\\ b", "a=\\\\",
    "a=b\\ ", "a\rb", "a\r\nb", "a\n\rb", "a=1\ra=2\na=3\r\n", "a\x85b", "a=\x0bb", "\x0ba=b", "\xa0a b", "a\xa0=b",
    "a=\xa0b", "\ufeffa=b", "\x00a=b", "a\u2028b", "  \\\n  a=b", "  \\", "a=b\\\f", "a=b \\\n\f\tc", "a\\\n",
    "a\\\r\n", "a=\\\n", "a b=c", "a\\ ", "a\\", "\\ =b", "\\\\", "=", ":", " = ", "==", "a=b\n\n\n", "\n\n\na=b",
    "k v\\\n \\\n w", "k\\\n#=v", "k \\\n#v", "spark.executor.memory 4g # note",
    "spark.driver.extraJavaOptions -XX:+UseG1GC \\\n  -Dk=v\\\n  -Dl=w", "spark.executor.memory=\"4g\"",
]  # fmt: skip
"""What people have been surprised by, written out."""

_PARTS = [
    "a", "b", "key", " ", " ", "\t", "\f", "=", "=", ":", "#", "!", "\\", "\\", "\\\\", "\n", "\n", "\n", "\r",
    "\r\n", "\\\n", "\\\r\n", "\\\r", "\\u0041", "\\u00", "\\ud83d", "\\ude00", "\\uzzzz", "\\t", "\\n", "é", "😀",
    "\x85", "\u2028", "\xa0", "\x0b", "\x00", "value",
]  # fmt: skip


def cases(count: int = 6000, seed: int = 17) -> list[str]:
    """The tricky files and ``count`` made of random parts."""
    chance = random.Random(seed)
    return TRICKY + ["".join(chance.choices(_PARTS, k=chance.randint(2, 16))) for _ in range(count)]


def answers(texts: list[str]) -> list[list[str] | None]:
    """What Java reads in each of ``texts``.

    Raises:
        FileNotFoundError: there is no ``java``.
        subprocess.CalledProcessError: it does not run the source.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else "java"
    asked = "\n".join(base64.b64encode(text.encode()).decode() for text in texts)
    run = subprocess.run([java, str(_SOURCE)], input=asked + "\n", capture_output=True, check=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def stored() -> list[tuple[str, list[str] | None]]:
    """The cases and answers of the last run."""
    lines = gzip.decompress(TARGET.read_bytes()).decode().splitlines()
    return [(text, answer) for text, answer in map(json.loads, lines)]


def main() -> None:
    """Asks Java and writes the file."""
    texts = cases()
    lines = [json.dumps(pair) for pair in zip(texts, answers(texts), strict=True)]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
