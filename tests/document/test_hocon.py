"""The HOCON reader: what it reads, where, and that nothing is ever fetched.

pyhocon is the reference, on input without includes and without what it reads wrongly (checked against HOCON.md): it takes
``10s`` and ``512m`` for a duration, keeps ``\\/`` and ``\\u00e9`` undecoded, loses the list of ``+=``, drops empty strings from
lists, writes ``True`` for a ``true`` beside other words, and refuses an object after a text of the same key, quotes in a part
of a dotted key, keys beyond ASCII and a byte order mark.
"""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhocon import ConfigFactory
from pyhocon.exceptions import ConfigWrongTypeException

from spmlint.document.hocon import MAX_DEPTH, read_hocon
from spmlint.document.hocon_entries import MOST_SUBSTITUTED, Entries, Entry, Gap
from spmlint.document.hocon_tree import Array, Object, Opening
from spmlint.document.node import Problem
from spmlint.document.text import Source, Text

from harness import FIXTURES


def read(text):
    return read_hocon(Source("f.conf", text).whole())


def attempt(text):
    """What is read, or the Problem."""
    try:
        return read(text), None
    except Problem as problem:
        return None, problem


def entries(text):
    return Entries(read(text))


def plain(value):
    """What a value comes to: dicts, lists, strings and None."""
    if isinstance(value, Array):
        return [plain(item) for item in value.items]
    if not isinstance(value, Object):
        return value.value if isinstance(value, Text) else None
    result = {}
    for entry in Entries(value).all:
        assert isinstance(entry, Entry)
        node = result
        for part in entry.path[:-1]:
            if not isinstance(node.get(part), dict):
                node[part] = {}
            node = node[part]
        last = entry.path[-1]
        leaf = plain(entry.value)
        if entry.fields[-1].appended:
            node[last] = [*(node.get(last) or []), leaf]
        elif leaf != {} or not isinstance(node.get(last), dict):
            node[last] = leaf
    return result


