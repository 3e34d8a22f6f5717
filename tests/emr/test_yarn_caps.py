"""YARN's caps by instance type."""

from __future__ import annotations

import pytest

from spmlint.emr import yarn_caps
from spmlint.emr.yarn_caps import yarn_cap_mib


@pytest.mark.parametrize(
    ("instance_type", "mib"),
    [
        ("m5.xlarge", 12288),
        ("m5.2xlarge", 24576),
        ("m5.4xlarge", 57344),
        ("m5.8xlarge", 122880),
        ("m5.12xlarge", 188416),
        ("m5.16xlarge", 253952),
        ("m5.24xlarge", 385024),
        ("m6g.xlarge", 11712),
        ("m6g.16xlarge", 241664),
        ("r5.24xlarge", 778240),
        ("r6g.xlarge", 23424),
        ("c5.9xlarge", 65536),
        ("c6g.xlarge", 5632),
        ("i3.xlarge", 23424),
    ],
)
def test_samples(instance_type: str, mib: int) -> None:
    assert yarn_cap_mib(instance_type) == mib


def test_hbase_takes_its_part_where_the_page_says_how_much() -> None:
    assert yarn_cap_mib("c4.xlarge", hbase=True) == 2816
    assert yarn_cap_mib("r4.16xlarge", hbase=True) == 460800
    assert yarn_cap_mib("m5.xlarge", hbase=True) is None


def test_what_is_not_in_the_source() -> None:
    for unknown in ("m6i.xlarge", "m7g.large", "m5zn.2xlarge", "", "m5"):
        assert yarn_cap_mib(unknown) is None


def test_the_table_is_whole_and_sane() -> None:
    table = yarn_caps._table()
    assert len(table) == 222
    assert sum(with_hbase is not None for _, with_hbase in table.values()) == 44
    assert all(alone % 32 == 0 for alone, _ in table.values())
    assert all(with_hbase is None or with_hbase < alone for alone, with_hbase in table.values())
    sized = {name: caps[0] for name, caps in table.items()}
    for family in {name.split(".")[0] for name in sized}:
        sizes = sorted(
            (int(name.split(".")[1].removesuffix("xlarge") or 1), cap)
            for name, cap in sized.items()
            if name.startswith(family + ".") and name.endswith("xlarge")
        )
        assert [cap for _, cap in sizes] == sorted(cap for _, cap in sizes), family
