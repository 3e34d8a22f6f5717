"""An amount of CPU is not a Kubernetes quantity.

What it does
    Reads the CPU requests and limits of pods, of `spark.kubernetes.ROLE.request.cores` and `limit.cores` (`coreRequest`,
    `coreLimit`), LimitRanges and ResourceQuotas the way Kubernetes does: a number, or thousandths with an `m` right behind it.
Why it hurts
    Spark passes most of it on unread, and the API server answers "quantities must match the regular expression
    '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'". For a driver the submission fails; for executors the driver asks again
    and again and none ever comes.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        cores: 1
        memory: 2g
      executor:
        cores: 2
        coreLimit: 2.5 cores
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      driver:
        cores: 1
        memory: 2g
      executor:
        cores: 2
        coreLimit: 2500m
        memory: 4g
Fix safety
    Unsafe: the unit is a guess, though the only one that makes sense.
Applies to
    Kubernetes. In a pod template for spark-submit Spark replaces the CPU request of its own container, so a wrong one there
    passes.
References
    resource.ParseQuantity (k8s.io/apimachinery); BasicDriverFeatureStep; BasicExecutorFeatureStep.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import QuantityError, cpu_meant, millicores_of, parse_quantity
from spmlint.places.pods import POD_KINDS, SPARK_APPLICATIONS, pods_of
from spmlint.places.quantities import Quantity
from spmlint.rule import (
    CLUSTER,
    DRIVER,
    ERROR,
    KUBERNETES,
    ROLES,
    UNSAFE,
    WARNING,
    Finding,
    Fix,
    Iterator,
    Resource,
    Rule,
    Setting,
    Written,
    replace,
)

rule = Rule("SPM415", "cpu-quantity-invalid", fixable=UNSAFE)

KEYS = {f"spark.kubernetes.{role}.{what}.cores": role for role in ROLES for what in ("request", "limit")}
KINDS = (*POD_KINDS, "LimitRange", "ResourceQuota")


@rule.check(ERROR, triggers=tuple(KEYS), explains=("driver_pod", "executor_pod"))
def setting_is_refused(written: Written) -> Iterator[Finding]:
    world = written.job.world
    if world.manager != KUBERNETES or (KEYS[written.key] == DRIVER and world.mode != CLUSTER) or not written.wins:
        return
    setting, text = written.setting, written.value.known()
    if not _is_quantity(text):
        yield rule.finding(
            setting,
            f"{setting.label}: '{text}' is not a Kubernetes quantity: the API server refuses the pod",
            fix=_fix(setting, text),
        )


@rule.check(ERROR, triggers=KINDS)
def object_is_refused(resource: Resource) -> Iterator[Finding]:
    application = resource.kind in SPARK_APPLICATIONS
    happens = "the operator cannot read the application" if application else "the API server refuses it"
    for quantity, replaced in _cpus(resource):
        if application or not replaced:
            yield from _refused(quantity, happens)


@rule.check(WARNING, triggers=POD_KINDS)
def refused_unless_spark_replaces_it(resource: Resource) -> Iterator[Finding]:
    if resource.kind not in SPARK_APPLICATIONS:
        for quantity, replaced in _cpus(resource):
            if replaced:
                yield from _refused(quantity, "it passes only in a pod template, where Spark writes its own")


def _refused(quantity: Quantity, happens: str) -> Iterator[Finding]:
    text = quantity.known()
    if not _is_quantity(text):
        message = f"{quantity.label}: '{text}' is not a Kubernetes quantity: {happens}"
        yield rule.finding(quantity, message, fix=_fix(quantity, text), subject=quantity.label)


def _cpus(resource: Resource) -> Iterator[tuple[Quantity, bool]]:
    """Every amount of CPU, and whether Spark puts its own in its place."""
    for quantity, replaced in _amounts(resource):
        if quantity.resource.removeprefix("requests.").removeprefix("limits.") == "cpu":
            yield quantity, replaced


def _amounts(resource: Resource) -> Iterator[tuple[Quantity, bool]]:
    for pod in pods_of(resource):
        for container in pod.containers():
            yield from ((quantity, container.replaces(quantity)) for quantity in container.lists.every())
        yield from ((quantity, False) for quantity in (pod.level.every() if pod.level else ()))
    if resource.kind == "LimitRange":
        from spmlint.places.namespaces import items_of

        yield from ((quantity, False) for item in items_of(resource) for quantity in item.sizes())
    elif resource.kind == "ResourceQuota":
        from spmlint.places.namespaces import hard

        yield from ((quantity, False) for quantity in hard(resource).values())


def _is_quantity(text: str) -> bool:
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True


def _fix(value: Setting | Quantity, text: str) -> Fix | None:
    meant = cpu_meant(text)
    if meant is None:
        return None
    millicores = f"{millicores_of(meant)}m"  # without its letter it would be a number to YAML, where a string is wanted
    return replace(value, millicores, f"write {millicores}", UNSAFE)
