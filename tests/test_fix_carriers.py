"""Whatever a size stands in, its fix writes the size anew and leaves every other byte, and the file means the same otherwise.

A file is made of pieces with sizes between them, once with sizes Spark refuses and once with the same sizes as Spark reads
them: fixing the first has to give the second.
"""

from __future__ import annotations

import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from spmlint.config import Configs
from spmlint.fix import fix
from spmlint.loaders import load
from spmlint.run import check

from harness import FIXTURES

SIZES = {
    "1.5g": "1536m",
    "0.5G": "512m",
    "2.5g": "2560m",
    "4 g": "4g",
    "1.25t": "1280g",
    "512 mb": "512m",
    "8g": "8g",
    "3072m": "3072m",
}
"""What is written, and what the fix makes of it; the last two are right as they are."""

KEYS = (
    "spark.executor.memory",
    "spark.driver.memory",
    "spark.executor.memoryOverhead",
    "spark.executor.pyspark.memory",
)

sizes = st.fixed_dictionaries({}, optional={key: st.sampled_from(sorted(SIZES)) for key in KEYS}).filter(bool)
comments = st.sampled_from(
    ["", "a note", "1.5g is refused", "\u00e9\u00df\U0001f980", "spark.executor.memory 1.5g", "'\"{}[]"]
)
ends = st.sampled_from(["\n", "\r\n"])


class Written:
    """A file as it is, and as its fix should leave it."""

    def __init__(self, name, pieces):
        self.name = name
        self.before = "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)
        self.after = "".join(piece if isinstance(piece, str) else piece[1] for piece in pieces)


def size(text, around=lambda text: text):
    """A piece that a fix writes anew; ``around`` puts it in what quotes its format has."""
    return around(text), around(SIZES[text])


@st.composite
def properties(draw):
    end = draw(ends)
    pieces = [draw(st.sampled_from(["", "\ufeff"]))]
    for key, text in draw(sizes).items():
        separator = draw(st.sampled_from([" ", "=", "\t", " : ", " = \\\n   "]))
        trailing = draw(st.sampled_from(["", " ", "\t "]))
        pieces += [
            f"# {draw(comments)}",
            end,
            draw(st.sampled_from(["", "  "])),
            key,
            separator,
            size(text),
            trailing,
            end,
        ]
    return Written("spark-defaults.conf", pieces)


def plain(text):
    return text


def single(text):
    return f"'{text}'"


def double(text):
    return f'"{text}"'


FIELDS = {
    "spark.executor.memory": ("executor", "memory"),
    "spark.executor.memoryOverhead": ("executor", "memoryOverhead"),
    "spark.driver.memory": ("driver", "memory"),
}


@st.composite
def application(draw):
    end = draw(ends)
    quote = st.sampled_from([plain, single, double])
    written = draw(sizes)
    pieces = [
        "apiVersion: sparkoperator.k8s.io/v1beta2",
        end,
        "kind: SparkApplication",
        end,
        f"# {draw(comments)}",
        end,
    ]
    pieces += ["metadata: {name: nightly}", end, "spec:", end, "  type: Scala", end, "  sparkVersion: 3.5.1", end]
    pieces += ["  image: example/spark:3.5.1", end, "  mainApplicationFile: local:///a.jar", end]
    roles = {"driver": [], "executor": []}
    conf = []
    for key, text in written.items():
        if key in FIELDS and draw(st.booleans()):
            role, field = FIELDS[key]
            roles[role].append((field, size(text, draw(quote))))
        else:
            conf.append((key, size(text, draw(quote))))
    if conf:
        pieces += ["  sparkConf:", end]
        for key, piece in conf:
            pieces += ["    ", draw(st.sampled_from([key, single(key)])), ":  ", piece, f"  # {draw(comments)}", end]
    for role, fields in roles.items():
        if fields and draw(st.booleans()):
            pieces += [f"  {role}: {{cores: 1"]
            for field, piece in fields:
                pieces += [f", {field}:   ", piece]
            pieces += ["}", end]
        else:
            pieces += [f"  {role}:", end, "    cores: 1", end]
            for field, piece in fields:
                pieces += [f"    {field}: ", piece, end]
    return Written("job.yaml", pieces)