# ---- what is read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("\n # a\n // b", {}),
        ("a = 1", {"a": "1"}),
        ("{a: 1}", {"a": "1"}),
        ('{"a": {"b": [1, true, null]}}', {"a": {"b": ["1", "true", None]}}),
        ("a.b.c = 1", {"a": {"b": {"c": "1"}}}),
        ('a."b.c" = 1', {"a": {"b.c": "1"}}),
        ('"a.b" = 1', {"a.b": "1"}),
        ("a b.c d = 1", {"a b": {"c d": "1"}}),
        ("10.5 = 1", {"10": {"5": "1"}}),
        ('"" = 1', {"": "1"}),
        ("a {b = 1}\na {c = 2}", {"a": {"b": "1", "c": "2"}}),
        ("a = {b = 1}\na = 2\na.c = 3", {"a": {"c": "3"}}),
        ("a = 1, b = 2,", {"a": "1", "b": "2"}),
        ("a = 1\n, b = 2\n,\n", {"a": "1", "b": "2"}),
        ("a = [1, 2\n3\n,4,]", {"a": ["1", "2", "3", "4"]}),
        ("a\n{\nb = 1\n}", {"a": {"b": "1"}}),
        ("a =\n\n 1", {"a": "1"}),
        ("a = b c\t d  # e", {"a": "b c\t d"}),
        ('a = "b" c"d"', {"a": "b cd"}),
        ("a = http//x", {"a": "http"}),
        ("a = b/c/d", {"a": "b/c/d"}),
        ("a = 1e+5", {"a": "1e+5"}),
        ("a = 10s\nb = 2 g", {"a": "10s", "b": "2 g"}),
        ('a = """b\n"c"\\n""""', {"a": 'b\n"c"\\n"'}),
        (r'a = "\u00e9\t\/\ud83d\ude00"', {"a": "é\t/😀"}),
        ('a = ""', {"a": ""}),
        ('a = "null"\nb = null', {"a": "null", "b": None}),
        ("a = {b = 1} {c = 2}", {"a": {"b": "1", "c": "2"}}),
        ("a = [1] [2]", {"a": ["1", "2"]}),
        ("a = [1]\na += 2", {"a": ["1", "2"]}),
        ("a += x", {"a": ["x"]}),
        ("ключ = значение", {"ключ": "значение"}),
        ("included = 1\ninclude.x = 2", {"included": "1", "include": {"x": "2"}}),
        ('"include" = 1', {"include": "1"}),
        ("a = 1\r\nb = 2\r\n", {"a": "1", "b": "2"}),
        ("[1, {a = 2}]", ["1", {"a": "2"}]),
    ],
)
def test_reads(text, expected):
    assert plain(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a", "a", "neither = nor : nor { follows this key"),
        ("a = 1\nb\nc = 2", "b", "neither = nor : nor { follows this key"),
        ("a, b = 1", "a", "neither = nor : nor { follows this key"),
        ("a = 1\nb, c = 2", "b", "neither = nor : nor { follows this key"),
        ("a =", "", "a value is missing at the end"),
        ("a = , b = 1", ",", "a value is missing before this"),
        ("{a = 1", "{", "this { is never closed"),
        ("a = [1", "[", "this [ is never closed"),
        ("a = 1}", "}", "this } closes nothing"),
        ("a = [1}", "}", "this } does not close the ["),
        (",a = 1", ",", "a comma with nothing before it"),
        ("a = [1,, 2]", ",", "a comma with nothing before it"),
        ("a = 1 b = 2", "=", "an unquoted value cannot hold ="),
        ("spark.master = spark://host:7077", ":", "an unquoted value cannot hold :"),
        ("spark.master = local[*]", "*", "* cannot stand outside quotes"),
        ('a = "b', '"', "this string is not closed on its line"),
        (r'a = "\d"', r"\d", "unknown escape"),
        ('a = """b""', '"""', "this text in triple quotes is never closed"),
        ("a..b = 1", "a..b", "a part of this key is empty"),
        ("a. = 1", "a.", "a part of this key is empty"),
        ("= 1", "=", "a key is missing before this"),
        ("{a = 1} b", "b", "text after the end of the document"),
        ("a = b {c = 1}", "b", "text, lists and objects cannot be joined to one value"),
        ("a = [1] {c = 1}", "{c = 1}", "text, lists and objects cannot be joined to one value"),
        ("include = x", "include", "include names no file"),
        ('include "x" y = 1', "y", "a line end or a comma is missing before this"),
        ("a [1]", "a", "neither = nor : nor { follows this key"),
    ],
)
def test_refuses(text, at, message):
    with pytest.raises(Problem) as caught:
        read(text)
    problem = caught.value
    assert (problem.kind, problem.message, text[problem.start : problem.end]) == ("syntax", message, at)


def test_the_fixture_of_substitutions():
    document = entries((FIXTURES / "hocon" / "substitutions.conf").read_text())
    values = {".".join(one.path): one.value for one in document.all}
    assert {key: text.value for key, text in values.items() if not text.holes} == {
        "size": "4",
        "unit": "g",
        "heap": "4g",
        "spark.executor.memory": "4g",
        "spark.executor.cores": "2",
        "cores": "2",
        "late": "second",
        "use": "second",
    }


# ---- what is not known ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "include",
    [
        'include "x"',
        'include file("/etc/passwd")',
        'include url("http://192.0.2.1/x")',
        'include classpath("x.conf")',
        'include package("os:x")',
        'include required("x")',
        'include required(file( "x" ))',
    ],
)
def test_an_include_opens_the_object_it_stands_in(include):
    document = entries(f"a {{ b = 1\n{include}\nc = 2 }}")
    assert [type(one) for one in document.all] == [Entry, Gap, Entry]
    gap = document.all[1]
    assert (gap.path, gap.reason, gap.place.text) == (("a",), f"{include} is not read", include)


def test_nothing_is_read_from_the_machine(monkeypatch):
    monkeypatch.setenv("SECRET", "s")
    assert entries("a = ${SECRET}\nb = ${?SECRET}").value("a").holes == [(0, 9)]


