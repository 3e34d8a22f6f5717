"""Where a job runs, and the objects that describe it: pods, kubelets, namespace policies, EMR applications.

A `Resource` is one such object as written. Rules ask it for values by path and get Texts, so they never see a parser's
tree. A `Place` gathers the resources one job meets.
"""

from __future__ import annotations

from spmlint.answer import World
from spmlint.document.node import Mapping, Node, Scalar, resolve
from spmlint.document.text import Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeVar

    Item = TypeVar("Item")


CLUSTER, YARN_CLUSTER, ACCOUNT = "KubernetesCluster", "YarnCluster", "EmrServerlessAccount"
"""What facts say that is no object of its own: the release of Kubernetes, what YARN grants, an account's quota."""


class View:
    """A part of an object, looked at by path. Absent and null are the same, as they are to Kubernetes."""

    __slots__ = ("_key", "_node")

    def __init__(self, node: Node, key: Scalar | None = None) -> None:
        self._node = node
        self._key = key

    @property
    def key(self) -> Text | None:
        """The Text of the key this part stands under; None for list items and whole objects."""
        return None if self._key is None else self._key.text

    def value(self, *path: str) -> Text | None:
        """The scalar at ``path``, with its placeholders marked; None where it is absent or null."""
        scalar = self._node.scalar(*path)
        return None if scalar is None else scalar.marked

    def word(self, *path: str) -> str | None:
        """The string at ``path``; None where absent. Raises `Opaque` where a placeholder is in it, or hides it."""
        text = self.value(*path)
        if text is None:
            text = self.hidden(*path)
        return None if text is None else text.known()

    def hidden(self, *path: str) -> Text | None:
        """The placeholder that hides what stands at ``path``: there, above it, or as a key that may be any; else None."""
        node = resolve(self._node)
        for key in path:
            if not isinstance(node, Mapping):
                break
            pair = node.pair(key)
            for own_key, value in reversed(node.own) if node.templated else ():
                if pair is not None and value is pair[1]:
                    break
                if isinstance(own_key, Scalar) and own_key.marked.holes:
                    return own_key.marked
            if pair is None:
                return None
            node = resolve(pair[1])
        return node.marked if isinstance(node, Scalar) and node.marked.holes else None

    def flag(self, *path: str) -> bool | None:
        """The boolean at ``path`` as a YAML 1.1 or JSON reader has it; None where absent or not a boolean.

        Raises:
            Opaque: a placeholder stands there.
        """
        scalar = self._node.scalar(*path)
        if scalar is None or not (scalar.is_true or scalar.is_false):
            self.word(*path)
            return None
        return scalar.is_true

    def bare(self) -> list[tuple[str, str, bool]]:
        """What this map holds without quotes, so that a reader may make another type of it.

        Of each entry the key, the text, and whether a placeholder stands in it.
        """
        return [
            (key.value, value.value, value.has_holes)
            for key, value in self._node.pairs()
            if isinstance(value, Scalar) and value.is_plain
        ]

    def is_quoted(self, *path: str) -> bool:
        """Whether the scalar at ``path`` is written as a string, so that no reader makes a number of it."""
        scalar = self._node.scalar(*path)
        return scalar is not None and not scalar.is_plain

    def is_editable(self, *path: str) -> bool:
        """Whether replacing the span of the scalar at ``path`` replaces this value and nothing else."""
        scalar = self._node.scalar(*path)
        return scalar is not None and scalar.text.is_verbatim and scalar.is_editable

    def is_fixed(self, *path: str) -> bool:
        """Whether the scalar at ``path`` is one that no edit may change, even in part: it is used elsewhere too, or bare."""
        scalar = self._node.scalar(*path)
        return scalar is not None and not scalar.is_editable

    def has(self, *path: str) -> bool:
        """Whether something other than null is written at ``path``."""
        return self._node.get(*path) is not None

    def at(self, *path: str) -> View | None:
        """The part at ``path``, or None."""
        node = self._node.get(*path)
        return None if node is None else View(node, self._key_at(path))

    def items(self, *path: str) -> list[View]:
        """The items of the list at ``path``."""
        return [View(item) for item in self._node.items(*path)]

    def map(self, *path: str) -> dict[str, Text]:
        """The string-valued entries of the map at ``path``, with placeholders marked."""
        return {
            key.value: value.marked
            for key, value in self._node.pairs(*path)
            if isinstance(value, Scalar) and not value.is_null
        }

    def parts(self, *path: str) -> dict[str, View]:
        """The entries of the map at ``path``."""
        return {key.value: View(value, key) for key, value in self._node.pairs(*path)}

    def key_of(self, *path: str) -> Text | None:
        """The Text of the key at ``path``: where to point when the key itself is wrong, or something in it is missing."""
        key = self._key_at(path)
        return None if key is None else key.text

    def _key_at(self, path: tuple[str, ...]) -> Scalar | None:
        parent = self._node.get(*path[:-1]) if path else None
        pair = parent.pair(path[-1]) if isinstance(parent, Mapping) else None
        return None if pair is None else pair[0]

    def place(self, *path: str) -> Span:
        """Somewhere to point: the value at ``path`` if it is a scalar, else its key, else the nearest key above it."""
        text = self.value(*path) if path else None
        if text is not None and text.value:
            return text.span()
        for length in range(len(path), 0, -1):
            key = self.key_of(*path[:length])
            if key is not None:
                return key.span()
        return self.span()

    def span(self) -> Span:
        """The key this part stands under, or the first character of it."""
        if self.key is not None:
            return self.key.span()
        node = resolve(self._node) or self._node
        if isinstance(node, Mapping) and node.own:
            return node.own[0][0].span()
        return Span(node.source, node.start, min(node.end, node.start + 1))

    def fields(self) -> Iterable[str]:
        """The keys written here."""
        return [key.value for key, _ in self._node.pairs()]


