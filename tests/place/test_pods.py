"""Pods, quantities, namespaces and nodes as objects write them, and what they come to."""

from __future__ import annotations

import pytest

from spmlint.answer import KUBERNETES_VERSIONS, Opaque, Split, Versions
from spmlint.document.text import Source
from spmlint.fragment import Loaded
from spmlint.kubernetes.quantity import QuantityError
from spmlint.kubernetes.resources import Resources
from spmlint.kubernetes.scheduling import Placement
from spmlint.linking.link import link
from spmlint.loaders import kubernetes
from spmlint.place import Place, Resource
from spmlint.places.namespaces import completed, items_of, refusals
from spmlint.places.nodes import (
    allocatable,
    memory_capacity,
    share_of_swap,
    swap_capacity,
    swap_settings,
    swapping_kubelet,
)
from spmlint.places.pods import PodSpec, pods_of, volume_limits_of
from spmlint.places.quantities import quantities

ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)
V1_29, V1_34 = (Versions("Kubernetes version", [(1, minor)]) for minor in (29, 34))
SPARK = Resources.parse({"cpu": "1", "memory": "1408Mi"}, {"memory": "1408Mi"})


def load(text: str) -> Loaded:
    source = Source("file.yaml", text)
    loaded = Loaded(source)
    kubernetes.load(source, loaded)
    return loaded


def resource(text: str) -> Resource:
    (found,) = load(text).resources
    return found


def pod(spec: str, kind: str = "Pod", labels: str = "") -> Resource:
    body = "\n".join(f"  {line}" for line in spec.strip("\n").splitlines())
    return resource(f"kind: {kind}\nmetadata:\n  name: p\n  labels: {{{labels}}}\nspec:\n{body}\n")


def only(found: Resource) -> PodSpec:
    (spec,) = pods_of(found)
    return spec


def place(*texts: str) -> Place:
    made = Place()
    for text in texts:
        for found in load(text).resources:
            made.take(found)
    return made


TWO = """
initContainers:
  - name: fetch
    image: i
  - name: mesh
    image: i
    restartPolicy: Always
containers:
  - name: app
    image: i
    resources:
      requests: {cpu: 500m, memory: 1Gi}
      limits: {memory: 2Gi, nvidia.com/gpu: 1}
  - name: side
    image: i
    resources: {requests: null}
"""


def test_containers_in_their_order_with_their_amounts() -> None:
    spec = only(pod(TWO))
    assert [(c.name, c.sidecar) for c in spec.containers()] == [
        ("app", False),
        ("side", False),
        ("fetch", False),
        ("mesh", True),
    ]
    app = spec.regular[0].lists
    assert {name: q.text.value for name, q in app.requests.items()} == {"cpu": "500m", "memory": "1Gi"}
    assert {name: q.milli() for name, q in app.limits.items()} == {"memory": 2**31 * 1000, "nvidia.com/gpu": 1000}
    assert app.limits["memory"].label == "limits.memory of container app"
    assert app.limits["memory"].span().text == "2Gi"
    assert spec.regular[1].lists.every() == []


def test_the_pod_of_the_models_is_completed_as_the_api_server_does() -> None:
    made = only(pod(TWO)).pod(ANY)
    assert made.containers[0].resources.requests == {"cpu": 500, "memory": 2**30 * 1000, "nvidia.com/gpu": 1000}
    assert [c.sidecar for c in made.init_containers] == [False, True]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("Deployment", ("template",)),
        ("CronJob", ("jobTemplate", "spec", "template")),
    ],
)
def test_workloads_hold_one_pod(kind: str, path: tuple[str, ...]) -> None:
    text = f"kind: {kind}\nspec:\n"
    for depth, key in enumerate(path, 1):
        text += f"{'  ' * depth}{key}:\n"
    margin = "  " * (len(path) + 1)
    text += f"{margin}spec: {{containers: [{{name: app, image: i}}]}}\n"
    assert [c.name for c in only(resource(text)).regular] == ["app"]


def test_what_is_a_pod_template() -> None:
    named = "containers:\n  - name: spark-kubernetes-executor\n    image: i\n"
    labelled = "containers:\n  - name: mine\n    image: i\n  - name: other\n    image: i\n"
    assert only(pod(named)).template
    assert [c.filled for c in only(pod(labelled, labels="spark-role: driver")).regular] == [True, False]
    assert not only(pod(labelled)).template
    runs = "containers:\n  - name: mine\n    image: i\n    command: [start-notebook.py]\n"
    assert not only(pod(runs, labels="spark-role: driver")).template


