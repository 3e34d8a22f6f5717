"""Positions: every setting of every carrier, cut out of its file and decoded, is the text of that setting."""

from __future__ import annotations

import json
import re
from textwrap import indent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from places import check_place, settings_of

from spmlint.loaders import load

from harness import FIXTURES

FILES = sorted(
    path.relative_to(FIXTURES)
    for path in FIXTURES.rglob("*")
    if path.is_file() and path.suffix != ".expect" and "yaml" not in path.relative_to(FIXTURES).parts[0]
)


def test_every_setting_of_every_fixture_stands_where_it_is_written():
    seen = set()
    for path in FILES:
        loaded = load(str(path), (FIXTURES / path).read_bytes())
        for setting in settings_of(loaded) if loaded is not None else ():
            seen.add(loaded.module)
            check_place(setting.value)
            if setting.name is not None:
                check_place(setting.name)
    assert len(seen) >= 20


KEY = "spark.app.note"


def as_json(value, *, ascii_only=False):
    return json.dumps(value, ensure_ascii=ascii_only)[1:-1]


def twice(value):
    return as_json(as_json(value))


def single_quoted(value):
    return value.replace("'", "''")


def in_shell(value):
    return value.replace("'", "'\\''")


def in_double_quotes(value):
    return value.replace("\\", "\\\\").replace('"', '\\"')


def in_properties(value):
    return value.replace("\\", "\\\\")


def plain(value):
    return value


KUBEFLOW = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: nightly
spec:
  sparkConf:
    {}
