"""What the engine makes of checks: worlds weighed, holes noted, one place one finding, a crash contained."""

import pytest

from spmlint.answer import EMR_SERVERLESS, V3_4, YARN, Opaque, World
from spmlint.conf import Layer, Setting
from spmlint.document.text import Source
from spmlint.engine import Engine
from spmlint.finding import ERROR, INFO, WARNING
from spmlint.job import Job
from spmlint.linking.link import Linked
from spmlint.place import Place
from spmlint.registry import Registry
from spmlint.rule import Rule


def job(*pairs, name="job", path="f", world=None):
    text = "\n".join(value for _, value in pairs)
    source, at, settings = Source(path, text), 0, []
    for key, value in pairs:
        setting = source.whole().slice(at, at + len(value))
        settings.append(Setting(key, setting.with_holes([(0, len(value))]) if value.startswith("$") else setting))
        at += len(value) + 1
    return Job(name, "test", source.span(0, 1), [Layer("file", settings)], world or World(), Place(), complete=True)


def run(rules, *jobs, **options):
    registry = Registry()
    registry.rows.clear()
    for rule in [rules] if isinstance(rules, Rule) else rules:
        registry.add(rule)
    return Engine(registry, **options).run(Linked(list(jobs), []), [])


def test_a_finding_true_in_every_world_keeps_its_severity():
    rule = Rule("T001", "always")

    @rule.check(ERROR)
    def check(job):
        if job.world.spark >= V3_4:
            yield rule.finding(job.conf.setting("a"), "new")
        else:
            yield rule.finding(job.conf.setting("a"), "old")

    [finding] = run(rule, job(("a", "1"))).findings
    assert (finding.severity, finding.message, finding.worlds) == (ERROR, "new", "")


def test_a_finding_true_in_some_worlds_is_one_step_lower_and_names_them():
    rule = Rule("T001", "sometimes")

    @rule.check(WARNING)
    def check(job):
        if job.world.platform == EMR_SERVERLESS:
            yield rule.finding(job.conf.setting("a"), "three will start")

    [finding] = run(rule, job(("a", "1"))).findings
    assert (finding.severity, finding.message) == (INFO, "On EMR Serverless: three will start")
    known = World().narrowed("platform", (EMR_SERVERLESS,))
    [finding] = run(rule, job(("a", "1"), world=known)).findings
    assert (finding.severity, finding.message) == (WARNING, "three will start")


def test_advice_true_in_some_worlds_is_not_worth_saying():
    rule = Rule("T001", "sometimes")

    @rule.check(INFO)
    def check(job):
        if job.world.spark >= V3_4:
            yield rule.finding(job.conf.setting("a"), "new")

    assert run(rule, job(("a", "1"))).findings == []


def test_a_hole_ends_the_check_and_keeps_what_was_found_before():
    rule = Rule("T001", "reads")

    @rule.check(ERROR)
    def check(job):
        yield rule.finding(job.conf.setting("a"), "found")
        job.conf.get("b")
        yield rule.finding(job.conf.setting("b"), "never")

    report = run(rule, job(("a", "1"), ("b", "$X")))
    assert [finding.message for finding in report.findings] == ["found"]
    [entry] = report.not_checked
    assert (entry.reason, entry.rules, entry.span.line) == ("templated value $X", ["T001"], 2)


def test_a_hole_in_one_world_makes_a_finding_one_of_some_worlds():
    rule = Rule("T001", "reads")

    @rule.check(ERROR)
    def check(job):
        if job.world.spark >= V3_4:
            yield rule.finding(job.conf.setting("a"), "found")
        else:
            job.conf.get("b")

    report = run(rule, job(("a", "1"), ("b", "$X")))
    assert [finding.severity for finding in report.findings] == [WARNING]
    assert len(report.not_checked) == 1


def test_facts_nobody_gave_are_a_note_and_no_entry():
    rule = Rule("T001", "asks")

    @rule.check(ERROR)
    def check(job):
        raise Opaque("the node is not known")
        yield

    report = run(rule, job(("a", "1")), job(("a", "1"), name="other"))
    assert report.not_checked == []
    assert report.notes == ["the node is not known (not checked: T001)"]


def test_roles_are_judged_apart():
    rule = Rule("T001", "roles")

    @rule.check(ERROR, triggers=("spark.driver.memory",))
    def check(job, role):
        job.conf.get(f"spark.{role}.memory")
        yield rule.finding(job.conf.setting(f"spark.{role}.memory"), f"{role} is wrong")

    report = run(rule, job(("spark.driver.memory", "1"), ("spark.executor.memory", "$X")))
    assert [(finding.role, finding.message) for finding in report.findings] == [("driver", "driver is wrong")]
    assert len(report.not_checked) == 1


def test_one_line_read_by_many_jobs_is_one_finding():
    rule = Rule("T001", "shared")

    @rule.check(ERROR)
    def check(job):
        yield rule.finding(job.conf.setting("a"), "wrong")

    first = job(("a", "1"))
    others = [Job(f"job{n}", "t", first.span, first.layers, World(), Place(), complete=True) for n in range(3)]
    [finding] = run(rule, first, *others).findings
    assert (finding.job, finding.jobs) == ("job", 4)


