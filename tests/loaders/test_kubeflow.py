"""The Kubeflow operator's resources: which field sets which key, what wins, what depends on the operator's release."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as such_that
from hypothesis import strategies as st
from manifests import fixture, given, jobs, read, written

from spmlint.answer import CLIENT, CLUSTER, JVM, KUBERNETES, Opaque
from spmlint.places.pods import pods_of
from spmlint.trouble import API_GROUP_MISSPELLED, API_VERSION_NOT_SERVED

VOLUMES = "spark.kubernetes.executor.volumes."
MEDIUM = f"{VOLUMES}emptyDir.spark-local-dir-fast.options.medium"
DRIVER_TEMPLATE = "spark.kubernetes.driver.podTemplateFile"


def application(**spec: object) -> str:
    fields = {"type": "Scala", "driver": {}, "executor": {}, **spec}
    return json.dumps({"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication", "spec": fields})


def operator(tag: str) -> object:
    return read(f"image:\n  repository: ghcr.io/kubeflow/spark-operator/controller\n  tag: {tag}\n", "values.yaml")


def test_local_directories_are_volumes_of_spark_and_no_others():
    (fragment,) = fixture("kubeflow.yaml").fragments
    assert {key: value for key, value in written(fragment).items() if ".volumes." in key} == {
        f"{VOLUMES}emptyDir.spark-local-dir-fast.mount.path": "/fast",
        f"{VOLUMES}emptyDir.spark-local-dir-fast.options.sizeLimit": "20Gi",
        f"{VOLUMES}hostPath.spark-local-dir-host.mount.path": "/disk1",
        f"{VOLUMES}hostPath.spark-local-dir-host.mount.readOnly": "true",
        f"{VOLUMES}hostPath.spark-local-dir-host.options.path": "/mnt/disk1",
        f"{VOLUMES}hostPath.spark-local-dir-host.options.type": "Directory",
        f"{VOLUMES}persistentVolumeClaim.spark-local-dir-claim.mount.path": "/claim",
        f"{VOLUMES}persistentVolumeClaim.spark-local-dir-claim.mount.subPath": "etl",
        f"{VOLUMES}persistentVolumeClaim.spark-local-dir-claim.options.claimName": "scratch",
        MEDIUM: "Memory",
    }


def test_a_volume_says_where_it_is_written():
    (job,) = jobs(fixture("kubeflow.yaml"))
    setting = job.conf.setting(f"{VOLUMES}emptyDir.spark-local-dir-fast.options.sizeLimit")
    assert (setting.label, setting.where()) == (
        "spec.volumes[0].emptyDir.sizeLimit",
        "spec.volumes[0].emptyDir.sizeLimit, line 21",
    )


@pytest.mark.parametrize(("tag", "medium"), [("2.5.0", None), ("2.5.1", "Memory"), ("v1beta2-1.3.8-3.1.1", None)])
def test_the_medium_is_handed_on_by_later_releases_only(tag, medium):
    (job,) = jobs(fixture("kubeflow.yaml"), facts=operator(tag))
    assert job.conf.get(MEDIUM) == medium


def test_without_a_release_the_medium_is_open_and_nothing_else():
    (job,) = jobs(fixture("kubeflow.yaml"))
    with pytest.raises(Opaque) as hidden:
        job.conf.get(MEDIUM)
    assert hidden.value.place is None
    with pytest.raises(Opaque):
        job.conf.keys_with(VOLUMES)
    assert job.conf.keys_with("spark.kubernetes.driver.volumes.") == []
    assert job.conf.get("spark.kubernetes.driver.volumes.emptyDir.x.options.medium") is None


@pytest.mark.parametrize(
    ("tag", "value"), [("2.3.0", "/opt/own.yaml"), ("2.4.0", "/tmp/spark/driver-pod-template.yaml")]
)
def test_a_pod_template_of_spark_conf_is_dropped_from_2_4_on(tag, value):
    (job,) = jobs(fixture("kubeflow.yaml"), facts=operator(tag))
    assert job.conf.get(DRIVER_TEMPLATE) == value


def test_a_template_field_beats_spark_conf_in_every_release():
    (job,) = jobs(fixture("kubeflow.yaml"))
    assert job.conf.setting("spark.kubernetes.executor.podTemplateFile").label == "spec.executor.template"


def test_a_deployment_of_the_operator_says_the_release_in_any_namespace():
    deployment = read(
        "kind: Deployment\nmetadata: {namespace: operators}\nspec:\n  template:\n    spec:\n      containers:\n"
        "        - {name: controller, image: 'example.com:5000/kubeflow/spark-operator/controller:2.5.2@sha256:0'}\n"
    )
    (job,) = jobs(fixture("kubeflow.yaml"), facts=deployment)
    assert job.conf.get(MEDIUM) == "Memory"


@pytest.mark.parametrize(
    ("spec", "instances"),
    [
        ({}, "1"),
        ({"sparkConf": {"spark.dynamicAllocation.enabled": "false"}}, "1"),
        ({"sparkConf": {"spark.dynamicAllocation.enabled": "true"}}, None),
        ({"dynamicAllocation": {"enabled": True}}, None),
        ({"dynamicAllocation": {"enabled": False}}, "1"),
        ({"executor": {"instances": 3}}, "3"),
    ],
)
def test_one_instance_is_given_where_allocation_is_not_dynamic(spec, instances):
    (job,) = jobs(read(application(**spec), "job.json"))
    assert job.conf.get("spark.executor.instances") == instances


def test_hadoop_conf_always_gets_its_prefix():
    (fragment,) = read(application(hadoopConf={"spark.hadoop.x": "1", "y": "2"}), "job.json").fragments
    assert written(fragment) == {"spark.hadoop.spark.hadoop.x": "1", "spark.hadoop.y": "2"}


def test_a_null_takes_away_and_sets_nothing():
    (fragment,) = read(application(sparkConf={"spark.x": None}), "job.json").fragments
    assert written(fragment) == {}
    (job,) = jobs(read(application(sparkConf={"spark.x": None}), "job.json"))
    with pytest.raises(Opaque):
        job.conf.get("spark.x")


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("sparkoperator.k8s.io/v1beta1", "SparkApplication"),
        ("sparkoperator.k8s.io/v1alpha1", "ScheduledSparkApplication"),
        ("sparkoperator.k8s.io/v1beta2", "SparkConnect"),
    ],
)
def test_a_version_that_nobody_serves_is_trouble_and_no_job(version, kind):
    loaded = read(f"apiVersion: {version}\nkind: {kind}\nspec: {{type: Scala, driver: {{}}, executor: {{}}}}\n")
    (trouble,) = loaded.troubles
    assert (trouble.kind, trouble.span.text, loaded.fragments) == (API_VERSION_NOT_SERVED, version, [])


@pytest.mark.parametrize(
    ("group", "meant"),
    [
        ("spark-operator.k8s.io", "sparkoperator.k8s.io/v1beta2"),
        ("sparkoperators.k8s.io", "sparkoperator.k8s.io/v1beta2"),
        ("spark.apche.org", "spark.apache.org/v1"),
        ("spark.apache.com", None),
        ("sparkoperator.hpe.com", None),
        ("radanalytics.io", None),
    ],
)
def test_a_misspelled_group_is_trouble_and_that_of_a_fork_is_not(group, meant):
    loaded = read(f"apiVersion: {group}/v1\nkind: SparkApplication\nspec: {{}}\n")
    assert [(trouble.kind, trouble.hint) for trouble in loaded.troubles] == (
        [(API_GROUP_MISSPELLED, meant)] if meant else []
    )
    assert loaded.fragments == []


def test_spark_connect_is_a_driver_in_client_mode_without_defaults():
    (fragment,) = fixture("connect.yaml").fragments
    world = fragment.world
    assert fragment.complete
    assert (world.platform.known, world.mode.known, world.language.known) == (KUBERNETES, CLIENT, JVM)
    assert world.spark.known == (4, 0)
    assert written(fragment) == {
        "spark.driver.memory": "3g",
        "spark.hadoop.fs.s3a.endpoint": "https://s3.example.com",
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.driver.cores": "2",
        "spark.executor.instances": "2",
        "spark.executor.cores": "2",
        "spark.executor.memory": "2g",
        "spark.dynamicAllocation.enabled": "true",
        "spark.dynamicAllocation.maxExecutors": "5",
        "spark.dynamicAllocation.shuffleTracking.enabled": "true",
    }
    assert given(fragment)["spark.driver.port"] == "7078"
    assert "spark.executor.podTemplateFile" not in given(fragment)


def test_the_pod_of_a_server_is_whole_and_that_of_its_executors_a_template():
    (resource,) = fixture("connect.yaml").resources
    found = {pod.role: pod for pod in pods_of(resource)}
    assert {role: pod.template for role, pod in found.items()} == {"driver": False, "executor": True}
    assert [container.spark for container in found["driver"].regular] == [True]


def test_what_a_template_engine_has_still_to_write_keeps_answers_open():
    (job,) = jobs(fixture("template.yaml"))
    for key in ("spark.driver.memory", "spark.executor.memory", "spark.sql.shuffle.partitions"):
        with pytest.raises(Opaque):
            job.conf.get(key)
    assert (job.conf.get("spark.driver.cores"), job.conf.get("spark.executor.instances")) == ("1", "2")
    assert job.world.mode.known == CLUSTER


@pytest.mark.parametrize("field", ["driver", "sparkConf", "dynamicAllocation", "hadoopConf"])
def test_a_whole_block_may_be_a_placeholder(field):
    text = application(**{field: None}).replace("null", "{{ .Values.block }}")
    (job,) = jobs(read(text))
    key = {"driver": "spark.driver.memory", "dynamicAllocation": "spark.dynamicAllocation.enabled"}.get(field, "x")
    with pytest.raises(Opaque) as hidden:
        job.conf.get(key)
    assert hidden.value.place.span().text == "{{ .Values.block }}"


_VALUES = st.text(st.characters(exclude_characters="{}$<@%", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)


@such_that(
    st.dictionaries(_VALUES.map("spark.a".__add__), _VALUES, max_size=3),
    st.dictionaries(st.sampled_from(("memory", "coreLimit", "javaOptions")), _VALUES),
    st.booleans(),
)
def test_the_span_of_a_setting_decodes_to_its_value(conf, fields, ascii_only):
    spec = {"type": "Scala", "sparkConf": conf, "driver": fields, "executor": fields}
    document = {"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication", "spec": spec}
    loaded = read(json.dumps(document, ensure_ascii=ascii_only, indent=1), "job.json")
    settings = [s for layer in loaded.fragments[0].layers if not layer.injected for s in layer.settings]
    assert len(settings) == len(conf) + 2 * len(fields)
    for setting in settings:
        assert json.loads(f'"{setting.span().text}"') == setting.value.value
