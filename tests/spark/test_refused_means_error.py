"""An error is told if and only if real Spark refuses: every stored configuration, on every release, checked as a user would.

``tests/spark/golden/model-steps`` holds what each step of nine releases of Spark answered. Steps that Spark takes one after the
other are one verdict here: refused where any is. What cannot be compared is listed below by kind, each with its reason.
"""

from __future__ import annotations

import shlex
from collections import defaultdict

import pytest

from spmlint.answer import CLUSTER, KUBERNETES, SPARK_VERSIONS, World
from spmlint.document.text import Source
from spmlint.engine import Engine
from spmlint.finding import ERROR, INFO
from spmlint.fragment import Loaded
from spmlint.linking.link import link
from spmlint.loaders import load as read
from spmlint.loaders.spark_defaults import load
from spmlint.registry import Registry
from spmlint.spark.arguments import SINCE
from spmlint.spark.read_at_start import READ_AT_START, READ_ON_CLUSTERS

DRIVER_STEPS = ("launcher", "validate", "umm_driver", "umm_executor", "tasks", "dynalloc")
"""What happens whatever the manager; the last four in the driver."""

NOBODY_TO_ASK = {
    "SPM103": "the JVM refuses its -Xmx; the steps end before there is one",
    "SPM201": "the container is killed for what its Python workers take; no step counts that",
    "SPM210": "the container is killed for the files in its memory; no step counts them",
    "SPM309": "the API server refuses the quantity; the steps end where the pod is built",
    "SPM408": "the API server refuses the limit; up to 4.0 no step compares it",
    "SPM415": "the API server refuses the quantity",
    "SPM801": "HeartbeatReceiver refuses; no step makes one",
}
"""Rules of errors that no stored step can confirm, and why."""

READ_OUTSIDE_THE_STEPS = READ_AT_START | READ_ON_CLUSTERS
"""Entries that the whole start of a driver reads, of which the steps are a part; what they refuse has tests of its own."""

CAUSES_WITHOUT_A_STEP = {
    "submit": "SparkSubmitArguments is asked for commands, not for these configurations",
    "initial_executors": "the backend of a cluster manager refuses; no step makes one",
    "kryo": "the serializer refuses; no step makes one",
    "codec": "the codec is not made by any step",
}
"""Refusals told for want of a rule of their own (`Finding.refusal`) that no stored step can confirm."""

MISSING_SETTING = ("driver_pod", "executor_pod", "client_executor_pod")
"""Steps that miss a setting nobody wrote: told as advice, since a spark-defaults.conf that nobody sees may have it."""

ROUNDED_UP = "449m"
"""G1 rounds this heap up to the 450 MiB Spark needs; ``umm_driver`` was asked about exactly 449 MiB."""


def refusing_steps(answers, manager, mode):
    """The steps that refuse, of those which this manager and mode take."""
    if manager == KUBERNETES:
        pods = ("driver_pod", "executor_pod") if mode == CLUSTER else ("client_executor_pod",)
    else:
        pods = ("yarn_client", "profile")
    return [step for step in (*DRIVER_STEPS, *pods) if answers.get(step) is False]


def is_beyond_the_steps(finding):
    """Whether an error tells of something that no stored step looks at."""
    if finding.rule in ("SPM704", "SPM705"):
        return finding.subject in READ_OUTSIDE_THE_STEPS
    return finding.rule in NOBODY_TO_ASK or finding.refusal in CAUSES_WITHOUT_A_STEP


def disagreement(request, refusing, findings):
    """What is wrong with what is told of a configuration; None where nothing is."""
    errors = [finding for finding in findings if finding.severity == ERROR]
    if not refusing:
        return [f"{finding.rule} {finding.message}" for finding in errors if not is_beyond_the_steps(finding)] or None
    if errors:
        return None
    if set(refusing) == {"umm_driver"} and request["conf"].get("spark.driver.memory") == ROUNDED_UP:
        return None
    advised = any(finding.rule == "SPM718" and finding.severity == INFO for finding in findings)
    if advised and set(refusing) <= {*MISSING_SETTING, "umm_driver"}:
        return None
    return f"{', '.join(refusing)} refuse it, and no error is told"


