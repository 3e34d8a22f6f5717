"""Kustomize: a base and its patches in one run are one job; what is not in the run keeps it open."""

from __future__ import annotations

import pytest
from manifests import fixture, jobs, read

from spmlint.answer import Opaque
from spmlint.loaders import load

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


OPERATIONS = """\
- op: replace
  path: /spec/executor/memory
  value: 6g
- op: add
  path: /spec/sparkConf/spark.executor.memoryOverhead
  value: 1g
- {op: add, path: /spec/driver/cores, value: 2}
- {op: test, path: /spec/type, value: Scala}
- {op: add, path: /spec/arguments/-, value: --full}
- {op: add, path: /metadata/labels/team, value: data}
"""


def overlay(patches, *others):
    """The last job of the base with a kustomization over it."""
    kustomization = read(f"resources: [application.yaml]\n{patches}", "base/kustomization.yaml")
    return jobs(fixture("base/application.yaml"), kustomization, *others)[-1]


def inline(operations, target="{kind: SparkApplication}", field="patches"):
    indented = "".join(f"      {line}\n" for line in operations.splitlines())
    return f"{field}:\n  - target: {target}\n    patch: |\n{indented}"


@pytest.mark.parametrize("field", ["patches", "patchesJson6902"])
def test_a_json_patch_written_in_the_kustomization_is_applied(field):
    conf = overlay(
        inline(OPERATIONS, "{group: sparkoperator.k8s.io, kind: SparkApplication, name: night.*}", field)
    ).conf
    found = conf.setting("spark.executor.memory")
    assert (found.value.value, found.span().text, found.span().source.path) == ("6g", "6g", "base/kustomization.yaml")
    keys = ("spark.executor.memoryOverhead", "spark.driver.cores", "spark.driver.memory", "spark.executor.instances")
    assert [conf.get(key) for key in keys] == ["1g", "2", "2g", "2"]
    assert [setting.value.value for setting in conf.written("spark.executor.memory")] == ["6g", "4g"]


@pytest.mark.parametrize("text", [OPERATIONS, '[{"op": "replace", "path": "/spec/executor/memory", "value": "6g"}]'])
def test_a_json_patch_in_a_file_is_applied(text):
    operations = load("base/operations.json", text.encode(), "json_patch")
    job = overlay("patches: [{path: operations.json, target: {kind: SparkApplication}}]\n", operations)
    assert job.conf.setting("spark.executor.memory").span().source.path == "base/operations.json"
    assert job.conf.get("spark.executor.memory") == "6g"


def test_patches_apply_in_the_order_they_are_written():
    sizes = inline("apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata: {name: nightly}\n"
                   "spec: {executor: {memory: 5g, cores: 3}}\n").removeprefix("patches:\n")  # fmt: skip
    operations = inline("- {op: replace, path: /spec/executor/memory, value: 6g}\n"
                        "- {op: replace, path: /spec/executor/cores, value: 4}\n").removeprefix("patches:\n")  # fmt: skip
    first = overlay("patches:\n" + sizes + operations)
    assert (first.conf.get("spark.executor.memory"), first.conf.get("spark.executor.cores")) == ("6g", "4")
    second = overlay("patches:\n" + operations.replace("executor/cores", "driver/memory") + sizes)
    assert (second.conf.get("spark.executor.memory"), second.conf.get("spark.driver.memory")) == ("5g", "4")


def test_an_overlay_of_an_overlay_patches_what_that_has_made():
    stage = read(
        "resources: [../base]\n" + inline("- {op: add, path: /spec/executor/cores, value: 3}\n"),
        "stage/kustomization.yaml",
    )
    prod = read(
        "resources: [../stage]\n" + inline("- {op: replace, path: /spec/executor/cores, value: 4}\n"),
        "prod/kustomization.yaml",
    )
    *_, first, second = jobs(*map(fixture, BASE), stage, prod)
    assert sorted(job.conf.get("spark.executor.cores") for job in (first, second)) == ["3", "4"]


def test_what_a_patch_removes_is_not_the_bases_any_more():
    removal = "- {op: remove, path: /spec/executor/memory}\n- {op: remove, path: /spec/sparkConf/spark.speculation}\n"
    conf = overlay(inline(removal)).conf
    for key in ("spark.executor.memory", "spark.speculation"):
        with pytest.raises(Opaque):
            conf.get(key)
    assert conf.get("spark.driver.memory") == "2g"


@pytest.mark.parametrize(
    "operations",
    [
        "- {op: replace, path: /spec/executor/cores, value: 4}",  # is not there: kustomize refuses it
        "- {op: add, path: /spec/nowhere/memory, value: 4g}",
        "- {op: replace, path: /spec/sparkConf, value: {spark.a: b}}",
        "- {op: add, path: /spec/volumes/-, value: {name: spark-local-dir-1, emptyDir: {}}}",
        "- {op: move, from: /spec/driver/memory, path: /spec/executor/memory}",
        "- {op: add, path: spec, value: 1}",
        "- {op: [a",
    ],
)
def test_a_json_patch_that_cannot_be_applied_keeps_the_job_open(operations):
    with pytest.raises(Opaque) as hidden:
        overlay(inline(operations)).conf.get("spark.executor.memory")
    assert hidden.value.place.span().source.path == "base/kustomization.yaml"


@pytest.mark.parametrize("target", ["{kind: Deployment}", "{kind: SparkApplication, name: other}", "{group: apps}"])
def test_a_patch_of_something_else_changes_nothing(target):
    kustomization = read("resources: [application.yaml]\n" + inline(OPERATIONS, target), "base/kustomization.yaml")
    (job,) = jobs(fixture("base/application.yaml"), kustomization)
    assert job.conf.get("spark.executor.memory") == "4g"


def test_labels_select_what_the_files_do_not_tell():
    with pytest.raises(Opaque):
        overlay(inline(OPERATIONS, "{kind: SparkApplication, labelSelector: a=b}")).conf.get("spark.executor.memory")


def test_replacements_keep_what_they_select_open():
    replacements = "replacements:\n  - source: {kind: ConfigMap, name: x, fieldPath: data.size}\n" \
        "    targets: [{select: {kind: SparkApplication}, fieldPaths: [spec.executor.memory]}]\n"  # fmt: skip
    with pytest.raises(Opaque):
        overlay(replacements).conf.get("spark.executor.memory")


def test_a_json_patch_that_is_not_given_keeps_the_job_open():
    with pytest.raises(Opaque) as hidden:
        overlay("patches: [{path: operations.json, target: {kind: SparkApplication}}]\n").conf.get(
            "spark.executor.memory"
        )
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
