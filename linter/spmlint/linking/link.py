"""Fragments to Jobs: the one place where pieces of different files become one job.

Pieces are joined where one names the other literally (an application id), where facts were handed over for the run, or
where a policy and a job name the same namespace in one YAML stream; never for lying in the same folder.
"""

from __future__ import annotations

from spmlint.answer import EMR_SERVERLESS, UNEXPECTED, World, parse_version
from spmlint.conf import Layer
from spmlint.finding import Failure, internal_error
from spmlint.fragment import PROPERTIES_FILE
from spmlint.job import Job
from spmlint.linking.named_files import Files, names_files
from spmlint.place import Place
from spmlint.places.operators import release_known
from spmlint.trouble import TOO_LARGE, Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from spmlint.fragment import Fragment, Loaded
    from spmlint.place import Resource

    Policies = dict[tuple[str, str | None], list[Resource]]
    """Those of each namespace in each stream."""

POLICIES = {"LimitRange": 100, "PersistentVolumeClaim": 1000, "ResourceQuota": 100}
"""The kinds that hold for one namespace, and how many of each are looked at there: they are weighed against each of its pods."""


class Linked:
    """The jobs and objects of one run, ready for rules; ``failures`` tell of those that could not be made."""

    __slots__ = ("failures", "jobs", "resources")

    def __init__(self, jobs: list[Job], resources: list[Resource], failures: Sequence[Failure] = ()) -> None:
        self.jobs = jobs
        self.resources = resources
        self.failures = failures


def link(loaded: list[Loaded]) -> Linked:
    """Join everything one run was given; each file brings the answers and facts its configuration holds for it."""
    if any(one.references for one in loaded):
        from spmlint.linking.variables import fill_references

        fill_references(loaded)
    found = [resource for one in loaded for resource in one.resources]
    applications = _applications_by_id(found + [resource for one in loaded for resource in one.facts])
    policies = _policies(loaded)
    checked = [one for one in loaded if not one.is_companion]
    pieces = [(one, fragment) for one in checked for fragment in one.fragments]
    if any(one.kustomizations for one in loaded):
        from spmlint.linking.overlays import overlaid

        pieces = overlaid(loaded)
    files = Files(loaded) if any(map(names_files, loaded)) else None
    config_maps = _config_maps_by_name(found)
    jobs: list[Job] = []
    housed: list[Resource] = []
    failures: list[Failure] = []
    for one, fragment in pieces:
        try:
            jobs.append(_job(fragment, one, policies, applications, files))
        except UNEXPECTED as error:
            failures.append(Failure(fragment.stream, internal_error("while joining files", error)))
    for one in checked:
        for resource in one.resources:
            try:
                housed.append(_housed(resource, one, policies, config_maps))
            except UNEXPECTED as error:
                failures.append(Failure(resource.stream, internal_error("while joining files", error)))
    return Linked(jobs, housed, failures)


def _policies(loaded: list[Loaded]) -> Policies:
    policies: Policies = {}
    for one in loaded:
        met: dict[tuple[str, str, str | None], int] = {}
        for resource in one.resources:
            if resource.kind not in POLICIES:
                continue
            key = resource.kind, resource.stream, resource.namespace
            met[key] = met.get(key, 0) + 1
            if met[key] <= POLICIES[resource.kind]:
                policies.setdefault(key[1:], []).append(resource)
            elif met[key] == POLICIES[resource.kind] + 1:
                message = (
                    f"more than {POLICIES[resource.kind]} {resource.kind}s for one namespace: no more are looked at"
                )
                one.troubles.append(Trouble(TOO_LARGE, resource.span(), message))
    return policies


def _config_maps_by_name(resources: list[Resource]) -> dict[str | None, dict[str, Resource]]:
    """The ConfigMaps of each namespace."""
    by_namespace: dict[str | None, dict[str, Resource]] = {}
    for resource in resources:
        if resource.kind == "ConfigMap":
            by_namespace.setdefault(resource.namespace, {})[resource.name] = resource
    return by_namespace


def _housed(
    resource: Resource, one: Loaded, policies: Policies, config_maps: dict[str | None, dict[str, Resource]]
) -> Resource:
    """An object with what is known of where it will live."""
    home = _place_of(resource, one, policies)
    home.config_maps = config_maps.get(resource.namespace, {})
    housed = resource.within(_on_nodes(one.base, home))
    housed.home = home
    return housed


def _place_of(piece: Fragment | Resource, one: Loaded, policies: Policies) -> Place:
    """The facts handed over for the run, but for other namespaces', and the policies of its own in the same stream.

    Who names no namespace meets that of the facts where they tell of one; of several it may be any.
    """
    place = Place()
    namespaces = {fact.namespace for fact in one.facts if fact.kind in POLICIES and fact.namespace is not None}
    own = {piece.namespace} if piece.namespace is not None or len(namespaces) > 1 else {None, *namespaces}
    for resource in one.facts:
        if resource.kind not in POLICIES or resource.namespace is None or resource.namespace in own:
            place.take(resource)
    for policy in policies.get((piece.stream, piece.namespace), ()):
        place.take(policy)
    return place


def _on_nodes(world: World, place: Place) -> World:
    """``world`` with the Kubernetes versions that the kubelets of the nodes, or the facts, report, where all of them do."""
    said = [node.value("status", "nodeInfo", "kubeletVersion") for node in place.nodes]
    said += [cluster.value("kubernetes") for cluster in place.clusters if not place.nodes]
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
    policies: Policies,
    applications: dict[str, Resource],
    files: Files | None,
) -> Job:
    place = _place_of(fragment, one, policies)
    said, layers = fragment.world, _given_by_operator(fragment.layers, place)
    if files is not None and PROPERTIES_FILE in fragment.refers:
        properties, said_there = files.properties(fragment, one)
        said, layers = said.completed_by(said_there), [*properties, *layers]
    world = _on_nodes(said.completed_by(one.base), place)
    named = fragment.refers.get("application")
    if named is not None:
        place.application = None if named.holes else applications.get(named.value, place.application)
    if EMR_SERVERLESS not in world.options("platform"):
        place.application = None
    if place.application is not None:
        from spmlint.loaders.emr_configuration import application_layers, application_world

        place.application.has_jobs = True
        world = application_world(place.application, said).completed_by(one.base)
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
    job.main_class = fragment.main_class
    job.version = fragment.version
    if files is not None:
        job.pod_templates = files.pod_templates(layers, one)
    return job


def _given_by_operator(layers: list[Layer], place: Place) -> list[Layer]:
    """The layers without those that only a later release of the operator gives; open where the release is not known."""
    given = []
    for layer in layers:
        if layer.since is not None:
            operator, first = layer.since
            release = release_known(place, operator)
            if release is not None and release < first:
                continue
            if release is None:
                unsure = Layer(layer.name)
                unsure.open(
                    f"the release of the {operator} Spark operator is not known",
                    keys=frozenset(setting.key for setting in layer.settings),
                )
                layer = unsure
        given.append(layer)
    return given
