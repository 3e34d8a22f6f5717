"""The regions of a heap, number by number as ``UnifiedMemoryManager`` makes them; and what a JVM makes of -Xmx."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import V3_5, World
from spmlint.spark.entries import Refused
from spmlint.spark.formula import Written
from spmlint.spark.jvm import G1, PARALLEL, SERIAL, collector, reported_heap, smallest_heap_mib, xmx_bytes
from spmlint.spark.regions import MINIMUM_HEAP, regions

SPARK = World().with_spark(V3_5).spark
MIB = 1 << 20


@pytest.mark.parametrize("role", ["driver", "executor"])
def test_every_number_is_sparks(models, role):
    seen = 0
    for model, answer in models(f"umm_{role}"):
        if answer is False:
            assert model.refusal(f"umm_{role}") is not None, model.conf
            continue
        assert model.refusal(f"umm_{role}") is None, model.conf
        made = model.regions(role)
        assert [made.spark, made.storage, made.off_heap, made.off_heap_storage] == answer[:4]
        seen += 1
    assert seen > 2000


def test_a_known_heap():
    made = regions(1 << 30, Written({}), SPARK)
    assert (made.reserved, made.spark, made.storage, made.user) == (314572800, 455501414, 227750707, 303667610)


@given(st.integers(MINIMUM_HEAP, 1 << 45), st.floats(0.01, 1), st.floats(0, 0.99))
def test_the_parts_make_the_whole(heap, fraction, storage):
    conf = Written({"spark.memory.fraction": repr(fraction), "spark.memory.storageFraction": repr(storage)})
    made = regions(heap, conf, SPARK)
    assert made.reserved + made.user + made.spark == heap
    assert made.storage + made.execution == made.spark


def test_a_bare_executor_memory_counts_bytes_here():
    with pytest.raises(Refused, match="means 2048 bytes") as refused:
        regions(4 << 30, Written({"spark.executor.memory": "2048"}), SPARK, role="driver")
    assert refused.value.keys == ("spark.executor.memory",)


def test_each_term_is_noted():
    noted = []
    made = regions(4 << 30, Written({}), SPARK, lambda name, value, how: noted.append((name, value)))
    assert noted == [
        ("heap", 4 << 30),
        ("reserved", 300 << 20),
        ("unified memory", made.spark),
        ("storage", made.storage),
        ("execution", made.execution),
        ("user", made.user),
    ]


# Runtime.maxMemory of OpenJDK 17: what was given, the collector, whether -Xms was given too, what was reported.
MEASURED = [
    ("450m", G1, False, 471859200),
    ("449m", G1, False, 471859200),
    ("4097m", G1, False, 4299161600),
    ("12345m", G1, False, 12952010752),
    ("450m", SERIAL, False, 456130560),
    ("464m", SERIAL, False, 470351872),
    ("465m", SERIAL, False, 472383488),
    ("3g", SERIAL, True, 3113877504),
    ("450m", PARALLEL, True, 452460544),
    ("469m", PARALLEL, True, 472383488),
    ("5000m", PARALLEL, True, 5024776192),
    ("495m", PARALLEL, False, 462422016),
    ("505m", PARALLEL, False, 471859200),
    ("1536m", PARALLEL, False, 1431830528),
]


@pytest.mark.parametrize(("given", "chosen", "committed", "reported"), MEASURED)
def test_the_reported_heap_is_the_jvms(given, chosen, committed, reported):
    assert reported_heap(xmx_bytes(given), chosen, committed=committed) == reported


def test_the_smallest_heap_that_starts():
    smallest = {chosen: smallest_heap_mib(MINIMUM_HEAP, chosen) for chosen in (G1, SERIAL, PARALLEL)}
    assert smallest == {G1: 449, SERIAL: 465, PARALLEL: 505}
    assert smallest_heap_mib(MINIMUM_HEAP, PARALLEL, committed=True) == 469


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1g", 1 << 30),
        ("1G", 1 << 30),
        ("4096", 4096),
        ("0x10m", 16 << 20),
        ("4t", 4 << 40),
        *((text, None) for text in ("4gb", "", "0", "+1g", " 1g", "1.5g", "1P", "-1g", "99999999999999999999", "g")),
    ],
)
def test_the_text_after_xmx(text, size):
    assert xmx_bytes(text) == size


def test_the_collector_a_jvm_takes():
    assert collector([], cpu_limit=1) == SERIAL
    assert collector([], cpu_limit=4, container_mib=1791) == SERIAL
    assert collector([], cpu_limit=4, container_mib=1792) == G1
    assert collector([], container_mib=4096) is None
    assert collector(["-XX:ActiveProcessorCount=1"], cpu_limit=4) == SERIAL
    assert collector(["-XX:+UseParallelGC"], cpu_limit=1) == PARALLEL
