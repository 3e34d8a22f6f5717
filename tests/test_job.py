"""The law by which layers answer for a key."""

import pytest

from spmlint.answer import Opaque, World
from spmlint.conf import LAUNCH, START, Conf, Layer, Setting, injected
from spmlint.document.text import Source
from spmlint.job import Job
from spmlint.place import Place


def layer(name, *pairs, **options):
    made = Layer(name, **options)
    for key, value in pairs:
        text = Source(name, value).whole()
        made.add(Setting(key, text.with_holes([(0, len(value))]) if value.startswith("$") else text))
    return made


def test_the_last_writer_wins_and_losers_are_kept():
    conf = Conf([layer("defaults", ("a", "1"), ("b", "1")), layer("flags", ("a", "2"), ("a", "3"))])
    assert conf.get("a") == "3"
    assert conf.get("b") == "1"
    assert conf.get("c") is None
    assert [setting.value.value for setting in conf.written("a")] == ["3", "2", "1"]
    assert list(conf.keys()) == ["a", "b"]


def test_a_hole_in_the_winner_is_opaque_and_one_in_a_loser_is_not():
    conf = Conf([layer("defaults", ("a", "$X"), ("b", "1")), layer("flags", ("a", "2"), ("b", "$Y"))])
    assert conf.get("a") == "2"
    with pytest.raises(Opaque) as hole:
        conf.get("b")
    assert hole.value.place.value == "$Y"


def test_an_open_layer_hides_what_no_stronger_layer_answers():
    hidden = layer("file", ("a", "1"))
    hidden.open("an include", Source("file", "include").whole())
    conf = Conf([layer("defaults", ("b", "1")), hidden, layer("flags", ("c", "1"))])
    assert conf.get("c") == "1"
    for key in "abd":
        with pytest.raises(Opaque):
            conf.get(key)


def test_what_hides_before_a_setting_of_its_own_layer_does_not_hide_it():
    opened = Layer("file")
    opened.open("an include", Source("file", "include").whole())
    opened.add(Setting("a", Source("file", "1").whole()))
    assert Conf([opened]).get("a") == "1"
    with pytest.raises(Opaque):
        Conf([opened]).get("b")


def test_facts_nobody_gave_are_presumed_empty_only_where_that_is_said():
    unseen = Layer("elsewhere")
    unseen.open("settings outside this file")
    layers = [unseen, layer("file", ("a", "1"))]
    assert Conf(layers).get("a") == "1"
    with pytest.raises(Opaque) as hole:
        Conf(layers).get("b")
    assert hole.value.place is None
    assert Conf(layers, presume=True).get("b") is None
    with pytest.raises(Opaque):
        Conf(layers).keys_with("b")


def test_a_layer_is_seen_from_its_moment_on():
    layers = [layer("flags", ("a", "1")), layer("code", ("a", "2"), moment=START)]
    assert Conf(layers, LAUNCH).get("a") == "1"
    assert Conf(layers).get("a") == "2"


def test_a_classification_given_again_clears_the_weaker_one():
    layers = [
        layer("application", ("a", "1"), ("b", "1"), classification="spark-defaults"),
        layer("other", ("c", "1"), classification="spark"),
        layer("job", ("a", "2"), classification="spark-defaults", clears=True),
    ]
    conf = Conf(layers)
    assert (conf.get("a"), conf.get("b"), conf.get("c")) == ("2", None, "1")


def test_injected_settings_stand_at_their_object_and_cannot_be_edited():
    source = Source("f", "driver: {}")
    setting = injected("spark.driver.cores", "1", source.span(0, 6))
    Layer("the operator", [setting], injected=True)
    assert setting.value.known() == "1"
    assert setting.span().text == "driver"
    assert not setting.is_editable
    assert setting.is_injected
    assert setting.where() == "spark.driver.cores, set by the operator"


def test_a_sum_names_the_place_of_every_term():
    heap = Setting("spark.executor.memory", Source("f", "\n4g").whole().slice(1, 3), label="spec.executor.memory")
    job = Job("j", "k", heap.span(), [Layer("fields", [heap])], World(), Place(), complete=True)

    def formula(note):
        job.conf.get("spark.executor.memory")
        note("heap", 4096, "spark.executor.memory")
        note("overhead", 409, "0.1 x heap")
        return 4505

    assert job.sum("executor container", formula) == (
        "executor container 4505 MiB = heap 4096 (spec.executor.memory, line 2) + overhead 409 (0.1 x heap)"
    )
    assert job.conf.reads is None


@pytest.mark.parametrize(
    ("written", "hole", "hidden", "seen"),
    [
        (
            "spark.sql.X.type",
            "X",
            ["spark.sql.a.type", "spark.sql.a.b.type"],
            ["spark.sql.type", "spark.executor.memory"],
        ),
        ("X", "X", ["spark.a", ""], []),
        ("spark.X.X", "X", ["spark.a.b"], ["spark.a", "sparks.a.b"]),
        ("spark.aXa", "X", ["spark.aa", "spark.aba"], ["spark.a"]),
    ],
)
def test_a_templated_key_hides_what_it_may_come_to_be_and_nothing_else(written, hole, hidden, seen):
    source = Source("a.conf", written)
    starts = [at for at in range(len(written)) if written.startswith(hole, at)]
    layer = Layer("a")
    layer.open_key(source.whole().with_holes([(at, at + len(hole)) for at in starts]))
    conf = Conf([layer])
    for key in hidden:
        with pytest.raises(Opaque):
            conf.get(key)
    for key in seen:
        assert conf.get(key) is None
    for prefix in (key[:9] for key in hidden):
        with pytest.raises(Opaque):
            conf.keys_with(prefix)
    if written.startswith("spark."):
        assert conf.keys_with("hive.") == []
