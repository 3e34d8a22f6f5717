"""sparkSubmitParameters: one JSON string that is a command line, with the place of every flag and value."""

import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import Opaque
from spmlint.conf import Conf
from spmlint.document.holes import mark_holes
from spmlint.document.json import read_json
from spmlint.document.text import Source
from spmlint.loaders.submit_parameters import parameters_layer


def layer_of(command, **dump):
    source = Source("request.json", json.dumps(command, **dump))
    return parameters_layer(mark_holes(read_json(source.whole()).text))


def conf_of(command):
    return Conf([layer_of(command)])


def test_flags_and_conf_with_their_places():
    layer = layer_of("--executor-memory 4g --conf spark.executor.cores=2 --conf 'spark.app.name=a \"b\"' -c spark.x=1")
    assert [(s.key, s.value.value, s.label, s.name.value, s.span().text) for s in layer.settings] == [
        ("spark.executor.cores", "2", "--conf spark.executor.cores", "spark.executor.cores", "2"),
        ("spark.app.name", 'a "b"', "--conf spark.app.name", "spark.app.name", 'a \\"b\\"'),
        ("spark.x", "1", "--conf spark.x", "spark.x", "1"),
        ("spark.executor.memory", "4g", "--executor-memory", "--executor-memory", "4g"),
    ]
    assert layer.opened == []


def test_a_flag_beats_conf_and_the_last_conf_an_earlier_one():
    conf = conf_of(
        "--num-executors 2 --conf spark.executor.instances=5 --conf spark.task.cpus=1 --conf spark.task.cpus=2"
    )
    assert (conf.get("spark.executor.instances"), conf.get("spark.task.cpus")) == ("2", "2")


def test_an_equals_sign_instead_of_a_blank():
    conf = conf_of("--executor-memory=4g --conf=spark.task.cpus=2")
    assert (conf.get("spark.executor.memory"), conf.get("spark.task.cpus")) == ("4g", "2")


@pytest.mark.parametrize("command", ["", "  ", "--class com.example.Nightly", "--verbose"])
def test_nothing_is_set_and_nothing_left_open(command):
    layer = layer_of(command)
    assert (layer.settings, layer.opened) == ([], [])


def test_a_placeholder_in_a_value_hides_that_value_only():
    conf = conf_of("--executor-memory {{ memory }}g --executor-cores 2")
    assert conf.get("spark.executor.cores") == "2"
    with pytest.raises(Opaque):
        conf.get("spark.executor.memory")


@pytest.mark.parametrize("command", ["--executor-cores 2 {{ more }} --num-executors 3", "--executor-cores 2 ${MORE}"])
def test_a_placeholder_for_whole_options_may_set_anything(command):
    conf = conf_of(command)
    assert [setting.value.value for setting in conf.written("spark.executor.cores")] == ["2"]
    for key in ("spark.executor.cores", "spark.driver.memory"):
        with pytest.raises(Opaque) as hidden:
            conf.get(key)
        assert hidden.value.place.value in command


@pytest.mark.parametrize("stray", ["—conf spark.x=1", "spark.x=1", "--no-such-option 1", "--conf", "--conf spark.x"])
def test_what_spark_submit_does_not_understand_leaves_the_rest_open(stray):
    conf = conf_of(f"--executor-cores 2 {stray}")
    assert [setting.key for setting in conf.settings()] == ["spark.executor.cores"]
    assert conf.layers[0].opened


def test_a_templated_key_may_be_any():
    conf = conf_of("--conf {{ key }}=1 --conf spark.task.cpus=2")
    assert [setting.key for setting in conf.settings()] == ["spark.task.cpus"]
    assert conf.layers[0].opened


values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="$<{@%"), max_size=8)
"""Without what may begin a placeholder, which reaches to the end where it is never closed."""


@given(
    st.dictionaries(st.text("aé.\\\"'", min_size=1, max_size=6).map("spark.".__add__), values, max_size=4),
    st.booleans(),
)
def test_the_span_of_a_setting_decodes_to_its_value(settings, ascii_only):
    command = " ".join(f"--conf {shlex.quote(f'{key}={value}')}" for key, value in settings.items())
    found = layer_of(command, ensure_ascii=ascii_only).settings
    assert {setting.key: setting.value.value for setting in found} == settings
    for setting in found:
        in_string = json.loads('"' + setting.span().text + '"')
        # What shlex.quote makes of a single quote has three quotes of its own around it.
        assert in_string.replace("'\"'\"'", "'").strip("'\"") == setting.value.value.strip("'\"")
