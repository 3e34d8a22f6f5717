"""The pods an object describes: their containers with what they ask for, and who fills in the rest.

Every rule about pods reads them here, from a Pod, from a workload's template, or from the pod templates and side containers
of a SparkApplication.
"""

from __future__ import annotations

from spmlint.answer import Opaque
from spmlint.kubernetes.resources import Container, Pod, Resources
from spmlint.kubernetes.scheduling import Expression, Placement, Toleration
from spmlint.places.quantities import Quantity, ResourceLists, amounts, listed, quantities, refuse_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from spmlint.answer import Versions
    from spmlint.document.text import Text
    from spmlint.place import Resource, View

POD_SPECS = {
    "Pod": ("spec",),
    "PodTemplate": ("template", "spec"),
    "Deployment": ("spec", "template", "spec"),
    "StatefulSet": ("spec", "template", "spec"),
    "DaemonSet": ("spec", "template", "spec"),
    "ReplicaSet": ("spec", "template", "spec"),
    "ReplicationController": ("spec", "template", "spec"),
    "Job": ("spec", "template", "spec"),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
"""Where each workload kind holds its pod spec."""

WORKLOADS = tuple(POD_SPECS)
"""The kinds that hold one pod spec."""

SPARK_APPLICATIONS = {"SparkApplication": ("spec",), "ScheduledSparkApplication": ("spec", "template")}
"""The kinds of the Kubeflow operator, and where each holds the application."""

APACHE_APPLICATION, APACHE_CLUSTER = "SparkApplication.spark.apache.org", "SparkCluster.spark.apache.org"
"""The kinds of the Apache operator; the first shares its name with Kubeflow's, so the group is part of what they are called."""

STACKABLE_APPLICATION = "SparkApplication.spark.stackable.tech"

SPARK_CONNECT = "SparkConnect"
"""The Kubeflow operator's Spark Connect server, which runs in a pod of its own as a driver in client mode."""

_TEMPLATES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    APACHE_APPLICATION: (
        ("driver", ("spec", "driverSpec", "podTemplateSpec", "spec")),
        ("executor", ("spec", "executorSpec", "podTemplateSpec", "spec")),
    ),
    STACKABLE_APPLICATION: (
        ("driver", ("spec", "driver", "podOverrides", "spec")),
        ("executor", ("spec", "executor", "podOverrides", "spec")),
    ),
    SPARK_CONNECT: (("executor", ("spec", "executor", "template", "spec")),),
}
"""Where the kinds of other operators hold the pod templates that Spark completes, by role."""

_WHOLE_PODS: dict[str, tuple[tuple[str | None, tuple[str, ...]], ...]] = {
    APACHE_CLUSTER: (
        (None, ("spec", "masterSpec", "statefulSetSpec", "template", "spec")),
        (None, ("spec", "workerSpec", "statefulSetSpec", "template", "spec")),
    ),
    SPARK_CONNECT: (("driver", ("spec", "server", "template", "spec")),),
}
"""Where they hold pods that an operator makes without asking Spark for sizes; it may add its container to them."""

_COMPOSED = (APACHE_CLUSTER, STACKABLE_APPLICATION)
"""The kinds whose operator adds containers of its own to what is written."""

OPERATED = (*SPARK_APPLICATIONS, *_TEMPLATES)
"""The kinds that are a job which an operator submits with what they say, and no spark-defaults.conf."""

POD_KINDS = (*WORKLOADS, *SPARK_APPLICATIONS, *dict.fromkeys((*_TEMPLATES, *_WHOLE_PODS)))
"""Every kind `pods_of` finds pods in."""

SPARK_CONTAINERS = {"driver": "spark-kubernetes-driver", "executor": "spark-kubernetes-executor"}
"""The name of the container that Spark runs in, by role (Constants.scala)."""

FILLED = ("cpu", "memory")
"""What Spark writes anew in the container of a pod template that it runs in; a CPU limit only where it has one to write."""


