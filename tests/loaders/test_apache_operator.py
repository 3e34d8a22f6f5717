"""The Apache operator's resources: sparkConf, what the operator forces, what it gives where nobody did."""

from __future__ import annotations

import json

import pytest
from manifests import fixture, given, jobs, read, written

from spmlint.answer import CLIENT, CLUSTER, JVM, KUBERNETES, LANGUAGES, LOCAL, PYTHON, STANDALONE, Opaque, R
from spmlint.places.pods import APACHE_APPLICATION, APACHE_CLUSTER, pods_of
from spmlint.trouble import API_VERSION_OLD

RUNNER = "org.apache.spark.deploy.PythonRunner"


def application(version="v1", **spec):
    fields = {"mainClass": "com.example.Nightly", "runtimeVersions": {"sparkVersion": "4.1.1"}, **spec}
    return json.dumps({"apiVersion": f"spark.apache.org/{version}", "kind": "SparkApplication", "spec": fields})


def job_of(facts=None, **spec):
    (job,) = jobs(read(application(**spec), "job.json"), facts=facts)
    return job


def operator(tag):
    return read(f"image: {{repository: apache/spark-kubernetes-operator, tag: {tag}}}", "values.yaml")


def test_an_application_is_what_its_spark_conf_says():
    fragment = fixture("apache.yaml").fragments[0]
    assert (fragment.complete, fragment.kind, fragment.name) == (True, APACHE_APPLICATION, "nightly")
    assert fragment.world.spark.known == (4, 1)
    assert (fragment.world.platform.known, fragment.world.mode.known) == (KUBERNETES, CLUSTER)
    assert written(fragment) == {
        "spark.jars": "local:///opt/app/nightly.jar",
        "spark.kubernetes.container.image": "registry.example.com/spark:4.1.1-java21"
        " <- registry.example.com/spark:{{SPARK_VERSION}}-java21",
        "spark.kubernetes.driver.annotation.example.com/app": "{{APP_ID}}",
        "spark.kubernetes.namespace": "etl",
        "spark.executor.instances": "3",
        "spark.executor.memory": "4g",
        "spark.driver.memory": "2g",
        "spark.kubernetes.driver.podTemplateFile": "/tmp/driver.json <- podTemplateSpec",
        "spark.kubernetes.executor.podTemplateFile": "/tmp/executor.json <- podTemplateSpec",
    }


def test_what_the_operator_forces_beats_spark_conf():
    conf = jobs(fixture("apache.yaml"))[0].conf
    labels = [setting.label for setting in conf.written("spark.kubernetes.namespace")]
    assert labels == ["metadata.namespace", "spec.sparkConf.spark.kubernetes.namespace"]


def test_without_a_namespace_of_the_object_that_of_spark_conf_is_lost_to_one_nobody_sees():
    with pytest.raises(Opaque):
        job_of(sparkConf={"spark.kubernetes.namespace": "x"}).conf.get("spark.kubernetes.namespace")


@pytest.mark.parametrize(("tag", "value"), [("0.7.0", None), ("0.8.0", "true"), ("1.0.0", "true")])
def test_later_releases_give_more_where_nobody_spoke(tag, value):
    assert job_of(operator(tag)).conf.get("spark.authenticate") == value


def test_what_is_written_does_not_depend_on_the_release():
    assert job_of(sparkConf={"spark.authenticate": "false"}).conf.get("spark.authenticate") == "false"
    with pytest.raises(Opaque):
        job_of().conf.get("spark.authenticate")


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ({}, "false"),
        ({"sparkConf": {"spark.dynamicAllocation.enabled": "true"}}, None),
        ({"applicationTolerations": {"restartConfig": {"restartPolicy": "Always"}}}, None),
        ({"applicationTolerations": {"restartConfig": {"restartPolicy": "Never"}}}, "false"),
    ],
)
def test_executors_are_left_to_the_garbage_collector_unless_they_outlive_the_driver(spec, value):
    assert job_of(operator("0.9.0"), **spec).conf.get("spark.kubernetes.executor.deleteOnTermination") == value


