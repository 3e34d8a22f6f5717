"""Livy's session requests: which field sets which key, what wins, where each value stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import CLUSTER, EMR_SERVERLESS, LANGUAGES, LOCAL, MODES, Opaque
from spmlint.conf import Conf
from spmlint.document.json import read_json
from spmlint.document.text import Source
from spmlint.loaders.livy import FIELDS, session


def load(text):
    root = read_json(Source("session.json", text).whole())
    return session(root, root.span())


def conf_of(text):
    return Conf(load(text).layers)


@pytest.mark.parametrize(("field", "key"), FIELDS.items())
def test_each_typed_field_sets_its_key(field, key):
    setting = conf_of(json.dumps({field: "x"})).setting(key)
    assert (setting.value.value, setting.label, setting.name.value) == ("x", field, field)


def test_numbers_and_booleans_are_settings_as_written():
    conf = conf_of('{"driverCores": 1, "conf": {"spark.speculation": true, "spark.task.cpus": 2}}')
    assert [conf.get(key) for key in ("spark.driver.cores", "spark.speculation", "spark.task.cpus")] == [
        "1",
        "true",
        "2",
    ]


def test_a_typed_field_beats_conf_wherever_it_stands():
    for text in (
        '{"executorMemory": "4G", "conf": {"spark.executor.memory": "8g"}}',
        '{"conf": {"spark.executor.memory": "8g"}, "executorMemory": "4G"}',
    ):
        conf = conf_of(text)
        assert conf.get("spark.executor.memory") == "4G"
        assert [setting.label for setting in conf.written("spark.executor.memory")] == [
            "executorMemory",
            "conf.spark.executor.memory",
        ]


def test_null_nested_and_unknown_fields_set_nothing():
    fragment = load(
        '{"driverMemory": null, "executorMemory": ["4G"], "numberOfExecutors": 3, "conf": {"spark.x": null}}'
    )
    assert [setting for layer in fragment.layers for setting in layer.settings] == []


def test_a_conf_that_is_no_object_sets_nothing():
    assert list(conf_of('{"conf": "spark.executor.memory=4g", "driverMemory": "2g"}').keys()) == ["spark.driver.memory"]


def test_a_placeholder_is_opaque_and_a_templated_key_may_be_any():
    conf = conf_of('{"executorMemory": "${memory}", "conf": {"spark.{{ role }}.cores": "1"}}')
    for key in ("spark.executor.memory", "spark.driver.cores"):
        with pytest.raises(Opaque):
            conf.get(key)


def test_a_session_leaves_language_and_mode_open_and_never_runs_locally():
    world = load('{"driverMemory": "2g"}').world
    assert world.options("language") == LANGUAGES
    assert world.options("deploy mode") == MODES
    assert EMR_SERVERLESS in world.options("platform")
    assert LOCAL not in world.options("platform")


@pytest.mark.parametrize("key", ["emr-serverless.session.executionRoleArn", "spark.emr-serverless.executor.disk"])
def test_a_key_of_emr_serverless_says_where_the_session_runs(key):
    world = load(json.dumps({"conf": {key: "x"}})).world
    assert (world.platform.known, world.mode.known) == (EMR_SERVERLESS, CLUSTER)


@given(
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=10)),
    st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=10), max_size=4),
    st.booleans(),
)
def test_the_span_of_a_setting_decodes_to_its_value(fields, conf, ascii_only):
    text = json.dumps({**fields, "conf": conf}, ensure_ascii=ascii_only, indent=1)
    settings = [setting for layer in load(text).layers for setting in layer.settings]
    assert {setting.key: setting.value.value for setting in settings if setting.label in fields} == {
        FIELDS[field]: value for field, value in fields.items()
    }
    for setting in settings:
        assert json.loads(f'"{setting.span().text}"') == setting.value.value


def test_a_number_is_nobodys_to_replace_by_a_word():
    conf = conf_of('{"executorMemory": 4096, "conf": {"spark.driver.memory": 2048, "spark.task.cpus": "1"}}')
    keys = ("spark.executor.memory", "spark.driver.memory", "spark.task.cpus")
    assert [conf.setting(key).is_editable for key in keys] == [False, False, True]


@pytest.mark.parametrize("text", ['{"conf": "${CONF}"}', '{"conf": {"${KEY}": "x"}}', '{"${FIELD}": {}, "name": "x"}'])
def test_a_placeholder_for_the_conf_leaves_it_open(text):
    with pytest.raises(Opaque):
        conf_of(text).get("spark.task.cpus")


@pytest.mark.parametrize(("cores", "refused"), [("1.0", False), ("1.5", False), ('"1.5"', True), ("2", False)])
def test_a_number_with_a_fraction_is_a_whole_one_to_jackson(folder, cores, refused):
    text = '{"file": "a.jar", "className": "A", "executorCores": ' + cores + ', "conf": {"spark.app.name": "a"}}'
    report = folder.check(folder.write("batch.json", text))
    assert any(finding.severity == "error" for finding in report.findings) is refused
