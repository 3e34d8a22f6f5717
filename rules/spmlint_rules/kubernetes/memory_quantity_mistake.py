"""An amount of memory or disk is no Kubernetes quantity, or one of a few bytes.

What it does
    Reads every memory, ephemeral-storage, huge-page and storage amount of pods, LimitRanges, ResourceQuotas and kubelet
    reservations the way Kubernetes does. Its units are Ki, Mi, Gi, Ti (steps of 1024) and k, M, G, T (steps of 1000).
Why it hurts
    Java's and Spark's spellings are no quantities: `4g` or `4GB` is refused ("quantities must match the regular expression
    '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"), and in a SparkApplication one such value keeps the operator from
    reading any application. Worse are those that pass: `m` means thousandths, so `512m` is half a byte; the API server only
    warns ("fractional byte value"), and the container dies as it starts ("container init was OOM-killed"). A bare `512` is
    512 bytes.
Example: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4GB
Use instead: pod.yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: thrift-server
    spec:
      containers:
        - name: thrift
          image: apache/spark:3.5.1
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4Gi
Fix safety
    Unsafe: `4GB` may have meant 4,000,000,000 bytes, and `4Gi` is 7.4 % more.
Applies to
    Pods and workloads, SparkApplication pod templates, sidecars and volumes, LimitRange, ResourceQuota,
    KubeletConfiguration. CPU has a rule of its own, and so have Spark's own size settings.
References
    resource.ParseQuantity (k8s.io/apimachinery); pkg/api/pod/warnings.go; kubeflow/spark-operator issue 2459.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import ALPHABET, is_decimal_size, size_meant
from spmlint.places.pods import POD_KINDS, SPARK_APPLICATIONS, pods_of, volume_limits_of
from spmlint.places.quantities import Quantity
from spmlint.rule import ERROR, INFO, UNSAFE, WARNING, Finding, Iterator, Resource, Rule, replace

rule = Rule("SPM507", "memory-quantity-mistake", fixable=UNSAFE)

KINDS = (*POD_KINDS, "LimitRange", "ResourceQuota", "KubeletConfiguration")
SIZES = ("memory", "storage", "ephemeral-storage", "sizeLimit")

CEILINGS = ("limits", "default", "max", "hard", "emptyDir")
"""The lists whose amounts kill or refuse what exceeds them; too small a request only misleads the scheduler."""

LEAST_LIMIT = 16 << 20
"""Bytes; hardly any process starts in less."""

FORGOTTEN_UNIT = 1 << 20
"""Bytes; a number without a unit that is smaller was meant in another one."""


@rule.check(ERROR, triggers=KINDS)
def refused(resource: Resource) -> Iterator[Finding]:
    for quantity, replaced in resource.each(_sizes):
        if _is_refused(quantity) and not (replaced and resource.kind not in SPARK_APPLICATIONS):
            yield _finding(quantity, f"is not a Kubernetes quantity: {_refusal(resource)}")
    for quantity, _ in resource.each(_sizes):
        if not _is_refused(quantity):
            quantity.known()


@rule.check(WARNING, triggers=POD_KINDS)
def refused_unless_spark_replaces_it(resource: Resource) -> Iterator[Finding]:
    for quantity, replaced in resource.each(_sizes):
        if _is_refused(quantity) and replaced and resource.kind not in SPARK_APPLICATIONS:
            yield _finding(
                quantity, "is not a Kubernetes quantity: it passes only in a pod template, where Spark replaces it"
            )


@rule.check(ERROR, triggers=KINDS)
def limit_of_a_byte(resource: Resource) -> Iterator[Finding]:
    for quantity in _accepted(resource):
        if _is_thousandths(quantity) and quantity.field in CEILINGS:
            yield _finding(quantity, f"is {_bytes(quantity)}, m being thousandths: nothing can start in it")


@rule.check(WARNING, triggers=KINDS)
def request_of_a_byte(resource: Resource) -> Iterator[Finding]:
    for quantity in _accepted(resource):
        if _is_thousandths(quantity) and quantity.field not in CEILINGS:
            yield _finding(quantity, f"is {_bytes(quantity)}, m being thousandths: the scheduler counts it as nothing")


@rule.check(WARNING, triggers=KINDS)
def few_bytes(resource: Resource) -> Iterator[Finding]:
    for quantity in _accepted(resource):
        size = quantity.whole()
        if quantity.known().strip().isdecimal() and 0 < size < FORGOTTEN_UNIT:
            yield _finding(quantity, f"is {_bytes(quantity)}: a number without a unit is in bytes")
        elif 0 < size < LEAST_LIMIT and _caps_memory(quantity) and not _is_thousandths(quantity):
            yield _finding(quantity, f"is {_bytes(quantity)}, too little for most processes to start")


@rule.check(INFO, triggers=KINDS)
def steps_of_1000_beside_1024(resource: Resource) -> Iterator[Finding]:
    memory = [quantity for quantity in _accepted(resource) if quantity.resource.endswith("memory")]
    decimal = next((quantity for quantity in memory if is_decimal_size(quantity.known())), None)
    binary = next((quantity for quantity in memory if quantity.known().strip().endswith("i")), None)
    if decimal and binary:
        mib = decimal.milli() / 1000 / (1 << 20)
        yield _finding(
            decimal, f"is {mib:.1f}Mi: it counts in steps of 1000, {binary.known()} beside it in steps of 1024"
        )


def _sizes(resource: Resource) -> Iterator[tuple[Quantity, bool]]:
    """Every amount of memory or disk, and whether Spark puts its own in its place."""
    for quantity, replaced in _amounts(resource):
        name = quantity.resource.rpartition("/")[2].removeprefix("requests.").removeprefix("limits.")
        if name in SIZES or name.startswith("hugepages-"):
            yield quantity, replaced


def _amounts(resource: Resource) -> Iterator[tuple[Quantity, bool]]:
    for pod in pods_of(resource):
        for container in pod.containers():
            yield from ((quantity, container.replaces(quantity)) for quantity in container.lists.every())
        yield from ((quantity, False) for quantity in (pod.level.every() if pod.level else ()))
    yield from ((quantity, False) for quantity in volume_limits_of(resource))
    if resource.kind == "LimitRange":
        from spmlint.places.namespaces import items_of

        yield from ((quantity, False) for item in items_of(resource) for quantity in item.sizes())
    elif resource.kind == "ResourceQuota":
        from spmlint.places.namespaces import hard

        yield from ((quantity, False) for quantity in hard(resource).values())
    elif resource.kind == "KubeletConfiguration":
        from spmlint.places.nodes import reservations

        yield from ((quantity, False) for quantity in reservations(resource))


def _accepted(resource: Resource) -> Iterator[Quantity]:
    """The known amounts that Kubernetes reads and uses."""
    for quantity, replaced in resource.each(_sizes):
        if not replaced and quantity.is_readable:
            yield quantity


def _is_refused(quantity: Quantity) -> bool:
    """Whether no API server takes it; ${SIZE}GB is refused whatever the placeholder stands for."""
    holes = quantity.text.holes
    if holes:
        return not ALPHABET.issuperset(quantity.text.value[holes[-1][1] :].rstrip())
    return not quantity.is_readable


def _is_thousandths(quantity: Quantity) -> bool:
    """Whether ``m`` stands where ``Mi`` was meant. Kubernetes itself writes 1.2Gi as 1288490188800m, which is meant so."""
    return quantity.known().strip()[-1:] in ("m", "u", "n") and 0 < quantity.whole() < LEAST_LIMIT


def _caps_memory(quantity: Quantity) -> bool:
    return quantity.field in CEILINGS and quantity.resource.endswith("memory")


def _bytes(quantity: Quantity) -> str:
    size = quantity.milli() / 1000
    return f"{size:g} byte" if size <= 1 else f"{size:.12g} bytes"


def _refusal(resource: Resource) -> str:
    if resource.kind in SPARK_APPLICATIONS:
        return "the operator cannot read the application"
    return "the kubelet will not start" if resource.kind == "KubeletConfiguration" else "the API server refuses it"


def _finding(quantity: Quantity, message: str) -> Finding:
    text = quantity.text.value
    meant = size_meant(text)
    fix = replace(quantity, meant, f"write {meant}", UNSAFE) if meant and meant != text else None
    return rule.finding(quantity, f"{quantity.label}: {text} {message}", fix=fix, subject=quantity.label)
