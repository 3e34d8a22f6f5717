"""Files that checked files name: what is read of them from the disk, and what is said of them."""

from __future__ import annotations

import os

import pytest

from spmlint.config import Configs
from spmlint.linking.link import link
from spmlint.run import Input

from harness import lines

SMALL = "spark.executor.memory  400m\n"
SUBMIT = "spark-submit --properties-file {} --master yarn --deploy-mode cluster app.py\n"
TEMPLATE = "--conf spark.kubernetes.executor.podTemplateFile={}"
ON_KUBERNETES = (
    "spark-submit --master k8s://https://host --deploy-mode cluster --conf spark.executor.memory=2g {} app.jar\n"
)
POD = """\
apiVersion: v1
kind: Pod
spec:
  terminationGracePeriodSeconds: {grace}
  containers:
    - name: sidecar
      resources: {{requests: {{memory: 1Gi}}}}
    - name: main
      resources: {{requests: {{memory: 16Gi}}}}
"""


def found(report):
    return [(finding.rule, finding.span.source.path) for finding in report.findings]


def jobs(folder, *names, contents=None):
    """The jobs of a run on files of the folder; ``contents`` is what some would hold."""
    before = os.getcwd()
    os.chdir(folder.path)
    try:
        given = Input(Configs(isolated=True), contents)
        given.read(names)
        return link(given.loaded).jobs
    finally:
        os.chdir(before)


@pytest.fixture
def project(folder):
    """A folder that is a git repository, as far as spmlint looks."""
    (folder.path / ".git").mkdir()
    return folder


@pytest.mark.parametrize("name", ["conf/spark-defaults.conf", "./conf/cluster.props", "conf/cluster"])
def test_a_properties_file_counts_though_only_the_script_was_passed(project, name):
    project.write(name, SMALL)
    project.write("run.sh", SUBMIT.format(name))
    alone = project.check("run.sh")
    assert found(alone) == [("SPM101", os.path.normpath(name))]
    assert alone.files == ["run.sh"]
    assert lines(alone) == lines(project.check("run.sh", name))


@pytest.mark.parametrize(("would", "memory"), [(b"", None), (b"spark.executor.memory 2g\n", "2g")])
def test_what_a_fix_would_leave_in_it_counts_and_not_what_the_disk_holds(project, would, memory):
    project.write("my.conf", SMALL)
    project.write("run.sh", SUBMIT.format("my.conf"))
    (job,) = jobs(project, "run.sh", contents={"my.conf": would})
    setting = job.conf.winner("spark.executor.memory")
    assert (setting and setting.value.value) == memory


@pytest.mark.parametrize("place", ["jobs/nightly/run.sh", "run.sh"])
def test_it_is_looked_for_beside_the_file_and_in_the_projects_folder(project, place):
    project.write("conf/my.conf", SMALL)
    project.write(place, SUBMIT.format("conf/my.conf"))
    assert found(project.check(place)) == [("SPM101", "conf/my.conf")]


def test_the_file_beside_comes_before_the_projects(project):
    project.write("conf/my.conf", SMALL)
    project.write("jobs/conf/my.conf", "spark.executor.memory 2g\n")
    project.write("jobs/run.sh", SUBMIT.format("conf/my.conf"))
    assert found(project.check("jobs/run.sh")) == []


def test_the_projects_folder_is_found_from_below(project):
    project.write("conf/my.conf", SMALL)
    project.write("team/jobs/run.sh", SUBMIT.format("conf/my.conf"))
    below = type(project)(project.path / "team")
    assert found(below.check("jobs/run.sh")) == [("SPM101", "../conf/my.conf")]


def test_without_a_repository_the_current_folder_is_the_project(folder):
    folder.write("my.conf", SMALL)
    folder.write("work/run.sh", SUBMIT.format("../my.conf"))
    assert found(folder.check("work/run.sh")) == [("SPM101", "my.conf")]
    below = type(folder)(folder.path / "work")
    assert found(below.check("run.sh")) == []