def test_spark_fills_its_own_container_of_a_template() -> None:
    spec = only(
        pod(
            "containers:\n"
            "  - name: side\n    image: i\n"
            "  - name: spark-kubernetes-driver\n    image: i\n"
            "    resources: {requests: {memory: 9Gi, ephemeral-storage: 1Gi}, limits: {cpu: 3, memory: 9Gi}}\n"
        )
    )
    assert spec.spark_name == "spark-kubernetes-driver"
    with pytest.raises(Opaque):
        spec.pod(ANY)
    filled = spec.pod(ANY, SPARK).containers[1].resources
    assert filled.memory_request == filled.memory_limit == 1408 << 20
    assert filled.requests["ephemeral-storage"] == 2**30 * 1000
    assert filled.limits["cpu"] == 3000  # the template's CPU limit survives where Spark sets none
    replaced = [q.resource for q in spec.regular[1].lists.every() if spec.regular[1].replaces(q)]
    assert replaced == ["memory", "cpu", "memory"]


APPLICATION = """
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: a}
spec:
  type: Scala
  volumes:
    - name: scratch
      emptyDir: {sizeLimit: 2Gi}
  driver:
    sidecars:
      - name: shipper
        image: i
        resources: {limits: {memory: 64Mi}}
    nodeSelector: {pool: a}
  executor:
    priorityClassName: high
    template:
      spec:
        containers:
          - name: spark-kubernetes-executor
          - name: mesh
        volumes:
          - emptyDir: {sizeLimit: 1Gi}
"""


def test_the_two_pods_of_a_spark_application() -> None:
    application = resource(APPLICATION)
    driver, executor = pods_of(application)
    assert (driver.role, executor.role) == ("driver", "executor")
    assert [c.name for c in driver.regular] == ["shipper"]
    assert [(c.name, c.filled) for c in executor.regular] == [("spark-kubernetes-executor", True), ("mesh", False)]
    assert [c.name for c in driver.pod(ANY, SPARK).containers] == ["spark-kubernetes-driver", "shipper"]
    assert driver.placement().selector == {"pool": "a"}
    assert executor.pod(ANY, SPARK).priority_class == "high"
    assert [q.label for q in volume_limits_of(application)] == [
        "emptyDir.sizeLimit of a volume without a name",
        "emptyDir.sizeLimit of volume scratch",
    ]


@pytest.mark.parametrize(
    "spec",
    [
        "containers: ${CONTAINERS}",
        "containers:\n  - name: a\n    image: i\n    resources: $RESOURCES",
        "containers:\n  - name: a\n    image: i\n    resources: {limits: $LIMITS}",
        "containers:\n  - name: a\n    image: i\n    resources: {limits: {memory: $MEMORY}}",
        "containers:\n  - name: a\n    image: i\ninitContainers: $INIT",
        "containers:\n  - name: a\n    image: i\npriorityClassName: $PRIORITY",
        "containers:\n  - name: a\n    image: i\nresources: $RESOURCES",
    ],
)
def test_a_placeholder_hides_the_pod_and_is_not_taken_for_nothing(spec: str) -> None:
    found = pod(spec)
    with pytest.raises(Opaque):
        only(found).pod(ANY)


def test_amounts_that_are_no_quantities() -> None:
    found = resource("kind: ResourceQuota\nspec: {hard: {memory: 4GB, cpu: '1', pods: $N}}\n")
    amounts = quantities(found.at("spec"), "hard", owner="the quota")
    assert [q.is_readable for q in amounts.values()] == [False, True, False]
    with pytest.raises(QuantityError):
        amounts["memory"].milli()
    with pytest.raises(Opaque):
        amounts["pods"].whole()


def test_a_value_that_an_alias_shares_is_not_edited() -> None:
    found = resource("kind: ResourceQuota\nspec: {hard: {a: &x 1Gi, b: *x, c: 1Gi, d: '1Gi', e: \"1\\x47i\"}}\n")
    amounts = quantities(found.at("spec"), "hard", owner="the quota")
    assert {name: q.is_editable for name, q in amounts.items()} == {
        "a": False,
        "b": False,
        "c": True,
        "d": True,
        "e": False,
    }


def test_pod_level_resources_split_where_the_release_is_unknown() -> None:
    spec = only(pod("resources: {limits: {memory: 4Gi}}\ncontainers:\n  - name: a\n    image: i"))
    with pytest.raises(Split):
        spec.pod(ANY)
    assert spec.pod(V1_29).resources is None
    level = spec.pod(V1_34).resources
    assert level is not None
    assert level.memory_request == 4 << 30


KUBELET = "kind: KubeletConfiguration\nfailSwapOn: off\nmemorySwap: {swapBehavior: LimitedSwap}\n"
NODE = """
kind: Node
metadata: {name: n, labels: {pool: swap}}
status:
  capacity: {memory: 64Gi}
  nodeInfo: {kubeletVersion: v1.34.1, swap: {capacity: 34359738368}}
"""


def test_swap_settings_of_a_kubelet() -> None:
    settings = swap_settings(resource(KUBELET), ANY, [resource(NODE)])
    assert (settings.behavior, settings.fail_swap_on, settings.node_has_swap) == ("LimitedSwap", False, True)
    assert settings.gate is True  # nobody who runs an older release leaves the gate out
    assert swap_settings(resource(KUBELET), V1_29).gate is None
    with pytest.raises(Opaque):
        swap_settings(resource("kind: KubeletConfiguration\nfailSwapOn: $X\n"), ANY)


