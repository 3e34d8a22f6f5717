"""The operator's own admission check refuses the resource, or the operator will not run it.

What it does
    Checks what the Kubeflow operator's webhook checks: the name is a DNS-1035 label (from 2.4.0: lower-case letters, digits and
    hyphens, begins with a letter, at most 63), a pod template needs Spark 3.0.0, a node selector stands on one level only. The
    Apache operator runs no client mode.
Why it hurts
    "admission webhook denied the request", or an application that goes to a failed state at once, without a pod.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      nodeSelector:
        pool: spark
      driver:
        memory: 2g
        nodeSelector:
          disk: ssd
      executor:
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
        nodeSelector:
          disk: ssd
          pool: spark
      executor:
        memory: 4g
Applies to
    An error where the release of the operator is known (facts: its Deployment or the values of its chart), else a warning.
References
    Kubeflow Spark operator, sparkapplication_validator.go; Apache Spark Kubernetes operator, application validation.
"""

from __future__ import annotations

from spmlint.answer import parse_version
from spmlint.places.operators import APACHE, KUBEFLOW, release_known
from spmlint.places.pods import APACHE_APPLICATION, SPARK_APPLICATIONS
from spmlint.rule import ERROR, WARNING, Finding, Iterator, Resource, Rule, Span

rule = Rule("SPM720", "refused-by-operator")

KINDS = (*SPARK_APPLICATIONS, APACHE_APPLICATION)

OF_A_LABEL = frozenset("-abcdefghijklmnopqrstuvwxyz0123456789")
LONGEST_LABEL = 63
NAMES_CHECKED_SINCE = (2, 4)
TEMPLATES_SINCE = (2, 1)
SMALLEST_WITH_TEMPLATES = (3, 0)


@rule.check(ERROR, triggers=KINDS)
def refused(resource: Resource) -> Iterator[Finding]:
    if _release(resource) is not None:
        yield from _refusals(resource)


@rule.check(WARNING, triggers=KINDS)
def refused_by_some_releases(resource: Resource) -> Iterator[Finding]:
    if _release(resource) is None:
        yield from _refusals(resource)


def _release(resource: Resource) -> tuple[int, ...] | None:
    return release_known(resource.home, APACHE if resource.kind == APACHE_APPLICATION else KUBEFLOW)


def _refusals(resource: Resource) -> Iterator[Finding]:
    found = _by_apache(resource) if resource.kind == APACHE_APPLICATION else _by_kubeflow(resource)
    for place, message in found:
        yield rule.finding(place, message)


def _by_apache(resource: Resource) -> Iterator[tuple[Span, str]]:
    if resource.word("spec", "deploymentMode") == "ClientMode":
        yield resource.place("spec", "deploymentMode"), "the operator runs no application in client mode"


def _by_kubeflow(resource: Resource) -> Iterator[tuple[Span, str]]:
    spec, release = SPARK_APPLICATIONS[resource.kind], _release(resource)
    name = resource.word("metadata", "name") if resource.kind == "SparkApplication" else None
    if name and not _is_dns_1035(name) and _may_be(release, NAMES_CHECKED_SINCE):
        since = "" if release else "from release 2.4.0 on "
        yield (
            resource.place("metadata", "name"),
            f"the operator {since}refuses the name {name}: it is no DNS-1035 label (a-z, 0-9, -, begins with a letter)",
        )
    version = resource.word(*spec, "sparkVersion")
    parsed = parse_version(version) if version else None
    is_old = parsed is not None and parsed < SMALLEST_WITH_TEMPLATES
    for role in ("driver", "executor"):
        if resource.has(*spec, "nodeSelector") and resource.has(*spec, role, "nodeSelector"):
            yield (
                resource.place(*spec, role, "nodeSelector"),
                f"the operator refuses a nodeSelector both in {'.'.join(spec)} and in its {role}",
            )
        if is_old and resource.has(*spec, role, "template") and _may_be(release, TEMPLATES_SINCE):
            yield (
                resource.place(*spec, role, "template"),
                f"the operator refuses a pod template for Spark {version}: it needs 3.0.0",
            )


def _may_be(release: tuple[int, ...] | None, first: tuple[int, ...]) -> bool:
    return release is None or release >= first


def _is_dns_1035(name: str) -> bool:
    return (
        len(name) <= LONGEST_LABEL and OF_A_LABEL.issuperset(name) and "a" <= name[0] <= "z" and not name.endswith("-")
    )
