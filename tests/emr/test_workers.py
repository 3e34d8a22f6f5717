"""The worker grid, cell by cell, and what fits it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.emr.sizes import SHUFFLE_OPTIMIZED, STANDARD
from spmlint.emr.workers import (
    DEFAULT_WORKER,
    GRID,
    Worker,
    disk_in_range,
    largest_heap_mib,
    memory_for,
    overhead_mib,
    wasted_mib,
    within_tier,
    worker_for,
)

ROWS = {
    1: [2, 3, 4, 5, 6, 7, 8],
    2: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    4: [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
    8: [16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60],
    16: [32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120],
    32: [60, 120, 244],
}


def test_the_grid() -> None:
    assert {vcpu: list(sizes) for vcpu, sizes in GRID.items()} == ROWS


@pytest.mark.parametrize("vcpu", ROWS)
def test_every_size_holds_exactly_itself_and_one_mib_more_needs_the_next(vcpu: int) -> None:
    sizes = ROWS[vcpu]
    for size, following in zip(sizes, [*sizes[1:], None], strict=True):
        assert memory_for(vcpu, size * 1024) == size
        assert memory_for(vcpu, size * 1024 + 1) == following
        assert Worker(vcpu, size).on_grid
    assert memory_for(vcpu, 0) == sizes[0]


def test_sizes_off_the_grid() -> None:
    for worker in (Worker(3, 8), Worker(4, 7), Worker(8, 17), Worker(16, 36), Worker(32, 64), Worker(1, 9)):
        assert not worker.on_grid
    with pytest.raises(KeyError):
        memory_for(3, 1024)


@pytest.mark.parametrize(
    ("vcpu", "heap_gib", "expected"),
    [
        (4, 14, 16),  # the default
        (4, 27, 30),
        (4, 28, None),  # 30.8 GB: the deployment fails
        (4, 4, 8),
        (8, 20, 24),
        (16, 64, 72),
        (1, 8, None),
        (2, 15, None),
        (8, 55, None),
    ],
)
def test_worked_examples_with_the_default_overhead(vcpu: int, heap_gib: int, expected: int | None) -> None:
    heap = heap_gib * 1024
    worker = worker_for(vcpu, heap + overhead_mib(heap))
    assert (worker and worker.memory_gb) == expected


def test_measured_bills() -> None:
    assert memory_for(2, (2 + 6) * 1024) == 8
    assert memory_for(2, (8 + 6) * 1024) == 14


@pytest.mark.parametrize(
    ("vcpu", "mib", "gib"),
    [(1, 7447, 7), (2, 14894, 14), (4, 27927, 27), (8, 55854, 54), (16, 111709, 109), (32, 227141, 221)],
)
def test_the_largest_heap_with_the_default_factor(vcpu: int, mib: int, gib: int) -> None:
    assert largest_heap_mib(vcpu) == mib
    assert mib // 1024 == gib


def test_the_largest_heap_beside_a_written_overhead_or_factor() -> None:
    assert largest_heap_mib(4, overhead=6144) == 24 * 1024
    assert largest_heap_mib(1, factor=0) == 8 * 1024 - 384
    assert largest_heap_mib(1, overhead=9 * 1024) == 0


@given(st.sampled_from(sorted(GRID)), st.floats(0, 2))
def test_the_largest_heap_fits_and_a_little_more_does_not(vcpu: int, factor: float) -> None:
    heap, largest = largest_heap_mib(vcpu, factor=factor), GRID[vcpu][-1]
    assert memory_for(vcpu, heap + overhead_mib(heap, factor=factor)) is not None
    assert heap + 2 + max(factor * (heap + 2), 384) > largest * 1024


def test_the_default_job() -> None:
    heap = 14 * 1024
    assert overhead_mib(heap) == 1433
    assert worker_for(4, heap + 1433) == DEFAULT_WORKER
    assert wasted_mib(DEFAULT_WORKER, heap + 1433) == 16 * 1024 - 14 * 1024 - 1433


def test_overhead_has_a_floor() -> None:
    assert [overhead_mib(heap) for heap in (1024, 3840, 3849, 3850, 8192)] == [384, 384, 384, 385, 819]


@pytest.mark.parametrize(
    ("disk_type", "gb", "inside"),
    [
        (STANDARD, 19, False),
        (STANDARD, 20, True),
        (STANDARD, 200, True),
        (STANDARD, 201, False),
        (SHUFFLE_OPTIMIZED, 19, False),
        (SHUFFLE_OPTIMIZED, 2000, True),
        (SHUFFLE_OPTIMIZED, 2001, False),
    ],
)
def test_disk_ranges(disk_type: str, gb: int, inside: bool) -> None:
    assert disk_in_range(gb, disk_type) is inside


@pytest.mark.parametrize(
    ("need_gb", "inside"), [(51, False), (52, True), (60, True), (61, False), (110, False), (112, True), (244, True)]
)
def test_tiers_of_32_vcpu(need_gb: int, inside: bool) -> None:
    assert within_tier(need_gb * 1024) is inside


@given(st.sampled_from(sorted(GRID)), st.integers(0, 300_000), st.integers(0, 300_000))
def test_needing_more_never_gives_a_smaller_worker(vcpu: int, one: int, other: int) -> None:
    small, large = (memory_for(vcpu, need) for need in sorted((one, other)))
    assert large is None or (small is not None and small <= large)


def test_workers_compare_by_size() -> None:
    assert Worker(4, 16) == DEFAULT_WORKER == Worker(4, 16, 20)
    assert len({Worker(4, 16), DEFAULT_WORKER, Worker(4, 16, 30)}) == 2
    assert str(DEFAULT_WORKER) == "4 vCPU / 16 GB / 20 GB disk"