class Resource(View):
    """One object as written: a Pod, a KubeletConfiguration, an EMR Serverless application.

    ``kind`` is what checks subscribe to. ``pod`` is the pod spec inside it, if it holds one; ``role`` tells what part of a
    Spark job that pod is (``driver``, ``executor``, ``submitter``) or None for a pod that is not Spark's.
    ``partial`` marks a patch or template whose absent fields prove nothing. ``home`` is what is known of where it will live.
    """

    __slots__ = ("_known", "has_jobs", "home", "kind", "name", "namespace", "partial", "pod", "role", "stream", "world")

    def __init__(
        self,
        node: Node,
        kind: str,
        *,
        name: str = "",
        namespace: str | None = None,
        pod: View | None = None,
        role: str | None = None,
        partial: bool = False,
    ) -> None:
        super().__init__(node)
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.pod = pod
        self._known: dict[object, list[Any]] = {}
        self.role = role
        self.partial = partial
        self.stream = node.source.path
        """The file it stands in: objects of one YAML stream that name the same namespace belong together."""
        self.world = World()
        self.home = Place()
        self.has_jobs = False
        """Whether jobs of this run are known to run in it (an EMR application), or with it (a pod template)."""

    def within(self, world: World) -> Resource:
        """The same object, looked at in a narrower world."""
        view = Resource.__new__(Resource)
        for slot in (*View.__slots__, *Resource.__slots__):
            setattr(view, slot, getattr(self, slot))
        view.world = world
        return view

    def each(self, work: Callable[[Resource], Iterator[Item]]) -> Iterable[Item]:
        """What ``work`` finds in it, one after the other; whoever asks once more is given what was found."""
        known = self._known.get(work)
        return self._found_by(work) if known is None else known

    def _found_by(self, work: Callable[[Resource], Iterator[Item]]) -> Iterator[Item]:
        found = []
        for item in work(self):
            found.append(item)
            yield item
        self._known[work] = found  # all of it: what raised is looked for again

    def forget(self) -> None:
        """Give back what was found: a run has many objects, and whoever asks once more has it looked for once more."""
        self._known.clear()


_FIELDS = {
    "EmrClusterConfiguration": "emr_clusters",
    "EmrServerlessAccount": "accounts",
    "KubeletConfiguration": "kubelets",
    "KubernetesCluster": "clusters",
    "LimitRange": "limit_ranges",
    "Node": "nodes",
    "PersistentVolumeClaim": "claims",
    "ResourceQuota": "quotas",
    "SparkOperator": "operators",
    "YarnCluster": "yarn",
}
"""Where a Place keeps the resources of each kind."""


class Place:
    """What is known of where a job runs. Each list holds resources as written; empty means nobody said."""

    __slots__ = ("application", "config_maps", *_FIELDS.values())

    accounts: list[Resource]
    claims: list[Resource]
    clusters: list[Resource]
    emr_clusters: list[Resource]
    kubelets: list[Resource]
    limit_ranges: list[Resource]
    nodes: list[Resource]
    operators: list[Resource]
    quotas: list[Resource]
    yarn: list[Resource]

    def __init__(self) -> None:
        self.application: Resource | None = None
        self.config_maps: dict[str, Resource] = {}
        """Those of the namespace, by the names under which objects refer to them."""
        for field in _FIELDS.values():
            setattr(self, field, [])

    def take(self, resource: Resource) -> None:
        """Add a resource to what it describes; kinds that describe no place are left out."""
        if resource.kind == "EmrServerlessApplication":
            self.application = resource
        elif resource.kind in _FIELDS:
            getattr(self, _FIELDS[resource.kind]).append(resource)

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.config_maps or self.resources())

    def resources(self) -> list[Resource]:
        """Everything that is known, kind by kind."""
        known = [resource for field in _FIELDS.values() for resource in getattr(self, field)]
        return known if self.application is None else [self.application, *known]

    def kinds(self) -> set[str]:
        """The kinds of what is known, which are triggers of a job's checks like its keys."""
        return {resource.kind for resource in self.resources()}


def account_vcpu(place: Place) -> int | None:
    """The vCPU an account may use on EMR Serverless at one time, as facts say; None where they do not."""
    said = [word for account in place.accounts if (word := account.word("account-vcpu-quota")) is not None]
    return int(said[-1]) if said else None
