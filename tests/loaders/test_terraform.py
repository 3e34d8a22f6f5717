"""Terraform applications give the same object as a create-application request, with the variables the run knows."""

import pytest

from spmlint.answer import Opaque
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.emr_configuration import application_layers
from spmlint.loaders.recognition import recognise

from harness import FIXTURES

CARRIERS = FIXTURES / "carriers"


def application(text, **others):
    """The application of ``main.tf``, linked with other files of the run."""
    files = {
        "main.tf": text,
        **{name.replace("__", "/").replace("_tf", ".tf"): other for name, other in others.items()},
    }
    loaded = [load(path, content.encode()) for path, content in files.items()]
    return next(one for one in link(loaded).resources if one.kind == "EmrServerlessApplication")


def resource(body):
    return f'resource "aws_emrserverless_application" "x" {{\n{body}\n}}\n'


CAPACITY = resource('maximum_capacity {\n  cpu = var.cpu\n  memory = "64 GB"\n}')


def test_the_fixture():
    loaded = [load(name, (CARRIERS / name).read_bytes()) for name in ("main.tf", "terraform.tfvars")]
    (found,) = link(loaded).resources
    assert found.word("maximumCapacity", "cpu") == "64 vCPU"
    assert found.value("maximumCapacity", "cpu").source.path == "terraform.tfvars"
    assert found.word("maximumCapacity", "disk") == "200 GB"
    with pytest.raises(Opaque):
        found.word("maximumCapacity", "memory")
    pools = found.parts("initialCapacity")
    assert list(pools) == ["Driver", "Executor"]
    assert pools["Executor"].word("workerCount") == "4"
    assert pools["Executor"].word("workerConfiguration", "memory") == "16 GB"
    assert found.key_of("maximumCapacity", "cpu").span().text == "cpu"
    (layer,) = application_layers(found)
    assert [(s.key, s.value.value) for s in layer.settings] == [
        ("spark.executor.memory", "14g"),
        ("spark.executor.cores", "4"),
    ]


def variable(default):
    return f'variable "cpu" {{\n  default = {default}\n}}\n'


def test_a_default_is_a_placeholder_since_whoever_applies_the_module_may_give_another():
    found = application(variable('"4 vCPU"') + CAPACITY)
    with pytest.raises(Opaque):
        found.word("maximumCapacity", "cpu")
    given = application(variable('"4 vCPU"') + CAPACITY, dev_tfvars='cpu = "8 vCPU"')
    assert given.word("maximumCapacity", "cpu") == "8 vCPU"


@pytest.mark.parametrize(
    ("others", "known"),
    [
        ({"terraform_tfvars": 'cpu = "4 vCPU"'}, True),
        ({"prod_tfvars": 'cpu = "4 vCPU"'}, True),
        ({"other__terraform_tfvars": 'cpu = "4 vCPU"'}, False),
        ({"dev_tfvars": 'cpu = "4 vCPU"', "prod_tfvars": 'cpu = "8 vCPU"'}, False),
        ({"terraform_tfvars": 'memory = "4 GB"'}, False),
        ({"terraform_tfvars": "cpu = max(4, 8)"}, False),
    ],
)
def test_variables_of_the_same_folder(others, known):
    found = application(CAPACITY, **others)
    if known:
        assert found.word("maximumCapacity", "cpu") == "4 vCPU"
    else:
        with pytest.raises(Opaque):
            found.word("maximumCapacity", "cpu")


def test_dynamic_blocks_hide_their_fields():
    found = application(resource('dynamic "maximum_capacity" {\n  for_each = x\n}'))
    assert not found.has("maximumCapacity")
    with pytest.raises(Opaque):
        found.word("maximumCapacity", "cpu")


def test_state_machines_in_heredocs():
    machine = (CARRIERS / "machine.asl.json").read_text()
    text = f'resource "aws_sfn_state_machine" "x" {{\n  definition = <<-EOF\n{machine}\n  EOF\n}}\n'
    assert [one.name for one in load("main.tf", text.encode()).fragments] == ["machine", ""]


@pytest.mark.parametrize("definition", ["jsonencode({})", "<<EOF\n{ ${x}\nEOF", '"startJobRun"'])
def test_a_machine_that_cannot_be_read_is_not_checked(definition):
    text = f'resource "aws_sfn_state_machine" "x" {{\n  definition = {definition}\n  x = "startJobRun"\n}}\n'
    loaded = load("main.tf", text.encode())
    assert loaded.fragments == loaded.troubles == []