@st.composite
def request(draw):
    """A request of EMR Serverless with settings in a map and in its string of parameters."""
    written = draw(sizes)
    parameters, mapped = [], []
    for key, text in written.items():
        target = parameters if " " not in text and draw(st.booleans()) else mapped
        target.append((key, text))
    pieces = ['{"applicationId": "00f1abcdef2gh300", "executionRoleArn": "arn:aws:iam::111122223333:role/job",\n']
    pieces += [
        ' "name": ',
        json.dumps(draw(comments)),
        ', "jobDriver": {"sparkSubmit": {"entryPoint": "s3://example/a.py"',
    ]
    if parameters:
        pieces += [',\n   "sparkSubmitParameters":\t"']
        for key, text in parameters:
            pieces += [f" --conf {key}=", size(text)]
        pieces += ['"']
    pieces += ["}}"]
    if mapped:
        pieces += [',\n "configurationOverrides": {"applicationConfiguration": [{"classification": "spark-defaults"']
        pieces += [', "properties": {']
        for at, (key, text) in enumerate(mapped):
            pieces += ["," if at else "", f'"{key}" : ', size(text, double)]
        pieces += ["}}]}"]
    return Written("job.json", [*pieces, "}\n"])


@st.composite
def command(draw):
    pieces = [f"#!/bin/sh\n# {draw(comments)}\nspark-submit --master yarn --deploy-mode cluster"]
    for key, text in draw(sizes).items():
        pieces.append(draw(st.sampled_from([" ", " \\\n  "])))
        quote = draw(st.sampled_from([single, double] if " " in text else [plain, single, double]))
        if key.endswith("r.memory") and draw(st.booleans()):
            flag = "--driver-memory" if "driver" in key else "--executor-memory"
            pieces += [flag, draw(st.sampled_from([" ", "="])), size(text, quote)]
        else:
            before, after = (f"{key}={piece}" for piece in size(text))
            pieces += ["--conf ", (quote(before), quote(after))]
    return Written("submit.sh", [*pieces, " --class A a.jar\n"])


@st.composite
def hocon(draw):
    pieces = ["env {\n"]
    for key, text in draw(sizes).items():
        pieces += [f"  {key} ", draw(st.sampled_from(["= ", ": ", "="])), size(text, double), f" // {draw(comments)}\n"]
    return Written("job.conf", [*pieces, "}\nsource {}\nsink {}\n"])


def fixed(folder, written):
    path = folder / written.name
    path.write_bytes(written.before.encode())
    outcome = fix(lambda contents: check([str(path)], Configs(isolated=True), contents=contents), unsafe=False)
    return outcome.contents.get(str(path), written.before.encode()).decode()


CARRIERS = {"properties": properties(), "yaml": application(), "json": request(), "shell": command(), "hocon": hocon()}


