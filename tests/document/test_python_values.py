"""Python expressions as trees: literals are known at their places, names where one literal certainly holds, no more."""

import ast
import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.node import Mapping, Scalar, Sequence
from spmlint.document.python_code import read_python
from spmlint.document.python_values import PythonValues
from spmlint.document.text import Source


def nodes(source):
    """The argument of each call of ``f``, in the order in which the calls are read."""
    code = read_python(Source("a.py", source).whole())
    values = PythonValues(code)
    found = []
    for block, statement in code.statements():
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            found.append(values.node(statement.value.args[0], block))
        values.bind(statement, block)
    return found


def plain(node):
    """A tree as Python has it; a placeholder in a string stands in angle brackets."""
    if isinstance(node, Scalar):
        value = node.text.value
        for start, end in reversed(node.text.holes):
            value = f"{value[:start]}<{value[start:end]}>{value[end:]}"
        return value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.nodes]
    assert isinstance(node, Mapping)
    return [(plain(key), plain(value)) for key, value in node.own]


def test_what_is_read_before_a_change_keeps_what_it_had():
    first, second = nodes("a = {'b': '1'}\nf(a)\na['c'] = '2'\nf(a)")
    assert (plain(first), plain(second)) == ([("b", "1")], [("b", "1"), ("c", "2")])


def test_many_changes_take_their_time():
    start = time.process_time()
    nodes("a = ''\n" + "a += 'xxxxxxxxxx'\n" * 20_000 + "f(a)")
    assert time.process_time() - start < 10


def last(source):
    return plain(nodes(source)[-1])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a' \"b\"", "ab"),
        ("('a'  # half\n 'b')", "ab"),
        ("'''a\nb'''", "a\nb"),
        ("r'\\d'", "\\d"),
        ("4096", "4096"),
        ("-1", "-1"),
        ("1_000", "1000"),
        ("0x10", "16"),
        ("1.50", "1.5"),
        ("True", "true"),
        ("None", "null"),
        ("{'a': 1, 'b': ['c', ('d',)]}", [("a", "1"), ("b", ["c", ["d"]])]),
        ("dict(a='b', **c)", [("a", "b"), ("<c>", "<c>")]),
        ("{'a': 1, **b, c: 2}", [("a", "1"), ("<b>", "<b>"), ("<c>", "2")]),
        ("[*a, 'b']", ["<*a>", "b"]),
        ("x.y", "<x.y>"),
        ("f(1,\n  2)", "<f(1, 2)>"),
        ("a if b else 'c'", "<a if b else 'c'>"),
        ("4 * 1024", "<4 * 1024>"),
        ("b'bytes'", "<b'bytes'>"),
        ("f'--conf a={b}g'", "--conf a=<{b}>g"),
        ("'a=' + b + 'c'", "a=<b>c"),
        ("a + b", "<a + b>"),
        ("'a %s 100%% %(b)d' % c", "a <%s> 100% <%(b)d>"),
        ("'a {} {{}} {b:>3}'.format(c)", "a <{}> {} <{b:>3}>"),
        ("' '.join(['a', b, 'c'])", "a <b> c"),
        ("' '.join(a)", "<' '.join(a)>"),
        ("str(4)", "<str(4)>"),
    ],
)
def test_expressions(expression, expected):
    assert last(f"f({expression})") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = '4g'\nf(a)", "4g"),
        ("a: str = '4g'\nf(a)", "4g"),
        ("a = 'x'\nf('-' + a + '-')", "-x-"),
        ("a = {'b': 1}\nf({**a, 'c': 2})", [("b", "1"), ("c", "2")]),
        ("a = ['b']\nf([*a, 'c'])", ["b", "c"]),
        ("def g():\n  f(a)\na = '4g'", "4g"),
        ("with x:\n  a = '4g'\n  f(a)", "4g"),
        ("if x:\n  a = '4g'\n  f(a)", "4g"),
        ("def g():\n  a = '4g'\n  if x:\n    f(a)", "4g"),
        ("class C:\n  a = '4g'\n  f(a)", "4g"),
        # What follows is not certain.
        ("f(a)\na = '4g'", "<a>"),
        ("a = '4g'\na = '5g'\nf(a)", "<a>"),
        ("if x:\n  a = '4g'\nf(a)", "<a>"),
        ("for a in x:\n  pass\na = '4g'\nf(a)", "<a>"),
        ("a = '4g'\ndef g(a):\n  f(a)", "<a>"),
        ("a = '4g'\ndef g():\n  global a\n  a = '5g'\nf(a)", "<a>"),
        ("class C:\n  a = '4g'\n  def g(self):\n    f(a)", "<a>"),
        ("a = '4g'\nb = a\nf(b)", "<b>"),
        ("a = {'b': {}}\na['b'].update(x)\nf(a)", "<a>"),
        ("a = {'b': 1}\nif x:\n  a['b'] = 2\nf(a)", "<a>"),
        ("a = {'b': 1}\na.setdefault('b', 2)\nf(a)", "<a>"),
        ("a = {'b': 1}\ndel a['b']\nf(a)", "<a>"),
        ("a = {'b': 1}\na[x] = 2\nf(a)", "<a>"),
        ("a = '4'\nfor b in x:\n  a += 'g'\nf(a)", "<a>"),
        ("a = '4'\na *= 2\nf(a)", "<a>"),
        ("a = {'b': 1}\ndef g():\n  a['b'] = 2\nf(a)", "<a>"),
        # What is changed in the same list of statements is.
        ("a = {'b': 1}\na['c'] = 2\nf(a)", [("b", "1"), ("c", "2")]),
        ("a = {'b': 1}\na['b'] = 2\nf(a)", [("b", "1"), ("b", "2")]),
        ("a = {'b': {'c': 1}}\na['b']['d'] = x\nf(a)", [("b", [("c", "1")]), ("b", [("c", "1"), ("d", "<x>")])]),
        ("a = {}\na['b']['d'] = 1\nf(a)", "<1>"),
        ("a = {'b': 1}\na.update({'c': 2})\nf(a)", [("b", "1"), ("c", "2")]),
        ("a = {'b': 1}\na.update(x)\nf(a)", [("b", "1"), ("<x>", "<x>")]),
        ("a = ['b']\na.append('c')\na += ['d']\na.extend(['e'])\nf(a)", ["b", "c", "d", "e"]),
        ("a = ['b']\na.extend(x)\nf(a)", "<x>"),
        ("a = '4'\na += 'g'\nf(a)", "4g"),
        ("a = '4'\na += x\nf(a)", "4<x>"),
        ("a = 4\na += 1\nf(a)", "<1>"),
        ("def g():\n  a = '4'\n  a += 'g'\n  f(a)", "4g"),
        ("import a\na = '4g'\nf(a)", "<a>"),
        ("try:\n  pass\nexcept E as a:\n  pass\na = '4g'\nf(a)", "<a>"),
        ("match x:\n  case {'k': a}:\n    pass\na = '4g'\nf(a)", "<a>"),
        ("a = [a]\nf(a)", ["<a>"]),
    ],
)
def test_names(source, expected):
    assert last(source) == expected


