"""What `explain` shows beside a job: the place filled with executors, memory pressure, and the executor that would fit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests import jobs, read

from spmlint import explain as explaining
from spmlint.answer import Opaque
from spmlint.places.filling import filling, granted_mib
from spmlint.places.pressure import pressure
from spmlint.places.room import rooms
from spmlint.places.sizing import largest_heap_mib, sizing

JOB = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: j}}
spec:
  type: {language}
  mode: cluster
  mainApplicationFile: local:///j.{end}
  {main}sparkVersion: "3.5.1"
  sparkConf: {{{conf}}}
  driver: {{memory: 1g}}
  executor: {{memory: {memory}, cores: 4, instances: 4{extra}}}
"""


def spark_job(memory="4g", conf="", extra="", python=False, facts=""):
    language = (
        {"language": "Python", "end": "py", "main": ""}
        if python
        else {"language": "Scala", "end": "jar", "main": "mainClass: c.E\n  "}
    )
    text = JOB.format(memory=memory, conf=conf, extra=extra, **language)
    (one,) = jobs(read(text), facts=read(facts, "facts.yaml") if facts else None)
    return one


NODE = "spmlint: facts\nkubernetes: '1.34'\nnodes: [{name: a, count: 3, capacity: {memory: 64Gi}, swap: 32Gi, "
LARGE = NODE + "allocatable: {memory: 60Gi, cpu: 15500m, pods: 110}}]\n"
KUBELET = "---\nkind: KubeletConfiguration\nfailSwapOn: false\nmemorySwap: {swapBehavior: LimitedSwap}\n"


def test_a_node_filled_with_executors():
    made = filling(spark_job("17g", facts=LARGE)).to_dict()
    assert (made["kind"], made["name"], made["number"], made["executors"], made["total"]) == ("node", "a", 3, 3, 9)
    assert made["binding"] == "memory and cpu"
    assert [(d["name"], d["unit"], d["capacity"], d["per_executor"], d["fits"]) for d in made["dimensions"]] == [
        ("memory", "MiB", 61440, 19148, 3),
        ("cpu", "millicores", 15500, 4000, 3),
        ("pods", "pods", 110, 1, 110),
    ]
    assert made["wasted"] == {"memory": 61440 - 3 * 19148, "cpu": 3500, "pods": 107}
    assert made["for_one_more"] == {"memory": 15360, "cpu": 3875}


def test_one_more_fits_at_the_size_that_is_named():
    most = filling(spark_job("20g", facts=LARGE)).to_dict()["for_one_more"]["memory"]
    assert filling(spark_job(f"{most - 2048}m", "spark.executor.memoryOverhead: 2g", facts=LARGE)).executors == 3
    assert filling(spark_job(f"{most - 2047}m", "spark.executor.memoryOverhead: 2g", facts=LARGE)).executors == 2


APPLICATION = """\
{"name": "a", "releaseLabel": "emr-7.5.0", "type": "SPARK",
 "maximumCapacity": {"cpu": "20 vCPU", "memory": "100 GB", "disk": "100 GB"}}
"""
RUN = """\
{"applicationId": "00f1", "executionRoleArn": "r", "jobDriver": {"sparkSubmit": {"entryPoint": "s3://b/j.py",
 "sparkSubmitParameters": "--conf spark.executor.cores=2 --conf spark.executor.memory=4g --conf spark.driver.cores=2
 --conf spark.driver.memory=4g --conf spark.executor.instances=4"}}}
""".replace("\n --conf", " --conf")


def serverless(run=RUN, application=APPLICATION):
    (one,) = jobs(read(run, "run.json"), facts=read(application, "application.json"))
    return one


def test_an_application_filled_with_workers():
    made = filling(serverless()).to_dict()
    assert (made["kind"], made["executors"], made["binding"], made["total"]) == ("application", 4, "disk", 4)
    # 100 GB - 20 of the driver; no worker has less than 20.
    assert made["for_one_more"] == {}
    assert {d["name"]: (d["capacity"], d["per_executor"]) for d in made["dimensions"]} == {
        "cpu": (18, 2),
        "memory": (95, 5),
        "disk": (80, 20),
    }


def test_the_largest_worker_that_still_holds_as_many():
    made = sizing(serverless())
    # 95 GB for four workers is 23, and the largest worker of 2 vCPU has 16: 16384 MiB hold a heap of 14894 and 10 %.
    assert (made.share.name, made.executors) == ("worker of 2 vCPU / 16 GB / 20 GB disk", 4)
    assert made.settings == {"spark.executor.memory": "14894m"}
    assert made.container_mib == 16383


def test_nothing_is_proposed_where_nothing_is_known():
    assert filling(spark_job()) is None
    assert sizing(spark_job()) is None


