"""Writes linter/spmlint/spark/catalogue.tsv from what the released jars of Spark themselves say.

    python tests/generate/catalogue.py [-v]

needs a JDK 17 and the package index (or a filled ``$SPMLINT_SPARK_JARS``) and takes about two minutes. Types, units,
defaults, older names and so on are read by reflection; ranges are measured by halving, since the checks are compiled
code. What no measurement can tell stands in the tables below: which predicate of `spmlint.spark.checks` a check is, which
defaults depend on the machine, and the families of keys whose last part is free. `spmlint.spark.catalogue` explains the
file.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import spark_jars

TARGET = Path(__file__).parents[2] / "linter" / "spmlint" / "spark" / "catalogue.tsv"

Release = tuple[int, int]
Row = tuple[str, ...]

PREDICATES = {
    "spark.deploy.appIdPattern": "id_pattern",
    "spark.deploy.driverIdPattern": "id_pattern",
    "spark.deploy.recoverySerializationFilter": "serial_filter",
    "spark.history.fs.logDirectory": "some_directory",
    "spark.kubernetes.executor.podNamePrefix": "pod_name_prefix",
    "spark.kubernetes.executor.pvc.resizeInterval": "five_minutes",
    "spark.python.unix.domain.socket.dir": "socket_directory",
    "spark.sql.defaultPath": "sql_path",
    "spark.sql.files.ignoredPathSegmentRegex": "regex",
    "spark.sql.hive.metastore.version": "hive_version",
    "spark.sql.kafka.disallowedOptions": "no_kafka_prefix",
    "spark.sql.parquet.output.committer.class": "loadable_class",
    "spark.sql.reflect.allowList": "regexes",
    "spark.sql.session.timeZone": "time_zone",
    "spark.sql.sources.commitProtocolClass": "loadable_class",
    "spark.sql.sources.outputCommitterClass": "loadable_class",
    "spark.storage.decommission.fallbackStorage.path": "trailing_slash",
    "spark.task.cpus": "task_cpus",
    "spark.ui.reverseProxyUrl": "proxy_url",
    "spark.worker.idPattern": "id_pattern",
}
"""The checks that are neither a range nor a set of words, and the function of `spmlint.spark.checks` for each."""

MACHINE = {"spark.driver.host", "spark.local.connect", "spark.sql.session.timeZone", "spark.sql.warehouse.dir"}
"""Entries whose default is a fact about the machine, though the registry shows a plain text."""

FAMILIES = (
    "spark.driver.resource.",
    "spark.executor.resource.",
    "spark.executorEnv.",
    "spark.hadoop.",
    "spark.hive.",
    "spark.io.encryption.commons.config.",
    "spark.kafka.clusters.",
    "spark.kafka.consumer.",
    "spark.kafka.producer.",
    "spark.kubernetes.driver.annotation.",
    "spark.kubernetes.driver.label.",
    "spark.kubernetes.driver.node.selector.",
    "spark.kubernetes.driver.secretKeyRef.",
    "spark.kubernetes.driver.secrets.",
    "spark.kubernetes.driver.service.annotation.",
    "spark.kubernetes.driver.service.label.",
    "spark.kubernetes.driver.volumes.",
    "spark.kubernetes.driverEnv.",
    "spark.kubernetes.executor.annotation.",
    "spark.kubernetes.executor.label.",
    "spark.kubernetes.executor.node.selector.",
    "spark.kubernetes.executor.secretKeyRef.",
    "spark.kubernetes.executor.secrets.",
    "spark.kubernetes.executor.volumes.",
    "spark.kubernetes.node.selector.",
    "spark.mesos.dispatcher.driverDefault.",
    "spark.mesos.dispatcher.queue.",
    "spark.mesos.driverEnv.",
    "spark.metrics.conf.",
    "spark.network.crypto.config.",
    "spark.plugins.internal.conf.",
    "spark.port.",
    "spark.rpc.io.",
    "spark.scheduler.listenerbus.eventqueue.",
    "spark.shuffle.io.",
    "spark.shuffle.plugin.__config__.",
    "spark.sql.catalog.",
    "spark.ssl.",
    "spark.streaming.kafka.",
    "spark.streaming.kinesis.",
    "spark.task.resource.",
    "spark.worker.resource.",
    "spark.yarn.am.resource.",
    "spark.yarn.appMasterEnv.",
    "spark.yarn.driver.resource.",
    "spark.yarn.executor.resource.",
)
"""Keys of Spark that go on with a name of the user's choice (https://spark.apache.org/docs/latest/configuration.html)."""

