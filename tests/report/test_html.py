"""The HTML report: widths that are the numbers, nothing of the input as markup, one page that needs nothing else."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from html_page import read
from hypothesis import given
from hypothesis import strategies as st

from spmlint.cli import main
from spmlint.report.html.markup import percent, tag
from spmlint.report.html.place_picture import place_sections
from spmlint.report.layout import visible

from harness import FIXTURES, ROOT

JOB = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: {name}}}
spec:
  type: Python
  mode: cluster
  image: spark
  mainApplicationFile: local:///nightly.py
  sparkVersion: 3.5.1
  sparkConf: {{{conf}}}
  driver: {{memory: 2g}}
  executor: {{memory: 4g, memoryOverhead: 512m, instances: {instances}}}
"""
HOSTILE = "</title></script><script>document.title=1</script><img src=x onerror=alert(1)><!-- \u2028 \u202e & \"'"


@pytest.fixture
def page(folder, monkeypatch, capsys):
    """The page of files of the folder, and its elements."""
    monkeypatch.chdir(folder.path)

    def make(*arguments):
        assert main(["explain", "--isolated", "--format", "html", *arguments]) == 0
        text = capsys.readouterr().out
        return text, read(text)

    return make


@pytest.fixture
def example():
    """The example in the docs, which is the report of the fixtures."""
    text = (ROOT / "docs" / "examples" / "report.html").read_text(encoding="utf-8")
    return text, read(text)


def one(elements):
    [element] = elements
    return element


def size(text):
    assert text.endswith("%")
    return float(text[:-1])


# ---- the numbers -------------------------------------------------------------------------------------------------


def test_widths_are_the_numbers(page, folder, capsys):
    conf = "spark.memory.offHeap.enabled: 'true', spark.memory.offHeap.size: 2g, spark.executor.pyspark.memory: 3g"
    folder.write("job.yaml", JOB.format(name="a", conf=conf, instances=3))
    _, root = page("job.yaml")
    main(["explain", "--isolated", "--format", "json", "job.yaml"])
    [job] = json.loads(capsys.readouterr().out)["jobs"]
    pictures = root.all("svg", "map")
    assert len(pictures) == 2
    for picture, role in zip(pictures, ("driver", "executor"), strict=True):
        made = job[role]
        sizes = {"container": made["container_mib"], "heap": made["heap_mib"], "overhead": made["overhead_mib"]}
        if role == "executor":
            sizes |= {"off-heap": made["off_heap_mib"], "PySpark": made["pyspark_mib"]}
        sizes |= {name: value / 2**20 for name, value in made["regions"].items()}
        boxes = {box.classes[1]: box for box in picture.all("rect", "p")}
        assert set(boxes) == set(sizes)
        for name, size_mib in sizes.items():
            assert size(boxes[name]["width"]) == pytest.approx(100 * size_mib / made["container_mib"], abs=1e-4), name
        # Each level begins where its parent does, and each part where the one before it ends.
        row = ["heap", "overhead", *(["off-heap", "PySpark"] if role == "executor" else [])]
        for left, right in (
            *pairwise(row),
            ("reserved", "user"),
            ("user", "spark"),
            ("storage", "execution"),
        ):
            assert size(boxes[right]["x"]) == pytest.approx(
                size(boxes[left]["x"]) + size(boxes[left]["width"]), abs=2e-4
            )
        assert boxes["storage"]["x"] == boxes["spark"]["x"]
        # The table says the same in figures, and the picture in words.
        table = one(t for t in root.all("table", "parts") if f"Memory of the {role}" in t.text)
        told = {row.all("th")[0].text: row.all("td")[0].text for row in table.all("tbody")[0].all("tr")}
        assert told.keys() == sizes.keys()
        for name, size_mib in sizes.items():
            assert float(told[name]) == pytest.approx(size_mib, abs=0.05), name
            assert f"{name} {told[name]} MiB" in picture["aria-label"]


def test_a_job_as_a_whole_is_a_box_for_each_container(page, folder):
    folder.write("job.yaml", JOB.format(name="a", conf="", instances=3))
    _, root = page("job.yaml")
    strip = one(root.all("figure", "whole")).all("svg")[0]
    driver, *executors = strip.all("rect")
    # 2867 MiB for the driver, 3 x 4608 for the executors
    assert size(driver["width"]) == pytest.approx(100 * 2867 / 16691, abs=1e-4)
    assert [size(box["width"]) for box in executors] == [pytest.approx(100 * 4608 / 16691, abs=1e-4)] * 3
    assert strip["aria-label"] == "16.3 GiB at the start: driver 2867 MiB + 3 executors of 4608 MiB"


