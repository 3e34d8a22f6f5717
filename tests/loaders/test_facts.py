"""Facts files: our own form, and the objects of a cluster as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manifests import read

from spmlint.document.hadoop_xml import read_hadoop_xml
from spmlint.document.node import Problem
from spmlint.document.text import Source
from spmlint.kubernetes.resources import CPU, MEMORY
from spmlint.place import Place
from spmlint.places.nodes import allocatable, how_many, memory_capacity, reserved, swap_capacity
from spmlint.places.operators import KUBEFLOW, release_known
from spmlint.places.yarn_nodes import MAXIMUM, MINIMUM, NODE, YarnNodes

FACTS = """\
spmlint: facts
kubernetes: 1.30
nodes:
  - name: a
    count: 3
    labels: {pool: spark}
    capacity: {memory: 64Gi}
    allocatable: {memory: 60Gi, cpu: 15800m}
    reserved: {memory: 1Gi}
    swap: 8Gi
  - {name: b, kubernetes: "1.34"}
namespaces:
  - name: etl
    quota: {pods: 3}
    limits: [{type: Container, max: {memory: 8Gi}}]
yarn: {maximum-allocation-mb: 12288, instance-type: m5.xlarge}
emr-serverless:
  account-vcpu-quota: 64
  application: {maximumCapacity: {cpu: 4 vCPU, memory: 16 GB}}
operator: {name: kubeflow, version: "2.4.0"}
"""


def by_kind(text=FACTS, name="facts.yaml"):
    found = {}
    for resource in read(text, name).resources:
        found.setdefault(resource.kind, []).append(resource)
    return found


def test_each_section_is_the_object_it_stands_for():
    found = by_kind()
    a, b = found["Node"]
    assert (a.name, how_many(a), how_many(b)) == ("a", 3, 1)
    assert allocatable(a) == {MEMORY: (60 << 30) * 1000, CPU: 15800}
    assert reserved(a) == {MEMORY: (1 << 30) * 1000}
    assert (memory_capacity(a), swap_capacity(a)) == (64 << 30, 8 << 30)
    assert [node.word("status", "nodeInfo", "kubeletVersion") for node in (a, b)] == ["1.30", "1.34"]
    assert [(r.namespace, r.word("spec", "hard", "pods")) for r in found["ResourceQuota"]] == [("etl", "3")]
    assert found["LimitRange"][0].items("spec", "limits")[0].word("max", "memory") == "8Gi"
    assert found["EmrServerlessApplication"][0].word("maximumCapacity", "cpu") == "4 vCPU"
    assert found["EmrServerlessAccount"][0].word("account-vcpu-quota") == "64"
    assert found["KubernetesCluster"][0].word("kubernetes") == "1.30"


def test_what_is_written_keeps_its_place():
    span = by_kind()["Node"][0].place("status", "allocatable", "memory")
    assert (span.line, span.column, span.text) == (8, 27, "60Gi")
    assert by_kind()["Node"][0].place("status", "allocatable", "pods").text == "allocatable"


def test_the_operator_and_its_release():
    place = Place()
    for resource in read(FACTS, "facts.yaml").resources:
        place.take(resource)
    assert release_known(place, KUBEFLOW) == (2, 4, 0)


def test_json_and_objects_beside_the_facts():
    assert set(by_kind('{"spmlint": "facts", "nodes": [{"name": "a"}]}', "facts.json")) == {"Node"}
    kubelet = "---\nkind: KubeletConfiguration\nfailSwapOn: false\n"
    assert set(by_kind("spmlint: facts\nkubernetes: '1.34'\n" + kubelet)) == {
        "KubernetesCluster",
        "KubeletConfiguration",
    }


@pytest.mark.parametrize(
    ("line", "message", "place"),
    [
        ("node: []", "unknown key 'node', did you mean 'nodes'?", (2, 1)),
        ("nodes: [{name: a, cuont: 2}]", "nodes[0]: unknown key 'cuont', did you mean 'count'?", (2, 19)),
        ("nodes: [{name: a, count: 0}]", "nodes[0].count: 0 is less than the minimum of 1", (2, 26)),
        (
            "nodes: [{name: a, allocatable: {memory: 60GB}}]",
            "nodes[0].allocatable.memory: '60GB' does not match",
            (2, 41),
        ),
        (
            "nodes: [{name: a, allocatable: {nvidia.com/gpu: 2, gpu: 1}}]",
            "nodes[0].allocatable: unknown key 'gpu'",
            (2, 52),
        ),
        ("nodes: [{count: 2}]", "nodes[0]: 'name' is a required property", (2, 9)),
        ("operator: {name: google}", "operator.name: 'google' is not one of", (2, 18)),
        ("yarn: {nodes: few}", "yarn.nodes: 'few' is not of type 'integer'", (2, 15)),
        ("kubernetes: latest", "kubernetes: 'latest' does not match", (2, 13)),
        ("nodes:", "nodes: None is not of type 'array'", (1, 1)),
    ],
)
def test_what_the_schema_refuses_is_said_at_its_place(line, message, place):
    loaded = read(f"spmlint: facts\n{line}\n", "facts.yaml")
    assert loaded.resources == []
    (trouble,) = loaded.troubles
    assert message in trouble.message
    assert (trouble.span.line, trouble.span.column) == place


SITE = """\
<?xml version="1.0"?>
<configuration xmlns:xi="http://www.w3.org/2001/XInclude">
  <xi:include href="/etc/passwd"/>
  <!-- <property><name>yarn.nodemanager.resource.memory-mb</name><value>1</value></property> -->
  <property>
    <name>yarn.scheduler.maximum-allocation-mb</name>
    <value> 57344 </value>
    <final>true</final>
  </property>
  <property><name>a</name><value>x &lt;&#x3c0;&gt; π</value></property>
