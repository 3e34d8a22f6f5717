"""EMR Serverless requests: what they give, in which order it counts, and what an application adds."""

import json

import pytest

from spmlint.answer import CLUSTER, EMR_SERVERLESS, JVM, PYTHON
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.recognition import recognise
from spmlint.trouble import CANNOT_PARSE

APPLICATION = {
    "applicationId": "00f1abcdef2gh300",
    "name": "nightly",
    "releaseLabel": "emr-7.5.0",
    "type": "SPARK",
    "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB"},
    "runtimeConfiguration": [
        {
            "classification": "spark-defaults",
            "properties": {"spark.executor.cores": "8", "spark.executor.memory": "20g"},
        },
        {"classification": "hive-site", "properties": {"spark.not.a.setting": "1"}},
    ],
}


def configuration(properties):
    return [{"classification": "spark-defaults", "properties": properties}]


def run(parameters=None, configurations=None, **fields):
    submit = {"entryPoint": "s3://example/job.py"}
    if parameters is not None:
        submit["sparkSubmitParameters"] = parameters
    request = {"applicationId": "00f1abcdef2gh300", "executionRoleArn": "arn", "jobDriver": {"sparkSubmit": submit}}
    if configurations is not None:
        request["configurationOverrides"] = {"applicationConfiguration": configurations}
    return {**request, **fields}


def read(content, name="request.json"):
    return load(name, json.dumps(content).encode())


def job_of(*contents):
    """The job of the first request, linked with the others."""
    return link([read(content, f"{index}.json") for index, content in enumerate(contents)]).jobs[0]


def test_a_job_run_is_complete_and_runs_on_emr_serverless():
    (fragment,) = read(run("--executor-cores 2", name="nightly")).fragments
    assert (fragment.complete, fragment.name, fragment.place.text) == (True, "nightly", "nightly")
    assert fragment.refers["application"].value == "00f1abcdef2gh300"
    world = fragment.world
    assert (world.platform.known, world.mode.known, world.language.known) == (EMR_SERVERLESS, CLUSTER, PYTHON)
    assert world.spark.known is None


def test_the_entry_point_says_the_language():
    request = run()
    request["jobDriver"]["sparkSubmit"]["entryPoint"] = "s3://example/job.jar"
    assert read(request).fragments[0].world.language.known == JVM


def test_flags_beat_the_job_configuration_and_that_the_application():
    job = job_of(run("--executor-cores 2", configuration({"spark.executor.cores": "4"})), APPLICATION)
    assert [(s.value.value, s.span().source.path) for s in job.conf.written("spark.executor.cores")] == [
        ("2", "0.json"),
        ("4", "0.json"),
    ]


def test_without_a_classification_of_its_own_a_job_has_the_settings_of_the_application():
    job = job_of(run("--executor-cores 2"), APPLICATION)
    assert (job.conf.get("spark.executor.cores"), job.conf.get("spark.executor.memory")) == ("2", "20g")
    assert job.conf.winner("spark.not.a.setting") is None


@pytest.mark.parametrize("properties", [{}, {"spark.task.cpus": "1"}])
def test_a_classification_of_its_own_drops_the_whole_of_the_application(properties):
    assert job_of(run(None, configuration(properties)), APPLICATION).conf.get("spark.executor.memory") is None


def test_from_emr_spark_8_1_the_two_are_merged():
    application = {**APPLICATION, "releaseLabel": "emr-spark-8.1.0"}
    job = job_of(run(None, configuration({"spark.executor.cores": "4"})), application)
    assert (job.conf.get("spark.executor.cores"), job.conf.get("spark.executor.memory")) == ("4", "20g")


@pytest.mark.parametrize(
    ("label", "version"),
    [("emr-7.5.0", (3, 5)), ("emr-6.15.0", (3, 4)), ("emr-spark-8.0.0", (4, 0)), ("emr-99.1.0", None)],
)
def test_the_release_of_the_application_says_the_version(label, version):
    assert job_of(run(), {**APPLICATION, "releaseLabel": label}).world.spark.known == version


def test_another_application_says_nothing():
    job = job_of(run(), {**APPLICATION, "applicationId": "other"})
    assert (job.place.application, job.world.spark.known) == (None, None)


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: {"application": a}])
def test_an_application_is_found_as_request_and_as_answer(wrap):
    (resource,) = read(wrap(APPLICATION)).resources
    assert (resource.kind, resource.name) == ("EmrServerlessApplication", "nightly")
    assert resource.word("maximumCapacity", "cpu") == "100 vCPU"


def test_the_answer_of_get_job_run_is_a_job_with_its_release():
    answer = {"jobRun": run("--executor-cores 2", releaseLabel="emr-6.15.0", name="nightly")}
    (fragment,) = read(answer).fragments
    assert (fragment.name, fragment.world.spark.known) == ("nightly", (3, 4))


def test_a_driver_alone_leaves_the_rest_of_the_request_unseen():
    (fragment,) = read(
        {"sparkSubmit": {"entryPoint": "s3://a/b.py", "sparkSubmitParameters": "--executor-cores 2"}}
    ).fragments
    assert not fragment.complete


@pytest.mark.parametrize(
    "content",
    [
        {"jobTemplateData": {"jobDriver": {"sparkSqlJobDriver": {}}}, "virtualClusterId": "x", "type": "x"},
        {"jobDriver": {"hive": {"query": "s3://a/b.sql"}}, "applicationId": "x"},
        {"applicationId": "azure", "clientId": "y"},
        {"maximumCapacity": 500, "venue": "hall"},
        {"releaseLabel": "v1"},
    ],
)
def test_requests_of_other_services_give_nothing(content):
    loaded = read(content)
    assert loaded is None or (loaded.fragments == loaded.resources == [] == loaded.troubles)


def test_files_without_the_marks_are_not_read_at_all():
    assert recognise("package.json", b'{"name": "x", "applicationId": "y", "type": "module"}') is None


def test_broken_json_is_trouble_at_its_place():
    text = json.dumps(APPLICATION).replace('"SPARK",', '"SPARK",,')
    (trouble,) = load("application.json", text.encode()).troubles
    assert (trouble.kind, trouble.span.text) == (CANNOT_PARSE, ",")


@pytest.mark.parametrize(
    "content",
    [
        {"sparkSubmit": "x"},
        {"jobDriver": {"sparkSubmit": {"sparkSubmitParameters": ["--conf", "a=b"]}}},
        {
            "jobDriver": {"sparkSubmit": {}},
            "configurationOverrides": {"applicationConfiguration": {"classification": "x"}},
        },
        {
            "jobDriver": {"sparkSubmit": {}},
            "configurationOverrides": {"applicationConfiguration": configuration(["x"])},
        },
        {"maximumCapacity": "x", "cpu": 1, "application": None},
        {"application": {"maximumCapacity": {"cpu": 4}}},
        ["sparkSubmit"],
    ],
)
def test_wrong_shapes_do_not_break_the_reader(content):
    assert read(content).troubles == []