def test_very_many_executors_are_one_box(page, folder):
    folder.write("job.yaml", JOB.format(name="a", conf="", instances=5000))
    _, root = page("job.yaml")
    driver, executors = one(root.all("figure", "whole")).all("rect")
    assert size(driver["width"]) + size(executors["width"]) == pytest.approx(100, abs=1e-3)


NODES = """\
spmlint: facts
nodes: [{name: pool, count: 3, allocatable: {memory: 60Gi, cpu: 15890m, pods: 110}}]
"""


def test_a_place_is_filled_to_scale(page, folder, capsys):
    folder.write("job.yaml", JOB.format(name="a", conf="spark.executor.cores: 4", instances=3))
    folder.write("nodes.yaml", NODES)
    _, root = page("job.yaml", "--facts", "nodes.yaml", "--fit")
    main(["explain", "--isolated", "--format", "json", "job.yaml", "--facts", "nodes.yaml", "--fit"])
    [job] = json.loads(capsys.readouterr().out)["jobs"]
    place = job["place"]
    assert (place["executors"], place["binding"]) == (3, "cpu")
    rows = one(root.all("table", "place")).all("tbody")[0].all("tr")
    assert len(rows) == 3
    for row, dimension in zip(rows, place["dimensions"], strict=True):
        boxes = row.all("rect", "executor")
        assert len(boxes) == 3
        for at, box in enumerate(boxes):
            each = 100 * dimension["per_executor"] / dimension["capacity"]
            assert size(box["width"]) == pytest.approx(each, abs=1e-4)
            assert size(box["x"]) == pytest.approx(at * each, abs=1e-4)
        assert row.all("td")[-1].text.split()[0] == str(place["wasted"][dimension["name"]])
    assert [one(row.all("svg"))["aria-label"] for row in rows] == [
        "3 x 4608 of 61440 MiB",
        "3 x 4000 of 15890 millicores",
        "3 x 1 of 110",
    ]
    assert ["binds" in row.classes for row in rows] == [False, True, False]
    text = root.text
    assert "node pool (nodes.yaml:2) holds 3 executors, one of 3" in text
    assert "one more fits where each takes at most 3972 millicores of cpu" in text
    # What would fit better, to paste; who kills first; and the facts themselves, once.
    assert one(code.text for code in root.all("code") if "spark.executor.memory=" in code.text).splitlines() == [
        f"{key}={value}" for key, value in job["fit"]["settings"].items()
    ]
    events = one(root.all("table", "pressure")).all("tbody")[0].all("tr")
    assert [row.all("th")[0].text for row in events] == [
        event["who"] for event in job["pressure"]["executor"]["events"]
    ]
    assert [row.all("th")[0].text for row in one(root.all("table", "facts-given")).all("tr")[1:]] == ["Node pool"]


@pytest.mark.parametrize("capacity", [0, -5, 100])
def test_a_place_with_room_for_none_is_drawn_empty(capacity):
    memory = {"name": "memory", "capacity": capacity, "per_executor": 200, "fits": 0, "unit": "MiB"}
    place = {
        "kind": "node",
        "name": "pool",
        "path": "nodes.yaml",
        "line": 2,
        "number": 1,
        "note": "",
        "for_one_more": {},
    }
    place |= {"dimensions": [memory], "executors": 0, "binding": "memory", "wasted": {"memory": max(capacity, 0)}}
    root = read("".join(place_sections({"place": place, "rooms": [], "facts": [], "pressure": {}})))
    assert root.all("rect", "executor") == []
    assert "node pool (nodes.yaml:2) holds 0 executors" in root.text


def test_a_job_of_which_no_place_is_known_has_no_section_for_it(page, folder):
    folder.write("job.yaml", JOB.format(name="a", conf="", instances=3))
    _, root = page("job.yaml")
    titles = [heading.text for name in ("h2", "h4") for heading in root.all(name)]
    assert titles == ["At a glance", "Jobs", "What the words mean", "Driver", "Executor", "Findings"]


@given(st.floats(0, 1e6), st.floats(0.001, 1e6))
def test_no_length_leaves_its_picture(part, whole):
    assert 0 <= size(percent(part, whole)) <= 100


# ---- findings ----------------------------------------------------------------------------------------------------


