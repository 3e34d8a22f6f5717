"""YARN may grant containers that are larger than any node.

What it does
    Compares `yarn.scheduler.maximum-allocation-mb` with `yarn.nodemanager.resource.memory-mb` where one configuration sets
    both.
Why it hurts
    Spark checks its containers against the first, and so does not refuse what no node can give: the application stays
    ACCEPTED, or its executors are asked for and never come, without a message.
Example: configurations.json
    [
      {
        "Classification": "yarn-site",
        "Properties": {
          "yarn.nodemanager.resource.memory-mb": "12288",
          "yarn.scheduler.maximum-allocation-mb": "24576"
        }
      }
    ]
Use instead: configurations.json
    [
      {
        "Classification": "yarn-site",
        "Properties": {
          "yarn.nodemanager.resource.memory-mb": "24576",
          "yarn.scheduler.maximum-allocation-mb": "24576"
        }
      }
    ]
Applies to
    Configurations of EMR on EC2. Instance groups of larger nodes may have a configuration of their own.
References
    Hadoop, yarn-default.xml; EMR release guide, Hadoop task configuration.
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Related, Resource, Rule

rule = Rule("SPM620", "yarn-allocation-above-node")

SITE = "yarn-site"
ALLOCATION, NODE = "yarn.scheduler.maximum-allocation-mb", "yarn.nodemanager.resource.memory-mb"


@rule.check(WARNING, triggers=("EmrClusterConfiguration",))
def granted_and_never_given(resource: Resource) -> Iterator[Finding]:
    allocation, node = resource.word(SITE, ALLOCATION), resource.word(SITE, NODE)
    if allocation is None or node is None or not (allocation.isdecimal() and node.isdecimal()):
        return
    if int(allocation) > int(node):
        yield rule.finding(
            resource.place(SITE, ALLOCATION),
            f"YARN grants containers of up to {allocation} MiB, and a node has {node} MiB for all of them",
            related=[Related(resource.place(SITE, NODE), f"{NODE} = {node}")],
            subject=ALLOCATION,
        )
