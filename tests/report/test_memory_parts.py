"""The tree that every picture of memory is drawn from: parts fill what they are parts of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spmlint import footprint
from spmlint.report.memory_parts import memory_of

MIB_SIZES = st.integers(min_value=450, max_value=600_000)


@settings(max_examples=60, deadline=None)
@given(
    manager=st.sampled_from(["kubernetes", "yarn", "standalone", "local"]),
    language=st.sampled_from(["jvm", "python"]),
    heap=MIB_SIZES,
    pyspark=st.none() | MIB_SIZES,
    off_heap=st.none() | MIB_SIZES,
    fraction=st.floats(min_value=0.01, max_value=0.99),
)
def test_children_fill_their_part_without_gaps(manager, language, heap, pyspark, off_heap, fraction):
    conf = {
        "spark.executor.memory": f"{heap}m",
        "spark.driver.memory": f"{heap}m",
        "spark.memory.fraction": str(fraction),
    }
    if pyspark:
        conf["spark.executor.pyspark.memory"] = f"{pyspark}m"
    if off_heap:
        conf.update({"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": f"{off_heap}m"})
    mode = "client" if manager == "local" else "cluster"
    made = footprint(conf, spark_version="3.5", manager=manager, language=language, deploy_mode=mode).to_dict()
    for role in ("driver", "executor"):
        whole = memory_of(made[role])
        if whole is None:
            assert made[role]["heap_mib"] is None
            continue
        assert whole.size_mib == (made[role]["container_mib"] or made[role]["heap_mib"])
        for part, _ in whole.walk():
            if part.children:
                assert part.children[0].start_mib == part.start_mib
                assert part.children[-1].end_mib == pytest.approx(part.end_mib)
            for left, right in zip(part.children, part.children[1:], strict=False):
                assert left.end_mib == right.start_mib


def test_a_refused_heap_is_not_divided():
    made = footprint({"spark.executor.memory": "400m"}, spark_version="3.5").to_dict()
    assert [part.name for part, _ in memory_of(made["executor"]).walk()] == ["container", "heap", "overhead"]


@pytest.mark.parametrize(("heap_mib", "container_mib"), [(None, None), (None, 1000), (0, 384), (1024, -5)])
def test_sizes_that_are_none_give_no_picture(heap_mib, container_mib):
    regions = dict.fromkeys(("reserved", "user", "spark", "storage", "execution"))
    assert memory_of({"heap_mib": heap_mib, "container_mib": container_mib, "regions": regions}) is None


def test_what_is_granted_surrounds_the_container():
    made = footprint({"spark.executor.memory": "4g"}, spark_version="3.5").to_dict()["executor"]
    whole = memory_of({**made, "granted_mib": 5120})
    assert [(part.name, part.size_mib, depth) for part, depth in whole.walk()][:3] == [
        ("granted", 5120, 0),
        ("container", 4505, 1),
        ("heap", 4096, 2),
    ]


@pytest.mark.parametrize("granted_mib", [None, 4505, 4000])
def test_what_is_granted_as_asked_for_is_not_drawn(granted_mib):
    made = footprint({"spark.executor.memory": "4g"}, spark_version="3.5").to_dict()["executor"]
    assert memory_of({**made, "granted_mib": granted_mib}).name == "container"
