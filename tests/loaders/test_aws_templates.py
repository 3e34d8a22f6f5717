"""CloudFormation, Step Functions and EMR clusters: the requests inside them, in the other spelling."""

import json
import time

import pytest

from spmlint.answer import EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS, Opaque
from spmlint.conf import Conf
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.emr_configuration import application_layers
from spmlint.loaders.recognition import recognise

from harness import FIXTURES

CARRIERS = FIXTURES / "carriers"
MEMORY, CORES = "spark.executor.memory", "spark.executor.cores"


def read(name):
    return load(name, (CARRIERS / name).read_bytes())


def template(properties, kind="AWS::EMRServerless::Application"):
    return load("template.json", json.dumps({"Resources": {"X": {"Type": kind, "Properties": properties}}}).encode())


def test_an_application_of_cloudformation():
    application = next(one for one in read("template.yaml").resources if one.kind == "EmrServerlessApplication")
    assert application.word("releaseLabel") == "emr-7.5.0"
    assert [application.word("maximumCapacity", field) for field in ("cpu", "disk")] == ["32 vCPU", "400 GB"]
    with pytest.raises(Opaque, match="MemoryLimit"):
        application.word("maximumCapacity", "memory")
    pools = application.parts("initialCapacity")
    assert (list(pools), pools["Driver"].word("workerCount")) == (["Driver", "Executor"], "1")
    with pytest.raises(Opaque):
        pools["Executor"].word("workerCount")
    assert pools["Executor"].word("workerConfiguration", "memory") == "16 GB"
    assert application.key_of("maximumCapacity", "cpu").value == "Cpu"
    (layer,) = application_layers(application)
    assert [s.key for s in layer.settings] == [MEMORY, "spark.emr-serverless.driverEnv.JAVA_HOME"]


def test_a_machine_in_a_template():
    (fragment,) = read("template.yaml").fragments
    setting = Conf(fragment.layers).setting(MEMORY)
    assert (fragment.world.platform.known, setting.span().text, setting.span().line) == (EMR_ON_EKS, "4g", 38)


@pytest.mark.parametrize("value", [{"Ref": "X"}, {"Fn::If": ["A", {"Cpu": "1 vCPU"}, "B"]}, {"Fn::Sub": "${X} vCPU"}])
def test_functions_of_json_templates_are_placeholders(value):
    (application,) = template({"MaximumCapacity": {"Cpu": value, "Memory": "8 GB"}}).resources
    with pytest.raises(Opaque):
        application.word("maximumCapacity", "cpu")


def test_a_function_hides_all_that_it_stands_for():
    (application,) = template({"MaximumCapacity": {"Fn::If": ["A", {}, {}]}}).resources
    with pytest.raises(Opaque):
        application.word("maximumCapacity", "cpu")


def test_names_of_properties_stay():
    (application,) = template(
        {"RuntimeConfiguration": [{"Classification": "spark-defaults", "Properties": {"Spark.Key": "X", MEMORY: "4g"}}]}
    ).resources
    (layer,) = application_layers(application)
    assert [s.key for s in layer.settings] == ["Spark.Key", MEMORY]


@pytest.mark.parametrize(
    "properties",
    [
        {"InitialCapacity": "x"},
        {"InitialCapacity": ["x", {"Key": "Driver"}]},
        {"MaximumCapacity": []},
        {"RuntimeConfiguration": {"Properties": []}},
        {},
    ],
)
def test_wrong_shapes_do_not_break_the_reader(properties):
    loaded = template(properties)
    assert loaded.troubles == []
    link([loaded])


def test_tasks_of_a_machine():
    first, second = read("machine.asl.json").fragments
    conf = Conf(first.layers)
    assert (conf.get(MEMORY), conf.get(CORES), conf.get("spark.task.cpus")) == ("4g", "4", None)
    with pytest.raises(Opaque):
        conf.get("spark.driver.memory")
    assert [one.world.platform.known for one in (first, second)] == [EMR_SERVERLESS] * 2
    assert first.refers["application"].holes
    assert second.refers["application"].value == "00f1"
    with pytest.raises(Opaque):
        Conf(second.layers).get(MEMORY)