def test_findings_stand_at_their_job_with_the_line_marked(page, folder):
    conf = "spark.driver.maxResultSize: 1.5g"
    folder.write(
        "a.yaml", JOB.format(name="a", conf=conf, instances=3) + "---\n" + JOB.format(name="b", conf="", instances=1)
    )
    _, root = page("a.yaml")
    first, second = root.all("article", "job")
    entry = one(item for item in first.all("li") if item["data-rule"] == "SPM704")
    assert (entry["data-severity"], one(entry.all("mark")).text) == ("error", "1.5g")
    assert one(entry.all("pre")).text == "10   sparkConf: {spark.driver.maxResultSize: 1.5g}"
    assert one(entry.all("a"))["href"].endswith("/docs/rules/SPM704.md")
    assert "write 1536m" in entry.text
    assert not any(item["data-rule"] == "SPM704" for item in second.all("li"))
    assert [item["data-rule"] for item in second.all("li") if item["data-rule"]] == ["SPM201"]


def test_a_finding_of_several_jobs_of_one_name_stands_at_the_one_before_it(page, folder):
    document = JOB.format(name="a", conf="", instances=1)
    folder.write("a.yaml", document + "---\n" + document)
    _, root = page("a.yaml")
    wheres = [[span.text for span in job.all("span", "where")] for job in root.all("article", "job")]
    assert wheres == [["a.yaml:12:42"], ["a.yaml:25:42"]]
    assert [job["id"] for job in root.all("article", "job")] == ["job-a", "job-a-2"]


def test_findings_of_no_job_are_listed_by_file(page, folder):
    folder.write("job.yaml", JOB.format(name="a", conf="", instances=1))
    folder.write(
        "kubelet.yaml", "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nevictionHard: {}\n"
    )
    folder.write("broken.yaml", JOB.format(name="b", conf="", instances=1) + "  : : [\n")
    _, root = page(".")
    elsewhere = one(section for section in root.all("section") if section["id"] == "elsewhere")
    assert [article.all("h3")[0].text for article in elsewhere.all("article", "file")] == [
        "broken.yaml",
        "kubelet.yaml",
    ]
    assert {item["data-rule"] for item in elsewhere.all("li")} == {"SPM901", "SPM511"}


def test_what_was_not_checked_and_could_not_be_read_is_said(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder.path)
    folder.write("job.yaml", JOB.format(name="a", conf="", instances=1).replace("memory: 4g", "memory: '{{ m }}'"))
    assert main(["explain", "--isolated", "--format", "html", "job.yaml", "nowhere.yaml"]) == 2
    out, err = capsys.readouterr()
    root = read(out)
    sections = {section["id"]: section.text for section in root.all("section")}
    assert "job.yaml:12:23: not checked: templated value {{ m }} (" in sections["not-checked"]
    assert "nowhere.yaml" in sections["failures"]
    assert "nowhere.yaml" in err


def test_settings_by_hand_are_checked_too(page):
    _, root = page("--conf", "spark.executor.memory=400m")
    entry = one(item for item in root.all("li") if item["data-rule"] == "SPM101")
    assert one(entry.all("mark")).text == "400m"


def test_a_page_without_jobs_says_so(page, folder):
    folder.write("nothing.yaml", "a: 1\n")
    _, root = page(".")
    assert "No Spark jobs found." in root.text
    assert one(root.all("title")).text == "spmlint: 0 jobs, no findings"
    assert root.all("form") == []


# ---- one page that needs nothing else ----------------------------------------------------------------------------


def test_the_policy_allows_this_style_and_this_script_alone(example):
    _, root = example
    policy = one(meta for meta in root.all("meta") if meta["http-equiv"])["content"]
    hashes = {
        name: b64encode(sha256(one(root.all(name)).text.encode()).digest()).decode() for name in ("style", "script")
    }
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_is_loaded_and_nothing_is_inline_that_the_policy_forbids(example):
    text, root = example
    for element in root.walk():
        for name, value in element.attributes.items():
            assert name not in ("style", "src", "srcset", "action", "xlink:href"), (element.name, name)
            assert not name.startswith("on"), (element.name, name)
            if name == "href":
                assert element.name == "a"
                assert value.startswith(("#", "https://github.com/spmlint/")), value
    assert "url(" not in text
    assert "@import" not in text


def test_names_and_references_hold_together(example):
    _, root = example
    ids = [element["id"] for element in root.walk() if element["id"]]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        if (element["href"] or "").startswith("#"):
            assert element["href"][1:] in ids
        if element["aria-labelledby"]:
            assert element["aria-labelledby"] in ids
    rows = [row["data-job"] for row in root.all("tr") if row["data-job"]]
    assert rows == [job["id"] for job in root.all("article", "job")]


