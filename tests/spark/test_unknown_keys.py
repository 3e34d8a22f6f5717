"""Plugin keys and misspelt keys."""

from __future__ import annotations

import pytest

from spmlint.spark.catalogue import _known, _lines, targets
from spmlint.spark.unknown_keys import _squash, _squashed, is_plugin_key, nearest


def test_plugin_namespaces():
    assert is_plugin_key("spark.rapids.memory.pinnedPool.size")
    assert is_plugin_key("spark.hadoop.fs.s3.impl")
    assert not is_plugin_key("spark.executor.memory")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("spark.dynamicAllocation.enable", "spark.dynamicAllocation.enabled"),
        ("spark.executor.core", "spark.executor.cores"),
        ("spark.excutor.cores", "spark.executor.cores"),
        ("spark.executors.instances", "spark.executor.instances"),
        ("spark.executor.memroy", "spark.executor.memory"),
        ("spark.executor.memoryOverhed", "spark.executor.memoryOverhead"),
        ("spark.executor.memoryoverhead", "spark.executor.memoryOverhead"),
        ("spark.yarn.executor.memory.overhead", "spark.yarn.executor.memoryOverhead"),
        ("spark.spactulation", "spark.speculation"),
        ("spark.driver.maxResultsSize", "spark.driver.maxResultSize"),
        ("spark.kubernetes.authenticate.subdmission.caCertFile", "spark.kubernetes.authenticate.submission.caCertFile"),
        ("spark.history.ui.acls.enabled", "spark.history.ui.acls.enable"),
        ("spark.mater", "spark.master"),
    ],
)
def test_misspelt_keys(written, meant):
    assert nearest(written) == meant


@pytest.mark.parametrize(
    "key",
    [
        "spark.sql.hive.metastore.uris",
        "spark.master.rest.host",
        "spark.master.port",
        "spark.executorEnv.MKL_NUM_THREADS",
        "spark.hadoop.fs.s3.impl",
        "spark.rapids.sql.enabledd",
        "spark.pyspark.virtualenv.enable",
        "spark.executor.memory",
        "spark.acme.executor.memory",
        "executor.memory",
        "spark.executor",
        "spark.",
    ],
)
def test_keys_that_are_no_misspelling(key):
    assert nearest(key) is None


def test_a_known_key_is_never_corrected():
    assert not [key for key in targets() if nearest(key)]


def test_hardly_any_real_key_would_look_like_a_misspelling_if_it_were_unknown():
    """How often a key of the future may be taken for a typo: forget each known key in turn."""
    taken = []
    every_line = list(_lines)
    for key in list(targets()):
        _lines[:] = [line for line in every_line if not line.startswith(f"{key}\t")]
        _known.clear()
        squashed = _squashed.pop(_squash(key), None)
        if nearest(key) is not None:
            taken.append(key)
        if squashed is not None:
            _squashed[_squash(key)] = squashed
    _lines[:] = every_line
    _known.clear()
    assert len(taken) < 15
