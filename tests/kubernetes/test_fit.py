"""How many pods fit, and what decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spmlint.kubernetes.fit import PODS, counted_as_pod, fit
from spmlint.kubernetes.resources import CPU, EPHEMERAL_STORAGE, MEMORY

AMOUNTS = st.dictionaries(st.sampled_from([MEMORY, CPU, EPHEMERAL_STORAGE, PODS]), st.integers(0, 10**6), max_size=4)


def test_the_scarcest_resource_binds():
    room = fit({MEMORY: 100, CPU: 40, PODS: 110_000}, counted_as_pod({MEMORY: 30, CPU: 10}))
    assert [(bound.resource, bound.fits) for bound in room.bounds] == [(MEMORY, 3), (CPU, 4), (PODS, 110)]
    assert room.count == 3
    assert [bound.resource for bound in room.binding] == [MEMORY]


def test_exact_fit_and_one_short_in_every_resource():
    for resource in (MEMORY, CPU, EPHEMERAL_STORAGE, PODS):
        assert fit({resource: 3 * 7}, {resource: 7}).count == 3
        assert fit({resource: 3 * 7 - 1}, {resource: 7}).count == 2
        assert fit({resource: 3 * 7 + 5}, {resource: 7}, taken={resource: 6}).count == 2
        assert fit({resource: 3 * 7 + 6}, {resource: 7}, taken={resource: 6}).count == 3


def test_what_is_not_said_bounds_nothing():
    assert fit({}, {MEMORY: 1}).count is None
    assert fit({MEMORY: 5}, {MEMORY: 0, CPU: 9}).count is None
    assert fit({MEMORY: 5}, {MEMORY: 1}, taken={MEMORY: 9}).count == 0


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_count_fits_and_one_more_does_not(available, each, taken):
    room = fit(available, each, taken=taken)
    if room.count is None:
        assert not any(each.get(name) for name in available)
        return

    def fits(count):
        return all(taken.get(n, 0) + count * each.get(n, 0) <= available[n] for n in available if each.get(n))

    assert room.count == 0 or fits(room.count)
    assert not fits(room.count + 1)


@given(AMOUNTS, AMOUNTS, st.sampled_from([MEMORY, CPU, EPHEMERAL_STORAGE, PODS]), st.integers(0, 10**6))
def test_more_capacity_never_holds_fewer(available, each, resource, more):
    before = fit(available, each).count
    after = fit(
        {**available, resource: available.get(resource, 0) + more} if resource in available else available, each
    )
    assert before is None or (after.count is not None and after.count >= before)
