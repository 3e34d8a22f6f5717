"""Which manager a key is for, and the older names that hold everywhere."""

import pytest

from spmlint.answer import (
    CLIENT,
    CLUSTER,
    KUBERNETES,
    LOCAL,
    SPARK_VERSIONS,
    STANDALONE,
    V3_4,
    V3_5,
    YARN,
    Split,
    Versions,
    World,
)
from spmlint.spark.manager_keys import is_never_read, only_mode, only_reader

NEWEST = Versions("Spark version", SPARK_VERSIONS[-1:])


@pytest.mark.parametrize(
    ("key", "manager"),
    [
        ("spark.yarn.queue", YARN),
        ("spark.yarn.am.memory", YARN),
        ("spark.kubernetes.namespace", KUBERNETES),
        ("spark.kubernetes.executor.request.cores", KUBERNETES),
        ("spark.executor.memory", None),
        ("spark.yarn.executor.memoryOverhead", None),
        ("spark.yarn.keytab", None),
        ("spark.yarn.principal", None),
        ("spark.yarn.access.hadoopFileSystems", None),
    ],
)
def test_only_one_manager_reads_it(key, manager):
    assert only_reader(key, NEWEST) == manager


def test_a_key_becomes_a_name_for_all_managers_in_3_5():
    key = "spark.yarn.max.executor.failures"
    assert only_reader(key, Versions("Spark version", (V3_4,))) == YARN
    assert only_reader(key, Versions("Spark version", (V3_5,))) is None
    with pytest.raises(Split):
        only_reader(key, Versions("Spark version", SPARK_VERSIONS))


@pytest.mark.parametrize(
    ("key", "manager", "mode"),
    [
        ("spark.driver.cores", STANDALONE, CLUSTER),
        ("spark.driver.memoryOverhead", KUBERNETES, CLUSTER),
        ("spark.driver.memoryOverhead", STANDALONE, None),
        ("spark.driver.memory", YARN, None),
        ("spark.yarn.am.memory", YARN, CLIENT),
        ("spark.yarn.am.memory", KUBERNETES, None),
    ],
)
def test_only_one_mode_reads_it(key, manager, mode):
    assert only_mode(key, manager) == mode


@pytest.mark.parametrize(
    ("key", "manager", "mode", "expected"),
    [
        ("spark.yarn.am.memoryOverhead", YARN, CLUSTER, True),
        ("spark.yarn.am.memoryOverhead", YARN, CLIENT, False),
        ("spark.yarn.am.memoryOverhead", YARN, None, False),
        ("spark.yarn.am.memoryOverhead", LOCAL, None, True),
        ("spark.driver.memoryOverhead", KUBERNETES, CLIENT, True),
        ("spark.driver.memoryOverhead", None, CLIENT, False),
        ("spark.executor.memory", YARN, CLUSTER, False),
    ],
)
def test_what_nobody_reads(key, manager, mode, expected):
    world = World()
    if manager is not None:
        world = world.narrowed("platform", (manager,))
    if mode is not None:
        world = world.narrowed("deploy mode", (mode,))
    assert is_never_read(key, world) is expected
