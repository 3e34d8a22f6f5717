"""Configuration files: found by walking up, validated, and obeyed per file."""

import pytest

from spmlint.config import ConfigError, Configs, read_config
from spmlint.run import check

JOB = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: nightly}
spec:
  type: Scala
  mainApplicationFile: local:///a.jar
  sparkVersion: 3.5.1
  sparkConf: {spark.executor.memory: 8g}
  driver: {memory: 2g}
  executor: {memory: 4g}
"""


@pytest.fixture
def here(folder, monkeypatch):
    monkeypatch.chdir(folder.path)
    folder.write("job.yaml", JOB)
    return folder


def test_the_nearest_configuration_speaks(here):
    here.write("pyproject.toml", '[tool.spmlint]\nignore = ["SPM707"]\n')
    here.write("sub/.spmlint.toml", "")
    here.write("sub/job.yaml", JOB)
    report = check(["."])
    assert [finding.span.source.path for finding in report.findings] == ["sub/job.yaml"]


def test_a_pyproject_of_another_tool_is_passed_by(here):
    here.write("sub/pyproject.toml", "[tool.black]\nline-length = 100\n")
    here.write("sub/job.yaml", JOB)
    here.write(".spmlint.toml", 'ignore = ["overridden-setting"]\n')
    assert check(["sub/job.yaml"]).findings == []


def test_severity_is_a_ceiling_and_off_silences(here):
    here.write(".spmlint.toml", '[severity]\nSPM707 = "info"\n')
    assert [finding.severity for finding in check(["job.yaml"]).findings] == ["info"]
    here.write(".spmlint.toml", '[severity]\noverridden-setting = "error"\n')
    assert [finding.severity for finding in check(["job.yaml"]).findings] == ["warning"]
    here.write(".spmlint.toml", '[severity]\nSPM707 = "off"\n')
    assert check(["job.yaml"]).findings == []


def test_per_file_ignores_and_exclude(here):
    here.write("legacy/job.yaml", JOB)
    here.write(".spmlint.toml", '[per-file-ignores]\n"legacy/*" = ["SPM707"]\n')
    report = check(["."])
    assert (len(report.findings), report.suppressed) == (1, 1)
    here.write(".spmlint.toml", 'exclude = ["legacy"]\n')
    assert "legacy/job.yaml" not in check(["."]).files
    assert len(check(["legacy/job.yaml"]).files) == 1
    assert len(check(["legacy/job.yaml"], force_exclude=True).files) == 0


def test_rules_are_named_by_code_name_or_beginning_everywhere(here):
    here.write("legacy/job.yaml", JOB)
    for name in ("SPM707", "spm707", "overridden-setting", "SPM7"):
        here.write(".spmlint.toml", f'[per-file-ignores]\n"legacy/*" = ["{name}"]\n')
        assert check(["legacy/job.yaml"]).findings == []
        here.write(".spmlint.toml", f'[severity]\n{name} = "info"\n')
        assert [finding.severity for finding in check(["job.yaml"]).findings] == ["info"]


@pytest.mark.parametrize("order", [("SPM7", "SPM707"), ("overridden-setting", "SPM7")])
def test_the_narrower_name_has_the_say(here, order):
    ceilings = {"SPM7": "off", "SPM707": "info", "overridden-setting": "info"}
    here.write(".spmlint.toml", "[severity]\n" + "".join(f'{name} = "{ceilings[name]}"\n' for name in order))
    assert [finding.severity for finding in check(["job.yaml"]).findings] == ["info"]


@pytest.mark.parametrize(
    "text",
    [
        'ignore = ["overriden-setting"]',
        '[per-file-ignores]\n"*" = ["overriden-setting"]',
        '[severity]\noverriden-setting = "info"',
    ],
)
def test_a_rule_that_does_not_exist_is_never_passed_by(here, text):
    here.write(".spmlint.toml", text)
    with pytest.raises(ConfigError, match="no rule 'overriden-setting', did you mean 'overridden-setting'"):
        check(["job.yaml"])


def test_a_rule_that_is_off_needs_no_suppression_and_leaves_none_unused(here):
    here.write("job.yaml", JOB + "# spmlint: ignore-file[SPM707]\n")
    here.write(".spmlint.toml", '[severity]\nSPM707 = "off"\n')
    assert check(["job.yaml"]).findings == []


def test_the_command_line_beats_the_file(here):
    here.write(".spmlint.toml", 'ignore = ["SPM707"]\n')
    assert len(check(["job.yaml"], Configs(overrides={"ignore": []})).findings) == 1
    assert len(check(["job.yaml"], Configs(isolated=True)).findings) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('sellect = ["SPM707"]', "unknown key 'sellect', did you mean 'select'?"),
        ('manager = "mesos"', "'mesos' is not one of"),
        ("select = 3", "select: 3 is not of type 'array'"),
        ("select = [", "not TOML"),
    ],
)
def test_a_wrong_configuration_says_what_is_wrong(here, text, message):
    here.write(".spmlint.toml", text)
    with pytest.raises(ConfigError, match=r"\.spmlint\.toml") as error:
        read_config(".spmlint.toml")
    assert message in str(error.value)


def test_an_unknown_rule_names_the_nearest(here):
    with pytest.raises(ConfigError, match="did you mean 'overridden-setting'"):
        check(["job.yaml"], Configs(isolated=True, overrides={"select": ["overriden-setting"]}))


def test_what_the_files_do_not_say_is_answered(here):
    assert Configs(overrides={"spark_version": "3.5", "manager": "yarn"}).for_path("x").world().options("platform") == (
        "yarn",
        "emr-on-ec2",
    )
    with pytest.raises(ConfigError, match="not a Spark version"):
        Configs(overrides={"spark_version": "three"}).for_path("x").world()


def test_facts_that_hold_no_facts_are_a_mistake(here):
    here.write("facts.yaml", "a: 1\n")
    with pytest.raises(ConfigError, match="no facts found"):
        check(["job.yaml"], Configs(overrides={"facts": ["facts.yaml"]}))
    with pytest.raises(ConfigError, match="No such file"):
        check(["job.yaml"], Configs(overrides={"facts": ["nowhere.yaml"]}))


TARGETS = """\
spark-version = "3.5"
facts = ["all.yaml"]

