"""A field stands in a resource or request that has no such field.

What it does
    Walks the object through the fields of its kind, in all releases of the operator or service, and tells of one that none of
    them has where it is likely a misspelling of one they have. In a pod template, where Kubernetes settles the fields, and of
    fields that Livy is often given, it tells of any. Kubernetes' own objects (volumes, affinity) are not walked, but for the
    security context of a pod, which has not the same fields as that of a container.
Why it hurts
    The API server drops an unknown field without a word unless the client asks for strict validation: the arguments never
    reach the job, the batch scheduler is not used, the container may gain privileges. Livy refuses the request: "Unrecognized
    field ... not marked as ignorable", and the AWS SDK sends none: "Unknown parameter in input".
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
      batchSchedule: volcano
      driver:
        memory: 2g
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
      batchScheduler: volcano
      driver:
        memory: 2g
      executor:
        memory: 4g
Applies to
    SparkApplication and ScheduledSparkApplication of the Kubeflow operator, SparkConnect, Livy requests, applications of EMR
    Serverless, and job runs of EMR Serverless and EMR on EKS; security contexts in pods and pod templates of every kind.
References
    The CRDs of the Kubeflow Spark operator; Livy, CreateBatchRequest and CreateInteractiveRequest; EMR, StartJobRun and
    CreateApplication; Kubernetes, PodSecurityContext and SecurityContext.
"""

from __future__ import annotations

from spmlint.fields import nearest_field
from spmlint.places.known_maps import known_maps, schema_kind
from spmlint.places.pods import POD_KINDS, pods_of
from spmlint.rule import WARNING, Finding, Iterator, Opaque, Resource, Rule, Text, View

rule = Rule("SPM710", "unknown-field")

KUBERNETES_KINDS = ("SparkApplication", "ScheduledSparkApplication", "SparkConnect")

POD_TEMPLATE = ".template"
"""A pod template has two fields. Of the other objects a newer release may have fields that are not in the table."""

LIVY_MISTAKES = {
    "memoryOverhead": "spark.executor.memoryOverhead under conf",
    "executorMemoryOverhead": "spark.executor.memoryOverhead under conf",
    "driverMemoryOverhead": "spark.driver.memoryOverhead under conf",
    "numberOfExecutors": "numExecutors",
}
"""Fields that users write and no release of Livy has."""

OLD_NAMES = {"resourceConfiguration": "workerConfiguration"}
"""Fields of the preview of EMR Serverless, as early documentation has them."""

OF_A_CONTAINER = ("allowPrivilegeEscalation", "capabilities", "privileged", "procMount", "readOnlyRootFilesystem")
OF_A_POD = (
    "fsGroup",
    "fsGroupChangePolicy",
    "seLinuxChangePolicy",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
)
"""What the securityContext of the one has, and that of the other has not."""


@rule.check(
    WARNING,
    triggers=(
        "SparkApplication",
        "ScheduledSparkApplication",
        "SparkConnect",
        "UnservedSparkResource",
        "LivyRequest",
        "EmrServerlessApplication",
        "EmrServerlessJobRun",
        "EmrContainersJobRun",
    ),
)
def not_in_schema(resource: Resource) -> Iterator[Finding]:
    kind = schema_kind(resource)
    hidden: Text | None = None
    for one in resource.each(known_maps):
        hidden = hidden or one.view.hidden("any field")
        for name in one.view.fields():
            if name not in one.fields and not _is_foreign(name):
                meant = (LIVY_MISTAKES if kind == "LivyRequest" else OLD_NAMES).get(name)
                meant = meant or nearest_field(name, one.fields)
                if meant or _is_closed(one.path, kind):
                    yield _finding(kind, one.shown(name), one.view.parts()[name], meant)
    if hidden is not None:
        raise Opaque(f"templated field {hidden.value}", hidden)


@rule.check(WARNING, triggers=POD_KINDS)
def in_the_other_security_context(resource: Resource) -> Iterator[Finding]:
    for pod in pods_of(resource):
        yield from _misplaced(pod.view, OF_A_CONTAINER, "a pod", "of each container")
        for container in pod.containers():
            yield from _misplaced(container.view, OF_A_POD, "a container", "of the pod")


def _misplaced(view: View | None, fields: tuple[str, ...], owner: str, elsewhere: str) -> Iterator[Finding]:
    context = view.at("securityContext") if view is not None else None
    for name, part in context.parts().items() if context is not None else ():
        if name in fields:
            yield rule.finding(
                part,
                f"{name} is no field of the securityContext of {owner}, so the API server drops it: it belongs to that "
                f"{elsewhere}",
                subject=f"securityContext.{name}",
            )


def _is_foreign(name: str) -> bool:
    """A patch directive, a template's mark, or a Spark key (of which not-a-spark-key speaks)."""
    return not name.isidentifier()


def _is_closed(path: str, kind: str) -> bool:
    """Whether the object has the fields of the table and no others, in whatever release."""
    return path.endswith(POD_TEMPLATE) and kind != "ScheduledSparkApplication"


def _finding(kind: str, at: str, part: View, meant: str | None) -> Finding:
    fate = "the request is refused" if kind not in KUBERNETES_KINDS else "the API server or the operator drops it"
    hint = f"; did you mean {meant}" if meant else ""
    return rule.finding(part, f"{at} is no field of {kind}, so {fate}{hint}", subject=at)