@pytest.mark.parametrize(
    ("text", "value", "holes"),
    [
        ("a = ${x}", "${x}", [(0, 4)]),
        ("a = ${?x.y}g", "${?x.y}g", [(0, 7)]),
        ('a = ${"x.y".z}', '${"x.y".z}', [(0, 10)]),
        ("a = ${vars->dt}", "${vars->dt}", [(0, 11)]),
        ("a = {{ x }}g", "{{ x }}g", [(0, 7)]),
        ('a = {{ x | default("}") }} b', '{{ x | default("}") }} b', [(0, 22)]),
        ("a = <%= x %>", "<%= x %>", [(0, 8)]),
        ("a = @X@", "@X@", [(0, 3)]),
        ("a = $X", "$X", [(0, 2)]),
        ("a = 'x'${y}", "'x'${y}", [(3, 7)]),
    ],
)
def test_holes(text, value, holes):
    found = entries(text).value("a")
    assert (found.value, found.holes) == (value, holes)


def test_a_string_in_quotes_holds_no_substitution():
    assert entries('a = "${x}"').value("a").holes == []


def test_substituted_objects_and_template_blocks_open_what_they_stand_in():
    document = entries("{{ include x }}\na = ${base} { b = 1 }\n{% if x %}\nc = 1\n{% endif %}")
    assert [one.path for one in document.all if isinstance(one, Gap)] == [(), ("a",), (), ()]
    assert document.value("a", "b").value == "1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 4\na = ${x}g", "4g"),
        ("a = ${x}g\nx = 4", "4g"),
        ("x = 1\na = ${x}\nx = 2", "2"),
        ("x.y = 4\na = ${x.y}", "4"),
        ('"x.y" = 4\na = ${"x.y"}', "4"),
        ("x = 4\na = ${?x}", "4"),
        ("x = 4\ny = ${x}\na = ${y}", "4"),
        ("include y\nx = 4".replace("y", '"y"') + "\na = ${x}", "4"),
        ('x = ""\na = ${x}', ""),
        ("a = ${x}", None),
        ("a = ${a}", None),
        ("x = 1\na = ${x}${y}", None),
        ("x = ${a}\na = ${x}", None),
        ('x = 1\nx = ${x}"2"\na = ${x}', None),
        ("x = 1\nx = ${?X}\na = ${x}", None),
        ('x = 4\ninclude "y"\na = ${x}', None),
        ('x { y = 4\ninclude "z" }\na = ${x.y}', None),
        ("x = 4\nx = {y = 1}\na = ${x}", None),
        ("x = [1]\na = ${x}", None),
        ("x = null\na = ${x}", None),
        ("x.y = 4\nx = ${z}\na = ${x.y}", None),
    ],
)
def test_substitutions_the_file_answers(text, expected):
    found = entries(text).value("a")
    assert (None if found.holes else found.value) == expected


def test_a_substituted_value_stands_where_it_is_used():
    text = "x = 4\na = ${x}g"
    found = entries(text).value("a")
    assert (found.span().text, found.is_verbatim) == ("${x}g", False)
    assert found.span(0, 1).text == "${x}"


# ---- who wins ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a = 1\na = 2", []),
        ("a.b = 1\na.c = 2", []),
        ("a = 1\na.b = 2", [("a", "a.b")]),
        ("a.b = 1\na.c = 2\na = 3", [("a.b", "a"), ("a.c", "a")]),
        ('"a" = 1\n"a.b" = 2', []),
        ("a = 1\na {}", [("a", "a")]),
        ("a = 1\na = null", [("a", "a")]),
        ("a = null\na.b = 1", []),
        ("a = ${x}\na.b = 1", []),
        ("a.b = 1\na = ${x}", []),
    ],
)
def test_what_is_lost(text, lost):
    assert [(".".join(one.path), ".".join(other.path)) for one, other in entries(text).lost] == lost


def test_entries_come_in_writing_order_with_their_fields():
    document = entries("a { b.c = 1\n d { e = 2 } }\nf = 3\na.b.c = 4")
    written = [(".".join(one.path), [field.key.value for field in one.fields], one.value.value) for one in document.all]
    assert written == [
        ("a.b.c", ["a", "b.c"], "1"),
        ("a.d.e", ["a", "d", "e"], "2"),
        ("f", ["f"], "3"),
        ("a.b.c", ["a.b.c"], "4"),
    ]


# ---- against pyhocon -----------------------------------------------------------------------------------------------


