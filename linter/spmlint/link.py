"""Fragments to Jobs: the one place where pieces of different files become one job.

Pieces are joined where one names the other literally (an application id), where facts were handed over for the run, or
where a policy and a job name the same namespace in one YAML stream; never for lying in the same folder.
"""

from __future__ import annotations

import posixpath

from spmlint.answer import EMR_SERVERLESS, World, parse_version
from spmlint.fragment import PROPERTIES_FILE
from spmlint.job import Job, Layer
from spmlint.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.fragment import Fragment, Loaded
    from spmlint.place import Resource

QUESTIONS = ("Spark version", "platform", "deploy mode", "language", "Kubernetes version")


class Linked:
    """The jobs and objects of one run, ready for rules."""

    __slots__ = ("jobs", "resources")

    def __init__(self, jobs: list[Job], resources: list[Resource]) -> None:
        self.jobs = jobs
        self.resources = resources


def link(loaded: list[Loaded]) -> Linked:
    """Join everything one run was given; each file brings the answers and facts its configuration holds for it."""
    found = [resource for one in loaded for resource in one.resources]
    applications = _applications_by_id(found + [resource for one in loaded for resource in one.facts])
    policies = [resource for resource in found if resource.kind in ("LimitRange", "ResourceQuota")]
    properties = _properties_by_path(loaded)
    jobs = [_job(fragment, one, policies, applications, properties) for one in loaded for fragment in one.fragments]
    return Linked(jobs, [_housed(resource, one, policies) for one in loaded for resource in one.resources])


def _housed(resource: Resource, one: Loaded, policies: list[Resource]) -> Resource:
    """An object with what is known of where it will live."""
    home = _place_of(resource, one, policies)
    housed = resource.within(_on_nodes(one.base, home))
    housed.home = home
    return housed


def _place_of(piece: Fragment | Resource, one: Loaded, policies: list[Resource]) -> Place:
    """The facts handed over for the run, but for other namespaces', and the policies of its own in the same stream."""
    place = Place()
    for resource in one.facts:
        if None in (resource.namespace, piece.namespace) or resource.namespace == piece.namespace:
            place.take(resource)
    for policy in policies:
        if policy.stream == piece.stream and policy.namespace == piece.namespace:
            place.take(policy)
    return place


def _on_nodes(world: World, place: Place) -> World:
    """``world`` with the Kubernetes versions that the kubelets of the nodes report, where all of them do."""
    said = [node.value("status", "nodeInfo", "kubeletVersion") for node in place.nodes]
    versions = {None if text is None else parse_version(text.value) for text in said}
    if not versions or None in versions:
        return world
    return world.narrowed("Kubernetes version", (v for v in world.options("Kubernetes version") if v in versions))


def _applications_by_id(resources: list[Resource]) -> dict[str, Resource]:
    by_id: dict[str, Resource] = {}
    for resource in resources:
        if resource.kind == "EmrServerlessApplication":
            text = resource.value("applicationId")
            if text is not None and not text.holes:
                by_id[text.value] = resource
    return by_id


def _job(
    fragment: Fragment,
    one: Loaded,
    policies: list[Resource],
    applications: dict[str, Resource],
    properties: dict[str, list[Layer]],
) -> Job:
    place = _place_of(fragment, one, policies)
    world = _on_nodes(_joined(fragment.world, one.base), place)
    named = fragment.refers.get("application")
    if named is not None:
        place.application = None if named.holes else applications.get(named.value, place.application)
    layers = [*_properties_layers(fragment, properties), *fragment.layers]
    if EMR_SERVERLESS not in world.options("platform"):
        place.application = None
    if place.application is not None:
        from spmlint.loaders.emr_configuration import application_layers, application_world

        world = _joined(application_world(place.application, fragment.world), one.base)
        layers = [*application_layers(place.application), *layers]
    if not fragment.complete:
        unseen = Layer("settings outside this file")
        unseen.open("settings outside this file are not known")
        layers.insert(0, unseen)
    job = Job(
        fragment.name or fragment.place.source.path,
        fragment.kind,
        fragment.place,
        layers,
        world,
        place,
        complete=fragment.complete,
        main=fragment.main,
        resource=fragment.resource,
    )
    job.version = fragment.version
    return job


def _properties_by_path(loaded: list[Loaded]) -> dict[str, list[Layer]]:
    return {
        fragment.stream: fragment.layers
        for one in loaded
        for fragment in one.fragments
        if fragment.kind == "spark-defaults"
    }


def _properties_layers(fragment: Fragment, by_path: dict[str, list[Layer]]) -> list[Layer]:
    """The settings of the properties file that a command names, from its own folder or the current one."""
    named = fragment.refers.get(PROPERTIES_FILE)
    if named is None:
        return []
    if not named.holes:
        folder = fragment.stream.rpartition("/")[0]
        for path in (posixpath.join(folder, named.value), named.value):
            if posixpath.normpath(path) in by_path:
                return by_path[posixpath.normpath(path)]
    unseen = Layer(PROPERTIES_FILE)
    unseen.open(f"{PROPERTIES_FILE} {named.value} is not among the files given", named)
    return [unseen]


def _joined(said: World, base: World) -> World:
    """What the file says, and for the questions it leaves open what ``base`` says."""
    for question in QUESTIONS:
        options = said.options(question)
        also = tuple(option for option in options if option in base.options(question))
        if also and len(also) < len(options):
            said = said.narrowed(question, also)
    return said
