"""How many executors of a job the place it runs in has room for: its nodes, the quota of its namespace, the nodes of YARN.

Each `Room` counts the job alone. Pods of others are only counted where facts say what they take (``reserved``).
"""

from __future__ import annotations

from spmlint.answer import KUBERNETES, YARN
from spmlint.job import DRIVER, EXECUTOR
from spmlint.kubernetes.fit import PODS, Bound, Fit, fit
from spmlint.kubernetes.quota import usage
from spmlint.kubernetes.resources import CPU, EPHEMERAL_STORAGE, MEMORY
from spmlint.places.job_pods import placement, pod_as_created, requested_by
from spmlint.places.namespaces import hard
from spmlint.places.nodes import allocatable, how_many, nodes_for, reserved
from spmlint.places.quantities import amounts
from spmlint.places.yarn_nodes import NODE, yarn_nodes
from spmlint.spark.yarn_containers import application_master
from spmlint.words import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spmlint.document.text import Span
    from spmlint.job import Job
    from spmlint.kubernetes.resources import Amounts
    from spmlint.place import Resource

NODES, QUOTA, YARN_NODES = "nodes", "quota", "yarn-nodes"
MIB = 1 << 20

PENDING = "the other pods stay Pending: 0 nodes are available: Insufficient {}"
FORBIDDEN = 'the API server refuses the others: "exceeded quota: {}"'
WAITING = "YARN keeps the other requests waiting"


class NodeRoom:
    """One kind of node: ``number`` of them, ``fit`` is how many executors one of them holds beside what is reserved."""

    __slots__ = ("fit", "has", "node", "number", "requests", "taken")

    def __init__(self, node: Resource, kubelets: Sequence[Resource], requests: Amounts) -> None:
        self.node = node
        self.number = how_many(node)
        self.requests = requests
        self.has = allocatable(node, kubelets)
        self.taken = reserved(node)
        self.fit = fit(self.has, requests, taken=self.taken)

    @property
    def executors(self) -> int:
        """How many executors one such node holds."""
        return self.fit.count or 0

    def lost_to(self, driver: Amounts) -> int | None:
        """How many executors fewer it holds beside the driver; None where the driver does not fit."""
        if fit(self.has, driver, taken=self.taken).count == 0:
            return None
        names = {**self.taken, **driver}
        taken = {name: self.taken.get(name, 0) + driver.get(name, 0) for name in names}
        return self.executors - (fit(self.has, self.requests, taken=taken).count or 0)

    def lines(self) -> Iterator[str]:
        """The sum: what one such node holds, resource by resource."""
        for bound in self.fit.bounds:
            has, taken = self.has[bound.resource], self.taken.get(bound.resource, 0)
            sum_ = amount(bound.resource, has) + (f" - {amount(bound.resource, taken)} reserved" if taken else "")
            each = amount(bound.resource, bound.each)
            mark = " (binds)" if bound in self.fit.binding else ""
            yield f"{self.node.name}: {bound.resource} {sum_} holds {bound.fits} x {each}{mark}"


class Room:
    """What one part of the place holds of a job: ``executors`` of them beside the driver, bound by the ``binding`` resources.

    ``kind`` is NODES, QUOTA or YARN_NODES, ``name`` what messages call it, ``span`` where it is written, ``symptom`` what a
    user sees when more are asked for. ``holds_one`` tells whether one executor would fit if it were alone.
    """

    __slots__ = ("_lines", "binding", "executors", "holds_one", "kind", "name", "span", "symptom")

    def __init__(
        self,
        kind: str,
        name: str,
        span: Span,
        executors: int,
        binding: list[str],
        symptom: str,
        lines: Callable[[], list[str]],
        *,
        holds_one: bool = True,
    ) -> None:
        self.holds_one = holds_one
        self.kind = kind
        self.name = name
        self.span = span
        self.executors = executors
        self.binding = binding
        self.symptom = symptom
        self._lines = lines

    def counts(self) -> str:
        """``the nodes hold 17 executors beside the driver, bound by cpu``."""
        verb = "hold" if self.name.endswith("nodes") else "holds"
        return f"{self.name} {verb} {plural(self.executors, 'executor')} beside the driver, bound by {' and '.join(self.binding)}"

    def derivation(self) -> list[str]:
        """The sum that proves the number."""
        return self._lines()


def rooms(job: Job) -> list[Room]:
    """Every part of the job's place of which it is known how many executors it holds, the tightest first.

    Raises:
        Refused, QuantityError, Opaque, Split: a size of the job or of the place cannot be known.
    """
    found: list[Room | None] = []
    if job.place.nodes or job.place.quotas:
        if job.world.manager != KUBERNETES:
            return []
        if job.place.nodes:
            found.append(_on_nodes(job))
        found += [_under_quota(job, quota) for quota in job.place.quotas]
    elif (job.place.yarn or job.place.emr_clusters) and job.world.manager == YARN:
        found += _on_yarn(job)
    return sorted((room for room in found if room is not None), key=lambda room: room.executors)


