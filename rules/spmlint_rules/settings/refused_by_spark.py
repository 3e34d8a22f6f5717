"""Spark, the JVM, Kubernetes or EMR refuses the job for a reason that has no rule of its own.

What it does
    Takes every step of a start that can fail over the configuration, in the order in which they are taken, and tells of a
    refusal that no other rule explains: encryption without authentication, a resource profile that does not add up, a codec
    that does not exist, a pod builder that gives up, a package coordinate that is none. The message says at which moment. A
    setting that is missing, such as the container image, is an error in the resource of an operator, and advice where the
    machine or image that submits may have a spark-defaults.conf of its own.
Why it hurts
    At launch there is no driver. At submission the command ends with a stack trace. At the driver's start the submission has
    succeeded, and the job dies a minute later in a pod or a YARN container, with the message in the driver's log only.
Example: spark-defaults.conf
    spark.network.crypto.enabled  true
    spark.authenticate            false
Use instead: spark-defaults.conf
    spark.network.crypto.enabled  true
    spark.authenticate            true
Applies to
    Every manager and version; each refusal only where that step is taken.
References
    SparkConf.validateSettings; SparkSubmit; ResourceProfile; KryoSerializer; CompressionCodec; the pod feature steps.
"""

from __future__ import annotations

from spmlint.answer import Split
from spmlint.conf import LAUNCH, START, SUBMIT
from spmlint.places.pods import OPERATED
from spmlint.rule import EMR_ON_EKS, ERROR, INFO, Finding, Iterator, Job, Related, Rule
from spmlint.spark.refusals import BY_EMR, BY_JVM, BY_KUBERNETES, BY_SPARK, CHECKS, Check, Refusal

rule = Rule("SPM718", "refused-by-spark")

MOMENTS = {"launch": LAUNCH, "submit": SUBMIT, "start": START}
"""When a step is taken, and so which settings it can see."""

SYMPTOMS = {
    ("launch", BY_SPARK): "refused at launch, before there is a driver",
    ("launch", BY_JVM): "refused at launch: the driver's JVM does not start",
    ("submit", BY_SPARK): "refused at submission",
    ("submit", BY_KUBERNETES): "refused at submission: the API server does not take the driver pod",
    ("submit", BY_EMR): "refused at submission by EMR",
    ("start", BY_SPARK): "refused when the driver starts",
    ("start", BY_KUBERNETES): "refused when the driver asks for executors: the API server does not take their pods",
}


JUDGED_ELSEWHERE = ("umm_driver", "umm_executor")
"""Steps that look at a heap as written: what a JVM makes of it, and of which collector, heap-below-minimum weighs."""

WHERE_IT_RUNS = ("platform", "deploy mode", "language")


MISS_SETTINGS = ("driver_pod", "executor_pod")
"""Steps that refuse a job for want of a setting as well."""


def _register(step: Check) -> None:
    """A check for each step, so that the versions one has to tell apart are not multiplied by those of the others."""

    def refused(job: Job) -> Iterator[Finding]:
        refusal = _refusal(job, step)
        if refusal is not None and not _may_be_set_elsewhere(job, refusal):
            yield from _told(job, refusal)

    rule.check(ERROR, triggers=("spark.*",), explains=("*",))(refused)


def _register_missing(step: Check) -> None:
    """A check for a setting that is missing, where the machine that submits the job may have it: advice, since most do."""

    def refused_unless_set_elsewhere(job: Job) -> Iterator[Finding]:
        refusal = _refusal(job, step)
        # EMR on EKS runs images of its own, with defaults of its own.
        if refusal is None or job.world.platform.known == EMR_ON_EKS:
            return
        if _may_be_set_elsewhere(job, refusal):
            yield from _told(job, refusal, ", unless spark-defaults.conf of the machine that submits it says so")

    rule.check(INFO, triggers=("spark.*",), explains=("*",))(refused_unless_set_elsewhere)


def _refusal(job: Job, step: Check) -> Refusal | None:
    try:
        return job.refusal(step.name, step.by)
    except Split as split:
        if split.question in WHERE_IT_RUNS:
            return None  # refused in some place, and nothing says that the job is meant for that one
        raise


def _may_be_set_elsewhere(job: Job, refusal: Refusal) -> bool:
    """Whether the step only misses a setting, which the spark-defaults.conf of a machine or an image may give.

    An operator submits with what its resource says and no more.
    """
    missing = refusal.check in MISS_SETTINGS and job.written(refusal.keys[0]) is None
    return missing and not (job.resource is not None and job.resource.kind in OPERATED)


def _told(job: Job, refusal: Refusal, unless: str = "") -> Iterator[Finding]:
    """The finding, at the first setting that is written, or at the job where none is."""
    settings = map(job.written, refusal.keys)
    written = [one for one in settings if one is not None and not one.is_injected]
    # What a program sets for itself comes too late for the steps before it, which do not see it.
    if written and written[0].layer.moment > MOMENTS[refusal.moment]:
        return
    label = f"{written[0].label}: " if written else ""
    yield rule.finding(
        written[0] if written else job.span,
        f"{SYMPTOMS[refusal.moment, refusal.by]}: {label}{refusal.message}{unless}",
        related=[Related(other, f"{other.label} = {other.value.value}") for other in written[1:]],
        subject=refusal.keys[0],
        refusal=refusal.cause,
    )


for _step in CHECKS:
    if _step.name not in JUDGED_ELSEWHERE:
        _register(_step)
    if _step.name in MISS_SETTINGS and _step.by == BY_SPARK:
        _register_missing(_step)
