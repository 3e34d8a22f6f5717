"""Writes tests/spark/golden/model-*.jsonl.gz: what the steps of real Spark make of configurations we invent.

    python tests/generate/model_golden.py [-v]

needs a JDK 17 and the package index (see `spark_jars`). ``model-steps`` holds whole configurations and what every step of
`Steps.java` computes from them, ``model-words`` the words of spark-submit commands. Answers of neighbouring releases that
agree are stored once:

    [request, [[release, answers], ...]]

An answer is a list of numbers and texts, true for a step that only passes, or false for a refusal. Everything is drawn
with fixed seeds.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import spark_jars

GOLDEN = Path(__file__).parents[1] / "spark" / "golden"
STEPS = Path(__file__).with_name("Steps.java")
CONFIGURATIONS = 700
COMMANDS = 250

SIZES = (
    "1g 2G 512m 450m 449m 451m 470m 1gb 3072 3072m 1048576k 4Gi 2gib 1.5g 0 0m 1b -1g 8388608b 2t 12345m 7000M +1g 10mb"
)
SIZES += " 471859200 471859199b 2048 1e3m g 5g 16g 31g 700m 384m 1025k"
TIMES = "10s 1s 0 -1 500ms 1500ms 10500ms 2min 1h 120 abc 1.5s 60 60000 -5s 30s 59s 120s 15S 600s 2m"
COUNTS = "1 2 3 4 8 0 -1 16 1.0 two +2 007 2147483647 2147483648 1e1 32 5 6 12"
PARTS = "0.1 0.2 0.4 0.6 1 1.0 0 -0.1 1.5 0.99 NaN Infinity abc 0,1 50% 1e-1 0.5f .25 0x1p-2 2.5 1D"
TRUTHS = "true false TRUE False yes 1 t"
QUANTITIES = "1 2 500m 0.5 1500m 1.5 4 0 -1 2k 1e3 abc 1.5.2 0.1 100u 1Ki .5 1e 10e1m m 8 12"
OPTIONS = [
    "-Xmx4g",
    "-Xms1g",
    "-XX:+UseSerialGC",
    "-Dspark.foo=1",
    "-Dx=-Xmx2g",
    "-Da='b c'",
    '-Da="b',
    "Xmx",
    "-D q=1",
    "'-Xmx2g'",
]

POOLS: dict[str, tuple[str | list[str], float]] = {
    "spark.driver.memory": (SIZES, 0.6),
    "spark.executor.memory": (SIZES, 0.7),
    "spark.driver.memoryOverhead": (SIZES, 0.2),
    "spark.executor.memoryOverhead": (SIZES, 0.2),
    "spark.yarn.executor.memoryOverhead": (SIZES, 0.1),
    "spark.driver.memoryOverheadFactor": (PARTS, 0.2),
    "spark.executor.memoryOverheadFactor": (PARTS, 0.2),
    "spark.kubernetes.memoryOverheadFactor": (PARTS, 0.2),
    "spark.driver.minMemoryOverhead": (SIZES, 0.15),
    "spark.executor.minMemoryOverhead": (SIZES, 0.15),
    "spark.executor.pyspark.memory": (SIZES, 0.2),
    "spark.memory.offHeap.enabled": (TRUTHS, 0.3),
    "spark.memory.offHeap.size": (SIZES, 0.3),
    "spark.memory.fraction": (PARTS, 0.25),
    "spark.memory.storageFraction": (PARTS, 0.25),
    "spark.buffer.pageSize": (SIZES, 0.1),
    "spark.driver.cores": (COUNTS, 0.2),
    "spark.executor.cores": (COUNTS, 0.4),
    "spark.task.cpus": (COUNTS + " 0.5 1.5 0.1", 0.3),
    "spark.cores.max": (COUNTS, 0.1),
    "spark.executor.instances": (COUNTS, 0.2),
    "spark.kubernetes.driver.request.cores": (QUANTITIES, 0.15),
    "spark.kubernetes.driver.limit.cores": (QUANTITIES, 0.15),
    "spark.kubernetes.executor.request.cores": (QUANTITIES, 0.25),
    "spark.kubernetes.executor.limit.cores": (QUANTITIES, 0.25),
    "spark.kubernetes.local.dirs.tmpfs": (TRUTHS, 0.2),
    "spark.kubernetes.resource.type": ("java python r x", 0.12),
    "spark.kubernetes.executor.podNamePrefix": ("a my-app -x A a.b a_b 1a", 0.08),
    "spark.blockManager.port": ("0 7079 80 70000 x", 0.06),
    "spark.driver.host": ("h", 0.02),
    "spark.kerberos.keytab": ("/k", 0.04),
    "spark.jars": ("local:///a.jar /a.jar https://x/a.jar", 0.04),
    "spark.network.timeout": (TIMES, 0.25),
    "spark.executor.heartbeatInterval": (TIMES, 0.25),
    "spark.submit.deployMode": ("client cluster Client", 0.05),
    "spark.network.crypto.enabled": (TRUTHS, 0.06),
    "spark.driver.extraJavaOptions": (OPTIONS, 0.12),
    "spark.driver.defaultJavaOptions": (OPTIONS, 0.08),
    "spark.executor.extraJavaOptions": (OPTIONS, 0.12),
    "spark.executor.defaultJavaOptions": (OPTIONS, 0.08),
    "spark.dynamicAllocation.enabled": ("true true true true false yes", 0.5),
    "spark.dynamicAllocation.minExecutors": (COUNTS, 0.3),
    "spark.dynamicAllocation.maxExecutors": (COUNTS, 0.3),
    "spark.dynamicAllocation.initialExecutors": (COUNTS, 0.25),
    "spark.dynamicAllocation.schedulerBacklogTimeout": (TIMES, 0.1),
    "spark.dynamicAllocation.executorAllocationRatio": (PARTS, 0.15),
    "spark.dynamicAllocation.executorIdleTimeout": (TIMES, 0.1),
    "spark.dynamicAllocation.shuffleTracking.enabled": (TRUTHS, 0.3),
    "spark.shuffle.service.enabled": (TRUTHS, 0.2),
    "spark.decommission.enabled": (TRUTHS, 0.15),
    "spark.storage.decommission.shuffleBlocks.enabled": (TRUTHS, 0.1),
    "spark.yarn.am.memory": (SIZES, 0.2),
    "spark.yarn.am.memoryOverhead": (SIZES, 0.15),
    "spark.executor.resource.gpu.amount": ("1 2 0 1.5 x", 0.15),
    "spark.executor.resource.gpu.vendor": ("nvidia.com", 0.12),
    "spark.task.resource.gpu.amount": ("1 2 0.5 0.25 0.6 1.5 0", 0.15),
}
VOLUMES = ("emptyDir", "emptyDir", "hostPath", "persistentVolumeClaim", "nfs", "bogus")
VOLUME_OPTIONS = {
    "sizeLimit": "1Gi 500G 100 1024 abc 5E1x",
    "medium": "Memory memory",
    "path": "/x",
    "server": "s",
    "claimName": "OnDemand c",
    "storageClass": "gp3",
}

FLAGS = [
    *("--driver-memory", "--executor-memory", "--executor-cores", "--num-executors", "--total-executor-cores"),
    *("--driver-cores", "--queue", "--name", "--class", "--deploy-mode", "--packages", "--proxy-user"),
    *("--driver-java-options", "--driver-class-path", "--verbose", "--supervise", "--bogus", "--load-spark-defaults"),
    "--driver-default-class-path",
]
KEYS = [
    *("spark.driver.memory", "spark.executor.memory", "spark.executor.cores", "spark.executor.instances"),
    *("spark.app.name", "spark.x", "spark.driver.extraJavaOptions", "spark.dynamicAllocation.enabled"),
]


def configuration(draw: random.Random) -> dict[str, Any]:
    """One request for the steps, from mostly right to mostly wrong."""
    conf = {"spark.master": "k8s://https://x"}
    if draw.random() < 0.98:
        conf["spark.kubernetes.container.image"] = "i"
    scale, mild = draw.choice([0.25, 0.6, 1.0]), draw.choice([0.3, 0.9])
    for key, (texts, weight) in POOLS.items():
        pool = texts.split() if isinstance(texts, str) else texts
        if draw.random() < weight * scale:
            conf[key] = draw.choice(pool[: max(1, len(pool) // 3)] if draw.random() < mild else pool)
    if draw.random() < 0.2:
        for _ in range(draw.choice([1, 1, 2])):
            name = f"{draw.choice(VOLUMES)}.{draw.choice(['data', 'spark-local-dir-1', 'spark-local-dir-x'])}."
            prefix = f"spark.kubernetes.{draw.choice(['driver', 'executor'])}.volumes.{name}"
            if draw.random() < 0.9:
                conf[f"{prefix}mount.path"] = draw.choice(["/a", "/b"])
            for option, texts in VOLUME_OPTIONS.items():
                if draw.random() < 0.5:
                    conf[f"{prefix}options.{option}"] = draw.choice(texts.split())
    return {"conf": conf, "language": draw.choice(["jvm", "python", "r"]), "mode": draw.choice(["cluster", "client"])}


def command(draw: random.Random) -> dict[str, Any]:
    """One request for spark-submit's arguments."""
    words = ["--master", "k8s://https://x"]
    for _ in range(draw.randrange(7)):
        if draw.random() < 0.5:
            setting = f"{draw.choice(KEYS)}={draw.choice(['1g', '2', 'true', '', 'a=b', '-Da=b'])}"
            words += draw.choice([["--conf", setting], ["-c", setting], [f"--conf={setting}"]])
            continue
        flag = draw.choice(FLAGS if draw.random() < 0.9 else [*FLAGS, "--conf", "-x", "--name="])
        value = draw.choice(["1g", "2", "3", "a b"]) if flag != "--deploy-mode" else draw.choice(["client", "cluster"])
        if flag in ("--verbose", "--supervise", "--load-spark-defaults", "--name=", "-x", "--bogus"):
            words.append(flag)
        else:
            words += draw.choice([[flag, value], [f"{flag}={value}"]])
    if draw.random() < 0.95:
        words += [
            draw.choice(["local:///a.py", "local:///a.jar", "local:///a.R"]),
            *draw.choice([[], ["x"], ["--conf", "y"]]),
        ]
    return {"words": words}


