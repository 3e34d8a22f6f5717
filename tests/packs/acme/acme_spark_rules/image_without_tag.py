"""A container image has no tag that stays.

What it does
    Looks for container images without a tag, or with the tag `latest`.
Why it hurts
    Driver and executors pull the image minutes apart. After a push in between they run different code, and the executors fail
    with `InvalidClassException`.
Example: spark-defaults.conf
    spark.kubernetes.container.image  acme/spark:latest
Use instead: spark-defaults.conf
    spark.kubernetes.container.image  acme/spark:3.5.1-7
Applies to
    Kubernetes.
References
    Our handbook, "Images".
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Rule, Written

rule = Rule("ACME001", "image-without-tag")


@rule.check(WARNING, triggers=("spark.kubernetes.container.image",))
def moving_image(written: Written) -> Iterator[Finding]:
    image = written.value.known()
    name, _, tag = image.rpartition("/")[2].partition(":")
    if "@" not in name and tag in ("", "latest"):
        yield rule.finding(written.setting, f"the image {image} may be another one when the executors pull it")