@pytest.mark.parametrize(
    ("spec", "languages"),
    [
        ({"jars": "local:///a.jar"}, (JVM,)),
        ({"pyFiles": "local:///a.py"}, (PYTHON,)),
        ({"pyFiles": "local:///a.py,local:///b.py", "mainClass": RUNNER}, (PYTHON,)),
        ({"jars": "local:///a.jar", "pyFiles": "local:///a.py"}, (JVM,)),
        ({"sparkRFiles": "local:///a.R"}, (R,)),
        ({}, (JVM,)),
        ({"jars": "{{ jars }}", "pyFiles": "a.py"}, LANGUAGES),
    ],
)
def test_the_field_that_names_the_application_says_the_language(spec, languages):
    assert job_of(**spec).world.options("language") == languages


@pytest.mark.parametrize(
    ("conf", "platform", "mode"),
    [
        ({}, KUBERNETES, CLUSTER),
        ({"spark.master": "k8s://https://example.com"}, KUBERNETES, CLUSTER),
        ({"spark.master": "spark://shared-master-svc:7077"}, STANDALONE, CLIENT),
        ({"spark.master": "local[4]"}, LOCAL, CLIENT),
        ({"spark.master": "{{ master }}"}, None, None),
        ({"spark.master.url.prefix": "other://"}, None, None),
    ],
)
def test_the_master_says_where_it_runs(conf, platform, mode):
    world = job_of(sparkConf=conf).world
    assert (world.platform.known, world.mode.known) == (platform, mode)


def test_on_another_master_the_keys_of_the_driver_pod_are_the_operators():
    conf = {"spark.master": "spark://shared-master-svc:7077", "spark.kubernetes.container.image": "x"}
    assert job_of(sparkConf=conf).conf.winner("spark.kubernetes.container.image") is None


def test_client_mode_is_kept_for_the_rule_that_says_it_is_refused():
    assert job_of(deploymentMode="ClientMode").world.mode.known == CLIENT


@pytest.mark.parametrize(
    "spec",
    [{"runtimeVersions": None}, {"mainClass": None}, {"runtimeVersions": {"scalaVersion": "2.13"}}],
)
def test_a_part_of_an_application_has_no_defaults(spec):
    (fragment,) = read(application(sparkConf={"spark.executor.memory": "1g"}, **spec), "job.json").fragments
    assert (fragment.complete, given(fragment)) == (False, {})


@pytest.mark.parametrize("version", ["v1beta1", "v1alpha1"])
def test_older_versions_are_read_and_noted(version):
    loaded = read(application(version), "job.json")
    assert [trouble.kind for trouble in loaded.troubles] == [API_VERSION_OLD]
    assert len(loaded.fragments) == 1


def test_a_token_stays_where_the_version_is_not_known():
    conf = {"spark.kubernetes.container.image": "a:{{SPARK_VERSION}}-b{{SPARK_VERSION}}"}
    assert job_of(sparkConf=conf).conf.get("spark.kubernetes.container.image") == "a:4.1.1-b4.1.1"
    open_version = job_of(sparkConf=conf, runtimeVersions={"sparkVersion": "{{ version }}"})
    assert open_version.conf.get("spark.kubernetes.container.image") == conf["spark.kubernetes.container.image"]
    assert open_version.world.spark.known is None


def test_a_cluster_sets_what_its_daemons_read():
    fragment = fixture("apache.yaml").fragments[1]
    assert (fragment.kind, fragment.complete, fragment.world.platform.known) == (APACHE_CLUSTER, False, STANDALONE)
    assert written(fragment) == {"spark.worker.cleanup.enabled": "true"}


def test_the_pods_of_applications_are_templates_and_those_of_clusters_whole():
    application_of, cluster = fixture("apache.yaml").resources
    assert [(pod.role, pod.template, pod.view is not None) for pod in pods_of(application_of)] == [
        ("driver", True, True),
        ("executor", True, True),
    ]
    assert [(pod.role, pod.template) for pod in pods_of(cluster)] == [(None, False)]
    assert application_of.word("spec", "applicationTolerations", "instanceConfig", "initExecutors") == "2"
