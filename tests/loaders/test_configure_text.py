"""%%configure cells in Python exports and Markdown."""

import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.loaders import load
from spmlint.loaders.recognition import recognise
from spmlint.trouble import CELL_BRACE, CELL_DEAD, CELL_IGNORED, CELL_NOT_FORCED

SIZES = '{"executorMemory": "4G", "executorCores": 2}'


def read(text, name="n.py"):
    return load(name, text.encode())


def call(*arguments):
    return f"get_ipython().run_cell_magic({', '.join(map(repr, arguments))})\n"


def kinds(loaded):
    return [trouble.kind for trouble in loaded.troubles]


def values(loaded):
    return [
        {setting.key: setting.value.value for layer in fragment.layers for setting in layer.settings}
        for fragment in loaded.fragments
    ]


@pytest.mark.parametrize("name", ["n.py", "n.md"])
def test_files_that_do_not_speak_of_the_magic_are_not_ours(name):
    assert recognise(name, b"import os\nlogger.configure('x')\n") is None


def test_a_cell_magic_as_nbconvert_exports_it():
    loaded = read("#!/usr/bin/env python\n# coding: utf-8\n\n\n" + call("configure", "-f", SIZES + "\n"))
    assert values(loaded) == [{"spark.executor.memory": "4G", "spark.executor.cores": "2"}]
    assert (loaded.troubles, loaded.fragments[0].place.text) == ([], "configure")


def test_a_brace_in_the_line_argument_begins_the_json():
    loaded = read(call("configure", "-f {", SIZES[1:] + "\n"))
    assert values(loaded) == [{"spark.executor.memory": "4G", "spark.executor.cores": "2"}]
    assert [(trouble.kind, trouble.span.text) for trouble in loaded.troubles] == [(CELL_BRACE, "{")]


@pytest.mark.parametrize(
    "source",
    [
        "import json\nget_ipython().run_cell_magic('configure', line='-f', cell=json.dumps(sizes))\n",
        "get_ipython().run_cell_magic('sql', '', 'SELECT 1 -- %%configure')\n",
        "get_ipython().run_cell_magic('configure', '-f', f'{sizes}')\n",
        "get_ipython().run_cell_magic(*configure)\n",
        "get_ipython().run_cell_magic('configure'\n",
        "print 'python 2', run_cell_magic\n",
        "# %%configure -f is what replaces a running session,\n# see the manual\n",
    ],
)
def test_what_holds_no_literal_json_gives_nothing(source):
    loaded = read(source)
    assert (loaded.fragments, loaded.troubles, loaded.unread) == ([], [], [])


def test_keywords_concatenation_triple_quotes_and_variables_for_the_shell():
    for source in (
        f"ipython.run_cell_magic('configure', line='-f', cell='{SIZES}')\n",
        f"get_ipython().run_cell_magic(\n    'configure', '-f',\n    '{SIZES[:10]}'  # half\n    '{SIZES[10:]}'\n)\n",
        f"get_ipython().run_cell_magic('configure', '-f', '''\n{SIZES}\n''')\n",
        f"get_ipython().run_cell_magic('configure', '-f', r'{SIZES}')\n",
    ):
        assert values(read(source)) == [{"spark.executor.memory": "4G", "spark.executor.cores": "2"}]


def test_commented_magics_of_the_percent_format():
    loaded = read('# %%\n# %%configure -f\n# {"executorMemory": "4G",\n#  "executorCores": 2}\n\n# %%\nspark\n')
    assert values(loaded) == [{"spark.executor.memory": "4G", "spark.executor.cores": "2"}]
    assert loaded.fragments[0].layers[1].settings[1].span().line == 4


def test_a_commented_cell_ends_at_the_next_cell():
    loaded = read(f"# %%configure -f\n# {SIZES}\n# %% [markdown]\n# # Sizes\n")
    assert (len(loaded.fragments), loaded.troubles) == (1, [])


def test_a_mistake_in_an_export_is_at_its_place():
    loaded = read("é = 1\n" + call("configure", "-f", '{\n  "executorMemory": "4G",\n}\n'))
    (trouble,) = loaded.troubles
    assert (trouble.kind, trouble.span.text, trouble.span.line) == (CELL_IGNORED, ",", 2)


def test_order_counts_in_an_export_too():
    first, second = call("configure", "", SIZES), call("configure", "-f", SIZES.replace("4G", "8G"))
    assert kinds(read('"""Nightly."""\n' + "get_ipython().run_line_magic('matplotlib', 'inline')\n" + first)) == []
    assert kinds(read("import os\n" + first)) == [CELL_NOT_FORCED]
    assert kinds(read(first + second)) == [CELL_DEAD]


def test_glue_exports_are_left_alone():
    loaded = read("# %glue_version 4.0\n" + call("configure", "", SIZES[:-1]))
    assert (loaded.fragments, loaded.troubles) == ([], [])


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_each_fence_of_markdown_is_a_notebook_of_its_own(fence):
    cell = f"{fence}python\n%%configure\n{SIZES}\n{fence}\n"
    loaded = read(f"# Sizes\n\n{cell}\n\n{cell}", "README.md")
    assert (len(loaded.fragments), loaded.troubles) == (2, [])


def test_markdown_outside_a_fence_and_other_fences():
    text = f"Use `%%configure -f {{`:\n\n    %%configure -f\n    {{\n\n```\nspark\n%%configure\n```\n\n> ```\n> {SIZES}\n> ```\n"
    loaded = read(text, "README.md")
    assert (loaded.fragments, loaded.troubles) == ([], [])


def test_an_indented_fence_in_a_list():
    loaded = read(f"1. First:\n\n   ```\n   %%configure -f\n   {SIZES}\n   ```\n", "README.md")
    assert len(loaded.fragments) == 1


conf = st.dictionaries(
    st.text("aé\\\"'.\u2028", min_size=1, max_size=8).map("spark.".__add__), st.text(max_size=10), max_size=3
)


@given(conf, st.booleans(), st.sampled_from(["", "é = 1\r\n", "x = '''\n'''\n"]))
def test_the_span_of_a_setting_in_an_export_decodes_to_its_value(settings, ascii_only, before):
    body = json.dumps({"conf": settings}, indent=1, ensure_ascii=ascii_only)
    loaded = read(before + call("configure", "-f", body))
    found = loaded.fragments[0].layers[0].settings
    assert {setting.key: setting.value.value for setting in found} == settings
    quote = repr(body)[0]
    for setting in found:
        in_cell = ast.literal_eval(quote + setting.span().text + quote)
        assert json.loads('"' + in_cell + '"') == setting.value.value


@given(conf)
def test_the_span_of_a_setting_in_comments_decodes_to_its_value(settings):
    body = json.dumps({"conf": settings}, indent=1)
    commented = "".join(f"# {line}\n" for line in body.splitlines())
    found = read(f"# %%\n# %%configure -f\n{commented}\n").fragments[0].layers[0].settings
    assert {setting.key: setting.value.value for setting in found} == settings
    for setting in found:
        assert json.loads('"' + setting.span().text + '"') == setting.value.value


@pytest.mark.parametrize(
    "source",
    [
        "run_cell_magic" + ".x" * 20_000,
        "run_cell_magic" + "(" * 5_000,
        "get_ipython().run_cell_magic('configure', '-f', '" + "\\" * 9_999,
        "# %%configure -f\n# {" * 2_000,
        "```\n" * 10_001 + "%%configure\n",
    ],
)
@pytest.mark.parametrize("name", ["n.py", "n.md"])
def test_hostile_input_ends(source, name):
    assert read(source + "\n%%configure", name) is not None