class ContainerSpec:
    """A container as written.

    ``spark`` tells that Spark runs in it, and ``filled`` that it does and the pod is a template, so that Spark replaces
    what is written of CPU and memory.
    """

    __slots__ = ("filled", "lists", "name", "sidecar", "spark", "view")

    def __init__(self, view: View, *, init: bool, spark: bool = False, filled: bool = False) -> None:
        name = view.value("name")
        restart = view.value("restartPolicy")
        self.view = view
        self.name = name.value if name else "without a name"
        self.sidecar = init and restart is not None and restart.value == "Always"
        self.spark = spark
        self.filled = filled
        self.lists = ResourceLists(view.at("resources"), f"container {self.name}")

    def container(self, spark: Resources | None = None) -> Container:
        """As the models know it; what ``spark`` gives it takes the place of what is written.

        Raises:
            Opaque: an amount is a placeholder, or Spark fills the container and ``spark`` is not given.
            QuantityError: an amount is no quantity.
        """
        own = self.lists.resources()
        if self.filled:
            if spark is None:
                raise Opaque("the size of the container that Spark completes")
            own = Resources({**own.requests, **spark.requests}, {**own.limits, **spark.limits})
        return Container(self.name, own, sidecar=self.sidecar)

    def replaces(self, quantity: Quantity) -> bool:
        """Whether Spark puts its own in the place of one of the amounts written here."""
        return self.filled and quantity.resource in FILLED


class PodSpec:
    """A pod as written.

    ``role`` is the part of a Spark job it runs (``driver``, ``executor``, ``submitter``) or None. ``template`` marks what
    Spark completes before it creates the pod, ``partial`` a patch whose absent fields prove nothing. ``view`` is the pod
    spec, None where a SparkApplication has no pod template; ``beside`` the part of a SparkApplication that adds containers
    of its own to the template's; ``container`` the name of the one Spark runs in, where a setting says it.
    """

    __slots__ = ("_beside", "_container", "_init", "_regular", "partial", "role", "template", "view")

    def __init__(
        self,
        view: View | None,
        *,
        role: str | None,
        template: bool = False,
        partial: bool = False,
        beside: View | None = None,
        container: str | None = None,
    ) -> None:
        self._container = container or SPARK_CONTAINERS.get(role or "")
        self.view = view
        self.role = role
        self.template = template
        self.partial = partial
        self._beside = beside
        self._regular: list[ContainerSpec] | None = None
        self._init: list[ContainerSpec] | None = None

    @property
    def regular(self) -> list[ContainerSpec]:
        """The ordinary containers; raises `Opaque` where a placeholder stands for them."""
        if self._regular is None:
            own = listed(self.view, "containers")
            spark = self._spark_container(own)
            self._regular = [
                ContainerSpec(view, init=False, spark=view is spark, filled=view is spark and self.template)
                for view in (*own, *listed(self._beside, "sidecars"))
            ]
        return self._regular

    @property
    def init(self) -> list[ContainerSpec]:
        """The init containers, and Kubernetes' own sidecars among them; raises `Opaque` as `regular` does."""
        if self._init is None:
            views = [*listed(self.view, "initContainers"), *listed(self._beside, "initContainers")]
            self._init = [ContainerSpec(view, init=True) for view in views]
        return self._init

    def containers(self) -> Iterator[ContainerSpec]:
        """All of them, the ordinary ones first."""
        yield from self.regular
        yield from self.init

    @property
    def spark_name(self) -> str:
        """The name of the container Spark runs in: the template's, or else Spark's own."""
        own = (container.name for container in self.regular if container.spark)
        return next(own, SPARK_CONTAINERS.get(self.role or "", ""))

    def _spark_container(self, views: list[View]) -> View | None:
        """The one Spark runs in: by its name, else the first (KubernetesUtils.selectSparkContainer)."""
        if self.role not in SPARK_CONTAINERS:
            return None
        named = (view for view in views if (name := view.value("name")) and name.value == self._container)
        return next(named, views[0] if views else None)

    @property
    def level(self) -> ResourceLists | None:
        """The pod-level resources; None where the field is absent, which is not the same as an empty one."""
        view = self.view.at("resources") if self.view else None
        return ResourceLists(view, "the pod") if view else None

    def pod(self, kubernetes: Versions, spark: Resources | None = None) -> Pod:
        """The pod as the API server completes it, before any LimitRange.

        ``spark`` is what Spark gives its own container, for a template.

        Raises:
            Opaque: an amount or a list is a placeholder, or ``spark`` is needed and not given.
            Split: pod-level resources are written and the releases disagree about them.
        """
        regular = [container.container(spark) for container in self.regular]
        if spark is not None and not any(container.spark for container in self.regular):
            regular.insert(0, Container(self.spark_name, spark))
        level, priority = self.level, self.priority_class()
        return Pod(
            regular,
            [container.container() for container in self.init],
            resources=None if level is None else level.resources(),
            overhead=amounts(quantities(self.view, "overhead", owner="the pod")),
            priority_class=None if priority is None else priority.known(),
        ).defaulted(kubernetes)

    def placement(self) -> Placement:
        """Which nodes it may go to; raises `Opaque` where a part of that is a placeholder."""
        views = [view for view in (self.view, self._beside) if view is not None]
        for view in views:
            for field in ("nodeSelector", "affinity"):
                refuse_hole(view, field)
        return Placement(
            {name: text.known() for view in views for name, text in view.map("nodeSelector").items()},
            [_toleration(item) for view in views for item in listed(view, "tolerations")],
            next((terms for view in reversed(views) if (terms := _required_terms(view)) is not None), None),
        )

    def priority_class(self) -> Text | None:
        """The name of its priority class, as written."""
        views = [view for view in (self._beside, self.view) if view is not None]
        return next((text for view in views if (text := view.value("priorityClassName"))), None)


