"""ResourceQuotas: what has to be stated, and what a pod takes."""

from __future__ import annotations

import pytest

from spmlint.answer import KUBERNETES_VERSIONS, Versions
from spmlint.kubernetes.quota import counted, unstated, usage
from spmlint.kubernetes.resources import Container, Pod, Resources

ANY = Versions("Kubernetes version", KUBERNETES_VERSIONS)
V1_36 = Versions("Kubernetes version", [(1, 36)])
SPARK = Container("spark", Resources.parse({"memory": "4Gi", "cpu": "1"}, {"memory": "4Gi"}))


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("requests.memory", ("requests", "memory")),
        ("limits.cpu", ("limits", "cpu")),
        ("cpu", ("requests", "cpu")),
        ("ephemeral-storage", ("requests", "ephemeral-storage")),
        ("requests.nvidia.com/gpu", ("requests", "nvidia.com/gpu")),
        ("hugepages-2Mi", ("requests", "hugepages-2Mi")),
        ("pods", None),
        ("count/pods", None),
        ("requests.storage", None),
        ("services.loadbalancers", None),
        ("gold.storageclass.storage.k8s.io/requests.storage", None),
    ],
)
def test_what_a_key_counts(key: str, what: tuple[str, str] | None) -> None:
    assert counted(key) == what


def test_an_executor_without_a_cpu_limit_is_refused_where_the_quota_counts_cpu_limits() -> None:
    pod = Pod([SPARK])
    assert unstated(pod, ["requests.cpu", "requests.memory", "limits.memory", "pods"], ANY) == []
    assert unstated(pod, ["limits.cpu"], ANY) == [("spark", "limits.cpu")]


def test_init_containers_count_and_only_cpu_and_memory_must_be_stated() -> None:
    pod = Pod([SPARK], [Container("init", Resources())])
    assert unstated(pod, ["memory"], ANY) == [("init", "memory")]
    assert unstated(pod, ["requests.ephemeral-storage", "requests.nvidia.com/gpu"], ANY) == []


def test_pod_level_resources_exempt() -> None:
    pod = Pod([Container("main", Resources())], resources=Resources.parse({"memory": "1Gi"}))
    assert unstated(pod, ["limits.cpu"], V1_36) == []
    assert unstated(Pod(pod.containers, resources=Resources()), ["limits.cpu"], V1_36) == [("main", "limits.cpu")]


def test_usage() -> None:
    pod = Pod([SPARK, SPARK])
    assert usage(pod, ["requests.cpu", "limits.cpu", "memory", "pods"], ANY) == {
        "requests.cpu": 2000,
        "limits.cpu": 0,
        "memory": 8 * 2**30 * 1000,
    }
