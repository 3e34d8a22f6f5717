"""Which operator an image is, and which release."""

from __future__ import annotations

import pytest
from manifests import read

from spmlint.place import Place
from spmlint.places.operators import (
    APACHE,
    KUBEFLOW,
    STACKABLE,
    image_of,
    operator_of,
    release_known,
    release_of,
    webhook_is_off,
)


@pytest.mark.parametrize(
    ("repository", "operator"),
    [
        ("ghcr.io/kubeflow/spark-operator/controller", KUBEFLOW),
        ("docker.io/kubeflow/spark-operator", KUBEFLOW),
        ("ghcr.io/googlecloudplatform/spark-operator", KUBEFLOW),
        ("apache/spark-kubernetes-operator", APACHE),
        ("oci.stackable.tech/sdp/spark-k8s-operator", STACKABLE),
        ("apache/spark", None),
        ("example.com/other/controller", None),
    ],
)
def test_repositories(repository, operator):
    assert operator_of(repository) == operator


@pytest.mark.parametrize(
    ("tag", "release"),
    [
        ("2.5.1", (2, 5, 1)),
        ("v2.4.0", (2, 4, 0)),
        ("v1beta2-1.3.8-3.1.1", (1, 3, 8)),
        ("1.0", (1, 0, 0)),
        ("2.5.1-rc.0", (2, 5, 1)),
        ("latest", None),
        ("{{ tag }}", None),
        ("", None),
        ("1.2.3.4", None),
    ],
)
def test_tags(tag, release):
    assert release_of(tag) == release


def place_of(*texts):
    place = Place()
    for text in texts:
        for resource in read(text, "values.yaml").resources:
            place.take(resource)
    return place


def values(repository, tag):
    return f"image: {{repository: {repository}, tag: '{tag}'}}\n"


def test_the_release_is_known_where_the_operator_is_named_with_one():
    place = place_of(values("apache/spark-kubernetes-operator", "0.9.0"), values("x/spark-operator", "latest"))
    assert release_known(place, APACHE) == (0, 9, 0)
    assert release_known(place, KUBEFLOW) is None
    assert release_known(place, STACKABLE) is None


def test_two_releases_are_none():
    place = place_of(values("x/spark-operator", "2.4.0"), values("x/spark-operator", "2.5.1"))
    assert release_known(place, KUBEFLOW) is None


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("kubeflow/spark-operator:2.5.1", (KUBEFLOW, "2.5.1")),
        ("example.com:5000/kubeflow/spark-operator", (KUBEFLOW, "")),
        ("kubeflow/spark-operator@sha256:00", (KUBEFLOW, "")),
        ("nginx:1.27", None),
    ],
)
def test_images_of_deployments(image, found):
    loaded = read(
        "kind: Deployment\nspec: {template: {spec: {containers: [{name: a, image: '" + image + "'}]}}}\n# containers:\n"
    )
    assert image_of(loaded.resources[0]) == found


@pytest.mark.parametrize(
    ("webhook", "is_off"),
    [("{enable: false}", True), ("{enable: true}", False), ("{}", False), ("{enable: 'false'}", False)],
)
def test_a_webhook_is_off_where_the_values_say_so(webhook, is_off):
    place = place_of(f"{values('ghcr.io/kubeflow/spark-operator/controller', '2.3.0')}webhook: {webhook}\n")
    assert (webhook_is_off(place, KUBEFLOW) is not None) is is_off
    assert webhook_is_off(place, APACHE) is None


def test_a_webhook_nobody_speaks_of_is_on():
    assert webhook_is_off(place_of(), KUBEFLOW) is None
