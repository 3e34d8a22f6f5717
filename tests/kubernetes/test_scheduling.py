"""Which nodes a pod may go to."""

from __future__ import annotations

import pytest

from spmlint.kubernetes.scheduling import Expression, Placement, Taint, Toleration

SPARK = Taint("team", "spark", "NoSchedule")
POOL = {"pool": "spark", "cpus": "16"}


@pytest.mark.parametrize(
    ("toleration", "covered"),
    [
        (Toleration("team", "Equal", "spark", "NoSchedule"), True),
        (Toleration("team", "", "spark"), True),
        (Toleration("team", "Equal", "web"), False),
        (Toleration("team", "Equal", "spark", "NoExecute"), False),
        (Toleration("team", "Exists"), True),
        (Toleration("other", "Exists"), False),
        (Toleration("", "Exists"), True),
        (Toleration("", "Exists", "", "NoExecute"), False),
        (Toleration("", "Equal", "spark"), False),
    ],
)
def test_tolerations(toleration, covered):
    assert toleration.covers(SPARK) is covered
    assert Placement(tolerations=[toleration]).allows({}, [SPARK]) is covered


def test_a_wish_keeps_nobody_away():
    assert Placement().allows({}, [Taint("team", "spark", "PreferNoSchedule")])
    assert not Placement().allows({}, [Taint("team", "spark", "NoExecute")])


def test_a_cordoned_node_takes_no_new_pods_unless_all_is_tolerated():
    assert not Placement().allows({}, unschedulable=True)
    assert Placement(tolerations=[Toleration("", "Exists")]).allows({}, unschedulable=True)


def test_every_taint_must_be_tolerated():
    one = Toleration("team", "Exists")
    assert not Placement(tolerations=[one]).allows({}, [SPARK, Taint("gpu", "", "NoSchedule")])


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        (Expression("pool", "In", ["spark", "web"]), True),
        (Expression("pool", "In", ["web"]), False),
        (Expression("zone", "In", ["a"]), False),
        (Expression("pool", "NotIn", ["web"]), True),
        (Expression("pool", "NotIn", ["spark"]), False),
        (Expression("zone", "NotIn", ["a"]), True),
        (Expression("pool", "Exists"), True),
        (Expression("zone", "Exists"), False),
        (Expression("zone", "DoesNotExist"), True),
        (Expression("pool", "DoesNotExist"), False),
        (Expression("cpus", "Gt", ["8"]), True),
        (Expression("cpus", "Gt", ["16"]), False),
        (Expression("cpus", "Lt", ["32"]), True),
        (Expression("pool", "Gt", ["8"]), False),
        (Expression("cpus", "Lt", []), False),
    ],
)
def test_expressions(expression, holds):
    assert expression.holds(POOL) is holds


def test_terms_are_alternatives_of_requirements():
    web, large = Expression("pool", "In", ["web"]), Expression("cpus", "Gt", ["8"])
    assert Placement(terms=[[web], [large]]).allows(POOL)
    assert not Placement(terms=[[web, large]]).allows(POOL)
    assert not Placement(terms=[[]]).allows(POOL), "an empty term matches no node"
    assert not Placement(terms=[]).allows(POOL)


def test_labels_asked_for_twice():
    asked = Placement({"pool": "spark"}).selecting({"pool": "web", "zone": "a"})
    assert asked.selector == {"pool": "spark", "zone": "a"}
    assert not asked.allows(POOL)
    assert asked.allows({**POOL, "zone": "a"})
