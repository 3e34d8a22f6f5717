"""Files inside manifests: ConfigMaps, Helm values, workflows; all settings at their places in the outer file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manifests import fixture, jobs, read, written

from spmlint.loaders import TEMPLATE_REASON
from spmlint.loaders.recognition import recognise
from spmlint.trouble import CANNOT_PARSE


def by_name(loaded):
    return {fragment.name: fragment for fragment in loaded.fragments}


def test_files_of_a_config_map_are_read_by_what_they_are():
    loaded = fixture("config-map.yaml")
    found = by_name(loaded)
    assert set(found) == {"spark-defaults.conf", "nightly.py", "job.properties"}
    assert written(found["spark-defaults.conf"]) == {
        "spark.executor.memory": "4g",
        "spark.executor.extraJavaOptions": "-Xss4m -XX:+UseG1GC <- -Xss4m \\\n      -XX:+UseG1GC",
        "spark.eventLog.dir": "{{ bucket }}/events",
    }
    assert written(found["job.properties"]) == {"spark.driver.memory": "2g", "spark.driver.cores": "2"}
    assert not found["spark-defaults.conf"].complete
    assert found["nightly.py"].complete
    assert written(found["nightly.py"])["spark.driver.memory"] == "2g"
    assert [resource.role for resource in loaded.resources if resource.kind == "Pod"] == ["executor"]


def test_a_setting_in_a_block_has_its_line_and_column():
    memory = by_name(fixture("config-map.yaml"))["spark-defaults.conf"].layers[0].settings[0]
    assert (memory.span().line, memory.span().column, memory.name.span().column) == (10, 29, 5)


@pytest.mark.parametrize(
    "data",
    [
        "hive-site.xml: |\n    <configuration/>\n",
        "log4j.properties: |\n    log4j.logger.org.apache.spark=WARN\n",
        "livy.conf: |\n    livy.spark.master=yarn\n",
        "spark.executor.memory: 4g\n",
        "spark-blacklist.conf: |\n    spark.master\n    spark.submit.deployMode\n",
    ],
)
def test_other_config_maps_give_nothing(data):
    loaded = read(f"# spark\nkind: ConfigMap\ndata:\n  {data}")
    assert (loaded.fragments, loaded.troubles, loaded.unread) == ([], [], [])


def test_a_file_that_is_all_template_is_recorded_once():
    loaded = read("kind: ConfigMap\ndata:\n  spark-defaults.conf: |\n    {{- tpl .Values.conf . }}\n    {{ end }}\n")
    assert [(span.line, reason) for span, reason in loaded.unread] == [(4, TEMPLATE_REASON)]


def test_a_template_between_settings_opens_their_layer():
    (job,) = jobs(
        read(
            "kind: ConfigMap\ndata:\n  spark-defaults.conf: |\n    spark.driver.memory 2g\n"
            "    {{- range $key, $value := .Values.conf }}\n    {{ $key }} {{ $value }}\n    {{- end }}\n"
        )
    )
    assert not job.conf.is_certain("spark.driver.memory")


def test_values_hold_maps_and_files_of_settings_and_the_operators_image():
    loaded = fixture("values.yaml")
    found = by_name(loaded)
    assert written(found["etl.sparkConf"]) == {"spark.executor.memory": "4g", "spark.executor.cores": "2"}
    assert written(found["spark-defaults.conf"]) == {"spark.driver.memory": "2g"}
    assert not any(fragment.complete for fragment in loaded.fragments)
    assert [resource.kind for resource in loaded.resources] == ["SparkOperator"]


def test_a_manifest_with_the_name_of_values_is_a_manifest():
    (fragment,) = read(
        "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nspec:\n  driver: {memory: 1g}\n",
        "values.yaml",
    ).fragments
    assert fragment.kind == "SparkApplication"


@pytest.mark.parametrize(
    ("name", "content", "module"),
    [
        ("values.yaml", b"replicas: 1", None),
        ("prod-values.yml", b"sparkConf: {spark.x: 1}", "helm_values"),
        ("kustomization.yaml", b"", "kustomization"),
        ("rbac.yaml", b"kind: Role\nrules: [{resources: [sparkapplications]}]", None),
        ("cm.yaml", b"kind: ConfigMap\ndata: {a: b}", None),
        ("cm.yaml", b"kind: ConfigMap\ndata: {spark-defaults.conf: b}", "kubernetes"),
        ("wf.yaml", b"apiVersion: argoproj.io/v1alpha1\nimage: spark", "kubernetes"),
        ("wf.yaml", b"apiVersion: argoproj.io/v1alpha1\nimage: x", None),
        ("spark-blacklist.conf", b"spark.master", None),
        ("job.json", b'{"apiVersion": "x", "kind": "SparkApplication"}', "kubernetes_json"),
    ],
)
def test_recognition_needs_no_parser(name, content, module):
    assert recognise(name, content) == module


def test_templates_of_a_workflow_create_and_submit_jobs():
    loaded = fixture("workflow.yaml")
    found = by_name(loaded)
    assert set(found) == {"nightly", "nightly.jar", "small.py"}
    assert written(found["nightly"])["spark.executor.memory"] == "{{workflow.parameters.memory}}"
    assert written(found["nightly"])["spark.driver.memory"] == "2g"
    assert found["nightly.jar"].namespace == "etl"
    memory = next(s for layer in found["nightly"].layers for s in layer.settings if s.label == "spec.driver.memory")
    assert (memory.span().line, memory.span().column, memory.span().text) == (24, 24, "2g")


@pytest.mark.parametrize("kind", ["WorkflowTemplate", "ClusterWorkflowTemplate"])
def test_the_kinds_of_workflows_hold_their_templates_alike(kind):
    text = (
        f"apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nspec:\n  templates:\n"
        "    - container: {image: i, command: [spark-submit, a.py]}\n"
    )
    assert [fragment.name for fragment in read(text).fragments] == ["a.py"]
    cron = (
        text.replace(kind, "CronWorkflow")
        .replace("spec:\n", "spec:\n  workflowSpec:\n  ")
        .replace("\n    -", "\n      -")
    )
    assert [fragment.name for fragment in read(cron).fragments] == ["a.py"]


def test_a_broken_manifest_in_a_workflow_is_trouble_and_a_template_is_not():
    text = (
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - resource:\n        manifest: |\n"
        "          kind: SparkApplication\n          spec: ]{}\n"
    )
    (trouble,) = read(text.format("")).troubles
    assert (trouble.kind, trouble.span.line) == (CANNOT_PARSE, 8)
    loaded = read(text.replace("]{}", "{{ x }} ]"))
    assert (loaded.troubles, len(loaded.unread)) == ([], 1)


_KEYS = st.text("abcdefg.", min_size=1, max_size=6).map("spark.a".__add__)
_VALUES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc",), exclude_characters="\\{}$<@%\xa0"),
    min_size=1,
    max_size=8,
)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4), st.booleans())
def test_properties_in_a_config_map_decode_from_their_spans(settings, quoted):
    file = "".join(f"{key} = {value.lstrip('=:') or 'x'}\n" for key, value in settings.items())
    block = "|\n" + "".join(f"    {line}\n" for line in file.splitlines())
    text = f"kind: ConfigMap\ndata:\n  spark-defaults.conf: {json.dumps(file) if quoted else block}\n"
    (fragment,) = read(text).fragments
    (layer,) = fragment.layers
    assert len(layer.settings) == len(settings)
    for setting in layer.settings:
        value = setting.span().text
        assert (json.loads(f'"{value}"') if quoted else value) == setting.value.value
        assert setting.name.span().text == setting.key