"""
OPERATIONS = "- op: replace\n  path: /spec/sparkConf/spark.app.note\n  value: {}\n"


def notebook(*lines):
    cell = {"cell_type": "code", "source": "@", "metadata": {}, "outputs": [], "execution_count": None}
    text = json.dumps(
        {"cells": [cell], "metadata": {"kernelspec": {"name": "pysparkkernel"}}, "nbformat": 4, "nbformat_minor": 5}
    )
    return text.replace('"@"', "[" + ", ".join(lines) + "]")


ANY, NO_QUOTES, WORDS, BARE = "any", "no quotes", "words", "bare"
"""What values a carrier can hold: any, none with quotes or backslashes, none with blanks either, letters and few signs."""

CARRIERS = {
    "properties": ("spark-defaults.conf", f"a.b c\n{KEY}   @\n", in_properties, ANY),
    "properties, colon": ("job.properties", f"{KEY}: @\r\nspark.x y\r\n", in_properties, ANY),
    "shell, single quotes": ("a.sh", f"spark-submit \\\n  --conf {KEY}='@' a.jar\n", in_shell, ANY),
    "shell, double quotes": ("a.sh", f'spark-submit --conf "{KEY}=@" \\\n a.jar\n', in_double_quotes, ANY),
    "shell, array": ("a.sh", f"A=(--conf {KEY}='@')\nspark-submit \"${{A[@]}}\" a.jar\n", in_shell, ANY),
    "shell in bash -c": ("a.sh", f'bash -c "spark-submit --conf {KEY}=@ a.jar"\n', plain, WORDS),
    "Dockerfile": ("Dockerfile", f'FROM x\nCMD ["spark-submit", "--conf", "{KEY}=@", "a.jar"]\n', as_json, ANY),
    "Makefile": ("Makefile", f"run:\n\tspark-submit --conf {KEY}='@' a.jar\n", plain, NO_QUOTES),
    "Compose": ("compose.yaml", f"services:\n  a:\n    command: [spark-submit, --conf, '{KEY}=@', a.jar]\n", single_quoted, ANY),
    "workflow": (
        "ci.yml",
        f"jobs:\n  a:\n    steps:\n      - run: |\n          spark-submit --conf {KEY}='@' a.jar\n",
        in_shell,
        ANY,
    ),
    "container": (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: b\n"
        f'      args: [spark-submit, --conf, "{KEY}=@", a.jar]\n',
        as_json,
        ANY,
    ),
    "volcano": (
        "job.yaml",
        "apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\nspec:\n  tasks:\n    - template:\n        spec:\n"
        f'          containers:\n            - args: [spark-submit, --conf, "{KEY}=@", a.jar]\n',
        as_json,
        ANY,
    ),
    "kubeflow": ("a.yaml", KUBEFLOW.format(f'{KEY}: "@"'), as_json, ANY),
    "kubeflow, ASCII": ("a.yaml", KUBEFLOW.format(f'{KEY}: "@"'), lambda v: as_json(v, ascii_only=True), BARE),
    "kubeflow, single quotes": ("a.yaml", KUBEFLOW.format(f"'{KEY}': '@'"), single_quoted, ANY),
    "Helm chart": (
        "a.yaml",
        KUBEFLOW.format(f"{{{{- toYaml .Values.x | nindent 4 }}}}\n    {KEY}: '@'"),
        single_quoted,
        ANY,
    ),
    "JSON patch": (
        "kustomization.yaml",
        "patches:\n  - target: {kind: SparkApplication}\n    patch: |\n"
        + indent(KUBEFLOW.format(f"{KEY}: '@'"), "      "),
        single_quoted,
        ANY,
    ),
    "Apache operator": (
        "a.yaml",
        KUBEFLOW.format(f"{KEY}: '@'").replace("sparkoperator.k8s.io/v1beta2", "spark.apache.org/v1"),
        single_quoted,
        ANY,
    ),
    "Stackable": (
        "a.yaml",
        KUBEFLOW.format(f"{KEY}: '@'").replace("sparkoperator.k8s.io/v1beta2", "spark.stackable.tech/v1alpha1"),
        single_quoted,
        ANY,
    ),
    "Stackable Connect": (
        "a.yaml",
        "apiVersion: spark.stackable.tech/v1alpha1\nkind: SparkConnectServer\nspec:\n  server:\n    configOverrides:\n"
        f"      spark-defaults.conf:\n        {KEY}: '@'\n",
        single_quoted,
        ANY,
    ),
    "ConfigMap": (
        "a.yaml",
        f"apiVersion: v1\nkind: ConfigMap\ndata:\n  spark-defaults.conf: |\n    spark.a b\n    {KEY} @\n",
        in_properties,
        ANY,
    ),
    "Helm values": ("values.yaml", f"spark:\n  sparkConf:\n    {KEY}: '@'\n", single_quoted, ANY),
    "YAML settings": ("spark.yml", f"{KEY}: '@' # a note\nother: 1\n", single_quoted, ANY),
    "Python in Markdown": ("a.md", f'```python\nSparkConf().set("{KEY}", "@")\n```\n', as_json, ANY),
    "manifest in Markdown": ("a.md", "```yaml\n" + KUBEFLOW.format(f"{KEY}: '@'") + "```\n", single_quoted, ANY),
    "manifest in a script": (
        "a.sh",
        "kubectl apply -f - <<'END'\n" + KUBEFLOW.format(f"{KEY}: '@'") + "END\n",
        single_quoted,
        ANY,
    ),
    "HelmRelease": (
        "a.yaml",
        f"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    sparkConf:\n      {KEY}: '@'\n",
        single_quoted,
        ANY,
    ),
    "Argo CD": (
        "a.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    helm:\n      values: |\n"
        f"        sparkConf:\n          {KEY}: '@'\n",
        single_quoted,
        ANY,
    ),
    "Argo Workflow": (
        "a.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - resource:\n        manifest: |\n"
        + indent(KUBEFLOW.format(f"{KEY}: '@'"), "          "),
        single_quoted,
        ANY,
    ),
    "EMR Serverless": (
        "a.json",
        '{"applicationId": "x", "jobDriver": {"sparkSubmit": {"entryPoint": "a.py"}}, "configurationOverrides": '
        f'{{"applicationConfiguration": [{{"classification": "spark-defaults", "properties": {{"{KEY}": "@"}}}}]}}}}',
        as_json,
        ANY,
    ),
    "sparkSubmitParameters": (
        "a.json",
        '{"applicationId": "x", "jobDriver": {"sparkSubmit": {"entryPoint": "a.py", "sparkSubmitParameters": '
        f'"--conf {KEY}=@ --conf spark.a=b"}}}}}}',
        as_json,
        WORDS,
    ),
    "EMR on EKS": (
        "a.json",
        '{"virtualClusterId": "x", "jobDriver": {"sparkSubmitJobDriver": {"entryPoint": "a.py", '
        f'"sparkSubmitParameters": "--conf {KEY}=@"}}}}}}',
        as_json,
        WORDS,
    ),
    "aws in a script": (
        "a.sh",
        "aws emr-serverless start-job-run --application-id x --job-driver '{\n"
        f'  "sparkSubmit": {{"entryPoint": "a.py", "sparkSubmitParameters": "--conf {KEY}=@"}}\n}}\'\n',
        as_json,
        WORDS,
    ),
    "EMR on EC2": (
        "a.json",
        f'[{{"Classification": "spark-defaults", "Properties": {{"{KEY}": "@"}}}}]',
        as_json,
        ANY,
    ),
    "EMR step": (
        "a.json",
        f'{{"Steps": [{{"HadoopJarStep": {{"Args": ["spark-submit", "--conf", "{KEY}=@", "a.py"]}}}}]}}',
        as_json,
        ANY,
    ),
    "CloudFormation": (
        "a.yaml",
        "Resources:\n  A:\n    Type: AWS::EMR::Cluster\n    Properties:\n      Configurations:\n"
        f"        - Classification: spark-defaults\n          Properties: {{{KEY}: '@'}}\n",
        single_quoted,
        ANY,
    ),
    "Step Functions": (
        "a.json",
        '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::emr-serverless:startJobRun", '
        '"Parameters": {"ApplicationId": "x", "JobDriver": {"SparkSubmit": {"EntryPoint": "a.py", '
        f'"SparkSubmitParameters": "--conf {KEY}=@"}}}}}}}}}}}}',
        as_json,
        WORDS,
    ),
    "Terraform": (
        "main.tf",
        'resource "aws_emr_cluster" "x" {\n  configurations_json = jsonencode([{\n    Classification = "spark-defaults"\n'
        f'    Properties = {{ "{KEY}" = "@" }}\n  }}])\n}}\n',
        in_double_quotes,
        ANY,
    ),
    "Terraform heredoc": (
        "main.tf",
        'resource "aws_emr_cluster" "x" {\n  configurations_json = <<EOF\n[{"Classification": "spark-defaults", '
        f'"Properties": {{"{KEY}": "@"}}}}]\nEOF\n}}\n',
        as_json,
        ANY,
    ),
    "Livy": ("a.json", f'{{"file": "a.py", "conf": {{"{KEY}": "@"}}, "numExecutors": 1}}', as_json, ANY),
    "notebook": ("a.ipynb", notebook('"%%configure -f\\n"', f'"{{\\"conf\\": {{\\"{KEY}\\": \\"@\\"}}}}"'), twice, ANY),
    "Glue notebook": (
        "a.ipynb",
        notebook('"%glue_version 4.0\\n"', '"%%configure\\n"', f'"{{\\"--conf\\": \\"spark.a=b --conf {KEY}=@\\"}}"'),
        twice,
        WORDS,
    ),
    "Python in a notebook": (
        "a.ipynb",
        notebook('"%matplotlib inline\\n"', f'"SparkSession.builder.config(\\"{KEY}\\", \\"@\\")"'),
        twice,
        ANY,
    ),
    "exported notebook": (
        "a.py",
        f"get_ipython().run_cell_magic('configure', '-f', \"{{\\\"conf\\\": {{\\\"{KEY}\\\": \\\"@\\\"}}}}\")\n",
        twice,
        ANY,
    ),
    "jupytext": ("a.py", f'# %%configure -f\n# {{"conf": {{\n#   "{KEY}": "@"}}}}\n', as_json, ANY),
    "SparkConf": ("a.py", f'conf = SparkConf().set("{KEY}", "@")\n', as_json, ANY),
    "builder": ("a.py", f'spark = (\n    SparkSession.builder\n    .config("{KEY}", "@")\n)\n', as_json, ANY),
    "Airflow": ("a.py", f'SparkSubmitOperator(task_id="a", conf={{"{KEY}": "@"}})\n', as_json, ANY),
    "Airflow, a name": (
        "a.py",
        f'conf = {{"spark.a": "b"}}\nconf["{KEY}"] = "@"\nSparkSubmitOperator(task_id="a", conf=conf)\n',
        as_json,
        ANY,
    ),
    "bash in Airflow": ("a.py", f"BashOperator(bash_command=\"spark-submit --conf {KEY}='@' a.jar\")\n", plain, NO_QUOTES),
    "subprocess": ("a.py", f'subprocess.run(["spark-submit", "--conf", "{KEY}=@", "a.jar"])\n', as_json, ANY),
    "PYSPARK_SUBMIT_ARGS": (
        "a.py",
        f'os.environ["PYSPARK_SUBMIT_ARGS"] = "--conf {KEY}=@ pyspark-shell"\n',
        plain,
        WORDS,
    ),
    "HOCON": ("a.conf", f'env {{\n  {KEY} = "@"\n}}\nsource {{\n  a = 1\n}}\nsink {{\n  a = 1\n}}\n', as_json, ANY),
    "HOCON, bare": ("a.conf", f"spark {{\n  {KEY} = @\n}}\nsource {{\n  a = 1\n}}\nsink {{\n  a = 1\n}}\n", plain, BARE),
    "Markdown": ("a.md", f"# x\n\n> ```bash\n> spark-submit --conf {KEY}='@' a.jar\n> ```\n", in_shell, ANY),
    "Markdown properties": ("a.md", f"```properties\n{KEY} @\n```\n--conf\n", in_properties, ANY),
}  # fmt: skip
"""File name, text with ``@`` for the value, how a value is written there, and which values."""

_LETTERS = "aZ09_-./:,=+é日\U0001f600"
_ALPHABETS = {ANY: _LETTERS + " \"'\\#!;|&()[]*~", NO_QUOTES: _LETTERS + " ;|()*", WORDS: _LETTERS, BARE: "aZ09_-é"}
VALUES = {
    kind: st.text(alphabet, min_size=1, max_size=12).filter(
        lambda value: value == value.strip() and value[0] not in "'\"-:=" and value[-1] not in "'\"\\"
    )
    for kind, alphabet in _ALPHABETS.items()
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_value_is_read_back_from_where_it_is_written(carrier):
    name, template, encode, kind = CARRIERS[carrier]

    @settings(deadline=None, max_examples=60)
    @given(VALUES[kind])
    @example("4g")
    def read_back(value):
        written = encode(value)
        text = template.replace("@", written)
        loaded = load(name, text.encode())
        assert loaded is not None, "not recognised"
        (setting,) = [one for one in settings_of(loaded) if one.key == KEY]
        assert setting.value.value == value
        assert setting.value.source.text[slice(*_range(setting.value))].strip("'\"") == written.strip("'\"")
        check_place(setting.value)
        if written == value and setting.value.is_verbatim:
            assert setting.span().text == value

    read_back()


def _range(text):
    span = text.span()
    return span.start, span.end


def test_every_kind_of_file_that_holds_settings_has_a_carrier_here():
    """By what `recognise` may say; the kinds left out hold objects, or are read like another one here."""
    read = {load(name, template.replace("@", "x").encode()).module for name, template, _, _ in CARRIERS.values()}
    assert _KINDS - read == {"configure_text", "facts", "kubernetes_json", "yarn_site"}


LOADERS = FIXTURES.parent / "linter/spmlint/loaders"
_KINDS = set(
    re.findall(
        r'(?:return|else|\() ?"([a-z_]+)"',
        re.split(r"def (?:recognise|is_python)", (LOADERS / "recognition.py").read_text())[1],
    )
)
