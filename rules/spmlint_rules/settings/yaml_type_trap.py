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
    for above, view, kinds in _maps(resource):
        for name, written, has_holes in view.bare():
            if kinds is not None and kinds.get(name) != STRING:
                continue
            found = plain_type(written)
            text = view.value(name) if has_holes or found is not None else None
            if text is None or has_holes:
                hidden = hidden or text
                continue
            at = f"{above}{name}"
            quoted = Fix(f'write "{written}"', [Edit(text.span(), f'"{written}"')], SAFE)
            yield rule.finding(
                text,
                f"{at} takes a string, and {written} without quotes is a {found}: the server refuses it",
                fix=quoted if view.is_editable(name) else None,
                subject=at,
            )
    if hidden is not None:
        raise Opaque(f"templated value {hidden.value}", hidden)


@rule.check(WARNING, triggers=("LivyRequest",))
def other_type_than_livys(resource: Resource) -> Iterator[Finding]:
    for above, view, kinds in _maps(resource):
        for name in view.fields():
            kind, text = STRING if kinds is None else kinds.get(name), view.value(name)
            if text is None or text.holes:
                continue
            at = f"{above}{name}"
            if kind == INTEGER and view.is_quoted(name):
                yield rule.finding(text, f"{at} takes a whole number, and in quotes {text.value} is a string")
            elif kind == STRING and not view.is_quoted(name) and plain_type(text.value) is not None:
                yield rule.finding(text, f"{at} takes a string, and {text.value} without quotes is none")


def _maps(resource: Resource) -> Iterator[tuple[str, View, dict[str, str] | None]]:
    """Every map whose fields are known: the path to them, the map, and their types; None where all are strings."""
    objects = fields_of(resource.kind)
    pending: list[tuple[str, str, View]] = [("", "", resource)]
    while pending:
        path, above, view = pending.pop()
        kinds = objects.get(path, {})
        yield above, view, kinds
        for name in view.fields():
            kind = kinds.get(name)
            if kind == LIST:
                pending.extend((f"{path}.{name}[]", f"{above}{name}.", item) for item in view.items(name))
            elif kind in (OBJECT, MAP) and (part := view.at(name)) is not None:
                if kind == OBJECT:
                    pending.append((f"{path}.{name}" if path else name, f"{above}{name}.", part))
                else:
                    yield f"{above}{name}.", part, None
