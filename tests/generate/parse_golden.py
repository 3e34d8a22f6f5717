"""Writes tests/spark/golden/parse-*.jsonl.gz: what real Spark makes of texts we invent.

    python tests/generate/parse_golden.py [-v]

needs what `catalogue` needs. ``parse-texts`` holds texts put to every reader of plain values, ``parse-entries`` settings
and the entry that was read. Answers of neighbouring releases that agree are stored once:

    [question, [[release, answer], ...]]

An answer is a value, ``{"double": text}``, ``{"decimal": text}``, ``{"list": [...]}``, null for no value, ``[]`` for a
refusal, or ``"?"`` for a key without an entry. The texts are drawn with fixed seeds.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import spark_jars
from catalogue import TARGET as CATALOGUE

GOLDEN = Path(__file__).parents[1] / "spark" / "golden"
TEXTS = 1400
ENTRIES = 3000

BLANKS = ["", "", "", "", " ", "\t", "\n", "\x00", "\x1f", "\x7f", "\x85", "\xa0", "\u2003", "\u3000"]
SIGNS = ["", "", "", "", "", "-", "+", "--", "- ", "\u2212"]
SUFFIXES = [
    *(
        "",
        "",
        "",
        "b",
        "B",
        "k",
        "K",
        "kb",
        "KB",
        "ki",
        "Ki",
        "kib",
        "KiB",
        "m",
        "M",
        "mb",
        "mi",
        "MiB",
        "g",
        "G",
        "gb",
        "Gi",
    ),
    *(
        "gib",
        "t",
        "tb",
        "Ti",
        "tib",
        "p",
        "pb",
        "pi",
        "PiB",
        "e",
        "eb",
        "ei",
        "bi",
        "x",
        "\u212a",
        "\u212aB",
        "\u0131",
        "\u0130",
    ),
    *(
        "us",
        "ms",
        "MS",
        "s",
        "S",
        "min",
        "MIN",
        "mins",
        "h",
        "d",
        "D",
        "w",
        "ns",
        "sec",
        "f",
        "F",
        "L",
        "%",
        " g",
        "g b",
        "\u00b5s",
    ),
]
ODD = [
    *(
        "",
        " ",
        "true",
        "TRUE",
        " False\n",
        "fal\u017fe",
        "tru\uff25",
        "yes",
        "no",
        "on",
        "t",
        "1e3",
        "1e-3",
        "1E5f",
        "1e",
        "1e+",
        ".5",
        "5.",
    ),
    *(
        ".",
        "-.5d",
        "0x10",
        "0x1p3",
        "0x.8p1",
        "0X1.P-2d",
        "0x1.8",
        "0x1p99999",
        "0x1p-99999",
        "-0x0p0",
        "NaN",
        "-NaN",
        "+Infinity",
    ),
    *(
        "Infinity",
        "inf",
        "nan",
        "1e400",
        "-1e400",
        "5e-324",
        "2e-324",
        "1e99999999999",
        "0e99999999999",
        "1_000",
        "1,000",
        "\u0663",
    ),
    *(
        "\uff11\uff12",
        "\U0001d7cf",
        "\u00b2",
        "\u2167",
        "1\u0663",
        "\u0663.5",
        "${x}",
        "auto",
        "none",
        "null",
        "1g1",
        "g",
        "-",
        "+",
        "1 2",
    ),
    *(
        "4g;",
        "'4g'",
        '"4g"',
        "4g # heap",
        "1/2",
        "1h30m",
        "50%",
        "1.8976931348623157e308",
        "1.7976931348623159e308",
        "4.9e-324",
        "-0.0",
    ),
]
NUMBERS = [
    0,
    1,
    2,
    7,
    9,
    59,
    60,
    100,
    384,
    512,
    999,
    1000,
    1023,
    1024,
    1025,
    4096,
    1048575,
    1048576,
    2**31 - 1,
    2**31,
    2**32,
]
EDGES = [
    2**63 - 1,
    2**63,
    2**63 + 1,
    *(2**63 >> shift for shift in (10, 20, 30, 40, 50)),
    *((2**63 >> s) - 1 for s in (10, 20, 30, 40, 50)),
]
TIME_EDGES = [(2**63 - 1) // ratio + d for ratio in (1000, 60_000, 3_600_000, 86_400_000, 10**6) for d in (0, 1)]


def texts() -> list[str]:
    """Numbers with every kind of suffix, blank and sign, and texts that are none."""
    draw = random.Random("texts")
    found = dict.fromkeys(ODD)
    found.update(dict.fromkeys(f"1{suffix}" for suffix in SUFFIXES))
    found.update(dict.fromkeys(f"{blank}1{other}" for blank in BLANKS for other in BLANKS))
    while len(found) < TEXTS:
        number = str(
            draw.choice(
                [
                    draw.choice(NUMBERS),
                    draw.choice(EDGES),
                    draw.choice(TIME_EDGES),
                    draw.randrange(10 ** draw.randrange(1, 21)),
                ]
            )
        )
        if draw.random() < 0.15:
            number = f"{number}.{draw.randrange(1000)}"
        if draw.random() < 0.15:
            number = "0" * draw.randrange(1, 30) + number
        found[draw.choice(BLANKS) + draw.choice(SIGNS) + number + draw.choice(SUFFIXES) + draw.choice(BLANKS)] = None
    return list(found)


def questions() -> list[dict[str, Any]]:
    """Settings around entries of every kind: at their limits, with their words, with their older names, with references."""
    draw = random.Random("entries")
    rows = [line.split("\t") for line in CATALOGUE.read_text(encoding="utf-8").splitlines()]
    entries = [row for row in rows if row[2] not in ("old", "text", "family", "vendor")]
    narrow = [
        row
        for row in entries
        if any(note.startswith(("range=", "one_of=", "check=", "old=", "prepended=")) for note in row[5:])
    ]
    plain = [
        "",
        " ",
        "1",
        "0",
        "-1",
        "true",
        " TRUE ",
        "abc",
        "4g",
        "1.5g",
        "-1g",
        "4Gi",
        "10s",
        "5min",
        "0.5",
        "NaN",
        "a, b ,,c",
        *ODD[:40],
    ]
    found: list[dict[str, Any]] = []
    while len(found) < ENTRIES:
        row = draw.choice(narrow if draw.random() < 0.7 else entries)
        notes = dict(note.partition("=")[::2] for note in row[5:])
        pool = list(plain)
        words = notes.get("one_of", "").split("|") if "one_of" in notes else []
        pool += [
            form for word in words for form in (word, word.lower(), word.upper(), f" {word}", f"{word},{words[0]}")
        ] * 3
        for limit in notes.get("range", "").replace("|", ",").split(","):
            text = limit.strip("[]()")
            if text.lstrip("-").isdigit():
                pool += [text, str(int(text) - 1), str(int(text) + 1)] * 8
        if row[3].startswith("="):
            pool += [row[3][1:], f"{row[3][1:]} "] * 2
        # A default that depends on the machine is never asked for.
        conf = {row[0]: draw.choice(pool)} if draw.random() < 0.85 or row[3] == "?" else {}
        for other in (*notes.get("old", "").split("|"), notes.get("prepended", "")):
            if other and draw.random() < 0.5:
                conf[other] = draw.choice(pool)
        if draw.random() < 0.1:
            conf["spark.kubernetes.context"] = draw.choice(pool)
            conf[row[0]] = draw.choice(
                ["${spark.kubernetes.context}", "${spark.executor.cores}", "a${spark.none}", "${" + row[0] + "}", "${}"]
            )
        found.append({"conf": conf, "key": row[0]})
    return found


def write(name: str, requests: list[dict[str, Any]], asked: list[Any]) -> None:
    """Asks every release and stores the answers."""
    answers: list[list[list[Any]]] = [[] for _ in requests]
    for (major, minor), release in spark_jars.RELEASES.items():
        for history, reply in zip(answers, spark_jars.run(release, "ask", requests), strict=True):
            answer = "?" if "unregistered" in reply else reply["value"] if "value" in reply else list(reply.values())
            if not history or history[-1][1] != answer:
                history.append([f"{major}.{minor}", answer])
    target = GOLDEN / f"{name}.jsonl.gz"
    lines = "".join(json.dumps(pair, separators=(",", ":")) + "\n" for pair in zip(asked, answers, strict=True))
    target.write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{target}: {len(requests)} questions, {target.stat().st_size} bytes")


def main() -> None:
    """Regenerates both files."""
    GOLDEN.mkdir(exist_ok=True)
    invented = texts()
    write("parse-texts", [{"text": text} for text in invented], invented)
    asked = questions()
    write("parse-entries", asked, asked)


if __name__ == "__main__":
    main()
