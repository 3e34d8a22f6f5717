"""%%configure cells of notebooks: which are ours, which hold, and where in the file each value stands."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.livy import FIELDS, SESSION
from spmlint.loaders.recognition import recognise
from spmlint.trouble import CELL_BRACE, CELL_DEAD, CELL_IGNORED, CELL_NOT_FORCED, CELL_REPLACED, TOO_LARGE

SIZES = '{"executorMemory": "4G", "executorCores": 2}'
CODE = "spark.range(10)\n"


def notebook(*cells, kernel="pysparkkernel", **dump):
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "execution_count": None,
                    "metadata": {},
                    "outputs": [],
                    "source": re.findall(r"[^\n]*\n|[^\n]+", cell),
                }
                for cell in cells
            ],
            "metadata": {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
        **dump,
    )


def read(*cells, **options):
    return load("n.ipynb", notebook(*cells, **options).encode())


def kinds(loaded):
    return [trouble.kind for trouble in loaded.troubles]


def memories(loaded):
    """The executor memory of each session, in the order of the cells."""
    return [
        setting.value.value
        for fragment in loaded.fragments
        for layer in fragment.layers
        for setting in layer.settings
        if setting.key == "spark.executor.memory"
    ]


def test_a_notebook_without_the_magic_is_not_ours():
    assert recognise("n.ipynb", notebook(CODE).encode()) is None


def test_a_cell_is_a_complete_job_that_stands_at_its_magic():
    loaded = read("%%configure -f\n" + SIZES, CODE)
    (fragment,) = loaded.fragments
    assert (fragment.kind, fragment.complete, fragment.place.text) == (SESSION, True, "%%configure")
    assert loaded.troubles == []


@pytest.mark.parametrize(
    "line", ["%%configure", "%%configure -f", "%%configure --force", "%%configure -f True", "%%configure -f \\"]
)
def test_what_may_stand_on_the_magic_line(line):
    assert memories(read(f"{line}\n{SIZES}")) == ["4G"]


def test_blank_lines_before_the_magic_and_other_line_ends():
    assert memories(read("\n\n%%configure -f\r\n" + SIZES.replace(" ", "\r\n"))) == ["4G"]


def test_a_cell_that_only_speaks_of_the_magic_is_not_one():
    assert read("print('%%configure')\n", "x = 1\n%%configure -f\n{}").fragments == []


@pytest.mark.parametrize(
    ("body", "offending"),
    [
        ('{"executorMemory": "4G",}', ","),
        ("{'executorMemory': '4G'}", "'"),
        ('{"executorMemory": "4G" "executorCores": 2}', '\\"'),
        ('{"executorMemory": 4G}', "4G"),
        ('{"executorMemory": "4G"', "{"),
        ('{"executorMemory": "4G"} # sizes', "# sizes"),
        ('"conf": {}', ":"),
        ("", "%%configure"),
    ],
)
def test_a_body_that_json_does_not_read_is_trouble_at_the_place(body, offending):
    loaded = read("%%configure -f\n" + body, CODE)
    assert loaded.fragments == []
    (trouble,) = loaded.troubles
    assert (trouble.kind, trouble.span.text) == (CELL_IGNORED, offending)


def test_the_first_of_several_mistakes_is_named():
    (trouble,) = read('%%configure -f\n{"conf": {"spark.x": "1",},\n # no\n}').troubles
    assert (trouble.span.text, trouble.span.line) == (",", 10)


def test_json_on_the_magic_line_is_read_with_a_warning():
    loaded = read('%%configure -f {"executorMemory": "4G",\n"executorCores": 2}')
    assert memories(loaded) == ["4G"]
    assert [(trouble.kind, trouble.span.text) for trouble in loaded.troubles] == [(CELL_BRACE, "{")]


def test_nesting_without_end_is_too_much():
    assert kinds(read('%%configure -f\n{"conf": ' + "[" * 300)) == [TOO_LARGE]


@pytest.mark.parametrize(
    ("body", "kernel"),
    [
        ('{"--conf": "spark.x=1 --conf spark.y=2",}', "python3"),
        ('{"--datalake-formats": "hudi"}', "pysparkkernel"),
        ('{"conf": {"spark.x": "1",}}', "glue_pyspark"),
        ('{"defaultLakehouse": {"name": "raw"},}', "python3"),
        ('{"vCores": 2}', "python3"),
        ('{"executorMemory": "4G"} // small', "python3"),
    ],
)
def test_cells_of_glue_and_fabric_are_left_alone(body, kernel):
    loaded = read("%%configure -f\n" + body, kernel=kernel)
    assert (loaded.fragments, loaded.troubles, loaded.unread) == ([], [], [])


@pytest.mark.parametrize(
    ("body", "kernel"),
    [
        ('{"executorMemory": "4G",}', "synapse_pyspark"),
        ('{"defaultLakehouse": {"name": "raw"}, "executorMemory": "4G"} // small', "python3"),
    ],
)
def test_cells_of_fabric_are_parts_of_a_job_in_which_nothing_is_wrong(body, kernel):
    loaded = read("%%configure -f\n" + body, kernel=kernel)
    assert memories(loaded) == ["4G"]
    assert [(one.kind, one.complete) for one in loaded.fragments] == [("Fabric session", False)]
    assert (loaded.resources, loaded.troubles, loaded.unread) == ([], [], [])


def test_sizes_of_a_glue_session_are_not_used():
    cell = '%glue_version 4.0\n%%configure\n{"--conf": "spark.executor.memory=300m --conf spark.sql.x=y"}'
    loaded = read(cell, kernel="glue_pyspark")
    (job,) = link([loaded]).jobs
    assert job.conf.get("spark.sql.x") == "y"
    assert not job.conf.is_certain("spark.executor.memory")


def test_a_glue_magic_anywhere_makes_the_notebook_one_of_glue():
    assert read("%idle_timeout 60\n", "%%configure\n" + SIZES[:-1], kernel="python3").troubles == []


@pytest.mark.parametrize(
    ("body", "kernel"),
    [
        ('{"executorMemory": "4G"} # small', "pysparkkernel"),
        ('{"executorMemory": "4G"} // small', "sparkkernel"),
        ('{"conf": {"emr-serverless.session.executionRoleArn": "x"}} # small', "python3"),
    ],
)
def test_a_comment_is_a_mistake_where_the_cell_is_certainly_for_livy(body, kernel):
    assert kinds(read("%%configure -f\n" + body, kernel=kernel)) == [CELL_IGNORED]


@pytest.mark.parametrize("before", ["%%info", "%%local\nimport os", "%matplotlib inline", "%%help", "", "   \n"])
def test_cells_that_start_no_session_need_no_force(before):
    assert kinds(read(before, "%%configure\n" + SIZES)) == []


@pytest.mark.parametrize("before", [CODE, "# a comment goes to the session", "%%sql\nSELECT 1", "%%spark\nx"])
def test_without_force_below_a_running_session(before):
    loaded = read(before, "%%configure\n" + SIZES)
    assert kinds(loaded) == [CELL_NOT_FORCED]
    assert memories(loaded) == ["4G"]
    assert kinds(read(before, "%%configure -f\n" + SIZES)) == []


def test_a_replaced_cell_is_dead_unless_a_session_used_it():
    first, second = "%%configure -f\n" + SIZES, "%%configure -f\n" + SIZES.replace("4G", "8G")
    unused, used = read(first, second, CODE), read(first, CODE, second)
    assert (kinds(unused), memories(unused)) == ([CELL_DEAD], ["8G"])
    assert (kinds(used), memories(used)) == ([CELL_REPLACED], ["4G", "8G"])


def test_the_same_again_and_other_sessions_replace_nothing():
    assert kinds(read("%%configure -f\n" + SIZES, CODE, "%%configure -f\n" + SIZES)) == []
    assert kinds(read("%%configure -n a -f\n" + SIZES, "%%configure -n b -f\n{}")) == []


def test_a_template_is_not_checked():
    loaded = read("%%configure -f\n{% if large %}{}{% endif %}")
    assert (loaded.troubles, len(loaded.unread)) == ([], 1)


def test_a_placeholder_may_stand_for_a_number():
    loaded = read('%%configure -f\n{"executorMemory": "4G", "executorCores": <cores>}')
    assert (kinds(loaded), memories(loaded)) == ([], ["4G"])


@given(
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=10), max_size=4),
    st.dictionaries(
        st.text("aé\\\"'.\u2028", min_size=1, max_size=8).map("spark.".__add__), st.text(max_size=10), max_size=3
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_the_span_of_a_setting_decodes_twice_to_its_value(fields, conf, line_end, inner_ascii, outer_ascii):
    body = json.dumps({"conf": conf, **fields}, indent=2, ensure_ascii=inner_ascii).replace("\n", line_end)
    loaded = read(f"%%configure -f{line_end}{body}", ensure_ascii=outer_ascii)
    assert kinds(loaded) == []
    settings = [setting for layer in loaded.fragments[0].layers for setting in layer.settings]
    assert len(settings) == len(fields) + len(conf)
    for setting in settings:
        in_cell = json.loads('"' + setting.span().text + '"')
        assert json.loads('"' + in_cell + '"') == setting.value.value
