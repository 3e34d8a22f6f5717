"""A key stands where only Spark's keys are taken and is none, or a Spark key stands where a field belongs.

What it does
    Finds keys without `spark.` in a defaults file, in `--conf`, `sparkConf` and Livy's `conf`, and dotted Spark keys among the
    fields of a Livy request. Keys that an EMR, SageMaker or Livy server takes for itself are left alone.
Why it hurts
    "Ignoring non-Spark config property: executor.memory" is one line among many, and the job runs with the default. Livy
    refuses a dotted field: "Unrecognized field "spark.driver.memory"".
Example: spark-defaults.conf
    executor.memory       8g
    spark.executor.cores  4
Use instead: spark-defaults.conf
    spark.executor.memory       8g
    spark.executor.cores  4
Fix safety
    Unsafe: a setting that had no effect takes effect. Offered where the key with `spark.` is one that Spark knows.
Applies to
    Every platform. Other properties files, and those with sections, may be read by somebody else.
References
    SparkSubmitArguments.ignoreNonSparkProperties; SPARK-7037; Livy, CreateInteractiveRequest; sparkmagic issue 645.
"""

from __future__ import annotations

from spmlint.rule import UNSAFE, WARNING, Edit, Finding, Fix, Iterator, Job, Resource, Rule, Span, Trouble
from spmlint.spark.catalogue import known

rule = Rule("SPM709", "not-a-spark-key", fixable=UNSAFE)

OF_SERVERS = ("emr-serverless.", "livy.", "sagemaker.session.", "spark.")
"""How keys begin that Spark, or the server a request is sent to, takes."""


@rule.check(WARNING, triggers=("key-dropped",))
def dropped_from_defaults(trouble: Trouble) -> Iterator[Finding]:
    yield _finding(trouble.span, trouble.message)


@rule.check(WARNING)
def dropped_from_conf(job: Job) -> Iterator[Finding]:
    for setting in (setting for key in filter(_is_dropped, job.conf.keys()) for setting in job.conf.written(key)):
        if setting.name is not None:
            yield _finding(setting.name.span(), setting.key)
    job.presumed.conf.keys_with("")  # a templated key may be none of Spark's as well


@rule.check(WARNING, triggers=("LivyRequest",))
def dotted_field(resource: Resource) -> Iterator[Finding]:
    for name, part in resource.parts().items():
        if name.startswith("spark."):
            yield rule.finding(part, f"{name} is no field of a Livy request and is refused; it belongs under conf")


def _is_dropped(key: str) -> bool:
    return "." in key and not key.startswith(OF_SERVERS)


def _finding(place: Span, key: str) -> Finding:
    from spmlint.spark.unknown_keys import nearest

    meant = f"spark.{key}"
    meant = meant if known(meant) else nearest(meant) or ""
    fix = Fix(f"write {meant}", [Edit(place, meant)], UNSAFE) if meant and place.text == key else None
    hint = f"; did you mean {meant}" if meant else ""
    return rule.finding(place, f"{key} is dropped: Spark takes no key that does not begin with spark.{hint}", fix=fix)