def test_which_kubelet_lets_pods_swap() -> None:
    assert swapping_kubelet(place(KUBELET), V1_34, Placement()) is not None
    assert swapping_kubelet(place(KUBELET), V1_29, Placement()) is None
    assert swapping_kubelet(place(KUBELET.replace("off", "on")), ANY, Placement()) is None
    assert swapping_kubelet(place(KUBELET, NODE), V1_34, Placement({"pool": "swap"})) is not None
    assert swapping_kubelet(place(KUBELET, NODE), V1_34, Placement({"pool": "memory"})) is None


def test_the_share_of_swap() -> None:
    node = resource(NODE)
    assert (memory_capacity(node), swap_capacity(node)) == (64 << 30, 32 << 30)
    assert share_of_swap(place(NODE), 9 << 30).startswith(
        "memory.swap.max 4608 MiB = 9216 MiB request / 65536 MiB memory"
    )
    assert swap_capacity(resource("kind: Node\nstatus: {}\n")) is None
    assert "x swap of the node" in share_of_swap(place(), 9 << 30)


RANGE = """
kind: LimitRange
metadata: {name: bounds, namespace: spark}
spec:
  limits:
    - type: Container
      max: {cpu: 2, memory: 1Gi}
"""


def test_a_limit_range_fills_in_and_refuses() -> None:
    (item,) = items_of(resource(RANGE))
    assert [q.label for q in item.sizes()] == [
        "max.cpu of the limits of type Container",
        "max.memory of the limits of type Container",
    ]
    home = place(RANGE)
    made = completed(only(pod(TWO)).pod(ANY), home)
    assert [c.resources.limits["cpu"] for c in made.all_containers] == [2000] * 4
    said = [(refusal.container, refusal.resource, refusal.message) for refusal in refusals(made, home, ANY)]
    assert said == [("app", "memory", "has a memory limit of 2Gi, above max 1Gi")]


def test_a_quota_demands_and_counts() -> None:
    home = place("kind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {limits.memory: 1Gi, pods: 2}}\n")
    made = completed(only(pod(TWO)).pod(ANY), home)
    messages = {refusal.container: refusal.message for refusal in refusals(made, home, ANY)}
    assert messages["side"] == "states no limits.memory, as the quota demands"
    assert messages[None] == "needs limits.memory 2Gi, more than all of the quota's 1Gi"


def linked(text: str, *facts: str) -> Resource:
    """The last object of ``text`` as the linker hands it to rules."""
    loaded = load(text)
    loaded.facts = [found for fact in facts for found in load(fact).resources]
    return link([loaded]).resources[-1]


POD = "kind: Pod\nmetadata: {name: p, namespace: spark}\nspec: {containers: [{name: a, image: i}]}\n"


def test_an_object_meets_the_policies_of_its_own_namespace() -> None:
    assert len(linked(POD, RANGE).home.limit_ranges) == 1
    assert len(linked(f"{RANGE}---\n{POD}").home.limit_ranges) == 1
    elsewhere = POD.replace("namespace: spark", "namespace: web")
    assert linked(elsewhere, RANGE).home.limit_ranges == []
    assert linked(f"{RANGE}---\n{elsewhere}").home.limit_ranges == []


def test_nodes_tell_the_kubernetes_version() -> None:
    assert linked(POD).world.kubernetes.known is None
    assert linked(POD, NODE).world.kubernetes.known == (1, 34)
    other = NODE.replace("v1.34.1", "v1.35.0+k3s1")
    assert linked(POD, NODE, other).world.kubernetes.options == ((1, 34), (1, 35))
    assert linked(POD, NODE, "kind: Node\nstatus: {}\n").world.kubernetes.known is None


BARE = """
apiVersion: v1
kind: Node
metadata: {name: n}
status: {capacity: {memory: 64Gi, cpu: "16", ephemeral-storage: 200Gi, pods: "110"}}
"""


def test_what_a_node_gives_follows_from_its_kubelet() -> None:
    node = resource(BARE)
    assert allocatable(node) == {}
    plain = resource("kind: KubeletConfiguration\n")
    left = allocatable(node, [plain])
    assert left["memory"] == ((64 << 30) - (100 << 20)) * 1000  # evictionHard's default
    assert left["ephemeral-storage"] == (180 << 30) * 1000  # nodefs.available<10%
    assert (left["cpu"], left["pods"]) == (16_000, 110_000)
    keeping = resource(
        "kind: KubeletConfiguration\nsystemReserved: {memory: 1Gi, cpu: 500m}\nkubeReserved: {memory: 2Gi}\n"
        "evictionHard: {memory.available: 500Mi}\n"
    )
    left = allocatable(node, [keeping])
    assert left["memory"] == ((61 << 30) - (500 << 20)) * 1000
    assert left["ephemeral-storage"] == (200 << 30) * 1000  # its default is gone with the others
    assert left["cpu"] == 15_500
    assert allocatable(node, [plain, keeping]) == {}
