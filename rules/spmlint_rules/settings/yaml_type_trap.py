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

from spmlint.fields import INTEGER, MAP, STRING
from spmlint.kubernetes.yaml_types import plain_type
from spmlint.places.known_maps import known_maps
from spmlint.rule import ERROR, SAFE, WARNING, Edit, Finding, Fix, Iterator, Opaque, Resource, Rule, Text, View

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
    for shown, view, name, written, has_holes in _bare_strings(resource):
        found = plain_type(written)
        text = view.value(name) if has_holes or found is not None else None
        if text is None or has_holes:
            hidden = hidden or text
            continue
        quoted = Fix(f'write "{written}"', [Edit(text.span(), f'"{written}"')], SAFE)
        yield rule.finding(
            text,
            f"{shown} takes a string, and {written} without quotes is a {found}: the server refuses it",
            fix=quoted if view.is_editable(name) else None,
            subject=shown,
        )
    if hidden is not None:
        raise Opaque(f"templated value {hidden.value}", hidden)


@rule.check(WARNING, triggers=("LivyRequest",))
def other_type_than_livys(resource: Resource) -> Iterator[Finding]:
    for shown, view, name, written, has_holes in _bare_strings(resource):
        text = None if has_holes or plain_type(written) is None else view.value(name)
        if text is not None:
            yield rule.finding(text, f"{shown} takes a string, and {text.value} without quotes is none")
    for one in resource.each(known_maps):
        for name in one.view.fields():
            if one.fields.get(name) == INTEGER and one.view.is_quoted(name):
                text = one.view.value(name)
                if text is not None and not text.holes:
                    at = one.shown(name)
                    yield rule.finding(text, f"{at} takes a whole number, and in quotes {text.value} is a string")


def _bare_strings(resource: Resource) -> Iterator[tuple[str, View, str, str, bool]]:
    """What is written without quotes where a string is wanted: its path, its map, its key, its text, whether it has holes."""
    for one in resource.each(known_maps):
        for name, written, has_holes in one.view.bare():
            if one.fields.get(name) == STRING:
                yield one.shown(name), one.view, name, written, has_holes
        for name in one.view.fields():
            if one.fields.get(name) == MAP and (strings := one.view.at(name)) is not None:
                for key, written, has_holes in strings.bare():
                    yield f"{one.shown(name)}.{key}", strings, key, written, has_holes