CREDENTIALS = tuple(
    f"spark.kubernetes.authenticate.{place}{what}"
    for place in ("", "driver.", "driver.mounted.", "submission.")
    for what in ("caCertFile", "clientCertFile", "clientKeyFile", "oauthToken", "oauthTokenFile")
)
"""Keys Spark puts together at run time (https://spark.apache.org/docs/latest/running-on-kubernetes.html)."""

VENDOR = (
    "spark.blacklist.decommissioning.enabled",
    "spark.blacklist.decommissioning.timeout",
    "spark.decommissioning.timeout.threshold",
    "spark.resourceManager.cleanupExpiredHost",
    "spark.stage.attempt.ignoreOnDecommissionFetchFailure",
    "spark.yarn.executor.memoryOverheadFactor",
    "spark.yarn.heterogeneousExecutors.enabled",
)
"""Keys only Amazon's Spark reads (https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-configure.html)."""

DOCUMENTED = {"spark.app.name", "spark.default.parallelism", "spark.local.dir", "spark.logConf", "spark.master"}
"""Keys without an entry that people write: what a misspelling may have meant."""


def limits(low: str, high: str, kind: str) -> str:
    """An interval of accepted numbers as people write it.

    An end that is the type's own end is left out. A double next to a whole number is what a strict comparison leaves:
    ``4.9E-324`` stands for ``(0``.
    """
    least, most = _ENDS.get(kind, (-(2**63), 2**63 - 1))
    if kind != "double":
        # No text spells the smallest size, so that the next one counts as the end.
        first, last = int(low), int(high)
        return f"[{'' if first <= least + (kind == 'bytes') else first},{'' if last == most else last}]"
    first, last = float(low), float(high)
    outside = math.nextafter(first, least), math.nextafter(last, most)
    opening = f"({outside[0]:g}" if outside[0].is_integer() and not first.is_integer() else f"[{first + 0.0:g}"
    closing = f"{outside[1]:g})" if outside[1].is_integer() and not last.is_integer() else f"{last:g}]"
    return f"{'[' if first == least else opening},{']' if last == most else closing}"


_ENDS: dict[str, tuple[float, float]] = {"int": (-(2**31), 2**31 - 1), "double": (-math.inf, math.inf)}


def entry_row(about: dict[str, Any], old: list[str]) -> Row:
    """The columns behind the releases for one entry as one release describes it."""
    key, kind = about["key"], about["type"]
    shown = kind + (f":{about['unit']}" if "unit" in about else "")
    if about.get("list"):
        shown = f"list:{shown}"
    if "fallback" in about:
        default = f">{about['fallback']}"
    elif "computed" in about or key in MACHINE:
        default = "?"
    else:
        default = "-" if about.get("default") is None else f"={about['default']}"
    notes = [] if about["public"] else ["internal"]
    if old:
        notes.append("old=" + "|".join(dict.fromkeys(old)))
    if "prepended" in about:
        notes += [f"prepended={about['prepended']}", f"separator={about['separator']}"]
    if "case" in about:
        notes.append(about["case"])
    notes += [mark for mark in ("trim", "untrimmed") if about.get(mark)]
    words = [word for word in about.get("one_of", ()) if not (about.get("list") and "," in word)]
    predicate = PREDICATES.get(key) if about.get("checks") and not about.get("ranges") else None
    if words and predicate != "loadable_class":
        notes.append("one_of=" + "|".join(words))
    if about.get("ranges"):
        notes.append("range=" + "|".join(limits(*pair, kind) for pair in about["ranges"]))
    if predicate:
        notes.append(f"check={predicate}")
    unexplained = about.get("checks") and not (words or about.get("ranges") or predicate)
    if unexplained or (about.get("irregular") and not predicate) or about.get("nan"):
        raise SystemExit(f"{key}: a check nobody has described: {about}")
    return (shown, default, about["since"], *notes)


