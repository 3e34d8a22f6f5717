"""An unquoted number or boolean stands where the server takes a string only.

What it does
    Looks at the fields and maps that take strings: `sparkConf`, sizes and versions of a SparkApplication, the properties and
    parameters of an EMR job run. YAML makes a number of `4096`, `1_000`, `010` and `3.5`, and a boolean of `true`, `on` and
    `no`, unless they are quoted; JSON does so without quotes.
Why it hurts
    "cannot unmarshal number into Go struct field ... of type string", "Invalid type for parameter": the object is not created,
    the job run not started.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConf:
        spark.sql.shuffle.partitions: 400
      driver:
        memory: 2g
      executor:
        memory: 4g
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      type: Scala
      mainClass: com.example.Nightly
      mainApplicationFile: local:///opt/app/nightly.jar
      sparkVersion: "3.5.1"
      sparkConf:
        spark.sql.shuffle.partitions: "400"
      driver:
        memory: 2g
      executor:
        memory: 4g
Fix safety
    Safe: the same characters, in quotes.
Applies to
    Resources of the Kubeflow operator and EMR job runs (errors); the typed fields of a Livy request, whose server may be lenient
    (warnings). Not Helm values, HOCON or code.
References
    sigs.k8s.io/yaml; the CRDs of the Kubeflow Spark operator; botocore's models of EMR.
"""

from __future__ import annotations

from collections.abc import Iterator

from spmlint.fields import INTEGER, LIST, MAP, OBJECT, STRING, fields_of
from spmlint.kubernetes.yaml_types import plain_type
from spmlint.rule import ERROR, SAFE, WARNING, Edit, Finding, Fix, Opaque, Resource, Rule, Text, View

rule = Rule("SPM713", "yaml-type-trap", fixable=SAFE)

STRICT_KINDS = (
    "SparkApplication",
    "ScheduledSparkApplication",
    "SparkConnect",
    "EmrServerlessJobRun",
    "EmrContainersJobRun",
)


@rule.check(ERROR, triggers=STRICT_KINDS)
def string_expected(resource: Resource) -> Iterator[Finding]:
    hidden: Text | None = None
    for above, name, kind, part in _fields(resource):
        written = part.bare() if kind == STRING else None
        if written is None:
            continue
        if part.has_holes():
            hidden = hidden or part.value()
        elif (found := plain_type(written)) is not None and (text := part.value()) is not None:
            at = f"{above}{name}"
            quoted = Fix(f'write "{written}"', [Edit(text.span(), f'"{written}"')], SAFE)
            yield rule.finding(
                text,
                f"{at} takes a string, and {written} without quotes is a {found}: the server refuses it",
                fix=quoted if part.is_editable() else None,
                subject=at,
            )
    if hidden is not None:
        raise Opaque(f"templated value {hidden.value}", hidden)


@rule.check(WARNING, triggers=("LivyRequest",))
def other_type_than_livys(resource: Resource) -> Iterator[Finding]:
    for above, name, kind, part in _fields(resource):
        text = part.value()
        if text is None or text.holes:
            continue
        at = f"{above}{name}"
        if kind == INTEGER and part.is_quoted():
            yield rule.finding(text, f"{at} takes a whole number, and in quotes {text.value} is a string")
        elif kind == STRING and not part.is_quoted() and plain_type(text.value) is not None:
            yield rule.finding(text, f"{at} takes a string, and {text.value} without quotes is none")


def _fields(resource: Resource) -> Iterator[tuple[str, str, str, View]]:
    """Every written field: the path above it, its name, its type if it has one, what is written. Of a map every value."""
    objects = fields_of(resource.kind)
    pending: list[tuple[str, str, View]] = [("", "", resource)]
    while pending:
        path, above, view = pending.pop()
        known = objects.get(path, {})
        for name, part in view.parts().items():
            kind = known.get(name, "")
            if kind == OBJECT:
                pending.append((f"{path}.{name}" if path else name, f"{above}{name}.", part))
            elif kind == LIST:
                pending.extend((f"{path}.{name}[]", f"{above}{name}.", item) for item in part.items())
            elif kind == MAP:
                yield from ((f"{above}{name}.", key, STRING, value) for key, value in part.parts().items())
            else:
                yield above, name, kind, part
