"""How many executors a job's place holds: exact fits, one short, and what more capacity may do."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from manifests import jobs, read

from spmlint.places.room import NODES, QUOTA, YARN_NODES, rooms

from harness import Folder

JOB = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: j, namespace: etl}}
spec:
  type: Scala
  mode: cluster
  mainClass: c.E
  mainApplicationFile: local:///j.jar
  sparkVersion: "3.5.1"
  driver: {{memory: 1g{driver}}}
  executor: {{memory: 4g, cores: 2, instances: {instances}{executor}}}
"""
EACH_MIB = 4096 + 409
DRIVER_MIB = 1024 + 384


def job(instances: int = 4, driver: str = "", executor: str = ""):
    return JOB.format(instances=instances, driver=driver, executor=executor)


def facts(nodes: str = "", rest: str = "") -> str:
    return f"spmlint: facts\nnodes: [{nodes}]\n{rest}"


def node(name: str = "a", count: int = 1, extra: str = "", **amounts: object) -> str:
    inner = ", ".join(f"{key.replace('_', '-')}: {value}" for key, value in amounts.items())
    return f"{{name: {name}, count: {count}, allocatable: {{{inner}}}{extra}}}"


def held(job_text: str, facts_text: str):
    (one,) = jobs(read(job_text), facts=read(facts_text, "facts.yaml"))
    return rooms(one.within(one.world))


def only(job_text: str, facts_text: str):
    (room,) = held(job_text, facts_text)
    return room


@pytest.mark.parametrize("executors", [1, 2, 7])
def test_nodes_hold_the_driver_and_so_many_executors_exactly(executors):
    size = DRIVER_MIB + executors * EACH_MIB
    for memory, count in ((size, executors), (size - 1, executors - 1), (size + EACH_MIB - 1, executors)):
        room = only(job(), facts(node(memory=f"{memory}Mi", cpu=100)))
        assert (room.kind, room.executors, room.binding) == (NODES, count, ["memory"])


@pytest.mark.parametrize(
    ("amounts", "count", "binding"),
    [
        ({"cpu": "7"}, 3, "cpu"),
        ({"cpu": "6999m"}, 2, "cpu"),
        ({"pods": 4}, 3, "pods"),
        ({"pods": 3}, 2, "pods"),
    ],
)
def test_other_resources_bind_as_exactly(amounts, count, binding):
    room = only(job(), facts(node(memory="1Ti", **{"cpu": 100, **amounts})))
    assert (room.executors, room.binding) == (count, [binding])


def test_what_daemon_sets_take_is_not_there_for_executors():
    reserved = ", reserved: {memory: 1Mi}"
    exact = f"{DRIVER_MIB + 2 * EACH_MIB}Mi"
    assert only(job(), facts(node(memory=exact))).executors == 2
    assert only(job(), facts(node(memory=exact, extra=reserved))).executors == 1


def test_the_driver_stands_where_it_costs_least():
    # On b it takes what no executor could use.
    pair = ", ".join([node("a", 3, memory=f"{2 * EACH_MIB}Mi"), node("b", 1, memory=f"{EACH_MIB + DRIVER_MIB}Mi")])
    assert only(job(), facts(pair)).executors == 3 * 2 + 1
    alone = node("a", 3, memory=f"{2 * EACH_MIB}Mi")
    room = only(job(), facts(alone))
    assert room.executors == 5
    assert room.derivation()[-1] == "5 executors = 3 x 2 on a - 1 for the driver on a"


def test_nodes_that_keep_the_pods_away_do_not_count():
    tainted = node("a", 9, memory="100Gi", extra=", taints: [{key: team, value: web, effect: NoSchedule}]")
    plain = node("b", 1, memory=f"{DRIVER_MIB + EACH_MIB}Mi")
    assert only(job(), facts(f"{tainted}, {plain}")).executors == 1
    tolerating = ", tolerations: [{key: team, operator: Exists}]"
    assert only(job(executor=tolerating), facts(f"{tainted}, {plain}")).executors == 9 * 22 + 1


def test_a_driver_on_other_nodes_takes_nothing_from_executors():
    nodes = ", ".join(
        [
            node("a", 2, memory=f"{EACH_MIB}Mi", extra=", labels: {pool: work}"),
            node("b", 1, memory=f"{DRIVER_MIB}Mi", extra=", labels: {pool: small}"),
        ]
    )
    split = job(driver=", nodeSelector: {pool: small}", executor=", nodeSelector: {pool: work}")
    assert only(split, facts(nodes)).executors == 2


def test_nothing_is_said_where_a_node_does_not_tell_its_size():
    assert held(job(), facts("{name: a, capacity: {memory: 64Gi}}")) == []


