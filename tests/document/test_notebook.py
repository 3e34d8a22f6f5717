"""The code cells of notebooks, each character at its place in the JSON."""

import json

import pytest

from spmlint.document.json import read_json
from spmlint.document.node import Problem
from spmlint.document.notebook import read_notebook
from spmlint.document.text import Source

CODE = '%%configure -f\n{"conf": {"spark.executor.memory": "4g\\té"}}\n'


def write(notebook, **options):
    return Source("n.ipynb", json.dumps(notebook, **options))


def version_4(source):
    return {
        "nbformat": 4,
        "metadata": {
            "kernelspec": {"name": "pysparkkernel", "language": "python"},
            "language_info": {"name": "pyspark"},
        },
        "cells": [
            {"cell_type": "markdown", "source": ["# no code\n"]},
            {"cell_type": "code", "execution_count": 2, "source": source, "outputs": [{"text": ["{"]}], "metadata": {}},
            {"cell_type": "raw", "source": "x"},
            {"cell_type": "code", "source": [], "outputs": []},
        ],
    }


@pytest.mark.parametrize("source", [CODE, CODE.splitlines(keepends=True)], ids=["one string", "lines"])
@pytest.mark.parametrize("indent", [None, 1])
def test_every_character_knows_its_place(source, indent):
    file = write(version_4(source), indent=indent)
    cell, empty = read_notebook(file)
    assert (cell.index, cell.kernel, cell.language) == (1, "pysparkkernel", "pyspark")
    assert cell.value == cell.text.value == CODE
    for at, character in enumerate(CODE):
        assert json.loads('"' + cell.text.span(at, at + 1).text + '"') == character
    assert (empty.index, empty.value, empty.text.value) == (3, "", "")


def test_json_inside_a_cell():
    file = write(version_4(CODE.splitlines(keepends=True)), indent=1)
    text = read_notebook(file)[0].text
    conf = read_json(text.slice(CODE.index("{"), len(CODE))).get("conf")
    memory = conf.scalar("spark.executor.memory")
    assert memory.value == "4g\té"
    assert memory.text.span(0, 2).text == "4g"
    assert memory.text.span(2, 4).text == "\\\\t\\u00e9"
    assert file.line(memory.span().line).strip().startswith('"{\\"conf\\"')


def test_nbformat_3():
    file = write(
        {
            "nbformat": 3,
            "metadata": {"name": ""},
            "worksheets": [
                {"cells": [{"cell_type": "code", "input": ["a\n", "b"], "language": "python", "outputs": []}]},
                {"cells": [{"cell_type": "heading", "source": "x"}, {"cell_type": "code", "input": "c"}]},
            ],
        }
    )
    assert [(cell.value, cell.language, cell.index) for cell in read_notebook(file)] == [
        ("a\nb", "python", 0),
        ("c", None, 2),
    ]


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"cells": {}}', '{"cells": [1, null]}', '{"cells": [{"cell_type": "code"}]}']
)
def test_json_that_is_no_notebook_has_no_code(text):
    assert all(cell.value == "" for cell in read_notebook(Source("f", text)))


def test_a_notebook_that_is_no_json():
    with pytest.raises(Problem):
        read_notebook(Source("f", '{"cells": [}'))
