"""Kustomize: a base and its patches in one run are one job; what is not in the run keeps it open."""

from __future__ import annotations

import pytest
from manifests import fixture, jobs, read

from spmlint.answer import Opaque

BASE = ("base/application.yaml", "base/kustomization.yaml")
OVERLAY = ("overlay/patch.yaml", "overlay/kustomization.yaml")


def conf_of(*names):
    found = jobs(*map(fixture, names))
    return [(job.complete, job.conf) for job in found]


def test_a_patched_base_is_a_job_and_the_base_still_another():
    (base_complete, base), (overlay_complete, overlay) = conf_of(*BASE, *OVERLAY)
    assert (base_complete, overlay_complete) == (True, True)
    keys = ("spark.executor.instances", "spark.sql.shuffle.partitions", "spark.driver.memory", "spark.executor.memory")
    assert [base.get(key) for key in keys] == ["2", "200", "2g", "4g"]
    assert [overlay.get(key) for key in keys] == ["20", "2000", "3g", "4g"]


def test_values_stay_at_their_files_and_a_null_is_open():
    overlay = conf_of(*BASE, *OVERLAY)[1][1]
    assert overlay.setting("spark.executor.instances").span().source.path == "overlay/patch.yaml"
    assert overlay.setting("spark.driver.memory").span().source.path == "overlay/kustomization.yaml"
    assert overlay.setting("spark.executor.memory").span().source.path == "base/application.yaml"
    with pytest.raises(Opaque):
        overlay.get("spark.speculation")


def test_the_world_is_the_patchs_where_it_says_and_else_the_bases():
    base, overlay = jobs(*map(fixture, (*BASE, *OVERLAY)))
    assert (base.world.spark.known, overlay.world.spark.known) == ((3, 5), (4, 0))
    assert overlay.world.mode.known == base.world.mode.known
    assert (base.version, overlay.version) == ("3.5.1", "4.0.1")


@pytest.mark.parametrize("names", [OVERLAY, (*OVERLAY, "base/application.yaml"), (*BASE, "overlay/patch.yaml")])
def test_without_one_of_the_links_a_patch_is_a_part_of_an_unknown_job(names):
    found = conf_of(*names)
    parts = [conf for complete, conf in found if not complete]
    assert parts
    for conf in parts:
        with pytest.raises(Opaque):
            conf.get("spark.executor.memory")


def test_two_patches_in_one_kustomization_apply_once_each_in_order():
    kustomization = read(
        "resources: [application.yaml]\npatches:\n"
        + "".join(
            "  - patch: |\n      apiVersion: sparkoperator.k8s.io/v1beta2\n      kind: SparkApplication\n"
            f"      metadata: {{name: nightly}}\n      spec:\n        executor: {{memory: {size}}}\n"
            for size in ("5g", "6g")
        ),
        "base/kustomization.yaml",
    )
    _, patched = jobs(fixture("base/application.yaml"), kustomization)
    assert [setting.value.value for setting in patched.conf.written("spark.executor.memory")] == ["6g", "5g", "4g"]


def test_a_json_patch_of_the_application_keeps_the_job_open():
    kustomization = read(
        "resources: [application.yaml]\npatches:\n  - path: sizes.yaml\n  - path: operations.json\n"
        "    target: {kind: SparkApplication}\n",
        "base/kustomization.yaml",
    )
    sizes = read(
        "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata: {name: nightly}\n"
        "spec:\n  executor: {memory: 5g}\n",
        "base/sizes.yaml",
    )
    _, patched = jobs(fixture("base/application.yaml"), sizes, kustomization)
    with pytest.raises(Opaque) as hidden:
        patched.conf.get("spark.executor.memory")
    assert hidden.value.place.span().text == "operations.json"


@pytest.mark.parametrize("bases", ["../base", "../base/", "../base/application.yaml", "./../base"])
def test_bases_are_folders_or_files(bases):
    kustomization = read(f"bases: [{bases}]\npatchesStrategicMerge: [patch.yaml]\n", "overlay/kustomization.yaml")
    found = jobs(*map(fixture, (*BASE, "overlay/patch.yaml")), kustomization)
    assert [job.conf.get("spark.executor.instances") for job in found] == ["2", "20"]


def test_kustomizations_that_name_each_other_end():
    one = read("resources: [../b]", "a/kustomization.yaml")
    other = read("resources: [../a, x.yaml]", "b/kustomization.yaml")
    assert jobs(one, other) == []


@pytest.mark.parametrize("text", ["", "resources: x", "patches: [1, {path: [a]}]", "patches: [{patch: '- op: add'}]"])
def test_wrong_shapes_do_not_break_the_reader(text):
    assert read(text, "kustomization.yaml").fragments == []
