"""Airflow operators and boto3 calls give the same jobs as the requests they send."""

import time

import pytest

from spmlint.answer import CLUSTER, EMR_ON_EC2, EMR_ON_EKS, EMR_SERVERLESS, JVM, KUBERNETES, PYTHON, Opaque
from spmlint.conf import Conf
from spmlint.linking.link import link
from spmlint.loaders import load

from harness import FIXTURES

MEMORY, CORES = "spark.executor.memory", "spark.executor.cores"


def read(source):
    return load("dag.py", source.encode())


def conf_of(source):
    (fragment,) = read(source).fragments
    return Conf(fragment.layers)


def test_the_operators_of_the_fixture():
    loaded = load("dag.py", (FIXTURES / "carriers/dag.py").read_bytes())
    submit, serverless, containers, livy, kubernetes = loaded.fragments
    assert [Conf(one.layers).get(MEMORY) for one in (submit, serverless, containers, livy, kubernetes)] == (
        ["8g", "4g", "4g", "4g", "4g"]
    )
    assert [one.kind for one in loaded.fragments] == [
        "SparkSubmitOperator",
        "EMR Serverless job run",
        "EMR on EKS job run",
        "Livy batch",
        "SparkApplication",
    ]
    assert [one.complete for one in loaded.fragments] == [True] * 5
    assert [one.world.platform.known for one in loaded.fragments] == [
        None,
        EMR_SERVERLESS,
        EMR_ON_EKS,
        None,
        KUBERNETES,
    ]
    assert [one.world.language.known for one in loaded.fragments] == [PYTHON, PYTHON, JVM, JVM, PYTHON]
    assert (submit.world.mode.known, containers.world.spark.known) == (CLUSTER, (3, 4))
    assert serverless.refers["application"].holes
    with pytest.raises(Opaque):
        Conf(containers.layers).get("spark.executor.instances")


def test_options_of_spark_submit_beat_its_conf():
    conf = conf_of(f"SparkSubmitOperator(application='a.py', conf={{'{MEMORY}': '4g'}}, executor_memory='8g')")
    assert [s.value.value for s in conf.written(MEMORY)] == ["8g", "4g"]


def test_the_calls_of_the_fixture():
    loaded = load("boto.py", (FIXTURES / "carriers/boto.py").read_bytes())
    run, step = loaded.fragments
    assert (Conf(run.layers).get(CORES), run.world.platform.known) == ("4", EMR_SERVERLESS)
    assert (Conf(step.layers).get(MEMORY), step.world.platform.known) == ("4g", EMR_ON_EC2)
    application = loaded.resources[0]
    assert (application.kind, application.word("maximumCapacity", "cpu")) == ("EmrServerlessApplication", "32 vCPU")
    with pytest.raises(Opaque):
        application.word("maximumCapacity", "memory")


RUN = "client.start_job_run(applicationId=a, jobDriver={'sparkSubmit': {'entryPoint': 'a.py', %s}}, %s)"
PARAMETERS = f"'sparkSubmitParameters': '--conf {CORES}=4'"
OVERRIDES = (
    "configurationOverrides={'applicationConfiguration': [{'classification': 'spark-defaults', 'properties': "
    f"{{'{MEMORY}': '4g'}}}}]}}"
)


def test_a_request_of_literals_is_closed():
    conf = conf_of(RUN % (PARAMETERS, OVERRIDES))
    assert (conf.get(MEMORY), conf.get(CORES), conf.get("spark.task.cpus")) == ("4g", "4", None)


@pytest.mark.parametrize(
    ("driver", "more"),
    [
        ("'sparkSubmitParameters': x", OVERRIDES),
        ("**x", OVERRIDES),
        (PARAMETERS, "configurationOverrides=x"),
        (PARAMETERS, "configurationOverrides={**x}"),
        (PARAMETERS, "configurationOverrides={'applicationConfiguration': x}"),
        (PARAMETERS, "configurationOverrides={'applicationConfiguration': [x]}"),
        (PARAMETERS, "configurationOverrides={'applicationConfiguration': [*x]}"),
        (PARAMETERS, "configurationOverrides={'applicationConfiguration': [{'classification': x, 'properties': {}}]}"),
        (PARAMETERS, OVERRIDES.replace("{'spark.executor.memory': '4g'}", "x")),
        (PARAMETERS, OVERRIDES.replace("'4g'}", "'4g', **x}")),
        (PARAMETERS, OVERRIDES.replace("'spark.executor.memory'", "x")),
        (PARAMETERS, "**x"),
    ],
)
def test_a_placeholder_anywhere_leaves_open_what_else_is_set(driver, more):
    conf = conf_of(RUN % (driver, more))
    with pytest.raises(Opaque):
        conf.get("spark.task.cpus")


