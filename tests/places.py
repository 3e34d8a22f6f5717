"""What must hold of the place of every setting, whatever file it was read from."""

from __future__ import annotations

from spmlint.conf import Setting
from spmlint.document.text import VERBATIM, Text
from spmlint.fragment import Loaded


def settings_of(loaded: Loaded) -> list[Setting]:
    """Every setting that a file gives, in the order of its fragments and layers."""
    layers = [layer for fragment in loaded.fragments for layer in fragment.layers]
    return [setting for layer in layers for setting in layer.settings if not layer.injected]


def check_place(text: Text) -> None:
    """Each part that is said to stand in the file as it is stands there, in order, and the whole is where its parts are."""
    source = text.source.text
    span = text.span()
    assert 0 <= span.start <= span.end <= len(source)
    assert source[span.start : span.end] == span.text
    if text.is_verbatim:
        assert span.text == text.value
    if text.segments is None:
        assert span.text == text.value
        return
    at, outer = 0, span.start
    for inner_start, inner_end, outer_start, outer_end, kind in text.segments:
        assert inner_start == at
        assert outer <= outer_start <= outer_end <= span.end
        if kind == VERBATIM:
            assert text.value[inner_start:inner_end] == source[outer_start:outer_end]
        at, outer = inner_end, outer_end
    assert at == len(text.value)