def test_what_two_places_use_is_nobodys_to_edit():
    first, second, third = nodes("a = '4g'\nf(a)\nf(a)\nb = '5g'\nf(b)")
    assert [node.is_editable for node in (first, second, third)] == [False, False, True]
    assert not nodes("f(4096)")[0].is_editable


def test_a_file_of_another_python_is_none():
    assert read_python(Source("a.py", "print 'x'").whole()) is None


@pytest.mark.parametrize("before", ["x = 'é😀'; ", "x = '''é\r\n😀'''; ", "x = 1\r", "\x0cx = 1; "])
def test_places_behind_characters_of_several_bytes(before):
    (node,) = nodes(before + "f('4g')")
    assert (node.text.value, node.text.span().text) == ("4g", "4g")


PIECES = st.lists(st.sampled_from(["a", "é", "'", '"', "\\", "\n", "4g", " ", "{", "}", "😀", "%"]), max_size=6).map(
    "".join
)


@given(
    st.lists(
        st.tuples(
            PIECES, st.sampled_from([repr, ascii, lambda text: "f" + repr(text.replace("{", "{{").replace("}", "}}"))])
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_cut_out_span_decoded_again_is_the_string(parts):
    source = "f(" + " ".join(write(text) for text, write in parts) + ")"
    (node,) = nodes(source)
    expected = "".join(text for text, _ in parts)
    assert node.text.value == expected
    for at, character in enumerate(expected):
        cut = node.text.span(at, at + 1).text
        quote = '"' if cut == "'" else "'"
        decoded = ast.literal_eval(quote + cut + quote)
        assert decoded in (character, character * 2)  # a doubled brace of an f-string


HOSTILE = {
    "brackets": "f(" + "[" * 60_000,
    "signs": "f(" + "-" * 100_000 + "1)",
    "a long sum": "f(" + "+".join(["'a'"] * 100_000) + ")",
    "a sum": "f(" + "+".join(["'a'"] * 2_000) + ")",
    "doubled strings": "a1 = 'abc'\n" + "".join(f"a{n + 1} = a{n} + a{n}\n" for n in range(1, 200)) + "f(a200)",
    "doubled dicts": "a1 = {'b': 1}\n" + "".join(f"a{n + 1} = {{**a{n}, **a{n}}}\n" for n in range(1, 200)) + "f(a200)",
    "doubled lists": "a1 = ['b']\n"
    + "".join(f"a{n + 1} = [*a{n}, *a{n}]\n" for n in range(1, 200))
    + "f(' '.join(a200))",
    "names": "".join(f"a{n} = 'x'\n" for n in range(10_000)) + "f([" + ", ".join(f"a{n}" for n in range(10_000)) + "])",
    "one line of many bytes": "f([" + "'é', " * 40_000 + "])",
    "braces": "f(f'" + "{{" * 200_000 + "')",
    "fields": "f('" + "{" * 300_000 + "'.format(x))",
    "conversions": "f('" + "%(" * 300_000 + "' % x)",
    "digits": "f(0x" + "f" * 100_000 + ")",
    "deep dicts": "f(" + "{1: " * 150 + "1" + "}" * 150 + ")",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_soon(name):
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if read_python(Source("a.py", HOSTILE[name]).whole()) is not None:
            nodes(HOSTILE[name])
    assert time.process_time() - started < 4