_REQUIRED = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")


def _toleration(item: View) -> Toleration:
    return Toleration(*(item.word(field) or "" for field in ("key", "operator", "value", "effect")))


def _required_terms(view: View) -> list[list[Expression]] | None:
    """The alternatives of the node affinity that a pod demands; None where it demands none."""
    required = view.at(*_REQUIRED)
    if required is None:
        return None
    return [
        [_expression(item) for field in ("matchExpressions", "matchFields") for item in listed(term, field)]
        for term in listed(required, "nodeSelectorTerms")
    ]


def _expression(item: View) -> Expression:
    values = [text.known() for value in listed(item, "values") if (text := value.value())]
    return Expression(item.word("key") or "", item.word("operator") or "", values)


def pods_of(resource: Resource) -> list[PodSpec]:
    """The pods an object describes: one for a Pod or a workload, driver and executor for a SparkApplication."""
    return list(resource.each(_pods_in))


def _pods_in(resource: Resource) -> Iterator[PodSpec]:
    path = SPARK_APPLICATIONS.get(resource.kind)
    if resource.pod is not None:
        yield _pod_of_workload(resource, resource.pod)
    elif path is None:
        yield from _pods_of_operator(resource)
    else:
        for role in SPARK_CONTAINERS:
            yield PodSpec(
                resource.at(*path, role, "template", "spec"),
                role=role,
                template=True,
                partial=resource.partial,
                beside=resource.at(*path, role),
            )


def _pods_of_operator(resource: Resource) -> list[PodSpec]:
    partial = resource.partial or resource.kind in _COMPOSED
    templates = [
        PodSpec(resource.at(*path), role=role, template=True, partial=partial)
        for role, path in _TEMPLATES.get(resource.kind, ())
    ]
    return templates + [
        PodSpec(view, role=role, partial=partial)
        for role, path in _WHOLE_PODS.get(resource.kind, ())
        if (view := resource.at(*path))
    ]


def _pod_of_workload(resource: Resource, view: View) -> PodSpec:
    def pod(*, template: bool) -> PodSpec:
        return PodSpec(view, role=resource.role, partial=resource.partial, template=template)

    # Pod templates for spark-submit are of kind Pod, and Spark brings the command itself.
    may_be_template = resource.kind in ("Pod", "PodTemplate")
    return pod(
        template=may_be_template
        and any(
            container.spark and not container.view.has("command") and not container.view.has("args")
            for container in pod(template=False).regular
        )
    )


def volume_limits_of(resource: Resource) -> Iterator[Quantity]:
    """The ``sizeLimit`` of every emptyDir of an object's pods."""
    path = SPARK_APPLICATIONS.get(resource.kind)
    holders = [pod.view for pod in pods_of(resource)] + ([resource.at(*path)] if path else [])
    for volume in (volume for holder in holders for volume in listed(holder, "volumes")):
        part = volume.at("emptyDir", "sizeLimit")
        text = part.value() if part else None
        if part and text:
            name = volume.value("name")
            owner = f"volume {name.value}" if name else "a volume without a name"
            yield Quantity("sizeLimit", part, text, field="emptyDir", owner=owner)
