"""An executor or driver needs more memory than YARN gives out on the cluster's nodes.

What it does
    Adds the overhead to the heap as Spark on EMR does (18.75 % from emr-5.22, at least 384 MiB, unless told otherwise) and
    compares the container with what YARN hands out on one node of each core and task instance type of the same request, or with
    what its `yarn-site` says.
Why it hurts
    EMR keeps a part of each machine for the system: an m5.xlarge has 16 GiB, and YARN 12. Spark refuses the job: "Required
    executor memory (12288 MB), overhead (2304 MB), and PySpark memory (0 MB) is above the max threshold (12288 MB) of this
    cluster!". Where only some of the types are large enough the others stay idle.
Example: cluster.json
    {
      "Name": "nightly",
      "ReleaseLabel": "emr-7.5.0",
      "Applications": [{"Name": "Spark"}],
      "Instances": {
        "InstanceGroups": [
          {"InstanceRole": "MASTER", "InstanceType": "m5.xlarge", "InstanceCount": 1},
          {"InstanceRole": "CORE", "InstanceType": "m5.xlarge", "InstanceCount": 4}
        ]
      },
      "JobFlowRole": "EMR_EC2_DefaultRole",
      "Steps": [
        {
          "Name": "nightly",
          "HadoopJarStep": {
            "Jar": "command-runner.jar",
            "Args": ["spark-submit", "--deploy-mode", "cluster", "--executor-memory", "12g", "s3://example/nightly.py"]
          }
        }
      ]
    }
Use instead: cluster.json
    {
      "Name": "nightly",
      "ReleaseLabel": "emr-7.5.0",
      "Applications": [{"Name": "Spark"}],
      "Instances": {
        "InstanceGroups": [
          {"InstanceRole": "MASTER", "InstanceType": "m5.xlarge", "InstanceCount": 1},
          {"InstanceRole": "CORE", "InstanceType": "m5.2xlarge", "InstanceCount": 2}
        ]
      },
      "JobFlowRole": "EMR_EC2_DefaultRole",
      "Steps": [
        {
          "Name": "nightly",
          "HadoopJarStep": {
            "Jar": "command-runner.jar",
            "Args": ["spark-submit", "--deploy-mode", "cluster", "--executor-memory", "12g", "s3://example/nightly.py"]
          }
        }
      ]
    }
Applies to
    EMR on EC2: requests that name instance types or `yarn-site` beside the job's steps or `spark-defaults`. Sizes that nobody
    wrote are computed by EMR and fit. Instance types newer than 2023 (m6i, m7g, r7i ...) are in no public table.
References
    EMR release guide, Hadoop task configuration; org.apache.spark.deploy.yarn.Client.verifyClusterResources.
"""

from __future__ import annotations

from spmlint.emr.instances import ALLOCATION, NODE, Node, nodes, yarn_mib
from spmlint.rule import EMR_ON_EC2, ERROR, WARNING, Finding, Iterator, Job, Rule, Setting
from spmlint.spark.container import Container

rule = Rule("SPM613", "container-exceeds-yarn-cap")

CLUSTER = ("EmrCluster",)


@rule.check(ERROR, triggers=CLUSTER)
def no_node_is_large_enough(job: Job, role: str) -> Iterator[Finding]:
    for heap, made, bounds in _compared(job, role):
        if job.complete and all(bound.mib is not None and bound.mib < made.container_mib for bound in bounds):
            yield rule.finding(
                heap,
                f"the {role} takes {made.container_mib} MiB and YARN gives at most {_say(bounds)}: Spark refuses the job",
                derivation=lambda: [job.container_sum(role)],
            )


@rule.check(WARNING, triggers=CLUSTER)
def some_nodes_are_too_small(job: Job, role: str) -> Iterator[Finding]:
    for heap, made, bounds in _compared(job, role):
        small = [bound for bound in bounds if bound.mib is not None and bound.mib < made.container_mib]
        if small and not (job.complete and len(small) == len(bounds)):
            yield rule.finding(
                heap,
                f"the {role} takes {made.container_mib} MiB and YARN gives at most {_say(small)}: no {role} runs there",
                derivation=lambda: [job.presumed.container_sum(role)],
            )


def _compared(job: Job, role: str) -> Iterator[tuple[Setting, Container, list[Node]]]:
    """The heap that is written, the container it makes, and what YARN gives out on each type of node.

    Settings of a cluster hold for jobs that nobody sees: what these may leave unsaid is then taken for the default.
    """
    cluster = job.resource
    heap = job.conf.winner(f"spark.{role}.memory")
    if cluster is None or cluster.kind not in CLUSTER or heap is None or job.world.platform != EMR_ON_EC2:
        return
    made = job.presumed.model.container(role)
    bounds = nodes(cluster)
    allocation = yarn_mib(cluster, ALLOCATION)
    if allocation is not None:
        least = [Node(bound.type, min(bound.mib or allocation, allocation)) for bound in bounds]
        bounds = least or [Node(ALLOCATION, allocation)]
    elif not bounds and (node := yarn_mib(cluster, NODE)) is not None:
        bounds = [Node(NODE, node)]
    if made is not None and bounds:
        yield heap, made, bounds


def _say(bounds: list[Node]) -> str:
    return " and ".join(f"{bound.mib} MiB ({bound.type})" for bound in bounds)
