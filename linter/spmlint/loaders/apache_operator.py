"""SparkApplication and SparkCluster of the Apache Spark operator, spark.apache.org/v1 (v1beta1 and v1alpha1 before 0.4.0).

There are no fields for sizes: ``sparkConf`` holds them all. The operator builds the driver pod in its own process
(SparkAppSubmissionWorker.buildDriverConf), so no spark-defaults.conf is read: sparkConf first, then what it forces, then
what it sets where nobody did. A cluster's sparkConf becomes system properties of its master and workers, whose sizes the
pods alone decide (SparkClusterResourceSpec).
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, JVM, KUBERNETES, LANGUAGES, PYTHON, STANDALONE, R, World, parse_version
from spmlint.conf import Layer, Setting, injected
from spmlint.document.node import Node
from spmlint.document.text import ESCAPED, VERBATIM, Text
from spmlint.fragment import Loaded
from spmlint.job import DRIVER, EXECUTOR
from spmlint.loaders.manifest_settings import add_map, key_text, text_at, written_keys
from spmlint.loaders.operator_job import add_job
from spmlint.loaders.spark_defaults import with_master
from spmlint.places.operators import APACHE
from spmlint.places.pods import APACHE_APPLICATION, APACHE_CLUSTER

VERSION_TOKEN = "{{SPARK_VERSION}}"
"""What the operator replaces by ``runtimeVersions.sparkVersion`` in the keys of container images."""

_SET_IF_MISSING = {
    "spark.authenticate": ("true", (0, 8)),
    "spark.io.encryption.enabled": ("true", (0, 8)),
    "spark.kubernetes.driver.annotateExitException": ("true", (0, 9)),
    "spark.kubernetes.executor.useDriverPodIP": ("true", (1, 0)),
}
"""The value of each key, and the release of the operator that first gave it."""

_OF_OPERATOR = ("spark.kubernetes.",)
"""Of these the operator builds pods; Spark itself does not look at them where it does not run on Kubernetes."""

_OF_APPLICATIONS = ("spark.driver.", "spark.executor.", "spark.dynamicAllocation.")
"""Keys that a master and its workers do not read: applications bring their own."""

_MODES = {"ClusterMode": CLUSTER, "ClientMode": CLIENT}
_PYTHON_RUNNER = "org.apache.spark.deploy.PythonRunner"
_ROLE_SPECS = {DRIVER: "driverSpec", EXECUTOR: "executorSpec"}


def load_object(root: Node, kind: str, loaded: Loaded) -> None:
    """Add the job of an application, or what a cluster sets for the daemons it runs."""
    spec = root.get("spec")
    if spec is None:
        return
    version = text_at(spec, "runtimeVersions", "sparkVersion")
    world = World()
    if version is not None and not version.holes:
        world = world.with_spark(parse_version(version.value))
    if kind == "SparkCluster":
        _load_cluster(root, spec, world, version, loaded)
        return
    # The schema requires no more than a version, but without one of the others there is nothing to run.
    programs = ("mainClass", "jars", "pyFiles", "sparkRFiles")
    complete = version is not None and any(spec.get(field) is not None for field in programs)
    world = _running(spec, world, complete=complete)
    conf = _spark_conf(spec, () if KUBERNETES in world.options("platform") else _OF_OPERATOR)
    _replace_version(conf, version)
    layers = [conf, _forced(root, spec, conf)]
    if complete:
        layers = [*_set_if_missing(root, spec, conf), *layers]
    main = text_at(spec, "jars") or text_at(spec, "pyFiles") or text_at(spec, "sparkRFiles")
    add_job(loaded, root, APACHE_APPLICATION, layers, world, complete=complete, main=main, version=version)


def _load_cluster(root: Node, spec: Node, world: World, version: Text | None, loaded: Loaded) -> None:
    layer = _spark_conf(spec, (*_OF_OPERATOR, *_OF_APPLICATIONS))
    add_job(loaded, root, APACHE_CLUSTER, [layer], world.with_manager(STANDALONE), complete=False, version=version)


def _spark_conf(spec: Node, not_read: tuple[str, ...]) -> Layer:
    def key_of(name: str) -> str | None:
        return None if name.startswith(not_read) else name

    return add_map(Layer("spec.sparkConf"), spec, "sparkConf", "spec", key_of)


def _replace_version(layer: Layer, version: Text | None) -> None:
    """Write the version into the images that name it by the operator's token."""
    if version is None or version.holes:
        return
    for setting in layer.settings:
        if setting.key.startswith("spark.kubernetes.") and setting.key.endswith("container.image"):
            setting.value = _with_version(setting.value, version.value)


