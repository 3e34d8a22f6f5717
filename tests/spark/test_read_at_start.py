"""The keys every context reads are keys of the registry, and values they refuse stop a job."""

import pytest

from spmlint.spark.catalogue import versions_of
from spmlint.spark.read_at_start import READ_AT_START, READ_ON_CLUSTERS


@pytest.mark.parametrize("key", sorted(READ_AT_START | READ_ON_CLUSTERS))
def test_it_is_an_entry(key):
    assert versions_of(key)


def test_what_only_clusters_read_is_not_read_everywhere():
    assert not READ_AT_START & READ_ON_CLUSTERS