[[targets]]
paths = ["prod/**", "*.prod.yaml"]
facts = ["prod.yaml"]
spark-version = "4.0"

[[targets]]
paths = ["prod/old"]
spark-version = "3.2"
"""


def test_targets_say_where_the_jobs_of_some_paths_run(here):
    here.write(".spmlint.toml", TARGETS)
    configs = Configs()

    def of(path):
        config = configs.for_path(path)
        return [name.rpartition("/")[2] for name in config.facts], config.spark_version

    assert of("job.yaml") == (["all.yaml"], "3.5")
    assert of("prod/job.yaml") == (["all.yaml", "prod.yaml"], "4.0")
    assert of("a.prod.yaml") == (["all.yaml", "prod.yaml"], "4.0")
    assert of("prod/old/job.yaml") == (["all.yaml", "prod.yaml"], "3.2")
    assert configs.for_path("prod/job.yaml") is configs.for_path("prod/other.yaml")
    assert Configs(overrides={"spark_version": "3.4"}).for_path("prod/job.yaml").spark_version == "3.4"


def test_facts_of_a_target_reach_its_jobs_only(here):
    node = "spmlint: facts\nnodes: [{name: small, allocatable: {memory: 4Gi}}]\n"
    here.write("small.yaml", node)
    here.write("small/job.yaml", JOB)
    here.write(".spmlint.toml", '[[targets]]\npaths = ["small"]\nfacts = ["small.yaml"]\n')
    found = [(f.rule, f.span.source.path) for f in check(["."]).findings]
    assert found == [("SPM707", "job.yaml"), ("SPM707", "small/job.yaml"), ("SPM211", "small/job.yaml")]


def test_a_target_without_paths_is_refused(here):
    here.write(".spmlint.toml", '[[targets]]\nfacts = ["a.yaml"]\n')
    with pytest.raises(ConfigError, match=r"targets\[0\]: 'paths' is a required property"):
        check(["job.yaml"])


def test_what_is_wrong_in_facts_is_said_at_its_place(here):
    here.write("facts.yaml", "spmlint: facts\nnods: []\nnodes: [{name: 1, cont: 1}]\n")
    with pytest.raises(ConfigError) as error:
        check(["job.yaml"], Configs(overrides={"facts": ["facts.yaml"]}))
    assert str(error.value).splitlines() == [
        "facts.yaml:2:1: unknown key 'nods', did you mean 'nodes'?",
        "facts.yaml:3:19: nodes[0]: unknown key 'cont', did you mean 'count'?",
    ]