def answers(release: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What ``Steps.java`` answers on the jars of ``release``.

    Raises:
        subprocess.CalledProcessError: the program failed.
    """
    path = spark_jars.jars(release)
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=en", "-Dfile.encoding=UTF-8"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "HADOOP_", "YARN_"))}
    done = subprocess.run(
        [str(java), *options, f"-Dspark.home={Path(path).parents[1]}", "-cp", path, str(STEPS)],
        input="\n".join(map(json.dumps, requests)),
        stdout=subprocess.PIPE,
        stderr=None if "-v" in sys.argv else subprocess.DEVNULL,
        encoding="utf-8",
        env={**environment, "SPARK_LOCAL_IP": "127.0.0.1"},
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def requests() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every configuration and every command."""
    draw = random.Random(2026)
    return [configuration(draw) for _ in range(CONFIGURATIONS)], [command(draw) for _ in range(COMMANDS)]


def write() -> None:
    """Asks every release and writes both files."""
    configurations, commands = requests()
    by_release = {r: answers(r, configurations + commands) for r in spark_jars.RELEASES.values()}
    lines = []
    for at, request in enumerate(configurations + commands):
        stored: list[list[Any]] = []
        for release, given in by_release.items():
            if not stored or stored[-1][1] != given[at]:
                stored.append([release, given[at]])
        lines.append(json.dumps([request, stored], separators=(",", ":"), ensure_ascii=False))
    for name, part in (("steps", lines[:CONFIGURATIONS]), ("words", lines[CONFIGURATIONS:])):
        data = gzip.compress("".join(f"{line}\n" for line in part).encode(), mtime=0)
        (GOLDEN / f"model-{name}.jsonl.gz").write_bytes(data)
        print(f"model-{name}: {len(part)} requests, {len(data)} bytes", file=sys.stderr)


if __name__ == "__main__":
    write()