def _with_version(text: Text, version: str) -> Text:
    pieces = []
    at = 0
    found = text.value.find(VERSION_TOKEN)
    while found >= 0:
        end = found + len(VERSION_TOKEN)
        pieces.append((text.value[at:found], at, found, VERBATIM))
        pieces.append((version, found, end, ESCAPED))
        at = end
        found = text.value.find(VERSION_TOKEN, at)
    if not pieces:
        return text
    return text.decode([*pieces, (text.value[at:], at, len(text.value), VERBATIM)])


def _forced(root: Node, spec: Node, conf: Layer) -> Layer:
    """What the operator sets whatever sparkConf says."""
    layer = Layer("metadata")
    namespace, name = text_at(root, "metadata", "namespace"), text_at(root, "metadata", "name")
    if namespace is not None:
        layer.add(Setting("spark.kubernetes.namespace", namespace, label="metadata.namespace"))
    else:
        layer.open("the namespace the object is put in", keys=frozenset(("spark.kubernetes.namespace",)))
    if name is not None and "spark.app.name" in written_keys([conf]):
        layer.add(Setting("spark.app.name", name, label="metadata.name"))
    for role, field in _ROLE_SPECS.items():
        template = key_text(spec, field, "podTemplateSpec")
        if template is not None:
            key, title = f"spark.kubernetes.{role}.podTemplateFile", f"spec.{field}.podTemplateSpec"
            layer.add(injected(key, f"/tmp/{role}.json", template, title))
    return layer


def _set_if_missing(root: Node, spec: Node, conf: Layer) -> list[Layer]:
    """What the operator sets where sparkConf does not: what every release gives, then what only later ones do."""
    place = key_text(root, "kind") or root.span()
    always = Layer("the operator", injected=True)
    always.add(injected("spark.master", "k8s://https://kubernetes.default", place))
    jars = text_at(spec, "jars")
    fields = Layer("spec", [Setting("spark.jars", jars, label="spec.jars")] if jars else ())
    layers = [always, fields]
    wanted = dict(_SET_IF_MISSING)
    dynamic = next((s.value.value for s in conf.settings if s.key == "spark.dynamicAllocation.enabled"), "false")
    policy = text_at(spec, "applicationTolerations", "restartConfig", "restartPolicy")
    if dynamic.lower() == "false" and (policy is None or policy.value == "Never"):
        wanted["spark.kubernetes.executor.deleteOnTermination"] = ("false", (0, 8))
    for key, (value, release) in wanted.items():
        layers.append(Layer("the operator", [injected(key, value, place)], injected=True, since=(APACHE, release)))
    return layers


def _running(spec: Node, world: World, *, complete: bool) -> World:
    """Where and how the application runs: on Kubernetes, unless it names another master, of which its pod is a client."""
    master = text_at(spec, "sparkConf", "spark.master")
    prefix = text_at(spec, "sparkConf", "spark.master.url.prefix")
    mode = text_at(spec, "deploymentMode")
    named = master or prefix
    url = named.value if named else "k8s"
    if url.startswith("k8s"):
        world = world.narrowed("platform", (KUBERNETES,))
        if mode is not None and mode.value in _MODES:
            world = world.narrowed("deploy mode", (_MODES[mode.value],))
        elif mode is None and complete:
            world = world.narrowed("deploy mode", (CLUSTER,))
    elif master is not None and not master.holes:
        world = with_master(world, url).narrowed("deploy mode", (CLIENT,))
    return world.narrowed("language", _languages(spec)) if complete else world


def _languages(spec: Node) -> tuple[str, ...]:
    """By the field that names the application: jars first, then Python files, then R's."""
    jars, python, r = (text_at(spec, field) for field in ("jars", "pyFiles", "sparkRFiles"))
    main_class = text_at(spec, "mainClass")
    if jars is not None and jars.holes and (python or r):
        return LANGUAGES
    if jars is not None and jars.value:
        return (JVM,)
    if (python is not None and python.value) or (main_class is not None and main_class.value == _PYTHON_RUNNER):
        return (PYTHON,)
    return (R,) if r is not None and r.value else (JVM,)
