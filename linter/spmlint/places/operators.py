"""The operators that run Spark on Kubernetes: which one an image is, and which release of it.

What an operator gives its jobs changed over its releases. Images and their tags: the Helm charts of kubeflow/spark-operator
(before 2.0 by Google, with tags like ``v1beta2-1.3.8-3.1.1``), apache/spark-kubernetes-operator and
stackabletech/spark-k8s-operator.
"""

from __future__ import annotations

from spmlint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.place import Place, Resource, View

KUBEFLOW, APACHE, STACKABLE = "kubeflow", "apache", "stackable"

OPERATOR = "SparkOperator"
"""The kind of a resource that runs an operator: its Deployment, the values of its chart, or what facts say of it."""

Release = tuple[int, ...]

_REPOSITORIES = {
    "spark-operator": KUBEFLOW,
    "spark-operator/controller": KUBEFLOW,
    "spark-kubernetes-operator": APACHE,
    "spark-k8s-operator": STACKABLE,
}
_TAG = pattern(r"v?(?:1beta2-)?(\d+)\.(\d+)(?:\.(\d+))?(?![\d.])")


def operator_of(repository: str) -> str | None:
    """The operator whose image a repository holds, or None."""
    parts = repository.split("/")
    return next((_REPOSITORIES[name] for name in ("/".join(parts[-2:]), parts[-1]) if name in _REPOSITORIES), None)


def release_of(tag: str) -> Release | None:
    """``"2.5.1"``, ``"v1beta2-1.3.8-3.1.1"`` -> ``(2, 5, 1)``, ``(1, 3, 8)``; None where no release can be read."""
    found = _TAG.match(tag)
    return tuple(int(part) for part in found.groups("0")) if found else None


def image_of(resource: Resource) -> tuple[str, str] | None:
    """Operator and release tag, from the image in a Deployment or in the values of a chart, or as facts say them.

    None for other images.
    """
    said = resource.value("name")
    if said is not None:
        release = resource.value("version")
        return said.value, release.value if release else ""
    repository = resource.value("image", "repository")
    if repository is not None:
        tag = resource.value("image", "tag")
        images = [f"{repository.value}:{tag.value if tag else ''}"]
    else:
        containers = resource.pod.items("containers") if resource.pod else []
        images = [text.value for container in containers if (text := container.value("image"))]
    for image in images:
        plain = image.partition("@")[0]
        name, colon, tag_name = plain.rpartition(":")
        named = (name, tag_name) if colon and "/" not in tag_name else (plain, "")
        operator = operator_of(named[0])
        if operator is not None:
            return operator, named[1]
    return None


def webhook_is_off(place: Place, operator: str) -> View | None:
    """The values of a chart that switch the webhook of ``operator`` off where a job runs; None where nothing says so.

    Raises:
        Opaque: the switch is a placeholder.
    """
    for resource in place.operators:
        image = image_of(resource)
        if image is not None and image[0] == operator and resource.flag("webhook", "enable") is False:
            return resource.at("webhook", "enable")
    return None


def release_known(place: Place, operator: str) -> Release | None:
    """The release of ``operator`` where a job runs, if one is known there."""
    images = [image_of(resource) for resource in place.operators]
    releases = {release_of(image[1]) for image in images if image and image[0] == operator}
    return releases.pop() if len(releases) == 1 else None