def job(path, request, versions, manager):
    conf = dict(request["conf"])
    if manager != KUBERNETES:
        conf["spark.master"] = "yarn"
    source = Source(path, "".join(f"{key} {value}\n" for key, value in conf.items()))
    loaded = Loaded(source)
    load(source, loaded)
    (fragment,) = loaded.fragments
    fragment.complete = True
    world = World().narrowed("platform", (manager,)).narrowed("Spark version", versions)
    fragment.world = world.narrowed("deploy mode", (request["mode"],)).narrowed("language", (request["language"],))
    return loaded


def found(jobs):
    """The findings of rules that have errors, by the path of each job."""
    registry = Registry()
    rules = {row[0] for row in registry.rows if any(check.severity == ERROR for check in registry.rule(row[0]).checks)}
    report = Engine(registry, rules).run(link(jobs), [])
    assert report.failures == []
    by_path = defaultdict(list)
    for finding in report.findings:
        by_path[finding.span.source.path].append(finding)
    return by_path


def stretches(answers):
    """The releases that answer alike, stretch by stretch: known to be one of them, all verdicts must be the same."""
    alike = []
    for version in SPARK_VERSIONS:
        if alike and answers[alike[-1][-1]] == answers[version]:
            alike[-1].append(version)
        else:
            alike.append([version])
    return alike


def is_settled(findings):
    """Whether no error is told of some of the releases only."""
    return not any("Spark" in finding.worlds for finding in findings)


@pytest.mark.parametrize("manager", [KUBERNETES, "yarn"])
def test_an_error_is_told_if_and_only_if_spark_refuses(configurations, manager):
    asked = {}
    for at, (request, answers) in enumerate(configurations):
        for versions in stretches(answers):
            asked[f"{at}-{versions[0]}"] = request, answers[versions[0]], versions
    told = found([job(path, request, versions, manager) for path, (request, _, versions) in asked.items()])
    unsettled = [path for path in asked if not is_settled(told[path])]
    for path in unsettled:
        request, answer, versions = asked.pop(path)
        asked.update((f"{path}-{version}", (request, answer, [version])) for version in versions)
    alone = [path for path in asked if path not in told]
    told |= found([job(path, asked[path][0], asked[path][2], manager) for path in alone])
    wrong = [
        (path, versions, problem)
        for path, (request, answer, versions) in asked.items()
        if (problem := disagreement(request, refusing_steps(answer, manager, request["mode"]), told[path]))
    ]
    assert wrong == [], wrong


OF_THE_WORDS = "SPM716"
"""The rule of what spark-submit itself refuses; the others tell of what comes after the words have been read."""


def command(path, words, versions):
    """What a script with one command gives, where the release is one of ``versions``."""
    text = f"spark-submit {shlex.join(words)}\n"
    loaded = read(path, text.encode())
    loaded.base = World().narrowed("Spark version", versions)
    return loaded


def told_of(asked):
    """The errors about each command, by its path."""
    jobs = {path: command(path, words, versions) for path, (words, versions) in asked.items()}
    troubles = [trouble for loaded in jobs.values() for trouble in loaded.troubles]
    report = Engine(Registry()).run(link(list(jobs.values())), troubles)
    errors = defaultdict(list)
    for finding in report.findings:
        if finding.severity == ERROR:
            errors[finding.span.source.path].append(finding.rule)
    return errors


def test_an_error_is_told_of_every_command_that_spark_submit_refuses_and_of_no_other(commands):
    asked, refused = {}, {}
    for at, (request, answers) in enumerate(commands):
        verdicts = {version: answer["submit"] is False for version, answer in answers.items()}
        for version in SPARK_VERSIONS:
            path = f"{at}-{version}.sh"
            asked[path], refused[path] = (request["words"], [version]), verdicts[version]
    told = told_of(asked)
    for path, (words, (version,)) in asked.items():
        if refused[path]:
            newer = any(word.partition("=")[0] in SINCE and version < SINCE[word.partition("=")[0]] for word in words)
            # A command is read before anybody knows of which release the program is.
            assert told[path] or newer, (version, words)
        else:
            assert OF_THE_WORDS not in told[path], (version, words, told[path])
