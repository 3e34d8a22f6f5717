"""Shell scripts: words against Python's shlex, places against the file, variables, structure, and hostile input."""

import shlex
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.document.shell import read_script
from spmlint.document.shell_words import AnyWords, split_words
from spmlint.document.text import Source


def script(text):
    return read_script(Source("job.sh", text).whole())


def words(text):
    """The words of every command, placeholders as ``<...>``, those that may be any number of words as ``<<...>>``."""
    return [[shown(word) for word in command.words] for command in script(text).commands]


def shown(word):
    if isinstance(word, AnyWords):
        return f"<<{word.value}>>"
    value = word.value
    for start, end in reversed(word.holes):
        value = f"{value[:start]}<{value[start:end]}>{value[end:]}"
    return value


# ---- quoting -------------------------------------------------------------------------------------------------------

plain_words = st.lists(st.text("ab =\"'\\\t#é-", max_size=6), min_size=1, max_size=5)


@given(plain_words)
def test_quoted_words_read_as_shlex_reads_them(given_words):
    line = " ".join(map(shlex.quote, ["cmd", *given_words]))
    assert words(line) == [shlex.split(line)]
    assert [word.value for word in split_words(Source("f", line).whole())] == shlex.split(line)


@given(st.text("ab \"'\\\n", max_size=12))
def test_any_closed_quoting_reads_as_shlex_reads_it(line):
    try:
        expected = shlex.split(line)
    except ValueError:
        return
    # A shell drops a backslash together with the line break behind it; shlex keeps the line break.
    if "\\\n" not in line:
        assert [word.value for word in split_words(Source("f", line).whole())] == expected


@given(plain_words)
def test_each_plain_character_stands_where_it_was_read(given_words):
    line = " ".join(map(shlex.quote, given_words))
    for word in split_words(Source("f", line).whole()):
        for at, character in enumerate(word.value):
            written = word.span(at, at + 1).text
            assert character in written


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"cmd a\ b 'c d' \"e", ["cmd", "a b", "c d", '"e']),
        (r"""cmd "a 'b' \"c\" \n" ''""", ["cmd", r"""a 'b' "c" \n""", ""]),
        (r"cmd $'a\tb\'c\x41' $\"d\"".replace('\\"', '"'), ["cmd", "a\tb'cA", "d"]),
        ("cmd a,\\\nb \\\n  c", ["cmd", "a,b", "c"]),
        ("cmd a,\\\r\nb \\\r\n  c\r\n", ["cmd", "a,b", "c"]),
        ("cmd a#b # c", ["cmd", "a#b"]),
        ("cmd 2>&1 >out.txt a <in &>>log b 2>/dev/null", ["cmd", "a", "b"]),
        ("cmd price$ 5$", ["cmd", "price$", "5$"]),
        ("cmd '$A' \"\\$B\"", ["cmd", "$A", "$B"]),
    ],
)
def test_words(line, expected):
    assert words(line) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('cmd $A ${B} "$C" x$D', ["cmd", "<<$A>>", "<<${B}>>", "<$C>", "x<$D>"]),
        ('cmd "$@" "${rest[@]}" "$*x"', ["cmd", "<<$@>>", "<<${rest[@]}>>", "<$*>x"]),
        ("cmd ${A:-8G} ${B%%.*} ${#C} ${D:-{}}", ["cmd", "<<${A:-8G}>>", "<<${B%%.*}>>", "<<${#C}>>", "<<${D:-{}}>>"]),
        ("cmd a$((1 + (2)))b", ["cmd", "a<$((1 + (2)))>b"]),
        ("cmd --master <url> {{ more }} ...", ["cmd", "--master", "<<<url>>>", "<<{{ more }}>>", "<<...>>"]),
        ("cmd spark.x=${{ secrets.A }}", ["cmd", "spark.x=<${{ secrets.A }}>"]),
    ],
)
def test_what_a_shell_fills_in_is_a_placeholder(line, expected):
    assert words(line) == [expected]