def test_the_more_specific_rule_speaks_at_one_place():
    general, special = Rule("T001", "general"), Rule("T002", "special", supersedes=("T001",))

    @general.check(ERROR)
    def both(job):
        yield general.finding(job.conf.setting("a"), "general a")
        yield general.finding(job.conf.setting("b"), "general b")

    @special.check(ERROR)
    def one(job):
        yield special.finding(job.conf.setting("a"), "special a")

    report = run([general, special], job(("a", "1"), ("b", "2")))
    assert [finding.message for finding in report.findings] == ["special a", "general b"]


def test_an_error_inside_a_rule_is_one_failure_and_the_run_goes_on():
    broken, sound = Rule("T001", "broken"), Rule("T002", "sound")

    @broken.check(ERROR)
    def crash(job):
        raise ZeroDivisionError("division by zero")
        yield

    @sound.check(ERROR)
    def fine(job):
        yield sound.finding(job.conf.setting("a"), "found")

    report = run([broken, sound], job(("a", "1")), job(("a", "1"), name="other"))
    assert len(report.findings) == 1
    [failure] = report.failures
    assert "T001" in failure.message
    assert "ZeroDivisionError" in failure.message


def test_advice_is_off_until_its_rule_is_chosen():
    rule = Rule("T001", "taste")

    @rule.check(INFO, advice=True)
    def check(job):
        yield rule.finding(job.conf.setting("a"), "taste")

    assert run(rule, job(("a", "1"))).findings == []
    assert len(run(rule, job(("a", "1")), chosen={"T001"}).findings) == 1


def test_a_check_must_name_its_subject():
    rule = Rule("T001", "odd")
    with pytest.raises(TypeError, match=r"check takes \(something\), and a check one of \(job\)"):

        @rule.check(ERROR)
        def check(something):
            yield


def test_jobs_of_different_names_are_counted_even_when_interleaved():
    rule = Rule("T001", "shared")

    @rule.check(ERROR)
    def check(job, role):
        yield rule.finding(job.conf.setting("a"), "wrong")

    first = job(("a", "1"))
    second = Job("second", "t", first.span, first.layers, World(), Place(), complete=True)
    [finding] = run(rule, first, second).findings
    assert finding.jobs == 2


def test_a_check_that_is_bound_to_platforms_is_not_run_where_the_job_certainly_runs_elsewhere():
    rule = Rule("T001", "bound")

    @rule.check(WARNING, platforms=(EMR_SERVERLESS,))
    def check(job):
        yield rule.finding(job.conf.setting("a"), "heard")

    assert [f.message for f in run(rule, job(("a", "1"))).findings] == ["heard"]
    assert run(rule, job(("a", "1"), world=World().narrowed("platform", (YARN,)))).findings == []


def test_a_check_can_be_triggered_by_what_a_job_is_written_as():
    rule = Rule("T001", "of-a-kind")

    @rule.check(WARNING, triggers=("test",))
    def check(job):
        yield rule.finding(job.conf.setting("a"), "heard")

    @rule.check(WARNING, triggers=("SparkApplication",))
    def of_another(job):
        yield rule.finding(job.conf.setting("a"), "not heard")

    assert [f.message for f in run(rule, job(("a", "1"))).findings] == ["heard"]


@pytest.mark.parametrize(
    "error", [KeyError("gone"), RecursionError("deep"), MemoryError(), Opaque("hidden"), StopIteration()]
)
def test_an_error_in_a_rule_is_one_failure_and_the_others_are_heard(error):
    broken, whole = Rule("T001", "broken"), Rule("T002", "whole")

    @broken.check(ERROR)
    def breaks(job):
        yield broken.finding(job.conf.setting("a"), "found before", derivation=raising(error))

    @whole.check(ERROR)
    def works(job):
        yield whole.finding(job.conf.setting("a"), "found")

    report = run([broken, whole], job(("a", "1")), job(("a", "1")))
    assert [finding.rule for finding in report.findings] == ["T001", "T002"]
    assert report.findings[0].derivation == []
    [failure] = report.failures
    assert failure.path == "f"
    assert failure.message.startswith(f"internal error in T001: {type(error).__name__}")
    assert "please report it" in failure.message


def raising(error):
    def derivation():
        raise error

    return derivation


def test_a_job_whose_settings_cannot_be_gathered_is_one_failure(monkeypatch):
    rule = Rule("T001", "works")

    @rule.check(ERROR)
    def works(job):
        yield rule.finding(job.conf.setting("a"), "found")

    broken, whole = job(("a", "1"), path="broken"), job(("a", "1"), path="whole")
    monkeypatch.setattr(broken, "layers", None)
    report = run(rule, broken, whole)
    assert [finding.span.source.path for finding in report.findings] == ["whole"]
    assert [failure.path for failure in report.failures] == ["broken"]
