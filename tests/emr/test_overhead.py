"""EMR on EC2's own default overhead."""

from __future__ import annotations

import pytest

from spmlint.emr.overhead import ec2_executor_overhead_mib
from spmlint.emr.yarn_caps import yarn_cap_mib


@pytest.mark.parametrize(
    ("heap", "label", "overhead"),
    [
        (4743, "emr-5.22.0", 889),
        (4743, "emr-7.5.0", 889),
        (4743, None, 889),
        (4743, "emr-spark-8.0.0", 889),
        (4743, "emr-5.21.0", 474),
        (1024, "emr-7.5.0", 384),
        (2048, "emr-7.5.0", 384),
        (2054, "emr-7.5.0", 385),
    ],
)
def test_executor_overhead(heap: int, label: str | None, overhead: int) -> None:
    assert ec2_executor_overhead_mib(heap, label) == overhead


def test_a_default_executor_fills_a_c5a_xlarge() -> None:
    assert 4743 + ec2_executor_overhead_mib(4743, "emr-5.22.0") == yarn_cap_mib("c5a.xlarge") == 5632