def assert_same(theirs, ours, at=""):
    if isinstance(theirs, dict):
        assert list(theirs) == list(ours), at
        for key in theirs:
            assert_same(theirs[key], ours[key], f"{at}.{key}")
    elif isinstance(theirs, list):
        assert len(theirs) == len(ours), at
        for index, item in enumerate(theirs):
            assert_same(item, ours[index], f"{at}[{index}]")
    elif isinstance(theirs, bool):
        assert str(theirs).lower() == ours, at
    elif isinstance(theirs, float):
        assert theirs == float(ours), at
    elif isinstance(theirs, datetime.timedelta):
        assert ours[0].isdigit(), at
    else:
        assert (theirs if theirs is None else str(theirs)) == ours, at


def loses(value):
    """Whether an object in ``value`` gives one key both a value and longer keys."""
    if isinstance(value, Array):
        return any(map(loses, value.items))
    if not isinstance(value, Object):
        return False
    document = Entries(value)
    return bool(document.lost) or any(loses(one.value) for one in document.all)


def pyhocon(text):
    return ConfigFactory.parse_string(text, resolve=False).as_plain_ordered_dict()


@pytest.mark.parametrize("name", ["syntax.conf", "waterdrop.conf", "spark-bench.conf"])
def test_fixtures_read_as_pyhocon_reads_them(name):
    text = (FIXTURES / "hocon" / name).read_text()
    assert_same(pyhocon(text), plain(read(text)))


WORDS = st.sampled_from(
    ["a", "b2", "c-d", "e_f", "spark", "executor", "x/y", "true", "no", "4g", "0.6", "-3", "12", "null1"]
)
KEYS = st.one_of(
    st.lists(st.sampled_from(["a", "b2", "c-d", "spark", "memory"]), min_size=1, max_size=3).map(".".join),
    st.sampled_from(['"k.l"', '"m n"', '"o"', "p q"]),
)
QUOTED = st.text(st.sampled_from("ab {}[]=:#,/$.\\\"\n\t'"), min_size=1, max_size=8).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
)
TRIPLE = st.text(st.sampled_from("ab {}=#\n'"), min_size=1, max_size=8).map(lambda text: f'"""{text}"""')
TEXTS = st.one_of(
    WORDS, QUOTED, TRIPLE, st.lists(WORDS.filter(lambda word: word != "true"), min_size=2, max_size=3).map(" ".join)
)
COMMENTS = st.sampled_from(["", "", "", "  # x = {", " // ]"])


@st.composite
def members(draw, depth=2):
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        value = draw(values(depth))
        separator = draw(st.sampled_from([" = ", ": ", "="]))
        if value.startswith("{") and draw(st.booleans()):
            separator = draw(st.sampled_from([" ", ""]))
        lines.append(draw(KEYS) + separator + value)
    end = draw(st.sampled_from(["\n", ",\n", "\n\n"]))
    return "".join(line + draw(COMMENTS) + "\n" if "#" in end else line + end for line in lines)


def values(depth):
    if not depth:
        return TEXTS
    inner = st.deferred(lambda: values(depth - 1))
    return st.one_of(
        TEXTS,
        TEXTS,
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(inner, max_size=3).map(lambda items: "[" + "\n".join(items) + "]"),
        st.deferred(lambda: members(depth - 1)).map(lambda text: "{\n" + text + "}"),
    )


@given(members())
@settings(max_examples=60, deadline=None)
def test_generated_documents_read_as_pyhocon_reads_them(text):
    root = read(text)
    try:
        reference = pyhocon(text)
    except (ConfigWrongTypeException, TypeError):
        assert loses(root)
    else:
        assert_same(reference, plain(root))


# ---- places --------------------------------------------------------------------------------------------------------


def texts(value):
    """Every key and value below ``value``, and whether it is a key."""
    if isinstance(value, Text):
        yield value, False
    elif isinstance(value, Array):
        for item in value.items:
            yield from texts(item)
    elif isinstance(value, Object):
        for member in value.members:
            assert not isinstance(member, Opening)
            yield member.key, True
            for part in member.parts:
                yield part, True
            yield from texts(member.value)


