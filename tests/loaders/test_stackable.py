"""The Stackable operator's application: settings computed from resources, sparkConf last."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as such_that
from hypothesis import strategies as st
from manifests import fixture, given, jobs, read, written

from spmlint.answer import CLUSTER, JVM, KUBERNETES, PYTHON, Opaque
from spmlint.loaders.stackable_resources import cores, heap_mib


def application(annotations=None, **spec):
    fields = {
        "mode": "cluster",
        "mainApplicationFile": "local:///a.py",
        "sparkImage": {"productVersion": "3.5.6"},
        **spec,
    }
    return json.dumps(
        {
            "apiVersion": "spark.stackable.tech/v1alpha1",
            "kind": "SparkApplication",
            "metadata": {"name": "a", "annotations": annotations or {}},
            "spec": fields,
        }
    )


def job_of(annotations=None, **spec):
    (job,) = jobs(read(application(annotations, **spec), "job.json"))
    return job


def resources(**fields):
    return {"config": {"resources": fields}}


def test_sizes_stand_at_the_fields_they_are_computed_from():
    (fragment,) = fixture("stackable.yaml").fragments
    assert fragment.complete
    assert (fragment.world.platform.known, fragment.world.mode.known) == (KUBERNETES, CLUSTER)
    assert (fragment.world.language.known, fragment.world.spark.known) == (JVM, (3, 5))
    assert written(fragment) == {
        "spark.kubernetes.driver.request.cores": "1",
        "spark.driver.cores": "2",
        "spark.kubernetes.driver.limit.cores": "1500m",
        "spark.driver.memory": "1664m <- 2Gi",
        "spark.executor.cores": "4",
        "spark.kubernetes.executor.limit.cores": "4",
        "spark.executor.memory": "7447m <- 8Gi",
        "spark.executor.instances": "3",
    }
    assert given(fragment)["spark.kubernetes.memoryOverheadFactor"] == "0.0"
    assert given(fragment)["spark.kubernetes.executor.request.cores"] == "250m"


def test_a_computed_value_is_named_by_its_field_and_no_fix_may_touch_it():
    (job,) = jobs(fixture("stackable.yaml"))
    setting = job.conf.setting("spark.executor.memory")
    assert setting.where() == "spec.executor.config.resources.memory.limit, line 30"
    assert (setting.is_editable, setting.is_injected) == (False, False)


def test_spark_conf_wins():
    job = job_of(executor=resources(memory={"limit": "8Gi"}), sparkConf={"spark.executor.memory": "3g"})
    assert [setting.value.value for setting in job.conf.written("spark.executor.memory")] == ["3g", "5851m"]


def test_the_main_class_says_the_overhead_and_the_file_the_language():
    limit = resources(memory={"limit": "8Gi"})
    assert job_of(executor=limit).conf.get("spark.executor.memory") == "5851m"
    assert job_of(executor=limit, mainClass="com.example.A").conf.get("spark.executor.memory") == "7447m"
    assert job_of(mainClass="com.example.A").world.language.known == PYTHON


def test_what_is_not_given_has_the_defaults_of_the_operator():
    conf = job_of(driver=resources(cpu={"max": "2"})).conf
    keys = ("spark.driver.cores", "spark.kubernetes.driver.request.cores", "spark.driver.memory")
    assert [conf.get(key) for key in keys] == ["2", "250m", "640m"]
    assert conf.get("spark.executor.cores") == "1"


@pytest.mark.parametrize("limit", ["8G", "8192", "{{ limit }}", "abc"])
def test_a_limit_the_operator_cannot_read_yet_gives_no_heap(limit):
    conf = job_of(executor=resources(memory={"limit": limit})).conf
    with pytest.raises(Opaque):
        conf.get("spark.executor.memory")
    assert conf.get("spark.driver.memory") == "640m"


@pytest.mark.parametrize(
    ("annotations", "spec"),
    [
        ({"spark-application.template.merge": "true"}, {}),
        ({}, {"sparkImage": None}),
    ],
)
def test_with_templates_or_as_a_patch_nothing_is_presumed(annotations, spec):
    with pytest.raises(Opaque):
        job_of(annotations, **spec).conf.get("spark.executor.memory")


# Those of the operator's own tests (test_quantity_to_cores, test_resource_to_*_props), the rest by its formula.
@pytest.mark.parametrize(
    ("limit", "jvm", "other"),
    [
        ("128Mi", 128, 128),
        ("383.9Mi", 383, 383),
        ("384Mi", 0, 0),
        ("512Mi", 128, 128),
        ("1Gi", 640, 640),
        ("8Gi", 7447, 5851),
        ("11Gi", 10240, 8045),
        ("14Gi", 13032, 10240),
        ("1.5Gi", 1152, 1097),
    ],
)
def test_heaps(limit, jvm, other):
    assert (heap_mib(limit, is_java=True), heap_mib(limit, is_java=False)) == (jvm, other)


@pytest.mark.parametrize(
    ("quantity", "whole"), [("1800m", 2), ("100m", 1), ("1.5", 2), ("2", 2), ("2000m", 2), ("1k", None), ("", None)]
)
def test_cores(quantity, whole):
    assert cores(quantity) == whole


@such_that(st.integers(0, 10**12), st.sampled_from(("Ki", "Mi", "Gi", "Ti")), st.booleans())
def test_a_heap_leaves_room_for_the_overhead(amount, unit, is_java):
    heap = heap_mib(f"{amount}{unit}", is_java=is_java)
    if len(str(amount)) > 12:
        assert heap is None
        return
    limit = amount * {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024, "Ti": 1 << 20}[unit]
    assert 0 <= heap <= limit * (1 + 2**-22)
    assert heap < 384 or limit - heap > 383


@such_that(st.text(max_size=12))
def test_no_text_breaks_the_arithmetic(text):
    heap_mib(text, is_java=True)
    cores(text)