def test_configuration_beside_a_hidden_driver_is_read():
    conf = conf_of(f"client.start_job_run(applicationId=a, jobDriver=x, {OVERRIDES})")
    assert conf.winner(MEMORY).value.value == "4g"
    with pytest.raises(Opaque):
        conf.get(MEMORY)


def test_arguments_of_airflow_itself_are_no_part_of_the_request():
    loaded = read(
        "EmrServerlessStartJobOperator(task_id='t', application_id='a', wait_for_completion=True, config={'mode': 'BATCH'}, "
        "job_driver={'sparkSubmit': {'entryPoint': 'a.py', 'sparkSubmitParameters': '--conf spark.task.cpus=1'}})"
    )
    (run,) = loaded.resources
    assert list(run.fields()) == ["applicationId", "mode", "jobDriver"]


def test_an_operator_that_creates_an_application():
    loaded = read(
        "EmrServerlessCreateApplicationOperator(release_label='emr-7.5.0', job_type='SPARK', "
        "config={'maximumCapacity': {'cpu': '4 vCPU', 'memory': '16 GB'}})"
    )
    (application,) = loaded.resources
    assert application.word("type") == "SPARK"
    assert application.word("maximumCapacity", "cpu") == "4 vCPU"


def test_the_conf_of_a_cluster_lies_below_its_steps():
    loaded = read(
        "emr.run_job_flow(Name='n', ReleaseLabel='emr-6.15.0', Configurations=[{'Classification': 'spark-defaults', "
        f"'Properties': {{'{MEMORY}': '1g', '{CORES}': '2'}}}}], Steps=[{{'HadoopJarStep': {{'Jar': 'command-runner.jar', "
        "'Args': ['spark-submit', '--executor-memory', '4g', 'a.py']}}])"
    )
    (job,) = link([loaded]).jobs
    assert (job.conf.get(MEMORY), job.conf.get(CORES), job.world.spark.known) == ("4g", "2", (3, 4))


@pytest.mark.parametrize(
    "source",
    [
        "glue.start_job_run(JobName='x', Arguments={'--conf': 'spark.a=b'})",
        "start_job_run(jobDriver={'sparkSubmit': {}})",
        "client.start_job_run(**request)",
        "boto3.client('emr-serverless').create_application(name='x')",
        "LivyOperator(task_id='x')",
        "SparkSubmitOperator(application='a.py')",
        "SparkKubernetesOperator(application_file='job.yaml')",
        "emr.add_job_flow_steps(JobFlowId='j', Steps=steps)",
        "EmrContainerOperator(job_driver=x)",
    ],
)
def test_nothing_is_made_of_calls_without_literals(source):
    loaded = read(source)
    assert loaded.fragments == loaded.troubles == []


def test_an_alias_bomb_ends_soon():
    started = time.process_time()
    bomb = "a1 = ['x']\n" + "".join(f"a{n + 1} = [a{n}, a{n}]\n" for n in range(1, 60))
    read(bomb + "emr.add_job_flow_steps(Steps=a60)\nSparkConf().setAll(a60)\n")
    assert time.process_time() - started < 2


LARGE = {
    "one chain": "SparkSession.builder" + ".config('spark.a', 'b')" * 800,
    "statements": "c = SparkConf()\n" + "c.set('spark.a', 'b')\n" * 8_000,
    "branches": "c = SparkConf()\n" + "if x:\n  c.set('spark.a', 'b')\n" * 5_000,
    "weak": "c = SparkConf()\n" + "c.setIfMissing('spark.a', 'b')\n" * 8_000,
    "functions": "SparkConf()\n" + "def f(c):\n  c = SparkConf()\n  c.set('spark.a', 'b')\n" * 4_000,
    "taken": "c = SparkConf().set('spark.a', 'b')\nb = SparkSession.builder\n" + "b.config(conf=c)\n" * 2_000,
    "else if": "c = SparkConf()\nif x:\n  pass\n" + "elif y:\n  c.set('spark.a', 'b')\n" * 500,
    "objects in objects": "SparkSession.builder.config(conf=" * 195 + "SparkConf()" + ")" * 195,
    "a builder of itself": "b = SparkSession.builder\nb.config(conf=b).config(conf=b.config(conf=b))\n",
}


@pytest.mark.parametrize("name", LARGE)
def test_large_programs_end_soon(name):
    started = time.process_time()
    read(LARGE[name])
    assert time.process_time() - started < 3
