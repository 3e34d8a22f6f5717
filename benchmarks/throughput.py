"""How long spmlint takes for many files, beside yamllint and beside a bare scan of the same bytes by libyaml.

    python benchmarks/throughput.py [ROUNDS]

Files are made in a temporary folder: SparkApplications of 64 lines that differ in names, sizes and settings, and a repository
of 20,000 files of which one in fifty is ours. Times are processor time with the start of the process in it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import BARE, PYTHON, SPMLINT, medians, peak_mib, peak_of_check_mib, peer, table

APPLICATION = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: etl-{n}
  namespace: team-{team}
  labels:
    team: data-{team}
    app.kubernetes.io/name: etl-{n}
spec:
  type: Python
  pythonVersion: "3"
  mode: cluster
  image: registry.example.com/spark-py:3.5.1
  imagePullPolicy: IfNotPresent
  mainApplicationFile: local:///opt/app/jobs/etl_{n}.py
  arguments:
    - --date
    - "2026-11-21"
    - --table
    - events_{n}
  sparkVersion: 3.5.1
  restartPolicy:
    type: OnFailure
    onFailureRetries: 3
    onFailureRetryInterval: 60
    onSubmissionFailureRetries: 2
  timeToLiveSeconds: 86400
  sparkConf:
    spark.sql.shuffle.partitions: "{partitions}"
    spark.sql.adaptive.enabled: "true"
    spark.serializer: org.apache.spark.serializer.KryoSerializer
    spark.kryoserializer.buffer.max: 512m
    spark.eventLog.enabled: "true"
    spark.eventLog.dir: s3a://logs/spark-events
    spark.hadoop.fs.s3a.path.style.access: "true"
    spark.network.timeout: 600s
    spark.executor.heartbeatInterval: 60s
    spark.memory.fraction: "0.6"
  hadoopConf:
    fs.s3a.endpoint: http://minio:9000
  volumes:
    - name: spark-local-dir-1
      emptyDir: {{}}
    - name: config
      configMap:
        name: etl-{n}
  driver:
    cores: 1
    coreLimit: 1200m
    memory: 2g
    memoryOverhead: 512m
    serviceAccount: spark
    labels:
      version: 3.5.1
    volumeMounts:
      - name: config
        mountPath: /etc/etl
  executor:
    cores: 4
    instances: {instances}
    memory: 8g
    memoryOverhead: 4g
    labels:
      version: 3.5.1
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: svc-{n}
spec:
  selector:
    app: web-{n}
  ports:
    - port: 80
      targetPort: 8080
"""
FOREIGN = {
    "yaml": SERVICE,
    "yml": SERVICE.replace("Service", "ServiceAccount"),
    "json": '{{"name": "pkg-{n}", "version": "1.{n}.0", "dependencies": {{"a": "^1.0"}}, "scripts": {{"test": "jest"}}}}\n',
    "sh": '#!/bin/sh\nset -eu\ncd "$(dirname "$0")"\nfor f in *.txt; do\n  wc -l "$f"\ndone\necho done {n}\n' * 5,
    "py": 'import sys\n\n\ndef count_{n}(path):\n    """Count."""\n    with open(path) as file:\n        return len(list(file))\n'
    * 4,
}
EVENTS = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        parser = yaml.CParser(path.read_text())
        while not isinstance(parser.get_event(), yaml.StreamEndEvent):
            pass
"""
READ = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb", buffering=0) as file:
            file.read()
"""
MEGABYTES = (1, 2, 5)
COUNTS = (100, 1000, 10_000)


def application(n: int) -> str:
    """One SparkApplication, a little unlike the others."""
    return APPLICATION.format(n=n, team=n % 7, partitions=200 + n % 5 * 100, instances=2 + n % 9)


def applications(folder: Path, count: int) -> str:
    """``count`` files in ``folder``."""
    folder.mkdir()
    for n in range(count):
        (folder / f"etl-{n:05}.yaml").write_text(application(n))
    return str(folder)


def stream(path: Path, megabytes: int) -> str:
    """One file of so many documents that it has that size."""
    parts: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        parts.append(f"---\n{application(len(parts))}")
        size += len(parts[-1])
    path.write_text("".join(parts))
    return str(path)


def repository(folder: Path, count: int = 20_000) -> str:
    """A repository in which one file of fifty is ours."""
    kinds = list(FOREIGN.items())
    for n in range(count):
        inside = folder / f"part-{n % 400:03}"
        inside.mkdir(parents=True, exist_ok=True)
        ending, text = kinds[n % len(kinds)]
        if n % 50 == 0:
            (inside / f"etl-{n}.yaml").write_text(application(n))
        else:
            (inside / f"file-{n}.{ending}").write_text(text.format(n=n))
    return str(folder)


def main() -> int:
    """Print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        print(_beside_others(applications(home / "apps", 200), rounds), "\n")
        streams = {f"one stream of {size} MB": stream(home / f"{size}.yaml", size) for size in MEGABYTES}
        many = {f"{count:,} files": applications(home / f"many-{count}", count) for count in COUNTS}
        print(_growth(streams | many, 3), "\n")
        print(_in_a_repository(repository(home / "repository"), 3))
    return 0


def _beside_others(folder: str, rounds: int) -> str:
    commands = {
        "bare Python": BARE,
        "libyaml's events alone": [PYTHON, "-c", EVENTS, folder],
        "`spmlint check`": [SPMLINT, "check", folder],
    }
    yamllint = peer("yamllint")
    if yamllint:
        commands["`yamllint`"] = [yamllint, "-d", "relaxed", folder]
    found = medians(commands, rounds)
    own = found["`spmlint check`"]
    rows = [(name, f"{time_ms:.0f}", f"{time_ms / own:.2f}") for name, time_ms in found.items()]
    return table(rows, ("200 SparkApplications of 64 lines", "ms", "of spmlint's"))


def _growth(inputs: dict[str, str], rounds: int) -> str:
    found = medians({name: [SPMLINT, "check", path] for name, path in inputs.items()}, rounds)
    units = [*MEGABYTES, *COUNTS]
    rows = [
        (name, f"{time_ms:.0f}", f"{time_ms / unit:.2f}", f"{peak_of_check_mib(inputs[name]):.0f}")
        for (name, time_ms), unit in zip(found.items(), units, strict=True)
    ]
    return table(rows, ("", "ms", "ms a MB or a file", "peak MiB"))


def _in_a_repository(folder: str, rounds: int) -> str:
    commands = {"reading every byte once": [PYTHON, "-c", READ, folder], "`spmlint check`": [SPMLINT, "check", folder]}
    found = medians(commands, rounds)
    least = found["reading every byte once"]
    rows = [(name, f"{time_ms:.0f}", f"{time_ms / least:.1f}") for name, time_ms in found.items()]
    peak = f"Peak memory {peak_of_check_mib(folder):.0f} MiB, bare Python {peak_mib(''):.0f} MiB."
    return f"{table(rows, ('20,000 files, 400 of them ours', 'ms', 'x'))}\n\n{peak}"


if __name__ == "__main__":
    sys.exit(main())
