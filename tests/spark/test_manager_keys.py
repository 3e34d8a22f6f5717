"""Which manager a key is for, and the older names that hold everywhere."""

import pytest

from spmlint.answer import KUBERNETES, SPARK_VERSIONS, V3_4, V3_5, YARN, Split, Versions
from spmlint.spark.manager_keys import only_reader

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