@pytest.mark.parametrize(
    "task",
    [
        {"Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "x"}},
        {"Resource": "arn:aws:states:::emr-serverless:startJobRun"},
        {"Resource": {"Ref": "X"}, "Parameters": []},
        {"Resource": "arn:aws:states:::emr-serverless:startJobRun", "Parameters": "x"},
    ],
)
def test_other_tasks_give_nothing(task):
    text = json.dumps({"StartAt": ":startJobRun", "States": {"X": task, "Y": ":states:::"}})
    loaded = load("machine.json", text.encode())
    assert loaded.fragments == loaded.troubles == []


def test_a_cluster_with_its_steps():
    loaded = read("cluster.json")
    (job,) = link([loaded]).jobs
    assert [s.value.value for s in job.conf.written(MEMORY)] == ["8g", "4g"]
    assert (job.conf.get(CORES), job.world.spark.known, job.world.platform.known) == ("4", (3, 4), EMR_ON_EC2)
    request, configuration = loaded.resources
    assert job.resource is request
    assert configuration.word("spark", "maximizeResourceAllocation") == "true"
    assert configuration.word("yarn-site", "yarn.scheduler.maximum-allocation-mb") == "24576"


def test_configurations_alone_are_a_part_of_a_job():
    (fragment,) = read("configurations.json").fragments
    assert (fragment.complete, fragment.world.platform.known) == (False, EMR_ON_EC2)
    with pytest.raises(Opaque):
        Conf(fragment.layers).get(CORES)


@pytest.mark.parametrize(
    ("classification", "platform"), [("yarn-site", EMR_ON_EC2), ("capacity-scheduler", EMR_ON_EC2), ("hive-site", None)]
)
def test_the_lower_case_spelling_is_told_by_its_classifications(classification, platform):
    content = [
        {"classification": "spark-defaults", "properties": {MEMORY: "4g"}},
        {"classification": classification, "properties": {}},
    ]
    (fragment,) = load("configurations.json", json.dumps(content).encode()).fragments
    assert fragment.world.platform.known == platform
    assert len(fragment.world.platform.options) == (1 if platform else 3)


@pytest.mark.parametrize(
    "content", [[], [1], [[]], [{"Classification": {}}], {"Classification": "x"}, {"Configurations": 1}]
)
def test_wrong_configurations_do_not_break_the_reader(content):
    text = json.dumps([content, {"note": '"Classification"'}] if isinstance(content, dict) else content)
    loaded = load("configurations.json", text.encode())
    assert loaded is None or loaded.troubles == loaded.fragments == []


def test_a_run_on_eks():
    (fragment,) = read("container-job.json").fragments
    conf = Conf(fragment.layers)
    assert (conf.get(MEMORY), conf.get(CORES)) == ("4g", "4")
    assert (fragment.complete, fragment.world.platform.known, fragment.world.spark.known) == (True, EMR_ON_EKS, (3, 4))


@pytest.mark.parametrize(
    ("name", "text", "module"),
    [
        ("a.yaml", "Type: AWS::EMRServerless::Application", "cloudformation"),
        ("a.template", "AWS::EMR::Cluster", "cloudformation"),
        ("a.yaml", "Type: AWS::S3::Bucket", None),
        ("a.json", '{"Resource": "arn:aws:states:::emr-serverless:startJobRun"}', "step_functions"),
        ("a.json", '{"Resource": "arn:aws:states:::lambda:invoke"}', None),
        ("a.json", '[{"Classification": "spark"}]', "emr_cluster"),
        ("a.json", '[{"classification": "spark", "properties": {}}]', "emr_cluster"),
        ("a.json", '{"classification": "mammal", "properties": {}}', None),
        ("a.json", '{"sparkSubmitJobDriver": {}}', "emr_containers"),
    ],
)
def test_recognition_looks_at_bytes_alone(name, text, module):
    assert recognise(name, text.encode()) == module


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}, *a{n}]\n" for n in range(40))
HOSTILE = {
    "recursive": "&p\n      Name: *p\n      RuntimeConfiguration: [*p]\n      InitialCapacity: [*p]\n",
    "bomb": "\n      Steps: *a40\n      Configurations: *a40\n      Definition: *a40\n",
}


@pytest.mark.parametrize(
    "kind", ["AWS::EMRServerless::Application", "AWS::EMR::Cluster", "AWS::StepFunctions::StateMachine"]
)
@pytest.mark.parametrize("name", HOSTILE)
def test_aliases_end_soon(name, kind):
    text = f"# AWS::EMR::Cluster\n{BOMB}Resources:\n  X:\n    Type: {kind}\n    Properties: {HOSTILE[name]}"
    started = time.process_time()
    loaded = load("template.yaml", text.encode())
    assert loaded.troubles == []
    link([loaded])
    assert time.process_time() - started < 2
