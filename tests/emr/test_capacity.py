"""The arithmetic of maximumCapacity: worked examples, exact fits, and one unit less in every dimension."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.emr.capacity import CPU, DISK, MEMORY, Capacity, exceeded, executor_ceiling, needed, never_used, total
from spmlint.emr.workers import DEFAULT_WORKER, KERNEL_WORKER, SMALLEST_WORKER, Worker

SMALL_DRIVER = Worker(2, 8)


def test_the_default_job_takes_the_whole_default_quota_at_start() -> None:
    assert needed(DEFAULT_WORKER, DEFAULT_WORKER, 3) == Capacity(16, 64, 80)
    assert needed(DEFAULT_WORKER, DEFAULT_WORKER, 1) == Capacity(8, 32, 40)
    assert needed(DEFAULT_WORKER, DEFAULT_WORKER, 1, kernel=True) == Capacity(12, 48, 60)
    assert needed(SMALLEST_WORKER, SMALLEST_WORKER, 1) == Capacity(2, 4, 40)


def test_aws_own_template_starves_on_memory() -> None:
    ceiling = executor_ceiling(Capacity(200, 100), DEFAULT_WORKER, DEFAULT_WORKER)
    assert (ceiling.executors, ceiling.binding) == (5, (MEMORY,))
    assert never_used(Capacity(200, 100)) == CPU


def test_a_notebook_under_150_gb_of_disk_gets_five_executors() -> None:
    maximum = Capacity(400, 3000, 150)
    with_kernel = executor_ceiling(maximum, DEFAULT_WORKER, DEFAULT_WORKER, kernel=True)
    assert (with_kernel.executors, with_kernel.binding, with_kernel.exhausted) == (5, (DISK,), "[disk: 150 GB]")
    assert executor_ceiling(maximum, DEFAULT_WORKER, DEFAULT_WORKER).executors == 6


def test_the_sum_can_be_read() -> None:
    maximum = Capacity(100, 64, 1000)
    assert executor_ceiling(maximum, SMALL_DRIVER, DEFAULT_WORKER, kernel=True).derivation() == [
        "cpu: 100 vCPU - 2 (driver) - 4 (kernel) = 94 vCPU: 23 x 4 vCPU per executor",
        "memory: 64 GB - 8 (driver) - 16 (kernel) = 40 GB: 2 x 16 GB per executor",
        "disk: 1000 GB - 20 (driver) - 20 (kernel) = 960 GB: 48 x 20 GB per executor",
        "2 executors at most, bound by memory",
    ]
    assert executor_ceiling(Capacity(4, 15), DEFAULT_WORKER, DEFAULT_WORKER).derivation() == [
        "cpu: 4 vCPU - 4 (driver) = 0 vCPU: 0 x 4 vCPU per executor",
        "memory: 15 GB - 16 (driver) = -1 GB: less than the driver needs",
        "0 executors at most, bound by cpu and memory",
    ]
    assert executor_ceiling(Capacity(8, 32), DEFAULT_WORKER, DEFAULT_WORKER).derivation()[-1] == (
        "1 executor at most, bound by cpu and memory"
    )


def test_a_disk_that_is_not_bounded_does_not_count() -> None:
    ceiling = executor_ceiling(Capacity(8, 32), DEFAULT_WORKER, Worker(4, 16, 2000))
    assert (ceiling.executors, ceiling.exhausted) == (1, "[cpu: 8 vCPU, memory: 32 GB]")


@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize("executors", [0, 1, 7])
@pytest.mark.parametrize("dimension", [CPU, MEMORY, DISK])
def test_exact_fit_and_one_less(dimension: str, executors: int, kernel: bool) -> None:
    fit = needed(SMALL_DRIVER, DEFAULT_WORKER, executors, kernel=kernel)
    exact = executor_ceiling(fit, SMALL_DRIVER, DEFAULT_WORKER, kernel=kernel)
    assert (exact.executors, exact.binding, exact.driver_fits) == (executors, (CPU, MEMORY, DISK), True)
    less = Capacity(
        fit.cpu - (dimension == CPU), fit.memory_gb - (dimension == MEMORY), (fit.disk_gb or 0) - (dimension == DISK)
    )
    short = executor_ceiling(less, SMALL_DRIVER, DEFAULT_WORKER, kernel=kernel)
    assert short.executors == max(executors - 1, 0)
    assert short.driver_fits is (executors > 0)
    assert dimension in short.binding
    if executors:
        assert short.binding == (dimension,)
    assert exceeded(fit, less) == (dimension,)
    assert exceeded(fit, fit) == ()


def test_pools_add_up() -> None:
    pools = [(1, Worker(2, 4)), (10, Worker(4, 8, 50))]
    assert total(pools) == Capacity(42, 84, 520)
    assert total([]) == Capacity(0, 0, 0)
    assert exceeded(total(pools), Capacity(40, 80, 500)) == (CPU, MEMORY, DISK)
    assert exceeded(total(pools), Capacity(42, 84)) == ()


@pytest.mark.parametrize(
    ("cpu", "memory_gb", "unused"),
    [(16, 30, None), (16, 29, CPU), (8, 15, None), (8, 14, CPU), (4, 32, None), (4, 33, MEMORY), (1, 8, None)],
)
def test_ratios_no_worker_has(cpu: int, memory_gb: int, unused: str | None) -> None:
    assert never_used(Capacity(cpu, memory_gb)) == unused


WORKERS = st.builds(Worker, st.integers(1, 32), st.integers(1, 244), st.integers(20, 2000))
CAPACITIES = st.builds(Capacity, st.integers(1, 5000), st.integers(1, 40_000), st.none() | st.integers(1, 100_000))


@given(CAPACITIES, WORKERS, WORKERS, st.booleans(), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_capacity_never_means_fewer_executors(
    maximum: Capacity, driver: Worker, executor: Worker, kernel: bool, cpu: int, memory: int, disk: int
) -> None:
    more = Capacity(
        maximum.cpu + cpu, maximum.memory_gb + memory, None if maximum.disk_gb is None else maximum.disk_gb + disk
    )
    fewer = executor_ceiling(maximum, driver, executor, kernel=kernel)
    assert fewer.executors <= executor_ceiling(more, driver, executor, kernel=kernel).executors
    unbounded = executor_ceiling(Capacity(maximum.cpu, maximum.memory_gb), driver, executor, kernel=kernel)
    assert fewer.executors <= unbounded.executors


@given(CAPACITIES, WORKERS, WORKERS, st.booleans())
def test_the_ceiling_fits_and_one_more_is_exhausted_where_it_says(
    maximum: Capacity, driver: Worker, executor: Worker, kernel: bool
) -> None:
    ceiling = executor_ceiling(maximum, driver, executor, kernel=kernel)
    assert ceiling.driver_fits is (exceeded(needed(driver, executor, 0, kernel=kernel), maximum) == ())
    if ceiling.driver_fits:
        assert exceeded(needed(driver, executor, ceiling.executors, kernel=kernel), maximum) == ()
    assert exceeded(needed(driver, executor, ceiling.executors + 1, kernel=kernel), maximum) == ceiling.binding
    without = executor_ceiling(maximum, driver, executor)
    assert ceiling.executors <= without.executors


def test_the_kernel_worker() -> None:
    assert Worker(4, 16, 20) == KERNEL_WORKER