def test_headings_begin_with_one_and_leave_no_step_out(example):
    _, root = example
    levels = [int(element.name[1]) for element in root.walk() if re.fullmatch("h[1-6]", element.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - above <= 1 for above, deeper in pairwise(levels))


def test_every_picture_has_words_and_every_field_a_label(example):
    _, root = example
    for picture in root.all("svg"):
        assert picture["aria-hidden"] == "true" or (picture["role"] == "img" and picture["aria-label"])
    labelled = [label for label in root.all("label") if label.text.strip()]
    fields = [field for name in ("input", "select") for field in root.all(name)]
    assert fields
    for field in fields:
        assert any(field in label.walk() for label in labelled), field.attributes
    for table in root.all("table"):
        assert table.all("caption")
        assert all(head["scope"] for head in table.all("th"))


def test_without_the_script_all_is_shown_but_what_needs_it(example):
    _, root = example
    hidden = [element for element in root.walk() if "hidden" in element.attributes]
    assert [(element.name, element["id"]) for element in hidden] == [("button", "theme"), ("form", "filters")]


def test_the_example_shows_every_kind_of_job(example):
    _, root = example
    facts = " ".join(item.text for facts in root.all("ul", "facts") for item in facts.all("li"))
    assert all(manager in facts for manager in ("kubernetes", "yarn", "emr-serverless"))
    drawn = {name for box in root.all("rect", "p") for name in box.classes[1:]}
    assert drawn >= {"reserved", "user", "storage", "execution", "overhead", "off-heap", "PySpark"}
    assert root.all("rect", "tmpfs")
    assert "overhead + tmpfs" in [head.text for head in root.all("th")]
    places = [table.text for table in root.all("table", "place")]
    assert any("vCPU" in text for text in places)
    assert any("millicores" in text for text in places)


# ---- hostile and many --------------------------------------------------------------------------------------------


def test_hostile_text_stays_text(page, folder):
    name = json.dumps(HOSTILE)
    folder.write("job.yaml", JOB.format(name=name, conf=f"{name}: {name}, spark.executor.memory: 8g", instances=1))
    folder.write(f"{HOSTILE[19:40].replace('/', '')}-spark-defaults.properties", "spark.executor.memory 4</pre>&\n")
    request = {"applicationId": "a", "executionRoleArn": "b", "name": "x\ud800\u0007</script>", "jobDriver": {}}
    request["jobDriver"]["sparkSubmit"] = {"entryPoint": "</script>\udfff.py"}
    folder.write("request.json", json.dumps(request))
    text, root = page(".")
    assert len(root.all("script")) == 1
    assert root.all("img") == []
    assert "4</pre>&" in [mark.text for mark in root.all("mark")]
    titles = [heading.text for heading in root.all("h3")]
    assert f"{visible(HOSTILE)} #" in titles
    assert any(title == "x\\ud800\\x07</script> #" for title in titles)
    assert not any(char in text for char in "\u2028\u202e\u0007")
    text.encode()
    anchors = [job["id"] for job in root.all("article", "job")]
    assert all(re.fullmatch("[a-z0-9-]+", anchor) for anchor in anchors)


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_out_of_a_page_as_it_is_shown(text):
    shown = visible(text.encode("utf-8", "backslashreplace").decode())
    element = one(read(tag("p", text, title=text)).all("p"))
    assert element.text == shown
    assert element["title"] == shown


def test_the_same_input_gives_the_same_bytes():
    command = [sys.executable, "-m", "spmlint", "explain", "--isolated", "--format", "html", "fixtures/examples"]
    pages = {
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo"))
    }
    assert len(pages) == 1


@pytest.mark.parametrize(("facts", "most"), [((), 12_000), (("--facts", "nodes.yaml"), 18_000)])
def test_a_job_takes_little_room(page, folder, facts, most):
    folder.write("nodes.yaml", NODES)
    sessions = (FIXTURES / "examples" / "platform" / "sessions.yaml").read_text()
    jobs = (sessions.replace("name: sessions", f"name: sessions-{number}") for number in range(100))
    folder.write("jobs.yaml", "\n---\n".join(jobs))
    text, root = page("jobs.yaml", *facts)
    assert len(root.all("article", "job")) == 100
    assert len(text.encode()) / 100 < most
    assert root.all("body")[0].classes == ["many"]


@pytest.mark.parametrize("names", [["a", "a", "a-2", "a"], ["", "!", "é"], ["x" * 500, "x" * 500]])
def test_jobs_are_linked_by_ids_of_their_own(page, folder, names):
    for number, name in enumerate(names):
        folder.write(f"{number}.yaml", JOB.format(name=json.dumps(name), conf="", instances=1))
    _, root = page(".")
    anchors = [job["id"] for job in root.all("article", "job")]
    assert len(set(anchors)) == len(names)
    assert all(len(anchor) < 60 for anchor in anchors)
