"""Python programs: the settings a Spark program gives itself, the Airflow operators and AWS calls that start jobs.

What is written as a literal counts; what has to be run to be known is a placeholder. Nothing is executed or imported.
"""

from __future__ import annotations

import ast

from spmlint.document.node import Node
from spmlint.document.python_code import expressions_of, read_python
from spmlint.document.python_values import PythonValues
from spmlint.document.text import Source, Text
from spmlint.fragment import Loaded
from spmlint.loaders.python_calls import is_driver, load_call, load_driver, load_environment
from spmlint.loaders.spark_conf_code import SparkConfs

CELL_MAGICS = ("%%configure", "run_cell_magic")


def load(source: Source, loaded: Loaded) -> None:
    """Add what the file starts or sets; nothing for one that this Python cannot parse."""
    if any(magic in source.text for magic in CELL_MAGICS):
        from spmlint.loaders import configure_text

        configure_text.load(source, loaded)
    load_code(source.whole(), loaded)


def load_code(text: Text, loaded: Loaded) -> None:
    """Add what one program starts or sets."""
    code = read_python(text)
    if code is None:
        return
    values = PythonValues(code)
    confs = SparkConfs(values)
    drivers: list[Node] = []
    calls: list[tuple[int, int]] = []
    for block, statement in code.statements():
        confs.read(statement, block)
        for expression in expressions_of(statement):
            for node in ast.walk(expression):
                if isinstance(node, ast.Call):
                    if load_call(node, block, values, loaded):
                        calls.append(code.range(node))
                elif isinstance(node, ast.Dict) and is_driver(node):
                    drivers.append(values.node(node, block))
        load_environment(statement, block, values, loaded)
        values.bind(statement, block)
    for driver in drivers:
        if not any(start <= driver.start and driver.end <= end for start, end in calls):
            load_driver(driver, loaded)
    confs.add_fragments(loaded)
