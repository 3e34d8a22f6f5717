"""Manifests of Helm charts: certain values are known, what may not be rendered is not, and nothing else is said."""

import pytest
from manifests import jobs, read

from spmlint.answer import Opaque

from harness import lines

CHART = """\
{{- if .Values.enabled }}
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: {{ include "nightly.name" . }}
spec:
  type: Scala
  mode: cluster
  mainClass: com.example.Nightly
  mainApplicationFile: {{ .Values.jar | quote }}
  sparkVersion: "3.5.1"
  sparkConf:
    spark.sql.shuffle.partitions: "200"
    {{- if .Values.dynamic }}
    spark.dynamicAllocation.enabled: "true"
    {{- end }}
  driver:
    memory: 2g
  executor:
    memory: {{ .Values.memory }}g
    {{- if .Values.wide }}
    cores: 8
    {{- end }}
    instances: 4
{{- end }}
"""


def test_certain_values_are_known_at_their_places():
    (job,) = jobs(read(CHART))
    assert (job.complete, job.world.spark.known) == (True, (3, 5))
    instances = job.conf.setting("spark.executor.instances")
    assert (instances.value.value, instances.span().line, instances.span().column) == ("4", 24, 16)
    assert job.conf.get("spark.driver.memory") == "2g"
    assert job.conf.get("spark.sql.shuffle.partitions") == "200"
    for key in ("spark.executor.memory", "spark.executor.cores", "spark.dynamicAllocation.enabled"):
        with pytest.raises(Opaque):
            job.conf.get(key)
    with pytest.raises(Opaque):
        job.conf.get("spark.dynamicAllocation.shuffleTracking.enabled".replace("shuffleTracking.", ""))
    assert job.conf.get("spark.speculation") is None


@pytest.mark.parametrize("at", ["  sparkConf:\n", "  driver:\n"])
def test_what_is_put_in_for_fields_may_set_anything(at):
    chart = CHART.replace(at, "  {{- toYaml .Values.spec | nindent 2 }}\n" + at)
    (job,) = jobs(read(chart))
    with pytest.raises(Opaque):
        job.conf.get("spark.speculation")


def test_it_is_said_that_only_a_part_is_read():
    loaded = read(CHART)
    assert [reason for _, reason in loaded.unread] == [
        "template: read as far as its lines allow; render it to check the rest"
    ]
    assert loaded.troubles == []


DEPLOYMENT = (
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n"
    "        - name: {}\n          image: {{{{ .Values.image }}}}:1\n          resources:\n            limits: {{memory: 400m}}\n"
)

SILENT = {
    "deployment.yaml": DEPLOYMENT.format("spark-history"),
    "broken.yaml": "kind: SparkApplication\n  a: {{ b }}\n c: [\n",
    "only-actions.yaml": "kind: SparkApplication\n{{ include }}\n{{ include }}\n- a\n",
}


@pytest.mark.parametrize("name", SILENT)
def test_what_cannot_be_recovered_is_not_checked(folder, name):
    report = folder.check(folder.write(name, SILENT[name]))
    assert lines(report) == ["not-checked 1:1 template: not checked before it is rendered"]


def test_a_template_that_has_nothing_to_do_with_spark_is_passed_over(folder):
    report = folder.check(folder.write("deployment.yaml", DEPLOYMENT.format("mail")))
    assert lines(report) == []


def test_a_templated_properties_file_in_a_config_map():
    text = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-conf\ndata:\n  spark-defaults.conf: |\n"
        "    spark.executor.memory=4g\n    spark.executor.cores={{ .Values.cores }}\n"
        "    {{- if .Values.x }}\n    spark.speculation=true\n    {{- end }}\n"
    )
    (job,) = jobs(read(text))
    assert job.conf.get("spark.executor.memory") == "4g"
    for key in ("spark.executor.cores", "spark.speculation"):
        with pytest.raises(Opaque):
            job.conf.get(key)