# ---- commands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 1; b 2 && c | d & e", [["a", "1"], ["b", "2"], ["c"], ["d"], ["e"]]),
        ("if a; then b; elif c; then d; else e; fi", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("for x in 1 2; do a $x; done", [["for", "x", "in", "1", "2"], ["a", "<<$x>>"]]),
        ("case $1 in\n  a|b) c ;;\n  (d) e ;;\n  *) f\nesac\ng", [["c"], ["e"], ["f"], ["g"]]),
        ("f() { a; }\nfunction g { b; }\nfunction h() { c; }", [["a"], ["b"], ["c"]]),
        ("(a; b) && { c; }", [["a"], ["b"], ["c"]]),
        ("if [[ $a =~ ^(x|y)$ ]]; then b; fi", None),
        ("a $(b 'x)' `c`) d", [["c"], ["b", "x)", "<<`c`>>"], ["a", "<<$(b 'x)' `c`)>>", "d"]]),
        ('a "$(b "c d")"', [["b", "c d"], ["a", '<$(b "c d")>']]),
        ("a <(b) >(c)d", [["b"], ["c"], ["a", "<<<(b)>>", "<>(c)>d"]]),
        ("X=1 Y=$Z a b", [["a", "b"]]),
        ("# only a comment\n", []),
        ("! a", [["a"]]),
        ("while ((i < 3)); do a; done", [["a"]]),
    ],
)
def test_commands(text, expected):
    found = words(text)
    assert found == expected if expected is not None else ["b"] in found


def test_assignments_before_a_command_are_its_environment():
    command = script('A=1 B="$X y" cmd z').commands[0]
    assert [(name, value.value) for name, value in command.environment] == [("A", "1"), ("B", "$X y")]
    assert command.span().text == "cmd z"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("bash <<EOF\na $X \\$Y\nEOF\nb", "a <$X> $Y\n"),
        ("bash <<'EOF'\na $X\nEOF\nb", "a $X\n"),
        ("bash <<-EOF\n\ta\n\tEOF\nb", "a\n"),
        ('bash <<EOF | tee\n{"a": "\\"b\\""}\nEOF\nb', '{"a": "\\"b\\""}\n'),
        ("bash <<EOF\nnever closed", "never closed"),
        ("X=q\nbash <<EOF\na $X\nEOF\nb", "a q\n"),
    ],
)
def test_here_documents(text, body):
    found = script(text)
    assert [shown(heredoc) for heredoc in found.commands[0].heredocs] == [body]
    assert text.endswith("closed") or found.commands[-1].words[0].value == "b"


def test_a_here_document_can_be_an_argument():
    text = 'aws run --job "$(cat <<EOF\n{"a": 1}\nEOF\n)" --x'
    word = script(text).commands[-1].words[3]
    assert (word.value, word.span().text) == ('{"a": 1}', '{"a": 1}')


