"""The table of fields: it can be walked, and no field of it looks like a misspelling of its neighbour."""

import pytest

from spmlint.fields import KEYED, LIST, OBJECT, fields_of, nearest_field

KINDS = (
    "EmrContainersJobRun",
    "EmrServerlessApplication",
    "EmrServerlessJobRun",
    "LivyRequest",
    "ScheduledSparkApplication",
    "SparkApplication",
    "SparkConnect",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_is_reached_from_the_root(kind):
    objects = fields_of(kind)
    reached, pending = set(), [""]
    while pending:
        path = pending.pop()
        reached.add(path)
        for name, what in objects[path].items():
            at = (f"{path}.{name}" if path else name) + {LIST: "[]", KEYED: ".*"}.get(what, "")
            if what in (OBJECT, LIST, KEYED):
                pending.append(at)
    assert reached == set(objects)


def test_a_kind_without_a_table_has_no_fields():
    assert fields_of("Pod") == {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("batchSchedule", "batchScheduler"), ("Arguments", "arguments"), ("sparkConfig", "sparkConf"), ("kerberos", None)],
)
def test_misspelt_fields(written, meant):
    assert nearest_field(written, fields_of("SparkApplication")["spec"]) == meant