def node_rooms(job: Job) -> list[NodeRoom]:
    """The kinds of node that executors may go to, each with what it holds; none where one does not say what it has."""
    requests = requested_by(job, EXECUTOR)
    if requests is None:
        return []
    found = [NodeRoom(node, job.place.kubelets, requests) for node in nodes_for(job.place, placement(job, EXECUTOR))]
    return found if all(MEMORY in room.has for room in found) else []


def _on_nodes(job: Job) -> Room | None:
    """All nodes together. The driver stands where it costs the fewest executors."""
    found = node_rooms(job)
    if not found:
        return None
    total = sum(room.executors * room.number for room in found)
    driver = requested_by(job, DRIVER)
    cost, host = 0, ""
    if driver is not None:
        hosts = nodes_for(job.place, placement(job, DRIVER))
        by_node = {id(room.node): room for room in found}
        costs = [
            (0, node.name) if id(node) not in by_node else (lost, node.name)
            for node in hosts
            if (lost := by_node.get(id(node), NodeRoom(node, job.place.kubelets, driver)).lost_to(driver)) is not None
        ]
        if not costs:
            return None  # the driver's pod fits nowhere, which has a rule of its own
        cost, host = min(costs)

    def lines() -> list[str]:
        sums = [line for room in found for line in room.lines()]
        counts = " + ".join(f"{room.number} x {room.executors} on {room.node.name}" for room in found)
        beside = f" - {cost} for the driver on {host}" if cost else ""
        return [*sums, f"{plural(total - cost, 'executor')} = {counts}{beside}"]

    most = max(found, key=lambda room: room.executors * room.number)
    binding = [bound.resource for bound in most.fit.binding]
    span = most.node.place("status", "allocatable", binding[0]) if binding else most.node.span()
    symptom = PENDING.format(" and ".join(binding))
    return Room(NODES, "the nodes", span, total - cost, binding, symptom, lines, holds_one=total > 0)


def _under_quota(job: Job, quota: Resource) -> Room | None:
    """What a quota without scopes leaves for executors beside the driver."""
    allowed = amounts(hard(quota))
    if quota.has("spec", "scopes") or quota.has("spec", "scopeSelector"):
        return None
    driver, executor = (_of_quota(job, role, allowed) for role in (DRIVER, EXECUTOR))
    if executor is None:
        return None
    room = fit(allowed, executor, taken=driver)
    if room.count is None:
        return None
    binding = [bound.resource for bound in room.binding]

    def lines() -> list[str]:
        return [_quota_line(bound, allowed, driver or {}, room) for bound in room.bounds]

    return Room(
        QUOTA,
        f"ResourceQuota {quota.name}",
        quota.place("spec", "hard", binding[0]),
        room.count,
        binding,
        FORBIDDEN.format(quota.name),
        lines,
        holds_one=fit(allowed, executor).count != 0,
    )


def _of_quota(job: Job, role: str, allowed: Amounts) -> Amounts | None:
    """What one pod of a role takes from a quota, by the quota's own keys."""
    pod = pod_as_created(job, role)
    if pod is None:
        return None
    taken = usage(pod, allowed, job.world.kubernetes)
    return {**taken, **{key: 1000 for key in (PODS, "count/pods") if key in allowed}}


def _quota_line(bound: Bound, allowed: Amounts, driver: Amounts, room: Fit) -> str:
    key = bound.resource
    resource = key.rpartition(".")[2] if key.startswith(("requests.", "limits.")) else key
    own = amount(resource, driver.get(key, 0))
    mark = " (binds)" if bound in room.binding else ""
    each = amount(resource, bound.each)
    return f"{key} {amount(resource, allowed[key])} - {own} for the driver holds {bound.fits} x {each}{mark}"


def _on_yarn(job: Job) -> Iterator[Room]:
    executor = job.model.container(EXECUTOR)
    for cluster in yarn_nodes(job.place):
        if executor is None or cluster.node_mib is None or cluster.number is None:
            continue
        master = application_master(job.conf, job.world)
        each, own = (cluster.granted_mib(mib) for mib in (executor.container_mib, master.container_mib))
        count = cluster.executors(executor.container_mib, master.container_mib)
        if count is None or each <= 0:
            continue
        sums = [
            f"{plural(count, 'executor')} = {cluster.number} nodes of {cluster.node_mib} MiB, "
            f"{cluster.node_mib // each} x {each} MiB on "
            f"each, one node also holding the application master of {own} MiB"
        ]
        alone = each <= cluster.node_mib
        yield Room(
            YARN_NODES, "YARN's nodes", cluster.place(NODE), count, [MEMORY], WAITING, sums.copy, holds_one=alone
        )


def amount(resource: str, milli: int) -> str:
    """Thousandths of a resource for a sum: ``60416 MiB``, ``15000m``, ``110``."""
    if resource in (MEMORY, EPHEMERAL_STORAGE):
        return f"{milli / 1000 / MIB:.1f}".removesuffix(".0") + " MiB"
    return f"{milli}m" if resource == CPU else f"{milli / 1000:g}"
