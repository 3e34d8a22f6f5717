"""On which nodes executors run, and what YARN gives out there."""

from __future__ import annotations

import json

import pytest

from spmlint.answer import Opaque
from spmlint.document.json import read_json
from spmlint.document.text import Source
from spmlint.emr.instances import nodes
from spmlint.loaders.pascal_case import camel_case
from spmlint.place import View


def cluster(**request: object) -> View:
    return View(camel_case(read_json(Source("cluster.json", json.dumps(request)).whole())))


def found(**request: object) -> dict[str, int | None]:
    return {node.type: node.mib for node in nodes(cluster(**request))}


def group(role: str, kind: str, **more: object) -> dict[str, object]:
    return {"InstanceRole": role, "InstanceType": kind, **more}


def test_core_and_task_groups_count_and_the_primary_node_does_not():
    groups = [group("MASTER", "m5.4xlarge"), group("CORE", "m5.xlarge"), group("TASK", "m5.2xlarge")]
    assert found(Instances={"InstanceGroups": groups}) == {"m5.xlarge": 12288, "m5.2xlarge": 24576}


def test_fleets_have_several_types():
    fleet = {"InstanceFleetType": "CORE", "InstanceTypeConfigs": [{"InstanceType": "r5.xlarge"}, {"InstanceType": "x"}]}
    assert found(Instances={"InstanceFleets": [fleet]}) == {"r5.xlarge": 24576, "x": None}


def test_the_properties_of_cloudformation():
    instances = {
        "MasterInstanceGroup": {"InstanceType": "m5.4xlarge"},
        "CoreInstanceGroup": {"InstanceType": "m5.xlarge"},
        "TaskInstanceFleets": [{"InstanceTypeConfigs": [{"InstanceType": "c5.xlarge"}]}],
    }
    assert found(Instances=instances) == {"m5.xlarge": 12288, "c5.xlarge": 6144}


@pytest.mark.parametrize(
    ("instances", "kind"),
    [
        ({"MasterInstanceType": "m5.xlarge", "SlaveInstanceType": "c5.xlarge"}, "c5.xlarge"),
        ({"MasterInstanceType": "m5.xlarge"}, "m5.xlarge"),
    ],
)
def test_one_type_for_all(instances, kind):
    assert list(found(Instances=instances)) == [kind]


def test_the_configuration_of_a_group_beats_that_of_the_cluster():
    def site(mib: str) -> list[dict[str, object]]:
        properties = {"yarn.nodemanager.resource.memory-mb": mib}
        return [{"Classification": "yarn-site", "Properties": properties}]

    groups = [group("CORE", "m5.xlarge", Configurations=site("9000")), group("TASK", "m5.2xlarge")]
    assert found(Instances={"InstanceGroups": groups}, Configurations=site("8000")) == {
        "m5.xlarge": 9000,
        "m5.2xlarge": 8000,
    }


def test_hbase_takes_its_part():
    instances = {"InstanceGroups": [group("CORE", "r4.xlarge"), group("TASK", "m5.xlarge")]}
    assert found(Instances=instances, Applications=[{"Name": "hbase"}]) == {"r4.xlarge": 11712, "m5.xlarge": 12288}


def test_a_request_that_does_not_say():
    assert found(Name="nightly") == {}
    assert found(Instances={"InstanceCount": 3}) == {}


@pytest.mark.parametrize(
    "request_",
    [
        {"Instances": "${INSTANCES}"},
        {"Instances": {"InstanceGroups": "${GROUPS}"}},
        {"Instances": {"InstanceGroups": [group("CORE", "${TYPE}")]}},
        {"Instances": {"InstanceGroups": [group("CORE", "m5.xlarge")]}, "Applications": "${APPLICATIONS}"},
    ],
)
def test_a_placeholder_hides_it(request_):
    with pytest.raises(Opaque):
        nodes(cluster(**request_))
