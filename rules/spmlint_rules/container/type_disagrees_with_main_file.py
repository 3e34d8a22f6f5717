"""The `type` of a SparkApplication says one language and its main file another.

What it does
    Compares `spec.type` with the ending of `spec.mainApplicationFile`. The operator only labels the job with the type; Spark
    looks at the file alone.
Why it hurts
    The pods have another size than the type suggests: the memory overhead of a `.py` or `.R` file is 0.4 of the heap, that of a
    jar 0.1, and PySpark memory is added for a `.py` file only. The operator's own quota check goes by the type and is wrong.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mode: cluster
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 8g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Python
      mode: cluster
      mainApplicationFile: local:///opt/app/nightly.py
      sparkVersion: "3.5.1"
      driver:
        memory: 2g
      executor:
        memory: 8g
Fix safety
    Safe: Spark does the same as before, and the operator's quota check and labels become right. Offered where the file ends
    in `.py` or `.R`; for a jar it may be Java or Scala.
Applies to
    SparkApplication and ScheduledSparkApplication of the Kubeflow operator.
References
    Kubeflow Spark operator, buildSparkSubmitArgs and resourcequota.go; SparkSubmit.isPython; BasicDriverFeatureStep.
"""

from __future__ import annotations

from spmlint.places.pods import SPARK_APPLICATIONS
from spmlint.rule import SAFE, WARNING, Edit, Finding, Fix, Iterator, Resource, Rule

rule = Rule("SPM219", "type-disagrees-with-main-file", fixable=SAFE)

LANGUAGES = {".py": "Python", ".R": "R", ".r": "R", ".jar": "JVM"}
FACTORS = {"Python": 0.4, "R": 0.4, "JVM": 0.1}
WORDS = {"Python": "a Python job", "R": "an R job", "JVM": "a JVM job"}
TYPES = {"Python": "Python", "R": "R", "Java": "JVM", "Scala": "JVM"}


@rule.check(WARNING, triggers=tuple(SPARK_APPLICATIONS))
def type_is_not_what_runs(resource: Resource) -> Iterator[Finding]:
    path = SPARK_APPLICATIONS[resource.kind]
    name, main = resource.value(*path, "type"), resource.value(*path, "mainApplicationFile")
    if name is None or main is None:
        return
    said = TYPES.get(name.known())
    runs = next((language for ending, language in LANGUAGES.items() if main.value.endswith(ending)), None)
    if said is None or runs is None or said == runs or (main.holes and main.holes[-1][1] == len(main.value)):
        return
    editable = runs != "JVM" and resource.is_editable(*path, "type")
    yield rule.finding(
        name,
        f"type {name.value} is only a label: Spark sees {main.value.rpartition('/')[2]} and takes it for {WORDS[runs]} "
        f"(memory overhead {FACTORS[runs]} of the heap)",
        fix=Fix(f"write {runs}", [Edit(name.span(), runs)], SAFE) if editable else None,
        subject="type",
    )
