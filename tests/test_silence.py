"""What had nothing to say is not asked again about a job that answers alike; whatever a job answers, the report is the same."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from promises import seeds, with_silence_and_without
from test_engine import job, run

from spmlint.answer import JVM, KUBERNETES, V3_4, World
from spmlint.conf import Layer
from spmlint.document.text import Source
from spmlint.rule import ERROR, Rule


def runs(body, *jobs):
    """How often a check really looks at the jobs, one after the other."""
    rule, times = Rule("T001", "one"), []

    @rule.check(ERROR)
    def check(job):
        times.append(1)
        if body(job):
            yield rule.finding(job.span, "found")

    run(rule, *jobs)
    return len(times)


def known(*pairs):
    """A job of which so much is known that no number depends on the rest."""
    return job(*pairs, world=World().with_spark(V3_4).narrowed("platform", (KUBERNETES,)).narrowed("language", (JVM,)))


def reads_a(job):
    return job.conf.get("a") == "bad"


def test_jobs_that_answer_alike_are_asked_once():
    assert runs(reads_a, job(("a", "1"), ("b", "1")), job(("a", "1"), ("b", "2"))) == 1


def test_another_value_or_none_is_another_answer():
    assert runs(reads_a, job(("a", "1")), job(("a", "2")), job(("b", "1"))) == 3


def test_who_found_something_is_asked_again():
    assert runs(reads_a, job(("a", "bad")), job(("a", "bad"))) == 2


@pytest.mark.parametrize(
    "body",
    [
        lambda job: any(setting.value.value == "bad" for setting in job.conf.settings()),
        lambda job: job.conf.layers == ["bad"],
        lambda job: job.conf.without("a").get("spark.x.one") == "bad",
        lambda job: job.conf_at(0).winner("spark.x.one").value.value == "bad",
        lambda job: job.presumed.conf.is_certain("spark.x.one") is None,
        lambda job: job.conf.written("spark.x.one") == ["bad"],
    ],
)
def test_every_way_to_read_settings_is_noted(body):
    first, same, other = ([("a", "1"), ("spark.x.one", value)] for value in ("1", "1", "2"))
    assert runs(body, job(*first), job(*same), job(*other)) == 2


@pytest.mark.parametrize(
    "body", [lambda job: job.conf.keys_with("spark.x.") == ["bad"], lambda job: "bad" in set(job.conf.keys())]
)
def test_who_asks_for_keys_alone_is_not_asked_again_for_other_values(body):
    first, same, other = (
        [("a", "1"), (key, value)] for key, value in (("spark.x.1", "1"), ("spark.x.1", "2"), ("spark.x.2", "1"))
    )
    assert runs(body, job(*first), job(*same), job(*other)) == 2


def test_a_name_is_compared_with_the_others():
    named = [job(("a", "1"), name=name) for name in ("one", "two", "one")]
    assert runs(lambda job: job.name == "bad", *named) == 2


@pytest.mark.parametrize("attribute", ["span", "layers"])
def test_what_is_no_setting_is_like_that_of_no_other_job(attribute):
    assert runs(lambda job: getattr(job, attribute) == "bad", job(("a", "1")), job(("a", "1"))) == 2


def test_what_a_job_does_not_have_is_like_that_of_others():
    def body(job):
        return job.place.nodes or job.resource or job.main or job.pod_templates

    assert runs(body, job(("a", "1")), job(("a", "2"))) == 1


def test_a_number_of_the_model_is_asked_for_what_it_was_made_of():
    def body(job):
        return job.model.heap_mib("executor") == 1 or job.model.heap_mib("executor") == 2

    memory = "spark.executor.memory"
    assert runs(body, known((memory, "1g")), known((memory, "1g"), ("a", "1")), known((memory, "2g"))) == 2


def test_a_second_check_is_asked_for_what_a_shared_number_was_made_of():
    rule, times = Rule("T001", "one"), []

    @rule.check(ERROR)
    def first(job):
        job.model.heap_mib("executor")
        return
        yield

    @rule.check(ERROR)
    def second(job):
        times.append(job.model.heap_mib("executor"))
        return
        yield

    run(rule, *(known(("spark.executor.memory", size)) for size in ("1g", "2g", "1g")))
    assert times == [1024, 2048]


def test_a_key_written_twice_or_in_part_unknown_is_like_no_other():
    twice = [("a", "1"), ("a", "2")]
    assert runs(reads_a, job(*twice), job(*twice)) == 2
    assert runs(lambda job: job.conf.winner("a") is None, job(("a", "$A")), job(("a", "$A"))) == 2


def test_a_setting_is_asked_for_by_its_own_check():
    rule, seen = Rule("T001", "one"), []

    @rule.check(ERROR)
    def check(written):
        seen.append((written.key, written.value.value))
        return
        yield

    run(
        rule, job(("a", "1"), ("@a", "1"), ("", "1"), ("b*", "1")), job(("a", "1"), ("@a", "2"), ("", "1"), ("b*", "1"))
    )
    assert seen == [("a", "1"), ("@a", "1"), ("", "1"), ("b*", "1"), ("@a", "2")]


def test_what_may_be_set_out_of_sight_counts():
    def with_opened(place, keys):
        one = job(("a", "1"))
        one.layers[0].open("unseen", place, keys)
        return one

    certain = Rule("T001", "certain")

    @certain.check(ERROR)
    def check(job):
        if not job.conf.is_certain("b"):
            yield certain.finding(job.span, "found")

    hiding = frozenset("b")
    jobs = [
        job(("a", "1")),
        with_opened(None, frozenset("c")),
        with_opened(None, hiding),
        with_opened(None, frozenset("c")),
    ]
    assert len(run(certain, *jobs).findings) == 1
    assert runs(lambda job: not job.conf.is_certain("b"), *jobs) == 3
    seen = [with_opened(Source("f", "x").span(0, 1), frozenset("c")) for _ in range(2)]
    assert runs(lambda job: not job.conf.is_certain("b"), *seen) == 2


def test_other_layers_are_another_kind_of_job():
    def layered(*names):
        one = job(("a", "1"))
        one.layers = [*one.layers, *map(Layer, names)]
        return one

    assert runs(reads_a, layered(), layered("more"), layered("more")) == 2


def test_it_begins_anew_where_jobs_are_of_too_many_kinds(monkeypatch):
    monkeypatch.setattr("spmlint.silence.MOST_ANSWERS", 2)
    jobs = [job(("a", str(n))) for n in (1, 2, 3, 1)]
    assert runs(reads_a, *jobs) == 4


def test_who_meets_new_answers_nearly_every_time_is_not_remembered_any_more():
    """And then runs for answers that were met before, as any check may."""
    jobs = [job(("a", str(n))) for n in range(100)]
    assert runs(reads_a, *jobs, *jobs) == 200
    assert runs(reads_a, *jobs[:10], *jobs) == 100


SEEDS = [(name, content) for _, name, content in seeds(largest_bytes=6000)]
NUMBER = re.compile(r"(?<![\w.])\d+(?=[kmgtKMGT]?i?[bB]?\b)")


@st.composite
def family(draw):
    """A fixture and files a little unlike it: another number here, a line less or twice there."""
    name, content = draw(st.sampled_from(SEEDS))
    texts = [content.decode("utf-8", "replace")] * 2
    for _ in range(draw(st.integers(1, 4))):
        lines = texts[0].splitlines(keepends=True)
        for _ in range(draw(st.integers(1, 2))):
            at = draw(st.integers(0, max(0, len(lines) - 1)))
            how = draw(st.sampled_from(["number", "number", "number", "lose", "double", "word"]))
            if how == "number":
                amount = str(draw(st.sampled_from([0, 1, 2, 3, 10, 64, 100, 512, 4096])))
                at = next((n for n in range(at, len(lines)) if NUMBER.search(lines[n])), at)
                lines[at : at + 1] = [NUMBER.sub(amount, line) for line in lines[at : at + 1]]
            elif how == "word":
                lines[at : at + 1] = [line.replace("true", "false", 1) for line in lines[at : at + 1]]
            else:
                lines[at : at + 1] = lines[at : at + 1] * 2 * (how == "double")
        texts.append("".join(lines))
    return {f"{number}/{name}": text.encode("utf-8", "replace") for number, text in enumerate(texts)}


def test_the_report_is_that_of_asking_every_job_everything():
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(family())
    def hold(files):
        asked_less, asked_all = with_silence_and_without(files)
        assert asked_less == asked_all

    hold()
