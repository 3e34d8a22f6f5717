"""A line on the terminal that says how far a long run is. It comes after a second and is wiped when its loop ends."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol, TextIO, TypeVar

    Thing = TypeVar("Thing")

    class Watch(Protocol):
        """Whoever looks on while a loop goes through ``things``; ``what`` says what each turn has done."""

        def __call__(self, what: str, things: Iterable[Thing], /) -> Iterable[Thing]:
            """The same things."""


FIRST_AFTER_S = 1.0
EVERY_S = 0.1


class Progress:
    """Writes to ``stream``, a terminal; ``now`` is a clock in seconds."""

    def __init__(self, stream: TextIO, now: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._now = now
        self._due = now() + FIRST_AFTER_S
        self._shown = 0

    def watch(self, what: str, things: Iterable[Thing]) -> Iterator[Thing]:
        """The same things, counted aloud while they are asked for: ``40 of 300 jobs checked``."""
        total = f" of {len(things)}" if isinstance(things, list) else ""
        for number, thing in enumerate(things):
            if self._now() >= self._due:
                self._show(f"spmlint: {number}{total} {what}")
            yield thing
        self.wipe()

    def wipe(self) -> None:
        """Take the line away; whatever is printed next begins at the margin."""
        if self._shown:
            self._stream.write(f"\r{' ' * self._shown}\r")
            self._stream.flush()
            self._shown = 0

    def _show(self, text: str) -> None:
        self._stream.write(f"\r{text.ljust(self._shown)}")
        self._stream.flush()
        self._shown = len(text)
        self._due = self._now() + EVERY_S