@pytest.mark.parametrize(
    ("quota", "count", "binding"),
    [
        (f"requests.memory: {DRIVER_MIB + 3 * EACH_MIB}Mi", 3, "requests.memory"),
        (f"requests.memory: {DRIVER_MIB + 3 * EACH_MIB - 1}Mi", 2, "requests.memory"),
        (f"limits.memory: {DRIVER_MIB + 3 * EACH_MIB}Mi", 3, "limits.memory"),
        ("requests.cpu: 7", 3, "requests.cpu"),
        ("cpu: 6", 2, "cpu"),
        ("pods: 4", 3, "pods"),
        ("count/pods: 3", 2, "count/pods"),
        ("pods: 1", 0, "pods"),
    ],
)
def test_a_quota_holds_so_many_beside_the_driver(quota, count, binding):
    room = only(job(), f"spmlint: facts\nnamespaces: [{{name: etl, quota: {{{quota}}}}}]\n")
    assert (room.kind, room.executors, room.binding) == (QUOTA, count, [binding])


def test_a_quota_of_other_things_bounds_no_executors():
    assert held(job(), "spmlint: facts\nnamespaces: [{name: etl, quota: {services: 3}}]\n") == []


def test_the_tightest_place_comes_first():
    both = facts(node(memory="100Gi"), "namespaces: [{name: etl, quota: {pods: 3}}]\n")
    assert [room.kind for room in held(job(), both)] == [QUOTA, NODES]


def test_a_namespace_is_met_by_name_and_by_none_of_several():
    one = "spmlint: facts\nnamespaces: [{name: other, quota: {pods: 3}}]\n"
    two = "spmlint: facts\nnamespaces: [{name: other, quota: {pods: 3}}, {name: more, quota: {pods: 4}}]\n"
    unnamed = job().replace(", namespace: etl", "")
    assert held(job(), one) == []
    assert [room.executors for room in held(unnamed, one)] == [2]
    assert held(unnamed, two) == []


SUBMIT = "spark-submit --master yarn --deploy-mode cluster --executor-memory 4g --driver-memory 1g --class a.B j.jar\n"


@pytest.mark.parametrize(
    ("yarn", "count"),
    [
        (f"node-memory-mb: {2 * EACH_MIB}, nodes: 3", 2 * 2 + 1),
        (f"node-memory-mb: {2 * EACH_MIB + DRIVER_MIB}, nodes: 3", 6),
        (f"node-memory-mb: {2 * EACH_MIB + DRIVER_MIB - 1}, nodes: 3", 5),
        (f"node-memory-mb: {2 * EACH_MIB - 1}, nodes: 3", 3),
        # 4505 MiB are granted as 5120, and 1408 as 2048.
        (f"node-memory-mb: {2 * 5120}, nodes: 2, minimum-allocation-mb: 1024", 2 + 1),
        (f"node-memory-mb: {2 * 5120 - 1}, nodes: 2, minimum-allocation-mb: 1024", 1 + 1),
    ],
)
def test_yarn_rounds_up_and_fills_its_nodes(yarn, count):
    (one,) = jobs(read(SUBMIT, "run.sh"), facts=read(f"spmlint: facts\nyarn: {{{yarn}}}\n", "facts.yaml"))
    (room,) = rooms(one)
    assert (room.kind, room.executors) == (YARN_NODES, count)


SIZES = st.integers(0, 40_000)


@settings(max_examples=40, deadline=None)
@given(
    memory=SIZES,
    cpu=st.integers(0, 40),
    pods=st.integers(0, 9),
    count=st.integers(1, 4),
    more=SIZES,
    cores=st.integers(0, 9),
)
def test_more_capacity_never_holds_fewer(memory, cpu, pods, count, more, cores):
    def executors(memory, cpu, pods, count):
        found = held(job(), facts(node(memory=f"{memory}Mi", cpu=cpu, pods=pods, count=count)))
        return found[0].executors if found else -1

    base = executors(memory, cpu, pods, count)
    assert executors(memory + more, cpu, pods, count) >= base
    assert executors(memory, cpu + cores, pods, count) >= base
    assert executors(memory, cpu, pods + 1, count) >= base
    assert executors(memory, cpu, pods, count + 1) >= base


WEIGHT = {"error": 3, "warning": 2, "info": 1}
CAPACITY = ("SPM211", "SPM301", "SPM515")


@settings(max_examples=25)
@given(memory=SIZES, cpu=st.integers(0, 20), pods=st.integers(0, 9), quota=st.integers(1, 40_000), more=SIZES)
@example(memory=EACH_MIB, cpu=3, pods=2, quota=1, more=DRIVER_MIB)  # either pod fits alone, then both together
def test_more_capacity_never_adds_a_finding(tmp_path_factory, memory, cpu, pods, quota, more):
    folder = Folder(tmp_path_factory.mktemp("capacity"))
    folder.write("job.yaml", job())

    def found(memory, quota):
        rest = f"namespaces: [{{name: etl, quota: {{requests.memory: {quota}Mi}}}}]\n"
        folder.write("facts.yaml", facts(node(memory=f"{memory}Mi", cpu=cpu, pods=pods), rest))
        report = folder.check("job.yaml", facts=["facts.yaml"], select=list(CAPACITY))
        assert report.failures == []
        return [WEIGHT[finding.severity] for finding in report.findings]

    base = found(memory, quota)
    for after in (found(memory + more, quota), found(memory, quota + more)):
        assert len(after) <= len(base)
        assert max(after, default=0) <= max(base, default=0)