def test_as_many_as_now_share_what_is_there():
    # Three of 17g fit on a node of 15.5 cores: 61440 / 3 MiB = 18619 + 1861, and 5 cores each.
    assert sizing(spark_job("17g", facts=LARGE)).settings == {
        "spark.executor.memory": "18619m",
        "spark.executor.cores": "5",
        "spark.executor.instances": "8",
    }
    written = sizing(spark_job("17g", 'spark.kubernetes.executor.request.cores: "3500m"', facts=LARGE))
    assert "spark.executor.cores" not in written.settings


def test_where_none_fits_one_gets_the_whole_place():
    made = sizing(spark_job("100g", facts=LARGE))
    assert (made.share.per_place, made.settings["spark.executor.memory"]) == (1, "55855m")
    assert (made.settings["spark.executor.cores"], made.executors) == ("15", 2)


def test_the_driver_keeps_its_room():
    node = NODE.replace("count: 3", "count: 1") + "allocatable: {memory: 13565Mi, cpu: 5920m}}]\n"
    made = sizing(spark_job("5g", facts=node))
    # 13565 - 1408 MiB for the driver, and of 5.92 cores one.
    assert (made.executors, made.container_mib, made.settings["spark.executor.cores"]) == (1, 12157, "4")


def test_what_a_pod_template_adds_is_counted_for_what_is_proposed_too():
    command = (
        "spark-submit --master k8s://h --deploy-mode cluster --executor-memory 8g --executor-cores 2"
        " --conf spark.executor.instances=4 --conf spark.kubernetes.container.image=i"
        " --conf spark.kubernetes.executor.podTemplateFile=pod.yaml --class C local:///j.jar\n"
    )
    beside = "{name: spark}, {name: side, resources: {requests: {cpu: 1, memory: 10Gi}}}"
    template = read(f"apiVersion: v1\nkind: Pod\nspec: {{containers: [{beside}]}}\n", "pod.yaml")
    (one,) = jobs(read(command, "job.sh"), template, facts=read(LARGE, "facts.yaml"))
    made = explaining.explain(one, fit=True).data["fit"]
    # Three of 19251 MiB fit on a node, so each may have 20480, less the 10240 of the container beside it; one of nine goes
    # for the driver.
    assert (made["per_place"], made["share_mib"], made["executors"]) == (3, 10240, 8)


@settings(max_examples=40, deadline=None)
@given(
    memory_mib=st.integers(1500, 300_000),
    cpu=st.integers(4, 64),
    python=st.booleans(),
    overhead=st.sampled_from(["", "spark.executor.memoryOverhead: 700m", 'spark.executor.memoryOverheadFactor: "0.2"']),
)
def test_what_is_proposed_fits_and_one_mebibyte_more_does_not(memory_mib, cpu, python, overhead):
    node = NODE + f"allocatable: {{memory: {memory_mib}Mi, cpu: {cpu}}}}}]\n"
    before = spark_job("1g", overhead, python=python, facts=node)
    made = sizing(before)
    if made is None:
        return
    heap_mib = int(made.settings["spark.executor.memory"][:-1])
    cores = made.settings["spark.executor.cores"]

    def executors(heap):
        extra = overhead + (", " if overhead else "") + f"spark.executor.cores: '{cores}'"
        job = spark_job(f"{heap}m", extra, python=python, facts=node)
        one = filling(job)
        return one.executors

    assert executors(heap_mib) >= 1
    assert made.container_mib <= made.share.memory_mib
    assert made.share.memory_mib * made.share.per_place <= memory_mib
    wanted = max(min(rooms(before)[0].executors if rooms(before) else 0, 4), 1)
    assert made.executors >= wanted
    assert largest_heap_mib(before, made.share, wanted) == heap_mib
    extra = overhead + (", " if overhead else "") + f"spark.executor.cores: '{cores}'"
    bigger = spark_job(f"{heap_mib + 1}m", extra, python=python, facts=node)
    too_large = bigger.model.container("executor").container_mib > made.share.memory_mib
    assert too_large or rooms(bigger)[0].executors < wanted
    assert int(cores) * made.share.per_place <= cpu
    assert made.share.per_place == (filling(before).executors or 1)


def test_memory_pressure_of_a_stock_executor():
    # 9 GiB on a node of 64 GiB: facts of kubelet's policy.go give 860.
    made = pressure(spark_job("8g", "spark.executor.memoryOverhead: 1g", facts=LARGE + KUBELET), "executor")
    assert (made.qos, made.oom_score_adj) == ("Burstable", 860)
    assert (made.swap_max_mib, made.swap_reason) == (0, "the container's memory request equals its limit")
    assert made.eviction.startswith("among the last")
    assert [event.who for event in made.events] == [
        "the JVM",
        "the kernel, in the container",
        "the kubelet",
        "the kernel, on the node",
        "the driver",
        "the control plane",
    ]
    assert "passes 9216 MiB: heap, and in the other 1024 MiB" in made.events[1].when
    assert "falls below 100 MiB" in made.events[2].when
    assert "120000 ms" in made.events[4].when