def assert_places(source):
    for text, is_key in texts(read_hocon(source.whole())):
        span = text.span()
        if text.is_verbatim:
            assert span.text == text.value
        # What is cut out, with its quotes, reads as the same text again.
        opening = next(quotes for quotes in ('"""', '"', "") if source.text[: span.start].endswith(quotes))
        closing = next(quotes for quotes in ('"""', '"', "") if source.text.startswith(quotes, span.end))
        cut = opening + span.text + closing
        again = read_hocon(Source("cut", f"{cut} = 1" if is_key else f"k = {cut}").whole()).members[0]
        assert (again.key.value if is_key else again.value.value) == text.value


@given(members())
@settings(max_examples=60, deadline=None)
def test_a_value_that_is_cut_out_reads_the_same(text):
    assert_places(Source("f.conf", text))


@pytest.mark.parametrize("name", ["syntax.conf", "waterdrop.conf", "spark-bench.conf"])
def test_fixtures_know_their_places(name):
    assert_places(Source(name, (FIXTURES / "hocon" / name).read_text()))


@given(st.text(st.sampled_from('ab.={}[],:"\n #$/\\+{}%@'), max_size=30))
@settings(max_examples=400, deadline=None)
def test_anything_is_read_or_refused_with_a_place(text):
    root, problem = attempt(text)
    if problem is not None:
        assert 0 <= problem.start <= problem.end <= len(text)
    elif isinstance(root, Object):
        Entries(root)


# ---- hazards -------------------------------------------------------------------------------------------------------

N = 30_000
HAZARDS = {
    "open braces": "a{" * N,
    "open brackets": "a=" + "[" * N,
    "a long path": "a." * N + "b = 1",
    "deep but closed": "a=" + "{b=" * 500 + "1" + "}" * 500,
    "comment of 1 MB": "#" + "x" * 1_000_000 + "\na = 1",
    "1 MB of slashes": "a = " + "/" * 1_000_000,
    "1 MB of blanks": "a = " + " " * 1_000_000 + "b",
    "1 MB of lines": "\n" * 1_000_000,
    "unclosed string": 'a = "' + "x" * 1_000_000,
    "unclosed triple quotes": 'a = """' + '"" ' * N,
    "escapes": 'a = "' + "\\n" * N + '"',
    "many words": "a = " + "x " * N,
    "many words in a key": "x " * N + "= 1",
    "many objects joined": "a = " + "{b=1}" * (N // 4),
    "many items": "a = [" + "1," * N + "]",
    "flat keys": "".join(f"spark.executor.k{i} = v{i}\n" for i in range(N // 4)),
    "openings of templates": "a = " + "{%" * N,
    "openings of substitutions": "a = " + "${" * N,
    "many substitutions": "x = 1\na = " + "${x}" * N,
    "laughs": "a0 = xxxxxxxxxx\n" + "".join(f"a{i + 1} = " + f"${{a{i}}}" * 10 + "\n" for i in range(18)),
    "a long cycle": "".join(f"a{i} = ${{a{(i + 1) % 5000}}}\n" for i in range(5000)),
    "includes": 'include "x"\n' * (N // 4) + "a = 1\n" + "b = ${a}\n" * (N // 4),
    "collisions": "".join(f"a.b{i} = 1\n" for i in range(N // 8)) + "a = 1\na.b = 1\n" * (N // 8),
}


@pytest.mark.parametrize("name", HAZARDS)
def test_hazards(name):
    before = time.process_time()
    root, problem = attempt(HAZARDS[name])
    if problem is None:
        assert isinstance(root, Object)
        brought = sum(
            len(one.value.value) for one in Entries(root).all if isinstance(getattr(one, "value", None), Text)
        )
        assert brought < MOST_SUBSTITUTED + 2 * len(HAZARDS[name])
    assert time.process_time() - before < 2


def test_the_depth_limit():
    assert plain(read("a{" * MAX_DEPTH + "}" * MAX_DEPTH))
    for text in ("a{" * (MAX_DEPTH + 1), "a = " + "[" * (MAX_DEPTH + 1), "a." * MAX_DEPTH + "b = 1"):
        with pytest.raises(Problem) as caught:
            read(text)
        assert caught.value.kind == "limit"
