"""The rules of our platform team. A configuration names this module: ``packs = ["acme_spark_rules"]``."""

from acme_spark_rules import image_without_tag

RULES = [image_without_tag.rule]
