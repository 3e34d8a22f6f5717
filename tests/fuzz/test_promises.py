"""The promises of promises.py, for files that are nearly right: fixtures cut and filled with what has meaning there."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from promises import MARKS, keep, seeds, words

BY_KIND: dict[str, list[tuple[str, bytes]]] = {}
for _kind, _name, _content in seeds(largest_bytes=3000):
    BY_KIND.setdefault(_kind, []).append((_name, _content))

SCRAPS = st.one_of(
    st.sampled_from([mark.encode() for mark in MARKS]), st.binary(max_size=3), st.text(max_size=3).map(str.encode)
)


@st.composite
def nearly_right(draw, kind):
    """A name, and the content of a fixture of one kind in which up to four places are replaced, doubled or lost."""
    name, content = draw(st.sampled_from(BY_KIND[kind]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 2, 8, 40, 400])))
        filled = draw(st.one_of(SCRAPS, st.just(content[start:end] * 2)))
        content = content[:start] + filled + content[end:]
    return name, content


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_a_file_that_is_nearly_right_breaks_no_promise(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(nearly_right(kind))
    def hold(file):
        keep(*file)

    hold()


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_a_file_that_ends_anywhere_breaks_no_promise(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name, content = max(BY_KIND[kind], key=lambda one: len(set(one[1])))
    for end in range(0, len(content), max(1, len(content) // 40)):
        keep(name, content[:end])
    assert os.listdir() == [name]


def test_the_fuzzer_is_given_words_of_every_kind():
    assert {"spark.executor.memory", "SparkApplication", "spark-kubernetes-driver", "sparkConf", "{{ "} <= set(words())
