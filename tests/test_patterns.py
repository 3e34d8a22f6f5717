"""No regular expression of the project can be made to hang: at one place it takes linear time, and no more at any of them all.

A search from every place may take the square of it; how the long files of test_hostile.py are read shows that none does.
"""

import ast
import pkgutil
import re
import time
from importlib import import_module

import pytest

import spmlint
import spmlint_rules
from spmlint.patterns import _Pattern

LENGTH, SHORT = 20_000, 600
SECONDS = 0.5
CALLS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer", "pattern"}


def patterns():
    """Every pattern that a module or a class holds, and every literal one that a function gives to ``re``."""
    found = {}
    for root in (spmlint, spmlint_rules):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if module.name.endswith("__main__"):
                continue
            loaded = import_module(module.name)
            holders = [loaded, *(one for one in vars(loaded).values() if isinstance(one, type))]
            for value in (value for holder in holders for value in vars(holder).values()):
                for one in value.values() if isinstance(value, dict) else [value]:
                    if isinstance(one, re.Pattern):
                        found[one.pattern, one.flags] = one
                    elif isinstance(one, _Pattern):
                        compiled = re.compile(one._source)
                        found[compiled.pattern, compiled.flags] = compiled
            with open(loaded.__file__, encoding="utf-8") as file:
                for call in ast.walk(ast.parse(file.read())):
                    name = getattr(
                        getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", None)
                    )
                    literal = isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
                    if literal and name in CALLS and getattr(getattr(call.func, "value", None), "id", "re") == "re":
                        compiled = re.compile(call.args[0].value)
                        found.setdefault((compiled.pattern, compiled.flags), compiled)
    return [found[key] for key in sorted(found, key=repr)]


def texts(pattern, length):
    """Texts of what the pattern itself is made of: one character over and over, and pairs of them."""
    written = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    marks = sorted({*re.sub(r"\\[a-zA-Z]|[()|?*+]", "", written), *' a1.-"\\\n/{$[(<#='})
    marks = marks[:: max(1, len(marks) // 24)]
    yield from (mark * length for mark in marks)
    yield from ((one + other) * (length // 2) for one in marks[::3] for other in marks[1::3])
    for word in re.findall(r"[A-Za-z]{3,}", written)[:4]:
        yield word * (length // len(word))
        yield f"{word} " * (length // len(word))


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: repr(pattern.pattern)[:60])
def test_a_long_text_is_answered_in_time(pattern):
    for length, question in ((SHORT, pattern.findall), (LENGTH, pattern.match), (LENGTH, pattern.fullmatch)):
        for text in texts(pattern, length):
            subject = text.encode() if isinstance(pattern.pattern, bytes) else text
            start = time.process_time()
            question(subject)
            took = time.process_time() - start
            assert took < SECONDS, f"{took:.1f} s for {text[:6]!r} over and over"
