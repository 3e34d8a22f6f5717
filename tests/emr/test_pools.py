"""Pools of pre-initialised workers: what is read of them, and what makes an entry unreadable."""

import pytest

from spmlint.answer import Opaque
from spmlint.emr.pools import pool_of, pools
from spmlint.emr.sizes import SHUFFLE_OPTIMIZED, STANDARD
from spmlint.emr.workers import Worker


class Entry:
    """An entry of initialCapacity by path; the value ... is a placeholder."""

    def __init__(self, count="4", **size):
        self.values = {
            ("workerCount",): count,
            **{("workerConfiguration", field): text for field, text in size.items()},
        }

    def word(self, *path):
        text = self.values.get(path)
        if text is ...:
            raise Opaque("templated")
        return text


def test_a_pool_has_20_gb_of_standard_disk_unless_written():
    pool = pool_of("EXECUTOR", Entry(cpu="4 vCPU", memory="16 GB"))
    assert (pool.role, pool.count, pool.worker, pool.disk_type) == ("executor", 4, Worker(4, 16, 20), STANDARD)
    assert str(pool) == "4 EXECUTOR of 4 vCPU / 16 GB / 20 GB disk"


def test_disk_and_type_are_read():
    pool = pool_of("Driver", Entry(cpu="4", memory="16", disk="500 GB", diskType="Shuffle_Optimized"))
    assert (pool.role, pool.worker, pool.disk_type) == ("driver", Worker(4, 16, 500), SHUFFLE_OPTIMIZED)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(cpu="4 vCPU"),
        Entry(memory="16 GB"),
        Entry(cpu="4 cores", memory="16 GB"),
        Entry(cpu="4 vCPU", memory="16g"),
        Entry(cpu="4 vCPU", memory="16 GB", disk="20"),
        Entry(cpu="4 vCPU", memory="16 GB", diskType="fast"),
        Entry(count=None, cpu="4 vCPU", memory="16 GB"),
        Entry(count="four", cpu="4 vCPU", memory="16 GB"),
    ],
)
def test_what_the_service_refuses_is_no_pool(entry):
    assert pool_of("EXECUTOR", entry) is None
    assert pools({"EXECUTOR": entry}) == []


def test_a_placeholder_is_not_guessed():
    with pytest.raises(Opaque):
        pools({"EXECUTOR": Entry(cpu=..., memory="16 GB")})