def test_configurations_of_a_cluster():
    configurations = (CARRIERS / "configurations.json").read_text().replace("${cores}", "4")
    text = f'resource "aws_emr_cluster" "x" {{\n  configurations_json = <<EOF\n{configurations}EOF\n}}\n'
    (fragment,) = load("main.tf", text.encode()).fragments
    assert [s.value.value for layer in fragment.layers for s in layer.settings] == ["4g", "4"]


JSON_ENCODED = """
resource "aws_emr_cluster" "x" {
  release_label = "emr-6.15.0"
  configurations_json = jsonencode([
    {
      Classification = "spark-defaults"
      Properties = {
        "spark.executor.memory" = "4g" # a comment
        "spark.executor.cores"  = 4
        "spark.driver.memory"   = var.driver
      }
    },
  ])
  step {
    name = "nightly"
    hadoop_jar_step {
      jar  = "command-runner.jar"
      args = ["spark-submit", "--driver-memory", "3g", "s3://b/nightly.py"]
    }
  }
}
"""


def test_jsonencode_gives_what_it_is_given_and_steps_stand_on_the_cluster():
    (fragment,) = load("main.tf", JSON_ENCODED.encode()).fragments
    assert [(s.key, s.value.value, s.span().text) for layer in fragment.layers for s in layer.settings] == [
        ("spark.executor.memory", "4g", "4g"),
        ("spark.executor.cores", "4", "4"),
        ("spark.driver.memory", "var.driver", "var.driver"),
        ("spark.driver.memory", "3g", "3g"),
    ]
    assert (fragment.name, fragment.world.spark.known) == ("nightly.py", (3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "a = jsonencode(\nb = 1",
        "a = jsonencode([1)\nb = 1",
        "a = jsonencode(x)\nb = 1",
        "a = [jsonencode({}), 2]\nb = 1",
    ],
)
def test_a_jsonencode_that_is_not_read_takes_nothing_else_with_it(text):
    loaded = load("main.tf", (text + "\n# aws_emrserverless_application\n" + CAPACITY).encode())
    assert [one.kind for one in loaded.resources] in (["EmrServerlessApplication"], [])
    if "jsonencode(\n" not in text and "[1)" not in text:
        assert loaded.resources


MANIFEST = """
resource "kubernetes_manifest" "x" {
  manifest = {
    apiVersion = "sparkoperator.k8s.io/v1beta2"
    kind       = "SparkApplication"
    metadata   = { name = "nightly" }
    spec = {
      type = "Scala"
      mainApplicationFile = "local:///a.jar"
      sparkVersion = "3.5.1"
      sparkConf = { "spark.sql.shuffle.partitions" = "200" }
      driver = { memory = "2g" }
      executor = { memory = "${var.memory}g", instances = 2 }
    }
  }
}
resource "kubectl_manifest" "y" {
  yaml_body = <<-YAML
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    metadata: {name: other}
    spec:
      sparkConf: {spark.executor.memory: "${var.size}"}
      executor: {cores: 2}
  YAML
}
"""


def test_manifests_of_kubernetes():
    first, second = load("main.tf", MANIFEST.encode()).fragments
    values = {s.key: (s.value.value, bool(s.value.holes)) for layer in first.layers for s in layer.settings}
    assert (first.name, first.complete) == ("nightly", True)
    assert values["spark.executor.memory"] == ("${var.memory}g", True)
    assert values["spark.executor.instances"] == ("2", False)
    assert {s.key: (s.span().text, bool(s.value.holes)) for layer in second.layers for s in layer.settings} == {
        "spark.executor.memory": ("${var.size}", True),
        "spark.executor.cores": ("2", False),
    }


def test_other_terraform_is_not_read():
    assert recognise("main.tf", b'resource "aws_s3_bucket" "x" {}') is None


@pytest.mark.parametrize(
    "text",
    [
        "aws_emrserverless_application",
        'resource "aws_emrserverless_application" {}',
        resource("initial_capacity {}"),
        resource("initial_capacity = 1\nmaximum_capacity = []\nruntime_configuration {\n properties = 1\n}"),
        resource("dynamic {}"),
        'resource "aws_emrserverless_application" "x" {',
    ],
)
def test_wrong_shapes_do_not_break_the_reader(text):
    loaded = load("main.tf", text.encode())
    assert loaded.troubles == []
    link([loaded])
