"""A disruption budget for executors counts in a way that only works for pods of a workload.

What it does
    Finds PodDisruptionBudgets that select pods with `spark-role: executor` and give `maxUnavailable`, or a percentage as
    `minAvailable`.
Why it hurts
    For both the disruption controller asks the owner of each pod how many there should be. The owner of an executor is the
    driver pod, which cannot say: "Failed to calculate the number of expected pods". The budget then allows no disruption at
    all, so that nodes with executors are never drained ("Cannot evict pod as it would violate the pod's disruption budget"),
    and the upgrade of the cluster waits for the job. Only a number as `minAvailable` is counted without the owner.
Example: budget.yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: executors
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          spark-role: executor
Use instead: budget.yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: executors
    spec:
      minAvailable: 4
      selector:
        matchLabels:
          spark-role: executor
Applies to
    Every version of Kubernetes and Spark. A budget that is meant to allow nothing (`maxUnavailable: 0`) does what it says.
    Evictions by a kubelet whose node is short of memory ask no budget.
References
    getExpectedPodCount and failSafe (pkg/controller/disruption/disruption.go); Spark, ExecutorPodsAllocator (the owner).
"""

from __future__ import annotations

from spmlint.places.quantities import listed
from spmlint.rule import ERROR, Finding, Iterator, Resource, Rule

rule = Rule("SPM512", "disruption-budget-on-executors")

LABEL, EXECUTORS = "spark-role", "executor"
"""What Spark writes on every executor pod."""


@rule.check(ERROR, triggers=("PodDisruptionBudget",))
def owner_cannot_be_asked(resource: Resource) -> Iterator[Finding]:
    if not _selects_executors(resource):
        return
    for field, allows_none in (("maxUnavailable", ("0", "0%")), ("minAvailable", ("100%",))):
        text = resource.word("spec", field)
        if text is None or text in allows_none or (field == "minAvailable" and not text.endswith("%")):
            continue
        yield rule.finding(
            resource.place("spec", field),
            f"{field} {text} needs a workload that says how many executors there should be, and their owner is the driver "
            "pod: the budget allows no eviction at all, and nodes with executors are never drained",
            subject=field,
        )


def _selects_executors(resource: Resource) -> bool:
    """Whether the selector names the label of executors; raises `Opaque` where a placeholder stands for it."""
    if resource.word("spec", "selector", "matchLabels", LABEL) == EXECUTORS:
        return True
    selector = resource.at("spec", "selector")
    return any(
        term.word("key") == LABEL
        and term.word("operator") == "In"
        and any(value.word() == EXECUTORS for value in listed(term, "values"))
        for term in listed(selector, "matchExpressions")
    )
