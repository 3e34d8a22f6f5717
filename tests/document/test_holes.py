"""What a person, a shell or a template engine fills in is a placeholder; what Spark itself understands is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.holes import find_holes, mark_holes, template_marks
from spmlint.document.text import Source


def holes(value):
    return [value[start:end] for start, end in find_holes(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{{ .Values.memory }}Mi", ["{{ .Values.memory }}"]),
        ("{{ x }}-{{ y }}", ["{{ x }}", "{{ y }}"]),
        ("${{ secrets.x }}", ["${{ secrets.x }}"]),
        ("{% if x %}1{% endif %}", ["{% if x %}", "{% endif %}"]),
        ("<%= node['mem'] %>g", ["<%= node['mem'] %>"]),
        ("${X:-${Y:-8}}g", ["${X:-${Y:-8}}"]),
        ("${env:HOME}/x", ["${env:HOME}"]),
        ("$(nproc --all $(x))", ["$(nproc --all $(x))"]),
        ("$((MEM / 2))m", ["$((MEM / 2))"]),
        ("-Xmx$M -XX:+UseSerialGC", ["$M"]),
        ("$A$B", ["$A", "$B"]),
        ("$1 $@ $*", ["$1", "$@", "$*"]),
        ("<your-bucket>", ["<your-bucket>"]),
        ("s3://<YOUR BUCKET>/<path>", ["<YOUR BUCKET>", "<path>"]),
        ("k8s://https://<ip>:<port>", ["<ip>", "<port>"]),
        ("@YARN@", ["@YARN@"]),
        ("lib-@project.version@.jar", ["@project.version@"]),
        ("v@VERSION@", ["@VERSION@"]),
        ("%SPARK_HOME%\\bin", ["%SPARK_HOME%"]),
        ("%s", ["%s"]),
        ("%sg", ["%s"]),
        ("%(memory)sg", ["%(memory)s"]),
        ("%d", ["%d"]),
        ("{NAME}", ["{NAME}"]),
        ("EXECUTORMEMORYm", ["EXECUTORMEMORYm"]),
        ("SPARK_EXECUTOR_CORES", ["SPARK_EXECUTOR_CORES"]),
        ("REPLACE_ME", ["REPLACE_ME"]),
        ("CHANGEME", ["CHANGEME"]),
        ("YOUR_BUCKET", ["YOUR_BUCKET"]),
        ("{{ never closed", ["{{ never closed"]),
        ("a ${never", ["${never"]),
        ("{{APP_ID}}-{{ x }}", ["{{ x }}"]),
    ],
)
def test_placeholders(value, expected):
    assert holes(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "4g",
        "4G",
        "ZSTD",
        "LZ4",
        "FAIR",
        "MEMORY_AND_DISK_SER",
        "CORRECTED",
        "EXCEPTION",
        "DRIVER",
        "UTC",
        "TIMESTAMP_MICROS",
        "OVERWRITE_DYNAMIC",
        "G1GC",
        "{{SPARK_VERSION}}",
        "/tmp/{{APP_ID}}/{{EXECUTOR_ID}}",
        "com.example.Outer$Inner",
        "com.example.Outer$1",
        "-Dregistrator=com.example.Outer$Mid$Inner",
        "com.example.Object$",
        "a < b and c > d",
        "x<y and z>w",
        "<<EOF",
        "1 << 4",
        "array<string>",
        "spark/_HOST@EXAMPLE.COM",
        "user@host.org",
        "%d{yyyy-MM-dd} %p %c{1}: %m%n",
        "%C3%A9",
        "kill -9 %p",
        "/logs/%t-%p.log",
        "100%",
        "5$",
        "{a,b}/*.parquet",
        '{"json": 1}',
        "^foo$",
        "",
    ],
)
def test_what_only_looks_like_one(value):
    assert holes(value) == []
    text = Source("f", value).whole()
    assert mark_holes(text) is text


def test_marking_keeps_the_value_and_the_places():
    text = mark_holes(Source("f", "a-${X}g").whole())
    assert text.value == "a-${X}g"
    assert text.holes == [(2, 6)]
    assert text.span(6, 7).text == "g"


@given(st.text(alphabet="${}()<>%@a A1\n"))
def test_ranges_are_in_order_and_inside(value):
    at = 0
    for start, end in find_holes(value):
        assert at <= start < end <= len(value)
        at = end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ .Values.x }}", True),
        ("{%- if x %}", True),
        ("<% if x %>", True),
        ("image: spark:{{SPARK_VERSION}}", False),
        ("a: {{APP_ID}} {{EXECUTOR_ID}}", False),
        ("a: {{SPARK_VERSION}} {{ x }}", True),
        ("a: {{ SPARK_VERSION }}", True),
        ("a: {b: c}", False),
        ("a: $X ${Y} <z>", False),
    ],
)
def test_template_marks(text, expected):
    assert template_marks(text) is expected
    assert template_marks(text) is expected


def test_what_is_marked_already_stays_one_placeholder():
    text = Source("f", 'format("%s GB", x) ${y}').whole().with_holes([(0, 18)])
    marked = mark_holes(text)
    assert [marked.value[slice(*hole)] for hole in marked.holes] == ['format("%s GB", x)', "${y}"]
