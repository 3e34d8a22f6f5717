"""spark-defaults.conf and other Java properties files of Spark settings.

Spark reads them with java.util.Properties as UTF-8, trims blanks off the values, and drops keys that do not begin with
``spark.`` (Utils.getPropertiesFromFile, SparkSubmitArguments.ignoreNonSparkProperties). A file with ``[SECTION]`` lines is
read by something else (Python's configparser) that gives each section its own job.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, JVM, KUBERNETES, LOCAL, PYTHON, STANDALONE, YARN, R, World
from spmlint.conf import Layer, Setting
from spmlint.document.holes import mark_holes
from spmlint.document.properties import read_properties
from spmlint.document.text import Source, Text
from spmlint.fragment import OWN_LINE, Fragment, Loaded
from spmlint.patterns import pattern
from spmlint.trouble import KEY_DROPPED, Trouble

COMMENTS = OWN_LINE

_OF_OPERATOR = "spark.kubernetes.operator."
"""What the Apache operator reads for itself; a file of nothing else is its own configuration, and no part of a job."""
_DOTTED = pattern(r"(?a)[A-Za-z][\w-]*(?:\.[\w-]+)+")


def load(source: Source, loaded: Loaded) -> None:
    """Add what a whole file holds."""
    load_properties(source.whole(), source.path.replace("\\", "/").rsplit("/", 1)[-1], loaded)


def load_properties(text: Text, name: str, loaded: Loaded) -> None:
    """Add one incomplete fragment, or one for each section: other layers are not in this file."""
    layers = [Layer(name)]
    strangers: list[Trouble] = []
    for entry in read_properties(text):
        key, value = mark_holes(entry.key), mark_holes(entry.value.strip(" \t"))
        if key.value.startswith("[") and key.value.endswith("]"):
            layers.append(Layer(f"{name} {key.value}"))
        elif not _add(layers[-1], key, value) and _DOTTED.fullmatch(key.value) and value.value:
            strangers.append(Trouble(KEY_DROPPED, key.span(), key.value))
    # A file of another name may be anybody's, and one with sections is not Spark's to read.
    if name.startswith("spark-default") and len(layers) == 1:
        loaded.troubles.extend(strangers)
    for layer in layers:
        if any(not setting.key.startswith(_OF_OPERATOR) for setting in layer.settings):
            place = layer.settings[0].name or layer.settings[0].value
            loaded.fragments.append(
                Fragment("spark-defaults", place.span(), [layer], name=layer.name, world=world_of(layer))
            )


def properties_layer(text: Text, name: str) -> Layer:
    """All of a properties file as Spark reads it, to whom sections mean nothing."""
    layer = Layer(name)
    for entry in read_properties(text):
        _add(layer, mark_holes(entry.key), mark_holes(entry.value.strip(" \t")))
    return layer


def _add(layer: Layer, key: Text, value: Text) -> bool:
    """Add what one entry sets; returns whether it may be a setting at all."""
    if key.holes:
        layer.open_key(key)
    elif key.value.startswith("spark."):
        layer.add(Setting(key.value, value, name=key))
    else:
        return False
    return True


def world_of(layer: Layer) -> World:
    """What a set of properties says of manager and deploy mode (spark.master, spark.submit.deployMode)."""
    world = World()
    for setting in layer.settings:
        if setting.value.holes:
            continue
        if setting.key == "spark.master":
            world = with_master(world, setting.value.value)
        elif setting.key == "spark.submit.deployMode" and setting.value.value in (CLIENT, CLUSTER):
            world = world.narrowed("deploy mode", (setting.value.value,))
    return world


def with_master(world: World, master: str) -> World:
    """The managers a master URL leaves possible: ``yarn``, ``k8s://...``, ``spark://...``, ``local[4]``."""
    if master.startswith("yarn"):
        world = world.with_manager(YARN)
        legacy = master.partition("-")[2]
        return world.narrowed("deploy mode", (legacy,)) if legacy in (CLIENT, CLUSTER) else world
    if master.startswith("k8s"):
        return world.with_manager(KUBERNETES)
    if master.startswith("spark:"):
        return world.with_manager(STANDALONE)
    if master.startswith("local") and not master.startswith("local-cluster"):
        return world.with_manager(LOCAL).narrowed("deploy mode", (CLIENT,))
    return world


def language_of(main: Text | None) -> tuple[str, ...]:
    """What Spark takes a job for, by its main file alone: ``.py`` is Python, ``.R`` is R, all else runs on the JVM."""
    if main is None:
        return (JVM,)
    value = main.value
    if value.endswith(".py") or value == "pyspark-shell":
        return (PYTHON,)
    if value.endswith((".R", ".r")):
        return (R,)
    if main.holes:
        return (JVM,) if value.endswith(".jar") else (JVM, PYTHON, R)
    return (JVM,)