OUTSIDE = [
    "../secret.conf",
    "/{}/secret.conf",
    "file:///{}/secret.conf",
    "s3://bucket/secret.conf",
    "leaving.conf",
    "$X.conf",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_the_project_is_opened(folder, name):
    inside = type(folder)(folder.path / "project")
    (inside.path / ".git").mkdir(parents=True)
    folder.write("secret.conf", SMALL)
    (inside.path / "leaving.conf").symlink_to(folder.path / "secret.conf")
    inside.write("run.sh", SUBMIT.format(name.format(folder.path)))
    report = inside.check("run.sh")
    assert found(report) == []
    assert [entry.reason.partition(" is ")[2] for entry in report.not_checked] == ["not among the files given"]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_only_regular_files_are_opened(project, make):
    make(project.path / "my.conf")
    project.write("run.sh", SUBMIT.format("my.conf"))
    assert found(project.check("run.sh")) == []


def test_a_companion_is_not_checked_itself(project):
    bad = "# spmlint: ignore[SPM102] nobody knows\nspark.excutor.cores 2\nlog4j.level INFO\n"
    project.write("spark-defaults.conf", bad)
    project.write("run.sh", SUBMIT.format("spark-defaults.conf"))
    report = project.check("run.sh")
    assert report.jobs == 1
    # What the job takes from it is said, and nothing else: the suppression may be of use in another run.
    assert ("SPM701", "spark-defaults.conf") in found(report)
    assert {rule for rule, _ in found(report)}.isdisjoint({"SPM903", "SPM704"})


def test_a_companion_is_never_edited(project):
    project.write("spark-defaults.conf", "spark.excutor.cores 2\n")
    project.write("run.sh", SUBMIT.format("spark-defaults.conf"))
    alone, both = project.check("run.sh"), project.check("run.sh", "spark-defaults.conf")
    assert [finding.fix is None for finding in alone.findings] == [True]
    assert [finding.fix is None for finding in both.findings] == [False]


def test_its_suppressions_and_excludes_hold(project):
    project.write("run.sh", SUBMIT.format("vendor/spark-defaults.conf"))
    project.write("vendor/spark-defaults.conf", SMALL)
    assert len(project.check("run.sh").findings) == 1
    assert project.check("run.sh", exclude=["vendor"]).findings == []
    project.write("vendor/spark-defaults.conf", "# spmlint: ignore[SPM101] a test cluster\n" + SMALL)
    assert project.check("run.sh").suppressed == 1


def test_the_command_beats_the_file_and_the_file_says_where_it_runs(project):
    project.write("my.conf", "spark.executor.memory 400m\nspark.executor.cores 3\nspark.master yarn\n")
    project.write("run.sh", "spark-submit --properties-file my.conf --executor-memory 2g app.py\n")
    (job,) = jobs(project, "run.sh")
    assert (job.conf.get("spark.executor.memory"), job.conf.get("spark.executor.cores")) == ("2g", "3")
    assert job.world.manager.known == "yarn"


def test_an_empty_properties_file_closes_what_a_missing_one_leaves_open(project):
    project.write("my.conf", "# nothing\n")
    project.write("run.sh", SUBMIT.format("my.conf"))
    (job,) = jobs(project, "run.sh")
    assert job.conf.get("spark.executor.memory") is None


def test_a_templated_key_in_the_file_stays_open(project):
    project.write("my.conf", "spark.$X.memory 1g\n")
    project.write("run.sh", SUBMIT.format("my.conf"))
    (job,) = jobs(project, "run.sh")
    assert not job.conf.is_certain("spark.executor.memory")
    assert job.conf.is_certain("spark.executor.cores")


def test_sections_mean_nothing_to_spark(project):
    project.write("my.conf", "[A]\nspark.executor.memory 1g\n[B]\nspark.executor.memory 2g\n")
    project.write("run.sh", SUBMIT.format("my.conf"))
    (job,) = jobs(project, "run.sh")
    assert [setting.value.value for setting in job.conf.written("spark.executor.memory")] == ["2g", "1g"]


def test_a_properties_file_that_the_script_writes_itself(project):
    project.write("run.sh", "cat > /tmp/my.conf <<END\n" + SMALL + "END\n" + SUBMIT.format("/tmp/my.conf"))
    job = jobs(project, "run.sh")[-1]
    assert job.conf.setting("spark.executor.memory").span().line == 2


# ---- pod templates -------------------------------------------------------------------------------------------------


def test_a_pod_template_is_the_jobs_pod(project):
    project.write("pod.yaml", POD.format(grace=20))
    decommission = (
        " --conf spark.decommission.enabled=true --conf spark.kubernetes.executor.podTemplateContainerName=main"
    )
    project.write("run.sh", ON_KUBERNETES.format(TEMPLATE.format("pod.yaml") + decommission))
    report = project.check("run.sh")
    assert ("SPM413", "pod.yaml") in found(report)
    (finding,) = [finding for finding in report.findings if finding.rule == "SPM213"]
    assert (finding.span.line, finding.message) == (
        9,
        "requests.memory of container main has no effect: Spark overwrites it with 2432Mi",
    )
    assert lines(report) == lines(project.check("run.sh", "pod.yaml"))
    project.write("pod.yaml", POD.format(grace=120))
    assert "SPM413" not in [rule for rule, _ in found(project.check("run.sh"))]


def test_without_a_name_spark_takes_the_first_container(project):
    project.write("pod.yaml", "Kind: Pod\n" + POD.format(grace=20).replace("kind: Pod\n", ""))
    project.write("run.sh", ON_KUBERNETES.format(TEMPLATE.format("pod.yaml")))
    (finding,) = [finding for finding in project.check("run.sh").findings if finding.rule == "SPM213"]
    assert (finding.span.line, "container sidecar" in finding.message) == (7, True)


def test_a_template_that_may_be_another_is_not_the_jobs(project):
    project.write("pod.yaml", POD.format(grace=20))
    project.write("run.sh", ON_KUBERNETES.format(TEMPLATE.format("pod.yaml") + " $MORE --conf a.b=c"))
    assert jobs(project, "run.sh")[0].pod_templates == {}


# ---- Terraform and Kustomize -----------------------------------------------------------------------------------------

APPLICATION = """\
resource "aws_emrserverless_application" "spark" {
  name          = "nightly"
  release_label = var.release
  type          = "spark"
  maximum_capacity {
    cpu    = local.cpu
    memory = var.memory
  }
}
"""
VARIABLES = """\
variable "memory" { default = "16 GB" }
variable "release" { default = "emr-7.1.0" }
locals { cpu = var.cpu }
"""


def capacity(folder, *names):
    before = os.getcwd()
    os.chdir(folder.path)
    try:
        given = Input(Configs(isolated=True))
        given.read(names)
        (application,) = [one for one in link(given.loaded).resources if one.kind == "EmrServerlessApplication"]
        return {name: application.value("maximumCapacity", name).value for name in ("cpu", "memory")}
    finally:
        os.chdir(before)


def test_a_module_is_its_folder(project):
    project.write("main.tf", APPLICATION)
    project.write("variables.tf", VARIABLES)
    project.write("terraform.tfvars", 'cpu = "4 vCPU"\n')
    # A default is not what the module is applied with.
    assert capacity(project, "main.tf") == {"cpu": "4 vCPU", "memory": "var.memory"}
    assert capacity(project, ".") == {"cpu": "4 vCPU", "memory": "var.memory"}
    project.write("prod.tfvars", 'cpu = "8 vCPU"\nmemory = "64 GB"\n')
    assert capacity(project, "main.tf") == {"cpu": "local.cpu", "memory": "64 GB"}


def test_variables_that_name_each_other_end(project):
    project.write("main.tf", APPLICATION)
    project.write("locals.tf", "locals {\n  cpu = local.other\n  other = local.cpu\n}\n")
    assert capacity(project, "main.tf") == {"cpu": "local.cpu", "memory": "var.memory"}


BASE = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: nightly}
spec:
  type: Scala
  mode: cluster
  mainClass: a.B
  mainApplicationFile: local:///a.jar
  sparkVersion: 3.5.1
  driver: {memory: 2g}
  executor: {memory: 2g}
"""


def test_an_overlay_finds_its_base_and_the_base_is_no_job_then(project):
    project.write("base/job.yaml", BASE)
    project.write("base/kustomization.yaml", "resources: [job.yaml]\n")
    project.write("prod/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n")
    patch = "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata: {name: nightly}\n"
    project.write("prod/patch.yaml", patch + "spec: {executor: {memory: 300m}}\n")
    (job,) = jobs(project, "prod/kustomization.yaml")
    assert (job.conf.get("spark.executor.memory"), job.conf.get("spark.driver.memory")) == ("300m", "2g")
    assert found(project.check("prod/kustomization.yaml")) == [("SPM101", "prod/patch.yaml")]
    assert len(jobs(project, ".")) == 2