def old_rows(lines: list[dict[str, Any]]) -> dict[str, Row]:
    """One row for every key this release has renamed, deprecated or removed."""
    entries = {line["key"]: line for line in lines if line["what"] == "entry"}
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        if line["what"] in ("deprecated", "removed"):
            about = found.setdefault(line["key"], {})
            about["since"] = line["since"]
            named = [name for name in re.findall(r"spark\.[\w.]*\w", line["comment"]) if name != line["key"]]
            if named and (named[0] in entries or any(other["key"] == named[0] for other in lines)):
                about["to"] = named[0]
            if line["what"] == "removed":
                about["default"] = line["default"]
    for line in lines:
        if line["what"] == "renamed":
            about = found.setdefault(line["key"], {})
            about.update({"to": line["to"], "since": line["since"], "read": ""})
            if line.get("seven", "7") != "7":
                about["translated"] = line["seven"].replace("7", "", 1)
        for name in line.get("old", ()):
            about = found.setdefault(name, {})
            about.setdefault("since", "")
            about.update({"to": line["key"], "read": ""})
    rows = {}
    for key, about in found.items():
        if key in entries:
            about["read"] = ""
        default = f"={about['default']}" if "default" in about else f">{about['to']}" if "to" in about else "-"
        notes = [name for name in ("read",) if name in about]
        if "default" in about and "to" in about:
            notes.append(f"to={about['to']}")
        if "translated" in about:
            notes.append(f"translated={about['translated']}")
        rows[key] = ("old", default, about["since"], *notes)
    return rows


def describe(lines: list[dict[str, Any]]) -> set[tuple[str, Row]]:
    """Every row one release contributes: (key, columns behind the releases)."""
    names: dict[str, list[str]] = {}
    for line in lines:
        if line["what"] == "renamed":
            names.setdefault(line["to"], []).append(line["key"])
    rows: set[tuple[str, Row]] = set()
    for line in lines:
        if line["what"] == "entry":
            old = [*names.get(line["key"], ())]
            for name in line["old"]:
                old += [name, *names.get(name, ())]
            rows.add((line["key"], entry_row(line, old)))
    rows |= set(old_rows(lines).items())
    taken = {key for key, _ in rows}
    for line in lines:
        if line["what"] == "text" and not line["key"].endswith(".") and line["key"] not in taken:
            rows.add((line["key"], ("text", "-", "", *(["documented"] if line["key"] in DOCUMENTED else []))))
    rows |= {(key, ("text", "-", "", "documented")) for key in CREDENTIALS if key not in taken}
    rows |= {(key, ("family", "-", "")) for key in FAMILIES}
    rows |= {(key, ("vendor", "-", "", "documented")) for key in VENDOR}
    return rows


def pack(releases: dict[Release, set[tuple[str, Row]]]) -> str:
    """The file: rows of neighbouring releases that agree become one."""
    order = sorted(releases)
    lines: list[tuple[str, Release, str]] = []
    for key, columns in sorted(set().union(*releases.values())):
        runs: list[list[Release]] = []
        for before, release in zip([None, *order], order, strict=False):
            if (key, columns) in releases[release]:
                if runs and runs[-1][-1] == before:
                    runs[-1].append(release)
                else:
                    runs.append([release])
        for run in runs:
            span = "-".join(f"{major}.{minor}" for major, minor in dict.fromkeys((run[0], run[-1])))
            line = "\t".join((key, span, *columns))
            if "\n" in line or any("\t" in column for column in columns):
                raise SystemExit(f"{key}: a column holds a separator")
            lines.append((key, run[0], line))
    return "".join(f"{line}\n" for _, _, line in sorted(lines))


def main() -> None:
    """Regenerates the file from all releases."""
    releases = {release: describe(spark_jars.run(name, "registry")) for release, name in spark_jars.RELEASES.items()}
    TARGET.write_text(pack(releases), encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