</configuration>
"""


def test_yarn_site_xml():
    (site,) = read(SITE, "yarn-site.xml").resources
    sizes = YarnNodes(site)
    assert (sizes.maximum_mib, sizes.minimum_mib, sizes.node_mib) == (57344, None, None)
    span = sizes.place(MAXIMUM)
    assert (span.line, span.column, span.text) == (7, 13, "57344")
    assert site.word("a") == "x <π> π"
    assert site.place("a").text == "x &lt;&#x3c0;&gt; π"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><configuration>&b;</configuration>', "a document type is not read here"),
        ("<configuration><property>", "no element found"),
        ("yarn", "syntax error"),
    ],
)
def test_xml_that_is_not_read(text, message):
    with pytest.raises(Problem, match=message):
        read_hadoop_xml(Source("yarn-site.xml", text))


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=5, unique_by=lambda pair: pair[0]))
def test_names_and_values_of_xml_come_back(pairs):
    from xml.sax.saxutils import escape

    body = "".join(f"<property><name>{escape(n)}</name>\n<value>{escape(v)}</value></property>" for n, v in pairs)
    root = read_hadoop_xml(Source("yarn-site.xml", f"<configuration>{body}</configuration>"))
    assert [(name.value, value.value) for name, value in root.pairs()] == pairs
    for name, value in root.pairs():
        for scalar in (name, value):
            assert scalar.text.span().text == escape(scalar.value)


def test_instance_types_decide_where_no_size_is_written():
    (cluster,) = by_kind("spmlint: facts\nyarn: {instance-type: m5.xlarge, minimum-allocation-mb: 32, nodes: 4}\n")[
        "YarnCluster"
    ]
    sizes = YarnNodes(cluster)
    assert (sizes.maximum_mib, sizes.node_mib, sizes.number) == (12288, 12288, 4)
    assert sizes.place(NODE).text == "m5.xlarge"
    assert sizes.place(MINIMUM).text == "32"
    assert (sizes.granted_mib(33), sizes.granted_mib(64)) == (64, 64)