def test_a_memory_limit_above_the_request_swaps_and_goes_early():
    job = spark_job("8g", "spark.executor.memoryOverhead: 1g", ", memoryLimit: 12Gi", facts=LARGE + KUBELET)
    made = pressure(job, "executor")
    assert made.swap_max_mib == 4608  # 9 / 64 of 32 GiB
    assert made.eviction == "among the first once it uses more than it requests, as spark-kubernetes-executor may"


def test_guaranteed_pods_and_sidecars():
    limited = 'spark.kubernetes.executor.limit.cores: "4"'
    assert pressure(spark_job(conf=limited, facts=LARGE), "executor").oom_score_adj == -997
    sidecar = ", sidecars: [{name: log, image: i}]"
    made = pressure(spark_job(conf=limited, extra=sidecar, facts=LARGE), "executor")
    assert made.qos == "Burstable"
    assert made.eviction.endswith("as log may")


def test_other_thresholds_and_timeouts_are_said():
    kubelet = KUBELET + 'evictionHard: {memory.available: "5%"}\nsingleProcessOOMKill: true\n'
    made = pressure(spark_job(conf="spark.network.timeout: 300s", facts=LARGE + kubelet), "executor")
    assert "falls below 3276 MiB" in made.events[2].when
    assert "one process alone" in made.events[1].symptom
    assert "300000 ms" in made.events[4].when
    off = KUBELET + 'evictionHard: {nodefs.available: "5%"}\n'
    assert "memory eviction is off" in pressure(spark_job(facts=LARGE + off), "driver").events[2].when


def test_there_are_no_pods_elsewhere():
    assert pressure(serverless(), "executor") is None


def test_a_worker_is_larger_than_its_container():
    job = serverless()
    assert job.model.container("executor").container_mib == 4505
    assert granted_mib(job, "executor") == 5 * 1024
    nowhere = serverless(RUN.replace("spark.executor.memory=4g", "spark.executor.memory=40g"))
    assert granted_mib(nowhere, "executor") is None


SITE = """\
<configuration>
  <property><name>yarn.scheduler.minimum-allocation-mb</name><value>{smallest}</value></property>
</configuration>
"""


@pytest.mark.parametrize(("smallest", "granted"), [("1024", 5120), ("1", 4505), ("{{ smallest }}", None)])
def test_yarn_grants_the_next_multiple(smallest, granted, folder, monkeypatch, capsys):
    from spmlint.cli import main

    monkeypatch.chdir(folder.path)
    folder.write("yarn-site.xml", SITE.format(smallest=smallest))
    folder.write("spark-defaults.conf", "spark.master yarn\nspark.executor.memory 4g\n")
    command = ["explain", "--isolated", "--format", "json", "--facts", "yarn-site.xml", "spark-defaults.conf"]
    assert main(command) == 0
    [job] = json.loads(capsys.readouterr().out)["jobs"]
    assert job["executor"]["container_mib"] == 4505
    assert job["executor"]["granted_mib"] == granted


def test_a_pod_is_granted_what_it_asks_for():
    assert granted_mib(spark_job(facts=LARGE), "executor") is None


def test_a_templated_size_hides_the_place():
    with pytest.raises(Opaque):
        rooms(spark_job('"{{ memory }}"', facts=LARGE))


@pytest.fixture
def explain(folder, monkeypatch, capsys):
    from spmlint.cli import main

    monkeypatch.chdir(folder.path)
    folder.write("facts.yaml", LARGE)
    folder.write(
        "job.yaml", JOB.format(memory="17g", conf="", extra="", language="Scala", end="jar", main="mainClass: c.E\n  ")
    )

    def run(*arguments):
        assert main(["explain", "--isolated", "--facts", "facts.yaml", "job.yaml", *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_the_command_shows_the_place_and_where_it_is_known_from(explain):
    text = explain("--fit")
    assert "fact  Node a: 3 of them, allocatable memory 60Gi" in text
    assert "place  node a (facts.yaml:3) holds 3 executors, one of 3" in text
    assert "the nodes hold 9 executors beside the driver, bound by memory and cpu" in text
    assert "fit  3 executors on each node a, 8 in all beside the driver; 0 MiB of 20480 left over" in text


def test_the_command_gives_the_same_as_data(explain):
    (one,) = json.loads(explain("--fit", "--format", "json"))["jobs"]
    assert [(fact["kind"], fact["path"], fact["line"]) for fact in one["facts"]] == [
        ("KubernetesCluster", "facts.yaml", 1),
        ("Node", "facts.yaml", 3),
    ]
    assert one["place"]["executors"] == 3
    assert [room["executors"] for room in one["rooms"]] == [9]
    assert one["pressure"]["executor"]["qos"] == "Burstable"
    assert one["fit"]["settings"]["spark.executor.memory"] == "18619m"
