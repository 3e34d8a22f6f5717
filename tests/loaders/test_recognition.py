"""Which files are ours is said from names and bytes: nothing that parses is imported for a file that is not."""

from __future__ import annotations

import ast
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.loaders import recognition
from spmlint.loaders.foreign_names import is_foreign
from spmlint.loaders.recognition import recognise

FOREIGN = {
    "service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: spark-ui}\n",
    "settings.yml": "spark:\n  home: /opt/spark\n",
    "package.json": '{"name": "x", "dependencies": {}}',
    "events.json": '[{"kind": "x", "file": "a"}]',
    "app.py": "import pandas\n\nprint('spark')\n",
    "analysis.ipynb": '{"cells": [{"cell_type": "code", "source": ["import pandas"]}], "nbformat": 4}',
    "README.md": "# About\n\nWe like spark.\n",
    "main.tf": 'resource "aws_s3_bucket" "x" {}\n',
    "deploy.sh": "#!/bin/bash\nkubectl apply -f .\n",
    "Dockerfile": "FROM python:3.12\nCMD python app.py\n",
    "Makefile": "all:\n\ttrue\n",
    "nginx.conf": "server { listen 80; }\n",
    "log4j.properties": "log4j.rootLogger=INFO\n",
    "pyproject.toml": "[project]\n",
    "data.csv": "a,b\n1,2\n",
    "picture.png": "\x89PNG\r\n",
    "values.yaml": "image: {tag: 1.0}\n",
    "template.yaml": "Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
    "compose.yaml": "services:\n  web:\n    image: nginx\n",
    "machine.asl.json": '{"States": {"A": {"Resource": "arn:aws:states:::lambda:invoke"}}}',
    "empty.yaml": "",
    "spark-blacklist.conf": "spark.master\n",
}
"""Files that people keep beside those of Spark, and some that only speak of it."""


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_not_ours(name):
    assert recognise(name, FOREIGN[name].encode("latin-1")) is None


def test_a_name_is_foreign_only_where_its_file_could_not_be_ours():
    foreign = {"a/data.csv", "picture.PNG", "x.y/App.java", "job.yaml.gz"}
    ours = {
        "Dockerfile.java",
        "a/Makefile.c",
        "spark-defaults.map",
        "run",
        "java",
        "x.java/run",
        "job.yaml",
        "a.json",
        "csv",
    }
    assert set(filter(is_foreign, foreign | ours)) == foreign
    fixtures = [path for path in (Path(__file__).parents[2] / "fixtures").rglob("*") if path.is_file()]
    named = [path for path in fixtures if is_foreign(str(path))]
    assert [path for path in named if recognise(str(path), path.read_bytes())] == []


@pytest.mark.parametrize("ending", recognition._GATES)
def test_no_file_is_turned_away_at_the_gate_that_would_be_ours(ending, monkeypatch):
    """Every text that can be made of one or two of the words that recognition looks for."""
    nodes = ast.walk(ast.parse(Path(recognition.__file__).read_text()))
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, bytes)}
    words |= {b"[", b"#!/bin/sh", b"spark.a: b"}
    names = [f"a.{ending}", f"values.{ending}", f"kustomization.{ending}"]
    texts = [b"\n".join(pair) for pair in itertools.product(words, words)]
    gated = [(name, text) for name in names for text in texts if recognise(name, text) is None]
    monkeypatch.setattr(recognition, "_GATES", {})
    assert [(name, text) for name, text in gated if recognise(name, text) is not None] == []


def test_a_foreign_file_costs_no_import():
    program = (
        "import json, sys\n"
        "from spmlint.loaders import load\n"
        "before = set(sys.modules)\n"
        "for name, text in json.load(sys.stdin).items():\n"
        "    assert load(name, text.encode('latin-1')) is None, name\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(FOREIGN), capture_output=True, text=True, check=True
    )
    new = json.loads(result.stdout)
    # A configuration file that may be HOCON is looked at with regular expressions, and that is all.
    assert [name for name in new if name.startswith(("spmlint", "yaml", "ast"))] == []
    assert {name.partition(".")[0] for name in new} <= {
        "re",
        "enum",
        "types",
        "copyreg",
        "functools",
        "collections",
        "_sre",
    }


@given(st.text(max_size=30), st.binary(max_size=200))
def test_any_name_and_bytes_are_answered(name, data):
    assert recognise(name, data) is None or isinstance(recognise(name, data), str)


def test_user_data_of_several_parts_is_no_manifest():
    part = b"kind: KubeletConfiguration\nfailSwapOn: false\n"
    assert recognise("config.yaml", part) == "kubernetes"
    assert (
        recognise("config.yaml", b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\n' + part)
        is None
    )