# ---- variables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('M=4g\ncmd $M "${M}" x$M', ["cmd", "4g", "4g", "x4g"]),
        ("export M=4g N='a b'\ncmd $M \"$N\" $N", ["cmd", "4g", "a b", "a", "b"]),
        ("M=4g\nM=8g\ncmd $M", ["cmd", "8g"]),
        ("cmd $M\nM=4g", ["cmd", "<<$M>>"]),
        ('M=${M:-8G}\ncmd "$M" ${M}', ["cmd", "<${M:-8G}>", "<<${M:-8G}>>"]),
        ("O='--a 1'\nO=\"$O --b 2\"\nO+=' --c'\ncmd $O", ["cmd", "--a", "1", "--b", "2", "--c"]),
        ("a=(1 'b c')\na+=(\n  # why\n  d)\ncmd \"${a[@]}\" z", ["cmd", "1", "b c", "d", "z"]),
        ('a=()\ncmd "${a[@]}" z', ["cmd", "z"]),
        ('E=\ncmd $E "$E" z', ["cmd", "", "z"]),
        ('a=(1)\nif x; then a+=(2); fi\ncmd "${a[@]}" z', ["cmd", "1", "<<${a[@]}>>", "z"]),
        ("if x; then M=4g; fi\ncmd $M", ["cmd", "<<$M>>"]),
        ("x && M=4g\ncmd $M", ["cmd", "<<$M>>"]),
        ("x && { M=4g; N=1; }\ncmd $M $N", ["cmd", "<<$M>>", "<<$N>>"]),
        ("M=4g\nwhile x; do M=5g; done\ncmd $M", ["cmd", "<<$M>>"]),
        ("M=4g\nf() { M=5g; }\ncmd $M", ["cmd", "<<$M>>"]),
        ("M=4g\nread -r M\ncmd $M", ["cmd", "<<$M>>"]),
        ("M=4g\nsource env.sh\ncmd $M", ["cmd", "<<$M>>"]),
        ("O+=' --c'\ncmd $O", ["cmd", "<<$O>>"]),
        ('a=(1)\n. env.sh\na+=(2)\ncmd "${a[@]}"', ["cmd", "<<${a[@]}>>"]),
        ("x $(M=4g)\ncmd $M", ["cmd", "<<$M>>"]),
        ("(M=4g)\ncmd $M", ["cmd", "<<$M>>"]),
        ("M=4g | x\ncmd $M", ["cmd", "<<$M>>"]),
        ('declare -A m=([a]=1)\ncmd "${m[@]}"', ["cmd", "<<${m[@]}>>"]),
        ('a=(1 2)\na[0]=3\ncmd "${a[@]}"', ["cmd", "<<${a[@]}>>"]),
        ("M=4g other\ncmd $M", ["cmd", "<<$M>>"]),
        ("C=$(cat x | y)\ncmd $C z", ["cmd", "<<$(cat x | y)>>", "z"]),
    ],
)
def test_only_a_straight_line_gives_a_variable_its_value(text, expected):
    assert words(text)[-1] == expected


def test_a_function_sees_what_holds_when_it_is_called():
    text = "A=1\nB=1\nf() { cmd $A $B; }\nB=2\nf"
    assert words(text)[0] == ["cmd", "1", "<<$B>>"]


def test_a_value_that_is_one_variable_stands_where_it_is_defined():
    command = script('M=4g\ncmd --memory $M --conf spark.executor.memory=$M ${M}b --x="$M"').commands[0]
    places = [(word.value, word.span().line) for word in command.words]
    assert places == [("cmd", 2), ("--memory", 2), ("4g", 1), ("--conf", 2)] + [
        (v, 2) for v in ("spark.executor.memory=4g", "4gb", "--x=4g")
    ]
    setting = command.words[4]
    assert setting.slice(22, 24).span().line == 1
    assert setting.slice(0, 21).span().line == 2
    assert not setting.slice(0, 21).holes
    assert command.words[5].span().text == "${M}b"
    (word,) = script('M=4g\n"$M more"').commands[0].words
    assert (word.value, word.slice(0, 2).span().line) == ("4g more", 2)


def test_variables_that_no_command_reads():
    found = script("A=(--conf a=b)\nB=1\ncmd $B").unread
    assert [(variable.name, [text.value for text in variable.texts]) for variable in found] == [
        ("A", ["--conf", "a=b"])
    ]


# ---- any input -----------------------------------------------------------------------------------------------------


@given(st.text("ab =$(){}[]\"'`\\\n;&|<>#@*!-", max_size=60))
def test_no_input_breaks_the_reader_and_every_word_has_a_place(text):
    found = script(text)
    for command in found.commands:
        for word in [*command.words, *command.heredocs]:
            span = word.span()
            assert 0 <= span.start <= span.end <= len(text)
            for at in range(len(word.value)):
                part = word.span(at, at + 1)
                assert 0 <= part.start <= part.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "${",
        "$(",
        "$((",
        "`",
        "'\"",
        "cat <<A\n",
        "(",
        ")",
        "a \\\n",
        "case x in\n",
        "{{ a }} ",
        "$'a\\n",
        "<a ",
        "[a ",
        "f() {\n",
        '"$(echo ',
        "A=(a\n",
        "${a{\n",
        "'\"'\"'",
        'A="$A$A x"\n',
        "cmd $A ",
        "$A",
        "x$A",
    ],
)
def test_hostile_input_takes_time_in_proportion_to_its_length(unit):
    text = "A=x\n" + unit * 5000
    started = time.process_time()
    script(text)
    assert time.process_time() - started < 5
