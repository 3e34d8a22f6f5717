"""The file does not parse, so nothing in it was checked and nothing that reads it will work.

What it does
    Reports where a file that is plainly meant for Spark or Kubernetes stops being YAML, JSON or Java properties. A file
    that parses only after a template engine has run is not reported; it is listed as not checked.
Why it hurts
    `kubectl apply` answers "error converting YAML to JSON", the AWS CLI "Invalid JSON", Spark "Malformed \\uxxxx encoding":
    at deployment, when the person who wrote the file has moved on.
Example: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      image: {IMAGE_REGISTRY}/spark:3.5.1
Use instead: job.yaml
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata:
      name: nightly
    spec:
      image: "{IMAGE_REGISTRY}/spark:3.5.1"
Applies to
    Files recognised by their content; a foreign file that does not parse is left alone.
References
    YAML 1.2; RFC 8259; java.util.Properties.load.
"""

from __future__ import annotations

from spmlint.rule import ERROR, Finding, Iterator, Rule, Trouble

rule = Rule("SPM901", "cannot-parse")


@rule.check(ERROR, triggers=("cannot-parse", "facts-refused"))
def does_not_parse(trouble: Trouble) -> Iterator[Finding]:
    hint = f"; {trouble.hint}" if trouble.hint else ""
    yield rule.finding(trouble.span, f"{trouble.message}{hint}")