@pytest.mark.parametrize("carrier", CARRIERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_sizes_change_and_nothing_else(carrier, tmp_path_factory, data):
    written = data.draw(CARRIERS[carrier])
    folder = tmp_path_factory.mktemp("carrier")
    after = fixed(folder, written)
    assert after == written.after
    written.before = after
    assert fixed(folder, written) == after
    assert load(written.name, after.encode()).troubles == []


@settings(max_examples=40, deadline=None)
@given(application())
def test_another_reader_of_yaml_sees_the_sizes_change_and_nothing_else(tmp_path_factory, written):
    after = fixed(tmp_path_factory.mktemp("yaml"), written)
    changed = differences(leaves(written.before), leaves(after))
    assert all(SIZES[old] == new for old, new in changed.values())
    assert len(changed) == sum(old != new for old, new in pairs(written))


def pairs(written):
    """Each size as it is and as it should become, read from where the two files differ."""
    before, after = YAML().load(StringIO(written.before)), YAML().load(StringIO(written.after))
    return differences(flat(before), flat(after)).values()


def leaves(text):
    """Every scalar of every document by its path, as ruamel.yaml reads it."""
    found = {}
    for at, document in enumerate(YAML().load_all(StringIO(text))):
        found |= flat(document, (at,))
    return found


def flat(node, path=()):
    """The scalars of a tree by their paths."""
    if isinstance(node, dict):
        return {key: value for name, part in node.items() for key, value in flat(part, (*path, str(name))).items()}
    if isinstance(node, list):
        return {key: value for at, part in enumerate(node) for key, value in flat(part, (*path, at)).items()}
    return {path: node}


def differences(before, after):
    """What differs by path: (before, after), None for what is not there."""
    paths = {*before, *after}
    return {path: (before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)}


CASES = sorted(
    path
    for path in (FIXTURES / "rules").glob("*/*")
    if path.suffix in (".yaml", ".json") and path.with_name(f"{path.name}.expect").exists()
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_case_means_the_same_but_for_what_was_edited(path, tmp_path):
    """Values, or keys, in as many places as there are edits; a comment that is removed changes nothing at all."""
    text = path.read_bytes().decode(errors="replace")
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    report = check([str(copy)], Configs(isolated=True))
    edits = [edit for finding in report.findings if finding.fix for edit in finding.fix.edits]
    if not edits:
        return
    outcome = fix(lambda contents: check([str(copy)], Configs(isolated=True), contents=contents), unsafe=True)
    after = outcome.contents[str(copy)].decode()
    changed = differences(leaves(text), leaves(after))
    renamed = sum(None in pair for pair in changed.values())
    assert len(changed) - renamed // 2 <= outcome.applied
    assert load(path.name, after.encode()).troubles == []


HOLES = ("${HEAP}.5g", "{{ heap }}.5g", "1.5${UNIT}", "$HEAP", "1.5g{{ more }}", "<heap>.5g", "%HEAP%g")
WITH_A_HOLE = {
    "spark-defaults.conf": "spark.executor.memory {}\n",
    "job.yaml": "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata: {{name: n}}\nspec:\n  type: Scala\n"
    '  sparkVersion: 3.5.1\n  mainApplicationFile: local:///a.jar\n  driver: {{cores: 1}}\n  executor:\n    memory: "{}"\n',
    "job.json": '{{"applicationId": "00f1", "executionRoleArn": "arn", "jobDriver": {{"sparkSubmit": {{"entryPoint": "s3://b/a.py",'
    ' "sparkSubmitParameters": "--conf spark.executor.memory={}"}}}}}}\n',
    "submit.sh": 'spark-submit --master yarn --executor-memory "{}" --class A a.jar\n',
    "job.conf": 'env {{\n  spark.executor.memory = "{}"\n}}\nsource {{}}\nsink {{}}\n',
}


@pytest.mark.parametrize("hole", HOLES)
@pytest.mark.parametrize("name", WITH_A_HOLE)
def test_nothing_is_written_where_a_template_writes(name, hole, tmp_path):
    path = tmp_path / name
    path.write_text(WITH_A_HOLE[name].format(hole))
    outcome = fix(lambda contents: check([str(path)], Configs(isolated=True), contents=contents), unsafe=True)
    assert outcome.contents == {}


def test_the_same_files_are_fixed_without_a_hole(tmp_path):
    for name, text in WITH_A_HOLE.items():
        path = tmp_path / name
        path.write_text(text.format("1.5g"))
        outcome = fix(
            lambda contents, path=path: check([str(path)], Configs(isolated=True), contents=contents), unsafe=True
        )
        assert outcome.contents == {str(path): text.format("1536m").encode()}
